"""Text reuse detection: quotes that repeat another quote in whole, in part or with changes.

Nothing is stored for it. The search index gives the quotes that have most of the rare words close together,
and these are aligned word by word. So adding a quote costs nothing more, and results are always current.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError
from psycopg.errors import QueryCanceled

from articles.models import Quote, Speaker, clock
from articles.search.engine.budget import COMPARING_SENTENCES, Budget, OverBudget, SearchTooLong
from articles.search.engine.searcher import Searcher, searching
from articles.search.query import parse, words
from articles.search.request.query import SearchRequest
from articles.search.results import load
from articles.search.results.excerpts import Who
from articles.search.reuse.candidates import nearest_articles, nearest_quotes, read_sentence
from articles.search.reuse.passages import Passage, holds, nearest_passage
from articles.search.reuse.remembered import LEAST, Closeness, Remembered
from articles.search.reuse.similarity import MIN_WORDS, Similarity, may_have_same_words, similarity

# Quotes that are compared as repetitions; quotes and articles that are compared with a remembered sentence.
MOST_QUOTES = 400
MOST_REMEMBERED = 60
MOST_ARTICLES = 30
# The share of a sentence's weight that a candidate must have.
LEAST_REPEATED, LEAST_REMEMBERED = 0.35, 0.45
MOST_FOUND = 20
# The same few words are often said by several people.
MIN_WORDS_OF_CONFLICT = 4
# The count on a quote page is omitted where it takes longer; the page of text reuse still has it.
MOST_SECONDS = 1.0


@dataclass(frozen=True)
class PrintedQuote:
    """A quote with its folded words and its canonical speaker, if any."""

    row: Quote
    words: tuple[str, ...]
    speaker: Who | None

    @property
    def date(self) -> dt.date:
        return self.row.article.published_on or dt.date.max


@dataclass(frozen=True)
class RememberedQuote(PrintedQuote):
    """A quote that may be the sentence that a reader remembers."""

    closeness: Closeness

    @property
    def score(self) -> float:
        return round(self.closeness.score, 3)


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


@dataclass(frozen=True)
class Repeated:
    """A quote that repeats another one."""

    id: int
    words: tuple[str, ...]
    similarity: Similarity
    speaker_id: int | None
    inside_id: int | None


@contextmanager
def _comparing(seconds: float | None = None) -> Iterator[tuple[Searcher, Budget]]:
    """A searcher and a budget for comparisons; raises SearchTooLong where either does not suffice."""
    try:
        with searching(SearchRequest("quotes", parse("", "quotes"), clock.now()), seconds) as searcher:
            yield searcher, Budget(COMPARING_SENTENCES)
    except OverBudget:
        message = "the sentences to be compared repeat their words too often"
        raise SearchTooLong(message) from QueryCanceled(message)


def find_reuse(quote: Quote) -> TextReuse:
    """The public quotes that repeat this one or that it repeats, including itself."""
    own = tuple(words(quote.text))
    with _comparing() as (searcher, budget):
        repeated = {each.id: each for each in _repeated(quote, own, searcher, budget)}
        families = searcher.snapshot().families
        said = {**{pk: each.words for pk, each in repeated.items()}, quote.pk: own}
        found = _printed([quote, *load.quotes(list(repeated))], said, families)
    by_wording: dict[tuple[str, ...], list[PrintedQuote]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.date, each.row.article_id, each.row.pk)):
        by_wording[each.words].append(each)
    wordings = tuple(Wording(tuple(printed)) for printed in by_wording.values())
    return TextReuse(wordings, _credited(quote, found, repeated))


def _credited(
    quote: Quote, found: Sequence[PrintedQuote], repeated: Mapping[int, Repeated]
) -> tuple[tuple[str, str, int], ...]:
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for each in found:
        if each.speaker and (each.row.pk == quote.pk or _may_conflict(quote, repeated[each.row.pk])):
            numbers[each.speaker.slug, each.speaker.name] += 1
    return tuple((slug, name, number) for (slug, name), number in numbers.items())


def _may_conflict(quote: Quote, other: Repeated) -> bool:
    """Whether another speaker of these words is a conflict; a speaker who quotes the other one is not."""
    nested = quote.pk == other.inside_id or quote.inside_id == other.id
    return not nested and other.similarity.common >= MIN_WORDS_OF_CONFLICT


@dataclass(frozen=True)
class ReuseSummary:
    """The number of similar quotes, None where counting takes too long, and all whom they are credited to."""

    number: int | None
    credited: tuple[Who, ...] = ()

    @property
    def conflict(self) -> bool:
        return len(self.credited) > 1


def summarize_reuse(quote: Quote) -> ReuseSummary:
    """What a quote's page says of `find_reuse`."""
    try:
        with _comparing(MOST_SECONDS) as (searcher, budget):
            repeated = _repeated(quote, tuple(words(quote.text)), searcher, budget)
            families = searcher.snapshot().families
            ids = [quote.speaker_id, *(each.speaker_id for each in repeated if _may_conflict(quote, each))]
            speakers = dict.fromkeys(families.get(pk, pk) for pk in ids if pk)
            credited = tuple(_canonical(speakers, families).values()) if len(speakers) > 1 else ()
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        return ReuseSummary(None)
    return ReuseSummary(len(repeated), credited)


def _repeated(quote: Quote, own: Sequence[str], searcher: Searcher, budget: Budget) -> list[Repeated]:
    """The other quotes with the same words as this one."""
    if len(own) < MIN_WORDS:
        return []
    sentence = read_sentence(own, searcher)
    ids = nearest_quotes(sentence, searcher, MOST_QUOTES, least=LEAST_REPEATED, parts=True)
    rows = Quote.objects.filter(pk__in=ids).exclude(pk=quote.pk).order_by()
    known: dict[tuple[str, ...], Similarity | None] = {}
    found = []
    for pk, text, speaker, inside in rows.values_list("pk", "text", "speaker", "inside"):
        searcher.check()
        said = tuple(words(text))
        if not said:
            continue
        if said not in known:
            known[said] = similarity(own, said, budget) if may_have_same_words(own, said) else None
        compared = known[said]
        if compared and compared.same_words:
            found.append(Repeated(pk, said, compared, speaker, inside))
    return found


def find_similar(sentence: str) -> tuple[list[RememberedQuote], list[Passage]]:
    """The quotes most similar to a sentence, and passages of articles that are not recorded as quotes."""
    asked = words(sentence)
    if not asked:
        return [], []
    with _comparing() as (searcher, budget):
        read = read_sentence(asked, searcher)
        remembered = Remembered(read, budget)
        ids = nearest_quotes(read, searcher, MOST_REMEMBERED, least=LEAST_REMEMBERED)
        similar = _remembered_quotes(ids, remembered, searcher)
        passages: list[Passage] = []
        if len(asked) >= MIN_WORDS:
            articles = nearest_articles(read, searcher, MOST_ARTICLES, least=LEAST_REMEMBERED)
            passages = _passages(articles, remembered, similar, searcher)
    return similar[:MOST_FOUND], passages[:MOST_FOUND]


def _remembered_quotes(
    ids: Sequence[int], remembered: Remembered, searcher: Searcher
) -> list[RememberedQuote]:
    """Those of these quotes that are close, the closest first, and of equal ones the shorter first."""
    rows = Quote.objects.filter(pk__in=ids).order_by().values_list("pk", "text", "article__language")
    close: dict[int, Closeness] = {}
    said: dict[int, tuple[str, ...]] = {}
    for pk, text, language in rows:
        searcher.check()
        said[pk] = tuple(words(text))
        found = remembered.closeness(said[pk], language, LEAST) if said[pk] else None
        if found and found.is_close:
            close[pk] = found
    printed = _printed(load.quotes(list(close)), said, searcher.snapshot().families)
    similar = [RememberedQuote(each.row, each.words, each.speaker, close[each.row.pk]) for each in printed]
    return sorted(similar, key=lambda each: (-each.score, len(each.words), each.date, each.row.pk))


def _passages(
    articles: Sequence[int], remembered: Remembered, similar: Sequence[RememberedQuote], searcher: Searcher
) -> list[Passage]:
    """The closest passages of these articles, without those that are recorded as one of the quotes."""
    recorded: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for each in similar:
        recorded[each.row.article_id].append(each.words)
    passages = []
    for article, body, *_ in load.articles(articles):
        searcher.check()
        passage = nearest_passage(article, body, remembered)
        if passage and not any(holds(said, passage, remembered.budget) for said in recorded[article.pk]):
            passages.append(passage)
    return sorted(passages, key=lambda each: (-each.closeness.score, each.article.pk))


def _printed(
    quotes: Iterable[Quote], said: Mapping[int, tuple[str, ...]], families: Mapping[int, int]
) -> list[PrintedQuote]:
    rows = list(quotes)
    speakers = _canonical([quote.speaker_id for quote in rows if quote.speaker_id], families)
    return [PrintedQuote(quote, said[quote.pk], speakers.get(quote.speaker_id or 0)) for quote in rows]


def _canonical(ids: Iterable[int], families: Mapping[int, int]) -> dict[int, Who]:
    """The canonical speaker of each speaker id."""
    finals = {pk: families.get(pk, pk) for pk in ids}
    rows = Speaker.objects.filter(pk__in=set(finals.values())).order_by()
    known = {pk: Who(pk, slug, name) for pk, slug, name in rows.values_list("pk", "slug", "name")}
    return {pk: known[final] for pk, final in finals.items() if final in known}
