"""Text reuse detection: quotes that repeat another quote in whole, in part or with changes.

Nothing is stored for it. The rarest words of a sentence are looked up in the search index, and the quotes
found are compared word by word. So adding a quote costs nothing more, and results are always current.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from articles.models import Quote, clock
from articles.search.engine.budget import COMPARING_SENTENCES, Budget, OverBudget, SearchTooLong
from articles.search.engine.facets import FAMILIES
from articles.search.query import words
from articles.search.results import load
from articles.search.results.excerpts import Who
from articles.search.reuse.passages import Passage, holds, nearest_passage
from articles.search.reuse.similarity import MIN_WORDS, Similarity, similarity

# The number of rare words looked up, and how many of them a quote must have.
MAX_WORDS = 6
MIN_SHARED = 2
# Words missing from the last count may be new: at most this many are looked up.
MAX_UNCOUNTED = 2
# No further word is looked up once its postings would exceed this number.
MOST_POSTINGS = 30_000
MOST_QUOTES = 400
MOST_ARTICLES = 40


@dataclass(frozen=True)
class RareWords:
    """The words to look up, rarest first: a quote must have two of `few`.

    Where too many quotes have two, a quote must have all but one of `known`, the words of known frequency.
    """

    few: list[str]
    known: list[str]


def rarest(asked: Sequence[str]) -> RareWords:
    """The rarest of the words, by the last count of words in quotes."""
    different = list(dict.fromkeys(word[:255] for word in asked))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, quotes FROM quote_word WHERE word = ANY(%s)", [different])
        counted = dict(cursor.fetchall())
    unknown = sorted((word for word in different if word not in counted), key=len, reverse=True)
    chosen: list[str] = []
    postings = 0
    by_rarity = sorted(counted, key=lambda word: counted[word])
    for word in by_rarity:
        postings += counted[word]
        if len(chosen) >= MIN_SHARED and (len(chosen) == MAX_WORDS or postings > MOST_POSTINGS):
            break
        chosen.append(word)
    # Without a count all words are uncounted; such an archive is small.
    return RareWords(chosen + unknown[: MAX_UNCOUNTED if chosen else MAX_WORDS], by_rarity[:MAX_WORDS])


def _query(chosen: Sequence[str], together: int) -> str:
    """A tsquery for any `together` of the words, in exactly these forms."""
    lexemes = ["'=" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in chosen]
    several = combinations(lexemes, min(together, len(lexemes)))
    return " | ".join(f"({' & '.join(each)})" for each in several)


def quotes_with(rare: RareWords) -> list[int]:
    """Ids of quotes with two of the words; quotes with more of them first where too many have two."""
    ids = _quotes(rare.few, MIN_SHARED)
    if len(ids) <= MOST_QUOTES:
        return ids
    closer: list[int] = []
    if len(rare.few) > MIN_SHARED:
        closer = _quotes(rare.few, MIN_SHARED + 1)
    if not closer and len(rare.known) > MIN_SHARED:
        closer = _quotes(rare.known, max(MIN_SHARED, len(rare.known) - 1))
    return list(dict.fromkeys([*closer, *ids]))[:MOST_QUOTES]


def _quotes(chosen: Sequence[str], together: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_id FROM quote_document WHERE vector @@ %s::tsquery AND visible_from <= %s LIMIT %s",
            [_query(chosen, together), clock.now(), MOST_QUOTES + 1],
        )
        return [pk for (pk,) in cursor.fetchall()]


def articles_with(rare: RareWords) -> list[int]:
    """Ids of public articles with three of the words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM search_document WHERE vector @@ %s::tsquery AND visible_from <= %s "
            "LIMIT %s",
            [_query(rare.few, MIN_SHARED + 1), clock.now(), MOST_ARTICLES],
        )
        return [pk for (pk,) in cursor.fetchall()]


MOST_FOUND = 20
# The count on a quote page is omitted where it takes longer; the page of text reuse still has it.
MOST_MILLISECONDS = 300


@dataclass(frozen=True)
class ComparedQuote:
    """The folded words of a quote and their similarity to the words searched for."""

    words: tuple[str, ...]
    similarity: Similarity


@dataclass(frozen=True)
class PrintedQuote:
    """A quote with its canonical speaker, if any."""

    row: Quote
    compared: ComparedQuote
    speaker: Who | None

    @property
    def words(self) -> tuple[str, ...]:
        return self.compared.words

    @property
    def similarity(self) -> Similarity:
        return self.compared.similarity

    @property
    def date(self) -> dt.date:
        return self.row.article.published_on or dt.date.max


@dataclass(frozen=True)
class Wording:
    """The quotes with exactly the same words, earliest first."""

    printed: tuple[PrintedQuote, ...]

    @property
    def first(self) -> PrintedQuote:
        return self.printed[0]

    @property
    def text(self) -> str:
        return self.first.row.text


@dataclass(frozen=True)
class TextReuse:
    """All wordings, earliest first, and their attributions as (slug, name, number of quotes)."""

    wordings: tuple[Wording, ...]
    credited: tuple[tuple[str, str, int], ...]

    @property
    def others(self) -> int:
        return sum(len(wording.printed) for wording in self.wordings) - 1

    @property
    def conflict(self) -> bool:
        """Whether the words are attributed to different speakers."""
        return len(self.credited) > 1


@contextmanager
def _comparing() -> Iterator[Budget]:
    """A budget for comparisons; raises SearchTooLong where it does not suffice."""
    try:
        yield Budget(COMPARING_SENTENCES)
    except OverBudget:
        message = "the sentences to be compared repeat their words too often"
        raise SearchTooLong(message) from QueryCanceled(message)


def find_reuse(quote: Quote) -> TextReuse:
    """The public quotes that repeat this one or that it repeats, including itself."""
    asked = words(quote.text)
    itself = ComparedQuote(tuple(asked), Similarity(len(asked), len(asked), len(asked), len(asked)))
    with _limited(), _comparing() as budget:
        compared = _compared_quotes(asked, rarest(asked), budget) if len(asked) >= MIN_WORDS else {}
        same = {pk: one for pk, one in compared.items() if one.similarity.same_words and pk != quote.pk}
        found = _printed_quotes([quote, *load.quotes(list(same))], {**same, quote.pk: itself})
    by_wording: dict[tuple[str, ...], list[PrintedQuote]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.date, each.row.article_id, each.row.pk)):
        by_wording[each.words].append(each)
    names: dict[tuple[str, str], int] = defaultdict(int)
    for each in found:
        if each.speaker:
            names[each.speaker.slug, each.speaker.name] += 1
    credited = tuple((slug, name, number) for (slug, name), number in names.items())
    return TextReuse(tuple(Wording(tuple(printed)) for printed in by_wording.values()), credited)


def count_reuse(quote: Quote) -> int | None:
    """The number of other quotes that `find_reuse` returns; None where counting takes too long."""
    asked = words(quote.text)
    if len(asked) < MIN_WORDS:
        return 0
    try:
        with _limited(MOST_MILLISECONDS), _comparing() as budget:
            compared = _compared_quotes(asked, rarest(asked), budget)
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        return None
    return sum(one.similarity.same_words for pk, one in compared.items() if pk != quote.pk)


@contextmanager
def _limited(milliseconds: int = 3000) -> Iterator[None]:
    """A transaction with this statement timeout; the default is that of a search.

    Sequential scans are off: the planner would read all documents to find a few.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL statement_timeout = {milliseconds};"
            "SET LOCAL jit = off; SET LOCAL enable_seqscan = off"
        )
        yield


def find_similar(sentence: str) -> tuple[list[PrintedQuote], list[Passage]]:
    """The quotes most similar to a sentence, and passages of articles that are not recorded as quotes."""
    asked = words(sentence)
    if not asked:
        return [], []
    with _limited(), _comparing() as budget:
        rare = rarest(asked)
        compared = {
            pk: one
            for pk, one in _compared_quotes(asked, rare, budget).items()
            if one.similarity.is_candidate
        }
        similar = _printed_quotes(load.quotes(list(compared)), compared)
        articles = list(load.articles(articles_with(rare))) if len(asked) >= MIN_WORDS else []
    similar.sort(key=lambda each: (-each.similarity.score, each.date, each.row.pk))
    recorded = defaultdict(list)
    for each in similar:
        recorded[each.row.article_id].append(each.words)
    with _comparing() as budget:
        passages = [
            passage
            for article, body, *_ in articles
            if (passage := nearest_passage(article, body, asked, budget)) is not None
            and not any(holds(quoted, passage, budget) for quoted in recorded[article.pk])
        ]
    passages.sort(key=lambda each: (-each.similarity.common, each.article.pk))
    return similar[:MOST_FOUND], passages[:MOST_FOUND]


def _compared_quotes(asked: Sequence[str], rare: RareWords, budget: Budget) -> dict[int, ComparedQuote]:
    """The quotes with rare words of the sentence that can be candidates, by id."""
    texts = Quote.objects.filter(pk__in=quotes_with(rare)).order_by().values_list("pk", "text")
    wordings = {pk: tuple(words(text)) for pk, text in texts}
    known = _similarities(asked, wordings.values(), budget)
    return {pk: ComparedQuote(each, known[each]) for pk, each in wordings.items() if each in known}


def _printed_quotes(quotes: Iterable[Quote], compared: Mapping[int, ComparedQuote]) -> list[PrintedQuote]:
    quotes = list(quotes)
    speakers = _speakers([quote.speaker_id for quote in quotes if quote.speaker_id])
    return [PrintedQuote(quote, compared[quote.pk], speakers.get(quote.speaker_id or 0)) for quote in quotes]


def _similarities(
    asked: Sequence[str], wordings: Iterable[tuple[str, ...]], budget: Budget
) -> dict[tuple[str, ...], Similarity]:
    """The similarity of each wording; skips those that cannot be candidates in any order of words."""
    known: dict[tuple[str, ...], Similarity] = {}
    counted = Counter(asked)
    for other in {*wordings} - {()}:
        most = (counted & Counter(other)).total()
        if Similarity(most, most, len(asked), len(other)).is_candidate:
            known[other] = similarity(asked, other, budget)
    return known


def _speakers(ids: Sequence[int]) -> dict[int, Who]:
    """The canonical speaker of each speaker id."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {FAMILIES} SELECT m.id, s.id, s.slug, s.name FROM unnest(%s::bigint[]) AS m (id) "
            "LEFT JOIN families f ON f.member = m.id "
            "JOIN articles_speaker s ON s.id = coalesce(f.final, m.id)",
            [list(set(ids))],
        )
        return {member: Who(*final) for member, *final in cursor.fetchall()}
