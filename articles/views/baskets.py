"""Baskets of articles and quotes, stored only in their URL."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import citations, exports, feeds
from articles.models import clock
from articles.presenters import Basket, InvalidNumbers, Item, SelectedIds, read_numbers
from articles.presenters.selections import MOST
from articles.search.request.filters import FORMATS, TRACKING
from articles.views.concurrency import limit_searches
from articles.views.exports import CITATIONS, PROJECT, READABLE, STYLES, citations_of, in_file, saved
from articles.views.query_help import Link
from articles.views.results import FILES

PARAMETERS = ("articles", "quotes", "add", "without", "style", "format")
LABELS = {
    "articles": _("Articles"),
    "quotes": _("Quotes"),
    "add": _("Add an item"),
    "without": _("Remove"),
    "style": _("Style"),
    "format": _("Format"),
}
WRITTEN_STYLES = {name.lower(): name for name in STYLES}
# URL names whose paths contain the id of an article or quote.
_ARTICLE_PAGES = {
    *("article", "undated-article", "article-history", "undated-article-history"),
    *("article-by-id", "report-article"),
}
_QUOTE_PAGES = {"quote", "quote-versions", "report-quote"}
# A comma as forms encode it.
_HIDDEN_COMMAS = re.compile(r"(^|&)(articles|quotes)=[^&]*%2C", re.IGNORECASE)
_KEY = re.compile(r"(article|quote)-([0-9]{1,18})", re.ASCII)


class AskedBasket:
    """Parses the URL of a basket. If there are ``errors``, no basket is shown."""

    def __init__(self, data: QueryDict, query: str, host: str) -> None:
        self.data = data
        self.query = query
        self.hosts = {host, urlsplit(settings.SITE_URL).netloc, ""}
        self.errors: dict[str, list[dict[str, str]]] = {}
        self.listed = SelectedIds(self._numbers("articles"), self._numbers("quotes"))
        if len(self.listed) > MOST:
            self._wrong("articles", _too_many(len(self.listed)))
        self.style = self._one_of("style", WRITTEN_STYLES) or "apa"
        self.format = self._one_of("format", FORMATS) or "html"
        self.moved = self._moved()

    @cached_property
    def unknown(self) -> list[str]:
        return [name for name in self.data if name not in PARAMETERS and not TRACKING.fullmatch(name)]

    def given(self, name: str) -> str:
        return ",".join(self.data.getlist(name))

    @property
    def unlisted(self) -> bool:
        """Whether the lists or their parameters cannot be parsed."""
        return any(name != "add" for name in self.errors)

    def url(self, listed: SelectedIds | None = None, **more: str) -> str:
        """The canonical path and query of this basket, or of another selection; empty values are left out."""
        # An empty basket is valid.
        shown = self.listed if listed is None else listed
        given = urlencode({name: value for name, value in more.items() if value})
        query = "&".join(filter(None, (shown.query(), given)))
        return f"{reverse('articles:basket')}{'?' if query else ''}{query}"

    def canonical(self) -> str:
        """The canonical URL of this page: the lists, a style if not the default, and unknown parameters."""
        style = {"style": self.style} if self.style != "apa" else {}
        extra = [(name, value) for name in self.unknown for value in self.data.getlist(name)]
        url = self.url(self.moved, **style)
        return f"{url}{'&' if '?' in url else '?'}{urlencode(extra)}" if extra else url

    def canonical_redirect(self) -> str:
        """The canonical URL, or empty if the URL is already canonical."""
        wanted = parse_qs(urlsplit(self.canonical()).query, keep_blank_values=True)
        same = list(self.data.lists()) == list(wanted.items())
        return "" if same and not _HIDDEN_COMMAS.search(self.query) else self.canonical()

    def _numbers(self, name: str) -> tuple[int, ...]:
        try:
            return read_numbers(self.given(name))
        except InvalidNumbers as wrong:
            self._wrong(name, str(wrong))
            return ()

    def _one_of(self, name: str, words: Collection[str]) -> str:
        value = self.data.get(name, "").strip()
        if value and value not in words:
            self._wrong(name, gettext("Choose one of: %(choices)s") % {"choices": ", ".join(words)})
            return ""
        return value

    def _wrong(self, name: str, message: str) -> None:
        self.errors.setdefault(name, []).append({"message": message, "value": self.given(name)})

    def _moved(self) -> SelectedIds:
        """The lists after adding and removing items."""
        found = self.listed
        for written in self.data.get("add", "").split():
            if (more := self._named_by(written)) is None:
                self._wrong("add", gettext("Paste a link to an article, quote or basket in this archive"))
                return self.listed
            found = found.joined(more)
        if len(found) > MOST >= len(self.listed):
            self._wrong("add", _too_many(len(found)))
            return self.listed
        for key in self.data.getlist("without"):
            if named := _KEY.fullmatch(key):
                found = found.without(named[1], int(named[2]))
            elif key:
                self._wrong("without", gettext("Write article- or quote- and an ID, such as article-12"))
        return found

    def _named_by(self, address: str) -> SelectedIds | None:
        """The items named by a URL of this archive; None for other URLs."""
        try:
            parts = urlsplit(address)
            match = resolve(unquote(parts.path))
            if parts.netloc not in self.hosts or match.app_name != "articles":
                return None
            number = str(match.kwargs.get("pk", ""))
            if match.url_name in _ARTICLE_PAGES:
                return SelectedIds(articles=read_numbers(number))
            if match.url_name in _QUOTE_PAGES:
                return SelectedIds(quotes=read_numbers(number))
            given = parse_qs(parts.query) if match.url_name == "basket" else {}
            found = SelectedIds(
                *(read_numbers(",".join(given.get(name, ()))) for name in ("articles", "quotes"))
            )
        except (Resolver404, ValueError):
            return None
        return found if found else None


def _too_many(number: int) -> str:
    message = gettext("A basket can have %(most)s items; this would be %(number)s")
    return message % {"most": MOST, "number": f"{number:,}"}


class BasketPage:
    """The view model of a basket page."""

    def __init__(self, asked: AskedBasket) -> None:
        self.asked = asked
        self.basket = None if asked.unlisted else Basket(asked.listed)
        self.most = MOST

    @property
    def errors(self) -> dict[str, list[str]]:
        return {name: [error["message"] for error in found] for name, found in self.asked.errors.items()}

    @property
    def mistakes(self) -> list[tuple[str, str, str]]:
        """Error messages with the names and labels of their fields."""
        return [
            (name, str(LABELS.get(name, name)), message)
            for name, messages in self.errors.items()
            for message in messages
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The lists as hidden fields."""
        listed = self.asked.listed
        lists = (("articles", listed.articles), ("quotes", listed.quotes))
        return [(name, ",".join(map(str, ids))) for name, ids in lists if ids]

    @property
    def articles(self) -> str:
        return self.asked.given("articles")

    @property
    def quotes(self) -> str:
        return self.asked.given("quotes")

    @property
    def added(self) -> str:
        return self.asked.data.get("add", "") if "add" in self.asked.errors else ""

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.asked.url()}"

    @property
    def without_missing(self) -> str:
        """The URL of this basket without items that cannot be shown."""
        return self.asked.url(self.basket.without_missing) if self.basket else ""

    @property
    def files(self) -> list[Link]:
        return [Link(str(label), self.asked.url(format=name)) for name, label in FILES.items()]

    @property
    def styles(self) -> list[Link]:
        return [
            Link(label, self.asked.url(style="" if name == "apa" else name), name == self.asked.style)
            for name, label in WRITTEN_STYLES.items()
        ]

    @cached_property
    def references(self) -> list[tuple[str, list[citations.Run], str]]:
        """For each item its key, its citation in the chosen style, and the same as plain text."""
        if self.basket is None:
            return []
        write = STYLES[WRITTEN_STYLES[self.asked.style]]
        shown = [item for item in self.basket.items if item.result]
        styled = [write(citation) for citation in citations_of(self.basket.results)]
        return [(item.key, runs, citations.plain(runs)) for item, runs in zip(shown, styled, strict=True)]

    @property
    def all_references(self) -> str:
        return "\n".join(plain for _, _, plain in self.references)


@limit_searches
def show_basket(request: HttpRequest) -> HttpResponse:
    asked = AskedBasket(request.GET, request.META.get("QUERY_STRING", ""), request.get_host())
    if asked.format != "html":
        return _as_file(asked)
    if not asked.errors and (moved := asked.canonical_redirect()):
        return redirect(moved)
    return render(request, "articles/basket.html", {"page": BasketPage(asked)})


def _as_file(asked: AskedBasket) -> HttpResponse:
    """The basket in the requested format; 400 if its URL cannot be parsed."""
    errors = asked.errors | {
        name: [{"message": gettext("There is no parameter with this name."), "value": asked.given(name)}]
        for name in asked.unknown
    }
    if errors:
        found = {"errors": errors, "count": 0, "results": []}
        return JsonResponse(found, status=400, json_dumps_params=READABLE)
    basket = Basket(asked.moved)
    response = _in_format(asked, basket)
    response["X-Left-Out"] = str(len(basket.left_out))
    return response


def _in_format(asked: AskedBasket, basket: Basket) -> HttpResponse:
    site, address = settings.SITE_URL, f"{settings.SITE_URL}{asked.url(asked.moved)}"
    if asked.format == "json":
        return JsonResponse(_as_json(asked, basket), json_dumps_params=READABLE)
    if asked.format == "atom":
        cited, query = citations_of(basket.results), basket.listed.query()
        feed = feeds.basket_atom(basket.results, cited, site_url=site, address=address, query=query)
        return HttpResponse(feed, content_type=f"{feeds.MEDIA_TYPE}; charset=utf-8")
    if asked.format == "csv":
        rows = exports.selection_csv(
            basket.results,
            site_url=site,
            address=address,
            retrieved_at=clock.now(),
            version=PROJECT["version"],
        )
        return saved(HttpResponse(b"".join(rows)), "text/csv", "basket.csv")
    if asked.format == "jsonl":
        lines = exports.selection_jsonl(basket.results, site_url=site)
        return saved(HttpResponse(b"".join(lines)), "application/x-ndjson", "basket.jsonl")
    _, media_type, ending = CITATIONS[asked.format]
    records = in_file(citations_of(basket.results), asked.format)
    return saved(HttpResponse(b"".join(records)), media_type, f"basket.{ending}")


def _as_json(asked: AskedBasket, basket: Basket) -> dict[str, object]:
    site, listed = settings.SITE_URL, basket.listed
    names = ("html", *(name for name in FORMATS if name != "html"))
    links = {name: site + asked.url(listed, **({} if name == "html" else {"format": name})) for name in names}
    return exports.selection_json(
        basket.results,
        {"articles": listed.articles, "quotes": listed.quotes},
        [_left_out(item) for item in basket.left_out],
        site_url=site,
        links=links,
    )


def _left_out(item: Item) -> dict[str, object]:
    instead = item.instead and f"{settings.SITE_URL}{item.instead.get_absolute_url()}"
    return {"what": item.what, "id": item.id, "reason": item.why, "instead": instead}
