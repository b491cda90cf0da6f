"""The view model of a results page: the search in words and links, and its results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.paging import page_numbers
from articles.presenters import SelectedIds
from articles.search import Answer, ArticleFilter, Facet, FacetValue, Result, SearchDiff
from articles.search.engine.facets import MOST_GROUPS
from articles.search.results.snippets import MOST_LINES
from articles.views.cite_search import permanent_url
from articles.views.kwic import LINE_ORDERS, SORTED_LINES, Line, OrderedLines, lines_of
from articles.views.period_words import period_in_words
from articles.views.query_help import Link, QueryHelp
from articles.views.result_context import ORDERS, SORTS, carried
from articles.views.timeline import OverTime

FILES = {
    "csv": "CSV",
    "jsonl": _("JSON lines"),
    "json": "JSON",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csljson": "CSL-JSON",
    "atom": _("Atom feed"),
}
# The number of values of a filter; a page of its own has all.
FEW_VALUES = 5
# Visible fields of the form beside the results; other parameters are hidden fields.
IN_FORM = {"from", "to", "checked", "copies"}
GROUPS = {"publication": _("publication"), "speaker": _("speaker"), "year": _("year")}


@dataclass(frozen=True)
class Mistake:
    """An invalid parameter with its value, for an error beside its field."""

    name: str
    label: str
    value: str
    messages: list[str]
    # For a date with the month first: the search with the day first.
    instead: Link | None = None


class ResultsPage(QueryHelp):
    """The view model of a search and its answer; an invalid search has no answer."""

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
        """Singular and plural of what is counted."""
        return "article,articles" if self.question.scope == "articles" else "quote,quotes"

    @property
    def order(self) -> str:
        if self.in_order and self.answer:
            return str(SORTED_LINES[self.answer.request.lines])
        return self.results_order

    @property
    def results_order(self) -> str:
        return str(ORDERS[self.question.chosen_sort])

    @property
    def period(self) -> str:
        """The dates of the search in words, such as “in 2015”."""
        return period_in_words(self.answer.request.since, self.answer.request.until) if self.answer else ""

    @property
    def reading(self) -> str:
        """The clauses in one line, if there are several."""
        found = [f"{clause.join} {clause.text}".strip() for clause in self.clauses]
        return " ".join(found) if len(found) > 1 else ""

    @property
    def must_see_reading(self) -> bool:
        """Whether a part of the query was ignored or has a suggestion, so that its explanation is open."""
        hints = self.answer.hints if self.answer else ()
        return bool(self.question.parsed.ignored) or any(hint.instead for hint in hints)

    @property
    def page_count(self) -> int:
        """The number of pages of results, or of sorted lines."""
        if self.in_order:
            return self.in_order.pages
        return self.answer.pages if self.answer else 1

    @cached_property
    def mistakes(self) -> list[Mistake]:
        corrections = self.question.corrections
        return [
            Mistake(
                name,
                str(self.question.filters[name].label) if name in self.question.filters else name,
                errors[0]["value"],
                [error["message"] for error in errors],
                Link(*corrections[name]) if name in corrections else None,
            )
            for name, errors in self.question.errors.items()
        ]

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        return {mistake.name.replace("-", "not_"): mistake.messages for mistake in self.mistakes}

    @property
    def other_mistakes(self) -> list[Mistake]:
        """The mistakes in parameters without a field on the page."""
        return [mistake for mistake in self.mistakes if mistake.name not in {"q", "from", "to"}]

    @property
    def sorts(self) -> list[Link]:
        names = [name for name in SORTS if name != "relevance" or self.question.default_sort == "relevance"]
        chosen = self.question.chosen_sort
        return [Link(str(SORTS[name]), self._sorted(name), name == chosen) for name in names]

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
            return Link(gettext("List view"), self.question.url(view=None))
        return Link(gettext("Keyword in context"), self.question.url(view="kwic"))

    @cached_property
    def lines(self) -> list[Line]:
        """The KWIC lines of this page's results, or this page of all sorted lines."""
        return self.in_order.lines if self.in_order else list(lines_of(self.results))

    @property
    def lines_not_shown(self) -> int:
        """The number of articles without lines because only an excerpt of them is public."""
        if self.in_order:
            return self.in_order.not_shown
        return sum(result.words_not_shown for result in self.results)

    @property
    def lines_cut(self) -> int:
        """The maximum of lines per text, if a text has more hits."""
        return MOST_LINES if any(len(result.excerpts) >= MOST_LINES for result in self.results) else 0

    @property
    def unmarked(self) -> int:
        """The number of results on this page whose words took too long to mark."""
        return sum(result.unmarked for result in self.results)

    @property
    def line_orders(self) -> list[Link]:
        chosen = self.answer.request.lines if self.answer else ""
        return [
            Link(str(label), self.question.url(lines=name), name == chosen)
            for name, label in LINE_ORDERS.items()
        ]

    @property
    def groupings(self) -> list[Link]:
        chosen = self.answer.request.group if self.answer else ""
        names = ["publication", "year"] + ([] if self.question.scope == "speaker" else ["speaker"])
        return [
            Link(str(GROUPS[name]), self.question.url(group=None if name == chosen else name), name == chosen)
            for name in sorted(names)
        ]

    @property
    def grouped_by(self) -> str:
        """The name of the value by which results are counted."""
        return str(GROUPS[self.answer.request.group]) if self.answer and self.answer.request.group else ""

    @property
    def asked(self) -> str:
        """The parameters of this search, for related pages."""
        return self.question.url(page=None, format=None, group=None)

    @property
    def feed(self) -> str:
        ordered = dict.fromkeys(("sort", "seed", "view", "lines", "group", "hl", "page"))
        return self.question.url(ordered, format="atom")

    @property
    def permalink(self) -> str:
        query = self.question.canonical_query()
        return f"{settings.SITE_URL}{self.path}?{query}" if query else f"{settings.SITE_URL}{self.path}"

    @property
    def permanent_url(self) -> str:
        """The URL that keeps these results, for paper."""
        return permanent_url(self.question, self.answer.request, self.path) if self.answer else ""

    @property
    def cite_url(self) -> str:
        return f"{self.path}cite/{self.asked}"

    @property
    def ahead(self) -> bool:
        """Whether ``as_of`` is in the future."""
        return self.question.asked_moment is not None and self.question.past is None

    @property
    def changed(self) -> SearchDiff | None:
        """How the results differ today; only on the first page."""
        return self.answer.diff if self.answer and self.answer.page == 1 else None

    @property
    def not_shown(self) -> int:
        """The number of results on this page that are no longer public."""
        return len(self.answer.ids) - len(self.answer.results) if self.answer else 0

    @property
    def as_it_is_now(self) -> str:
        return self.question.url(as_of=None)

    @property
    def same_elsewhere(self) -> str:
        """The words and the period, as parameters of the other kind of search."""
        asked = {"q": self.text, "from": self.since, "to": self.until}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @cached_property
    def carried(self) -> str:
        """The query string for links to results, so that their pages know their position."""
        question = self.question
        if not question.is_valid():
            return ""
        more = {"speaker": (question.speaker.slug,)} if question.speaker else {}
        return carried(question.address, **more)

    @cached_property
    def marked(self) -> str:
        """The query string for links to articles: the search, or the words of a quote search."""
        if self.question.scope == "articles":
            return self.carried
        return f"?{urlencode({'hl': self.text})}" if self.question.default_sort == "relevance" else ""

    @property
    def first_number(self) -> int:
        return (self.answer.page - 1) * self.answer.request.size + 1 if self.answer else 1

    @property
    def files(self) -> list[Link]:
        # A page of lines does not correspond to a page of results in a file.
        changes = {"page": None} if self.in_order else {}
        return [Link(str(label), self.question.url(changes, format=name)) for name, label in FILES.items()]

    @cached_property
    def pages(self) -> list[Link | None]:
        """The page numbers to link; None for a gap."""
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

    @property
    def facets(self) -> list[Facet]:
        """The facets with their first values and those that are chosen or excluded."""
        found = []
        for facet in self.answer.facets if self.answer else ():
            few = tuple(
                value
                for place, value in enumerate(facet.values)
                if place < FEW_VALUES or value.selected or value.excluded
            )
            if few:
                found.append(replace(facet, values=few, more=facet.more or len(few) < len(facet.values)))
        return found

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """Hidden fields of the form beside the results: all parameters without a visible field."""
        if self.answer is None:
            return []
        facets = {facet.name for facet in self.answer.facets}
        shown = IN_FORM | facets | {"page"}
        return [pair for pair in self._pairs() if pair[0] not in shown]

    @cached_property
    def search_box_hidden(self) -> list[tuple[str, str]]:
        """Hidden fields of the search box: the active filters, without words and page."""
        if not self.question.is_valid():
            return []
        return [pair for pair in self._pairs() if pair[0] not in {"q", "page", "hl"}]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for name, values in self.question.address.values.items():
            for value in values:
                yield name, value

    @property
    def cleared(self) -> str:
        """The URL with only the words."""
        return self.question.url({chip.name: None for chip in self.question.chips})

    @property
    def since(self) -> str:
        return self.question.data.get("from", "")

    @property
    def until(self) -> str:
        return self.question.data.get("to", "")

    @cached_property
    def over_time(self) -> OverTime | None:
        if not self.answer or not self.answer.count:
            return None
        return OverTime(self.question, self.answer, details=f"{self.path}over-time/{self.asked}")

    @property
    def results(self) -> tuple[Result, ...]:
        if self.in_order:
            return self.in_order.on_page
        return self.answer.results if self.answer else ()

    @property
    def listed(self) -> SelectedIds:
        """The results of this page as a selection for a basket."""
        ids = tuple(result.row.pk for result in self.results)
        return SelectedIds(ids) if self.question.scope == "articles" else SelectedIds(quotes=ids)

    @property
    def by_article(self) -> list[list[Result]]:
        """Consecutive quotes of one article, grouped."""
        return [list(group) for _, group in groupby(self.results, key=lambda result: result.article.pk)]

    @property
    def grouped(self) -> bool:
        """Whether results are counted by a value instead of listed."""
        return self.answer is not None and bool(self.answer.request.group)

    @property
    def groups(self) -> tuple[FacetValue, ...]:
        return self.answer.groups[:MOST_GROUPS] if self.answer else ()

    @property
    def groups_cut(self) -> int:
        """The number of listed values, if there are more."""
        return MOST_GROUPS if self.answer and len(self.answer.groups) > MOST_GROUPS else 0

    @property
    def in_no_group(self) -> tuple[str, int]:
        """The label and number of results without a value."""
        if self.answer is None or self.answer.request.group == "publication":
            return "", 0
        if self.answer.request.group == "year":
            return gettext("undated"), self.answer.undated
        return gettext("speaker unknown"), self.answer.without_speaker or 0
