"""A page of results, ready to be shown: what was asked, in words and links, beside what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.utils.http import urlencode

from articles.citations import item_list
from articles.models import Article
from articles.presenters import Listed
from articles.search import (
    Answer,
    ArticleFilter,
    Chip,
    FacetValue,
    ReadClause,
    Relaxation,
    Result,
    SearchDiff,
)
from articles.search.engine.statements import MOST_GROUPS
from articles.search.query.parser import MAX_CHARACTERS
from articles.search.results.highlighter import MOST_LINES
from articles.views.cite_search import CitedSearch, cited_search
from articles.views.kwic import Line, OrderedLines, lines_of
from articles.views.orders import ORDERS, SORTS
from articles.views.paging import page_numbers
from articles.views.result_context import carried
from articles.views.timeline import OverTime

FILES = {
    "csv": "CSV",
    "jsonl": "JSON lines",
    "json": "JSON",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csljson": "CSL-JSON",
    "atom": "Atom feed",
}
# Fields of the form beside the results; what else is asked goes with it unseen.
IN_FORM = {"from", "to", "checked", "copies"}
MOST_OFFERS = 6
# By which word beside the one searched for lines are put in order.
LINE_ORDERS = {"left": "before", "right": "after"}


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Mistake:
    """A parameter that cannot be read, with what was given, to be mended in its own field."""

    name: str
    label: str
    value: str
    messages: list[str]


@dataclass(frozen=True)
class Clause:
    """One clause as it was read, with the word that joins it to those before.

    `without` and `loosened` are what its links will show, where there are few results.
    """

    read: ReadClause
    join: str
    text: str
    without: int | None = None
    loosened: int | None = None


class ResultsPage:
    """What a template needs of a question and its answer; there is no answer to what cannot be read."""

    def __init__(
        self,
        question: ArticleFilter,
        answer: Answer | None,
        path: str,
        in_order: OrderedLines | None = None,
    ) -> None:
        self.question = question
        self.answer = answer
        self.path = path
        self.in_order = in_order

    @property
    def text(self) -> str:
        return self.question.data.get("q", "").strip()

    @property
    def unit(self) -> str:
        """What is counted, one and many."""
        return "article,articles" if self.question.scope == "articles" else "quote,quotes"

    @property
    def order(self) -> str:
        if self.in_order and self.answer:
            return f"lines by the word {LINE_ORDERS[self.answer.request.lines]}"
        return self.results_order

    @property
    def results_order(self) -> str:
        return ORDERS[self.question.chosen_sort]

    @property
    def page_count(self) -> int:
        """How many pages there are: of results, or of lines where these are in order."""
        if self.in_order:
            return self.in_order.pages
        return self.answer.pages if self.answer else 1

    @cached_property
    def mistakes(self) -> list[Mistake]:
        return [
            Mistake(
                name,
                str(self.question.filters[name].label) if name in self.question.filters else name,
                errors[0]["value"],
                [error["message"] for error in errors],
            )
            for name, errors in self.question.errors.items()
        ]

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        return {mistake.name.replace("-", "not_"): mistake.messages for mistake in self.mistakes}

    @property
    def other_mistakes(self) -> list[Mistake]:
        """Those whose parameters have no field of their own on the page."""
        return [mistake for mistake in self.mistakes if mistake.name not in {"q", "from", "to"}]

    @cached_property
    def clauses(self) -> list[Clause]:
        if self.answer is None:
            return []
        found = []
        for number, read in enumerate(self.answer.clauses):
            join = "but not" if read.negative else read.join if number else ""
            text = read.text.removeprefix("-").removeprefix("NOT ")
            found.append(Clause(read, join, text, self._shows(read.url), self._shows(read.relaxed_url)))
        return found

    @cached_property
    def _counts(self) -> dict[str, int | None]:
        return {offer.url: offer.count for offer in self.answer.relaxations} if self.answer else {}

    def _shows(self, url: str) -> int | None:
        """What a link that loosens the search will show, where that was counted."""
        return self._counts.get(url)

    @property
    def any_instead(self) -> Link | None:
        """The link to any of the words in place of all."""
        text = self.question.parsed.relaxed_to_or if self.answer else ""
        url = self.question.url(q=text)
        return Link("any of these", url, count=self._shows(url)) if 0 < len(text) <= MAX_CHARACTERS else None

    @property
    def chips(self) -> list[tuple[Chip, int | None]]:
        """The filters in use, each with what would be found without it."""
        return [(chip, self._shows(chip.url)) for chip in self.question.chips]

    @property
    def suggested(self) -> Link | None:
        """What editors suggest to those who look for these words, by the words it looks for itself."""
        found = self.answer.promotion if self.answer else None
        if found is None:
            return None
        words = QueryDict(urlsplit(found.url).query).get("q", "")
        return Link(words or found.url, found.url)

    @property
    def suggested_note(self) -> str:
        return self.answer.promotion.note if self.answer and self.answer.promotion else ""

    @property
    def spellings(self) -> list[Link]:
        """Other spellings, each with what it finds."""
        suggestions = self.answer.suggestions if self.answer else ()
        return [Link(each.text, each.url, count=self._shows(each.url)) for each in suggestions]

    @property
    def sorts(self) -> list[Link]:
        names = [name for name in SORTS if name != "relevance" or self.question.default_sort == "relevance"]
        return [Link(SORTS[name], self._sorted(name), name == self.question.chosen_sort) for name in names]

    def _sorted(self, name: str) -> str:
        seed = "2" if name == "random" and self.question.data.get("seed", "1") == "1" else None
        sort = None if name == self.question.default_sort else name
        return self.question.url(sort=sort, seed=seed if name == "random" else None)

    @property
    def sizes(self) -> list[Link]:
        chosen = self.answer.request.size if self.answer else 20
        return [
            Link(str(size), self.question.url(size=None if size == 20 else size), size == chosen)
            for size in (20, 50, 100)
        ]

    @property
    def kwic(self) -> bool:
        return self.answer is not None and self.answer.request.view == "kwic"

    @property
    def other_view(self) -> Link:
        if self.kwic:
            return Link("As a list", self.question.url(view=None))
        return Link("Keyword in context", self.question.url(view="kwic"))

    @cached_property
    def lines(self) -> list[Line]:
        """Each place of this page's results on a line; or this page of all lines in order."""
        return self.in_order.lines if self.in_order else list(lines_of(self.results))

    @property
    def lines_not_shown(self) -> int:
        """How many articles have no line because their publications allow only an excerpt to be shown."""
        if self.in_order:
            return self.in_order.not_shown
        return sum(result.words_not_shown for result in self.results)

    @property
    def lines_cut(self) -> int:
        """Of how many places of one text there are lines, where a text has more."""
        return MOST_LINES if any(len(result.excerpts) >= MOST_LINES for result in self.results) else 0

    @property
    def unmarked(self) -> int:
        """In how many results of this page it would have taken too long to mark the words."""
        return sum(result.unmarked for result in self.results)

    @property
    def line_orders(self) -> list[Link]:
        chosen = self.answer.request.lines if self.answer else ""
        named = [("", "the results"), *((name, f"the word {side}") for name, side in LINE_ORDERS.items())]
        return [Link(label, self.question.url(lines=name), name == chosen) for name, label in named]

    @property
    def groupings(self) -> list[Link]:
        chosen = self.answer.request.group if self.answer else ""
        names = ["publication", "year"] + ([] if self.question.scope == "speaker" else ["speaker"])
        return [
            Link(name, self.question.url(group=None if name == chosen else name), name == chosen)
            for name in sorted(names)
        ]

    @property
    def asked(self) -> str:
        """This search for another page about it."""
        return self.question.url(page=None, format=None, group=None)

    @property
    def feed(self) -> str:
        ordered = dict.fromkeys(("sort", "seed", "view", "lines", "group", "hl", "page"))
        return self.question.url(ordered, format="atom")

    @property
    def permalink(self) -> str:
        query = self.question.canonical_query()
        return f"{settings.SITE_URL}{self.path}?{query}" if query else f"{settings.SITE_URL}{self.path}"

    @cached_property
    def cited(self) -> CitedSearch | None:
        return cited_search(self.question, self.answer, self.path) if self.answer else None

    @property
    def ahead(self) -> bool:
        """Whether a moment was asked for that has not come yet."""
        return self.question.asked_moment is not None and self.question.past is None

    @property
    def changed(self) -> SearchDiff | None:
        """What is found otherwise today; said on the first page."""
        return self.answer.diff if self.answer and self.answer.page == 1 else None

    @property
    def not_shown(self) -> int:
        """How many results of this page readers may no longer see."""
        return len(self.answer.ids) - len(self.answer.results) if self.answer else 0

    @property
    def as_it_is_now(self) -> str:
        return self.question.url(as_of=None)

    @property
    def same_elsewhere(self) -> str:
        """The words and the period, for the other kind of search."""
        asked = {"q": self.text, "from": self.since, "to": self.until}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def carried(self) -> str:
        """What the address of a result carries of this search, so that its page knows its place."""
        question = self.question
        if not question.is_valid():
            return ""
        more = {"speaker": (question.speaker.slug,)} if question.speaker else {}
        return carried(question.address, **more)

    @property
    def marked(self) -> str:
        """What an article opened from here carries: the search that found it, or the words of a quote."""
        if self.question.scope == "articles":
            return self.carried
        return f"?{urlencode({'hl': self.text})}" if self.question.default_sort == "relevance" else ""

    @property
    def first_number(self) -> int:
        return (self.answer.page - 1) * self.answer.request.size + 1 if self.answer else 1

    @property
    def files(self) -> list[Link]:
        # Pages of lines are not pages of the results that a file holds.
        kept = {"page": None} if self.in_order else {}
        return [Link(label, self.question.url(kept, format=name)) for name, label in FILES.items()]

    @cached_property
    def pages(self) -> list[Link | None]:
        """The pages to be linked; None stands for those left out."""
        if self.answer is None:
            return []
        return [
            None if number is None else Link(str(number), self.page_url(number), number == self.answer.page)
            for number in page_numbers(self.answer.page, self.page_count)
        ]

    def page_url(self, number: int) -> str:
        return self.question.url(page=None if number == 1 else number)

    @property
    def previous(self) -> str:
        return self.page_url(self.answer.page - 1) if self.answer and self.answer.page > 1 else ""

    @property
    def next(self) -> str:
        more = self.answer is not None and self.answer.page < self.page_count
        return self.page_url(self.answer.page + 1) if more and self.answer else ""

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form beside the results passes on: all that it has no field for."""
        if self.answer is None:
            return []
        facets = {facet.name for facet in self.answer.facets}
        shown = IN_FORM | facets | {"page"}
        return [pair for pair in self._pairs() if pair[0] not in shown]

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """What the search box passes on: the filters in use, not the words nor the page."""
        if not self.question.is_valid():
            return []
        return [pair for pair in self._pairs() if pair[0] not in {"q", "page", "hl"}]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for name, values in self.question.address.values.items():
            for value in values:
                yield name, value

    @property
    def cleared(self) -> str:
        """The address with the words alone."""
        return self.question.url({chip.name: None for chip in self.question.chips})

    @property
    def since(self) -> str:
        return self.question.data.get("from", "")

    @property
    def until(self) -> str:
        return self.question.data.get("to", "")

    @cached_property
    def over_time(self) -> OverTime | None:
        return OverTime(self.question, self.answer) if self.answer and self.answer.count else None

    @property
    def results(self) -> tuple[Result, ...]:
        if self.in_order:
            return self.in_order.on_page
        return self.answer.results if self.answer else ()

    @property
    def listed(self) -> Listed:
        """The results of this page as a basket lists them."""
        ids = tuple(result.row.pk for result in self.results)
        return Listed(ids) if self.question.scope == "articles" else Listed(quotes=ids)

    @property
    def as_list(self) -> dict[str, Any]:
        """The results of this page as data, each with its place among all."""
        named = [
            (_called(result), f"{settings.SITE_URL}{result.row.get_absolute_url()}")
            for result in self.results
        ]
        count = self.answer.count if self.answer else 0
        return item_list(named, first=self.first_number, count=count)

    @property
    def by_article(self) -> list[list[Result]]:
        """Quotes that follow one another in one article, together."""
        return [list(group) for _, group in groupby(self.results, key=lambda result: result.row.article_id)]

    @property
    def grouped(self) -> bool:
        """Whether results are counted by a value in place of being listed."""
        return self.answer is not None and bool(self.answer.request.group)

    @property
    def groups(self) -> tuple[FacetValue, ...]:
        return self.answer.groups[:MOST_GROUPS] if self.answer else ()

    @property
    def groups_cut(self) -> int:
        """How many values are listed, where there are more."""
        return MOST_GROUPS if self.answer and len(self.answer.groups) > MOST_GROUPS else 0

    @property
    def in_no_group(self) -> tuple[str, int]:
        """What the results are called that stand under no value, and how many there are."""
        if self.answer is None or self.answer.request.group == "publication":
            return "", 0
        if self.answer.request.group == "year":
            return "undated", self.answer.undated
        return "no named speaker", self.answer.without_speaker or 0

    @cached_property
    def offers(self) -> list[Link]:
        """Where nothing was found: one thing loosened at a time, each with the count that this gives."""
        if self.answer is None or self.answer.count:
            return []
        found = [offer for offer in self.answer.relaxations if offer.count and offer.kind != "spelling"]
        return [Link(self._label(offer), offer.url, count=offer.count) for offer in found[:MOST_OFFERS]]

    def _label(self, offer: Relaxation) -> str:
        if offer.kind == "any":
            return "With any of the words in place of all"
        if offer.kind == "filter":
            chip = next(chip for chip in self.question.chips if chip.url == offer.url)
            named = f"not {chip.label.lower()}" if chip.negative else chip.label
            return f"Without the filter {named}: {chip.value}"
        what = offer.what.removeprefix("-").removeprefix("NOT ")
        return f"Without “{what}”" if offer.kind == "without" else f"With {what} {offer.kind}"


def _called(result: Result) -> str:
    row = result.row
    if isinstance(row, Article):
        return row.headline
    return f"{result.speaker.name if result.speaker else row.source_as_name}: {row.text[:80]}"


def narrower(question: ArticleFilter) -> Iterator[Link]:
    """The same question asked of less, for one that took too long."""
    text = question.data.get("q", "").strip()
    inside = f"headline:({text})"
    if question.scope == "articles" and text and "headline:" not in text and len(inside) <= MAX_CHARACTERS:
        yield Link("In headlines alone", question.url(q=inside))
    year = question.now.year
    if not question.address.values.get("from"):
        yield Link("Printed in the last five years", question.url({"from": str(year - 5)}))
        yield Link("Printed in the last year", question.url({"from": str(year - 1)}))
    if question.chosen_sort == "relevance":
        yield Link("The newest first", question.url(sort="newest"))
