"""Links that help with a query: its clauses, filters, suggestions and relaxations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.http import QueryDict

from articles.search import Answer, ArticleFilter, Chip, ReadClause, Relaxation
from articles.search.query.parser import MAX_CHARACTERS

MOST_OFFERS = 6


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Clause:
    """One clause of the parsed query, with the operator that joins it to those before.

    ``without`` and ``loosened``: the counts of its links, if there are few results.
    """

    read: ReadClause
    join: str
    text: str
    without: int | None = None
    loosened: int | None = None


class QueryHelp:
    """Base of a results page: the parsed query and the searches that its links lead to."""

    question: ArticleFilter
    answer: Answer | None

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
        """The count of a link that relaxes the search, if it was counted."""
        return self._counts.get(url)

    @property
    def any_instead(self) -> Link | None:
        """The link to the search for any of the words instead of all."""
        text = self.question.parsed.relaxed_to_or if self.answer else ""
        url = self.question.url(q=text)
        return Link("any of these", url, count=self._shows(url)) if 0 < len(text) <= MAX_CHARACTERS else None

    @property
    def chips(self) -> list[tuple[Chip, int | None]]:
        """The active filters, each with the count without it."""
        return [(chip, self._shows(chip.url)) for chip in self.question.chips]

    @property
    def suggested(self) -> Link | None:
        """The search that editors promote for these words, named by its own words."""
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
        """Spelling suggestions, each with its count."""
        suggestions = self.answer.suggestions if self.answer else ()
        return [Link(each.text, each.url, count=self._shows(each.url)) for each in suggestions]

    @cached_property
    def offers(self) -> list[Link]:
        """For a search without results: relaxations of one condition each, with their counts."""
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


def narrower(question: ArticleFilter) -> Iterator[Link]:
    """Links to narrower searches, for one that took too long."""
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
