"""The same words elsewhere: quotes that repeat those of another, whole, in part or altered.

Nothing is kept for it. Two of the rarest words of a sentence are looked up in the index that searching keeps
anyway, and what they bring is compared word by word; so a quote costs nothing more to add, and what the page
shows is what the archive holds at this moment.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from articles.models import Quote
from articles.search.engine.budget import COMPARING_SENTENCES, Budget, OverBudget, SearchTooLong
from articles.search.engine.facets import FAMILIES
from articles.search.query import words
from articles.search.results import load
from articles.search.results.excerpts import Who
from articles.search.reuse.passages import Passage, holds, nearest_passage
from articles.search.reuse.rare_words import Sought, articles_with, quotes_with, rarest
from articles.search.reuse.similarity import FEWEST, Likeness, likeness

MOST_FOUND = 20
# The number beside a quote is left out rather than waited for: the page of its versions still has it.
MOST_MILLISECONDS = 300


@dataclass(frozen=True)
class Said:
    """The folded words of a quote, and how like they are to those asked for."""

    words: tuple[str, ...]
    likeness: Likeness


@dataclass(frozen=True)
class Printed:
    """A quote with the entry that stands for its speaker today, if any."""

    row: Quote
    said: Said
    speaker: Who | None

    @property
    def words(self) -> tuple[str, ...]:
        return self.said.words

    @property
    def likeness(self) -> Likeness:
        return self.said.likeness

    @property
    def date(self) -> dt.date:
        return self.row.article.published_on or dt.date.max


@dataclass(frozen=True)
class Wording:
    """One way in which the words are given, wherever it was printed, the earliest first."""

    printed: tuple[Printed, ...]

    @property
    def first(self) -> Printed:
        return self.printed[0]

    @property
    def text(self) -> str:
        return self.first.row.text


@dataclass(frozen=True)
class Parallels:
    """All wordings in order of time, and whom they are credited to: how many quotes by name."""

    wordings: tuple[Wording, ...]
    credited: tuple[tuple[str, str, int], ...]

    @property
    def others(self) -> int:
        return sum(len(wording.printed) for wording in self.wordings) - 1

    @property
    def conflict(self) -> bool:
        """Whether the same words are credited to different people."""
        return len(self.credited) > 1


@contextmanager
def _comparing() -> Iterator[Budget]:
    """A budget for comparing; where it does not suffice the search is one that took too long."""
    try:
        yield Budget(COMPARING_SENTENCES)
    except OverBudget:
        message = "the sentences to be compared repeat their words too often"
        raise SearchTooLong(message) from QueryCanceled(message)


def parallels(quote: Quote) -> Parallels:
    """The quotes that readers see and that repeat this one or are repeated by it; it is among them."""
    asked = words(quote.text)
    itself = Said(tuple(asked), Likeness(len(asked), len(asked), len(asked), len(asked)))
    with _limited(), _comparing() as budget:
        like = _quotes_like(asked, rarest(asked), budget) if len(asked) >= FEWEST else {}
        same = {pk: said for pk, said in like.items() if said.likeness.same_words and pk != quote.pk}
        found = _printed([quote, *load.quotes(list(same))], {**same, quote.pk: itself})
    by_wording: dict[tuple[str, ...], list[Printed]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.date, each.row.article_id, each.row.pk)):
        by_wording[each.words].append(each)
    names: dict[tuple[str, str], int] = defaultdict(int)
    for each in found:
        if each.speaker:
            names[each.speaker.slug, each.speaker.name] += 1
    credited = tuple((slug, name, number) for (slug, name), number in names.items())
    return Parallels(tuple(Wording(tuple(printed)) for printed in by_wording.values()), credited)


def number_elsewhere(quote: Quote) -> int | None:
    """How many other quotes `parallels` gives; None where counting them would keep the reader waiting."""
    asked = words(quote.text)
    if len(asked) < FEWEST:
        return 0
    try:
        with _limited(MOST_MILLISECONDS), _comparing() as budget:
            like = _quotes_like(asked, rarest(asked), budget)
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        return None
    return sum(said.likeness.same_words for pk, said in like.items() if pk != quote.pk)


@contextmanager
def _limited(milliseconds: int = 3000) -> Iterator[None]:
    """A transaction in which no statement takes longer: than a search may, if nothing else is said.

    Words are looked up in their index alone: a few of many documents would else be sought one by one.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL statement_timeout = {milliseconds};"
            "SET LOCAL jit = off; SET LOCAL enable_seqscan = off"
        )
        yield


def remembered(sentence: str) -> tuple[list[Printed], list[Passage]]:
    """What is nearest to a sentence half remembered: quotes, and passages of articles that are none."""
    asked = words(sentence)
    if not asked:
        return [], []
    with _limited(), _comparing() as budget:
        sought = rarest(asked)
        like = {pk: said for pk, said in _quotes_like(asked, sought, budget).items() if said.likeness.near}
        near = _printed(load.quotes(list(like)), like)
        articles = list(load.articles(articles_with(sought))) if len(asked) >= FEWEST else []
    near.sort(key=lambda each: (-each.likeness.score, each.date, each.row.pk))
    recorded = defaultdict(list)
    for each in near:
        recorded[each.row.article_id].append(each.words)
    with _comparing() as budget:
        passages = [
            passage
            for article, body, *_ in articles
            if (passage := nearest_passage(article, body, asked, budget)) is not None
            and not any(holds(said, passage, budget) for said in recorded[article.pk])
        ]
    passages.sort(key=lambda each: (-each.likeness.common, each.article.pk))
    return near[:MOST_FOUND], passages[:MOST_FOUND]


def _quotes_like(asked: Sequence[str], sought: Sought, budget: Budget) -> dict[int, Said]:
    """By id the quotes that may be near, of all that have some of the words looked for."""
    texts = Quote.objects.filter(pk__in=quotes_with(sought)).order_by().values_list("pk", "text")
    said = {pk: tuple(words(text)) for pk, text in texts}
    known = _compared(asked, said.values(), budget)
    return {pk: Said(each, known[each]) for pk, each in said.items() if each in known}


def _printed(quotes: Iterable[Quote], said: Mapping[int, Said]) -> list[Printed]:
    quotes = list(quotes)
    speakers = _speakers([quote.speaker_id for quote in quotes if quote.speaker_id])
    return [Printed(quote, said[quote.pk], speakers.get(quote.speaker_id or 0)) for quote in quotes]


def _compared(
    asked: Sequence[str], said: Iterable[tuple[str, ...]], budget: Budget
) -> dict[tuple[str, ...], Likeness]:
    """Each wording once, but for those that cannot be near in whatever order their words stood."""
    known: dict[tuple[str, ...], Likeness] = {}
    counted = Counter(asked)
    for other in {*said} - {()}:
        most = (counted & Counter(other)).total()
        if Likeness(most, most, len(asked), len(other)).near:
            known[other] = likeness(asked, other, budget)
    return known


def _speakers(ids: Sequence[int]) -> dict[int, Who]:
    """Of each entry the one that answers for it today."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {FAMILIES} SELECT m.id, s.id, s.slug, s.name FROM unnest(%s::bigint[]) AS m (id) "
            "LEFT JOIN families f ON f.member = m.id "
            "JOIN articles_speaker s ON s.id = coalesce(f.final, m.id)",
            [list(set(ids))],
        )
        return {member: Who(*final) for member, *final in cursor.fetchall()}
