"""Links that help with a query: its clauses, filters, suggestions and relaxations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.translation import gettext

from articles.search import Answer, ArticleFilter, Chip, ReadClause, Relaxation
from articles.search.query import Ignored
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
            join = gettext("but not") if read.negative else _joins()[read.join] if number else ""
            text = read.text.removeprefix("-").removeprefix("NOT ")
            found.append(Clause(read, join, text, self._shows(read.url), self._shows(read.relaxed_url)))
        return found

    @property
    def ignored(self) -> list[tuple[Ignored, Link | None]]:
        """The parts of the query that were ignored, each with what may be written in its place."""
        return [(each, self._instead_of(each)) for each in self.question.parsed.ignored]

    def _instead_of(self, each: Ignored) -> Link | None:
        if not each.instead:
            return None
        text, end = self.question.parsed.text, each.position + len(each.text)
        if text[each.position : end] != each.text:
            # The position is that of a quotation mark before it.
            end += 2
        query = f"{text[: each.position]}{each.instead}{text[end:]}"
        return Link(each.instead, self.question.url(q=query))

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
        label = gettext("Match any word instead")
        return Link(label, url, count=self._shows(url)) if 0 < len(text) <= MAX_CHARACTERS else None

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
        """Spelling suggestions that have results, each with its count."""
        suggestions = self.answer.suggestions if self.answer else ()
        links = [Link(each.text, each.url, count=self._shows(each.url)) for each in suggestions]
        return [link for link in links if link.count]

    @cached_property
    def offers(self) -> list[Link]:
        """For a search without results: relaxations of one condition each, with their counts."""
        if self.answer is None or self.answer.count:
            return []
        found = [offer for offer in self.answer.relaxations if offer.count and offer.kind != "spelling"]
        return [Link(self._label(offer), offer.url, count=offer.count) for offer in found[:MOST_OFFERS]]

    def _label(self, offer: Relaxation) -> str:
        if offer.kind == "any":
            return gettext("Any of these words")
        if offer.kind == "filter":
            chip = next(chip for chip in self.question.chips if chip.url == offer.url)
            text = gettext("Remove the filter %(name)s: %(value)s")
            text = gettext("Remove the filter Exclude %(name)s: %(value)s") if chip.negative else text
            return text % {"name": chip.label, "value": chip.value}
        what = offer.what.removeprefix("-").removeprefix("NOT ")
        if offer.kind == "without":
            return gettext("Remove “%(words)s”") % {"words": what.strip('"')}
        if offer.kind == "apart":
            words = what.strip('"').replace("-", " ").split()
            what = ", ".join(f"“{word}”" for word in words)
        return _relaxed_labels()[offer.kind] % {"words": what}


def _joins() -> dict[str, str]:
    return {"and": gettext("and"), "or": gettext("or")}


def _relaxed_labels() -> dict[str, str]:
    """The labels of the ways in which a clause is relaxed, `RELAXATIONS`, as whole sentences."""
    return {
        "forms": gettext("Include variations of %(words)s"),
        "apart": gettext("%(words)s anywhere"),
        "distance": gettext("%(words)s at any distance apart"),
        "anywhere": gettext("%(words)s in any part of the text"),
        "quoting": gettext("%(words)s in any quote of the article"),
    }


def narrower(question: ArticleFilter) -> Iterator[Link]:
    """Links to narrower searches, for one that took too long."""
    text = question.data.get("q", "").strip()
    inside = f"headline:({text})"
    if question.scope == "articles" and text and "headline:" not in text and len(inside) <= MAX_CHARACTERS:
        yield Link(gettext("In headlines only"), question.url(q=inside))
    year = question.now.year
    if not question.address.values.get("from"):
        yield Link(gettext("Published in the last five years"), question.url({"from": str(year - 5)}))
        yield Link(gettext("Published in the last year"), question.url({"from": str(year - 1)}))
    if question.chosen_sort == "relevance":
        yield Link(gettext("Newest first"), question.url(sort="newest"))
