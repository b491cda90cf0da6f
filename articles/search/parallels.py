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
from difflib import SequenceMatcher
from itertools import combinations

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import QueryCanceled

from articles.models import Article, Quote
from articles.querylang import words, words_in_place
from articles.search import rows
from articles.search.excerpts import Who
from articles.search.facets import FAMILIES

# So many of the rarest words are looked up, and so many of them must stand in a quote.
RAREST = 6
TOGETHER = 2
# Of words that nobody else used by the last count, so many are tried: they may have come since.
UNKNOWN = 2
# More postings than these are not read for one more word.
MOST_POSTINGS = 30_000
MOST_CANDIDATES = 400
MOST_ARTICLES = 40
MOST_FOUND = 20
# A sentence of fewer words is repeated by chance.
FEWEST = 3
# The number beside a quote is left out rather than waited for: the page of its versions still has it.
MOST_MILLISECONDS = 300
# Of the words asked for, so many stand in a passage.
PASSAGE = 0.6
# Of words read of one article, as much as a long interview has.
LONGEST = 60_000


@dataclass(frozen=True)
class Likeness:
    """How two sentences agree: words in common in one order, the longest run of them, the lengths."""

    common: int
    run: int
    asked: int
    found: int

    @property
    def share(self) -> float:
        """Of the shorter of the two."""
        return self.common / min(self.asked, self.found)

    @property
    def same_words(self) -> bool:
        """Whether one repeats the other: nearly whole where it is short, by the most where it is long."""
        shorter = min(self.asked, self.found)
        if shorter < FEWEST:
            return False
        if shorter < 4:
            return self.run == shorter
        if shorter < 8:
            return self.share >= 0.75 and self.run >= 2
        return self.share >= 0.6 and self.run >= 3

    @property
    def near(self) -> bool:
        """Whether who remembers the first may mean the second: it has half of the words, or repeats them."""
        return 2 * self.common >= self.asked or self.same_words

    @property
    def score(self) -> float:
        """For order: 1 where both are the same; the words asked for weigh more than those beside them."""
        return (2 * self.common / self.asked + self.common / self.found) / 3


def likeness(asked: Sequence[str], found: Sequence[str]) -> Likeness:
    """Of two sentences as folded words; neither may be empty."""
    blocks = SequenceMatcher(None, asked, found, autojunk=False).get_matching_blocks()
    return Likeness(
        sum(block.size for block in blocks), max(block.size for block in blocks), len(asked), len(found)
    )


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


def parallels(quote: Quote) -> Parallels:
    """The quotes that readers see and that repeat this one or are repeated by it; it is among them."""
    asked = words(quote.text)
    itself = Said(tuple(asked), Likeness(len(asked), len(asked), len(asked), len(asked)))
    with _limited():
        like = _quotes_like(asked, _rarest(asked)) if len(asked) >= FEWEST else {}
        same = {pk: said for pk, said in like.items() if said.likeness.same_words and pk != quote.pk}
        found = _printed([quote, *rows.quotes(list(same))], {**same, quote.pk: itself})
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
        with _limited(MOST_MILLISECONDS):
            like = _quotes_like(asked, _rarest(asked))
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
    with _limited():
        sought = _rarest(asked)
        like = {pk: said for pk, said in _quotes_like(asked, sought).items() if said.likeness.near}
        near = _printed(rows.quotes(list(like)), like)
        articles = _articles_with(sought.few) if len(asked) >= FEWEST else []
    near.sort(key=lambda each: (-each.likeness.score, each.date, each.row.pk))
    recorded = defaultdict(list)
    for each in near:
        recorded[each.row.article_id].append(each.words)
    passages = [
        passage
        for article, body, _ in articles
        if (passage := _nearest(article, body[:LONGEST], asked)) is not None
        and not any(_holds(said, passage) for said in recorded[article.pk])
    ]
    passages.sort(key=lambda each: (-each.likeness.common, each.article.pk))
    return near[:MOST_FOUND], passages[:MOST_FOUND]


def _quotes_like(asked: Sequence[str], sought: Sought) -> dict[int, Said]:
    """By id the quotes that may be near, of all that have some of the words looked for."""
    texts = Quote.objects.filter(pk__in=_nearest_ids(sought)).order_by().values_list("pk", "text")
    said = {pk: tuple(words(text)) for pk, text in texts}
    known = _compared(asked, said.values())
    return {pk: Said(each, known[each]) for pk, each in said.items() if each in known}


def _printed(quotes: Iterable[Quote], said: Mapping[int, Said]) -> list[Printed]:
    quotes = list(quotes)
    speakers = _speakers([quote.speaker_id for quote in quotes if quote.speaker_id])
    return [Printed(quote, said[quote.pk], speakers.get(quote.speaker_id or 0)) for quote in quotes]


def _compared(asked: Sequence[str], said: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Likeness]:
    """Each wording once, but for those that cannot be near in whatever order their words stood."""
    known: dict[tuple[str, ...], Likeness] = {}
    counted = Counter(asked)
    for other in {*said} - {()}:
        most = (counted & Counter(other)).total()
        if Likeness(most, most, len(asked), len(other)).near:
            known[other] = likeness(asked, other)
    return known


@dataclass(frozen=True)
class Sought:
    """The words by which to look, the rarest first: two of `few` must stand there.

    Of a sentence in frequent words thousands have two: then all but one of `known`, those that were counted.
    """

    few: list[str]
    known: list[str]


def _rarest(asked: Sequence[str]) -> Sought:
    """The words of the fewest quotes, by the last count of all."""
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
        if len(chosen) >= TOGETHER and (len(chosen) == RAREST or postings > MOST_POSTINGS):
            break
        chosen.append(word)
    # In an archive that has not been counted nothing is rare, and everything is small.
    return Sought(chosen + unknown[: UNKNOWN if chosen else RAREST], by_rarity[:RAREST])


def _query(chosen: Sequence[str], together: int) -> str:
    """As a tsquery: so many of the words, in just these forms."""
    lexemes = ["'=" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in chosen]
    several = combinations(lexemes, min(together, len(lexemes)))
    return " | ".join(f"({' & '.join(each)})" for each in several)


def _nearest_ids(sought: Sought) -> list[int]:
    """Of quotes with some of the words; with more of them where too many have two."""
    ids = _candidates(sought.few, TOGETHER)
    if len(ids) <= MOST_CANDIDATES:
        return ids
    closer: list[int] = []
    if len(sought.few) > TOGETHER:
        closer = _candidates(sought.few, TOGETHER + 1)
    if not closer and len(sought.known) > TOGETHER:
        closer = _candidates(sought.known, max(TOGETHER, len(sought.known) - 1))
    return list(dict.fromkeys([*closer, *ids]))[:MOST_CANDIDATES]


def _candidates(chosen: Sequence[str], together: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_id FROM quote_document WHERE vector @@ %s::tsquery AND visible_from <= %s LIMIT %s",
            [_query(chosen, together), timezone.now(), MOST_CANDIDATES + 1],
        )
        return [pk for (pk,) in cursor.fetchall()]


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


@dataclass(frozen=True)
class Passage:
    """A stretch of an article in which words asked for stand that are not recorded as a quote."""

    article: Article
    text: str
    marks: tuple[tuple[int, int], ...]
    likeness: Likeness


def _articles_with(chosen: Sequence[str]) -> list[tuple[Article, str, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM search_document WHERE vector @@ %s::tsquery AND visible_from <= %s "
            "LIMIT %s",
            [_query(chosen, TOGETHER + 1), timezone.now(), MOST_ARTICLES],
        )
        return list(rows.articles([pk for (pk,) in cursor.fetchall()]))


def _nearest(article: Article, body: str, asked: Sequence[str]) -> Passage | None:
    """The paragraph that has most of the words in their order, cut to them and what stands around."""
    best: Passage | None = None
    wanted = Counter(asked)
    for paragraph in body.split("\n\n"):
        there = wanted.keys() & set(words(paragraph))
        if len(there) < FEWEST or sum(wanted[word] for word in there) < PASSAGE * len(asked):
            continue
        placed = words_in_place(paragraph)
        said = [word.text for word in placed]
        blocks = [
            block
            for block in SequenceMatcher(None, asked, said, autojunk=False).get_matching_blocks()
            if block.size
        ]
        if not blocks:
            continue
        common, longest = sum(block.size for block in blocks), max(block.size for block in blocks)
        if common < PASSAGE * len(asked) or longest < 2 or (best and common <= best.likeness.common):
            continue
        marks = tuple((placed[b.b].start, placed[b.b + b.size - 1].end) for b in blocks)
        like = Likeness(common, longest, len(asked), max(len(asked), common))
        best = Passage(article, *_cut(paragraph, marks), like)
    return best


def _cut(paragraph: str, marks: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The stretch from the first mark to the last and some words around, with the marks moved along."""
    start = paragraph.rfind(" ", 0, max(0, marks[0][0] - 80)) + 1
    end = paragraph.find(" ", min(len(paragraph), marks[-1][1] + 80))
    text = paragraph[start : end if end > 0 else len(paragraph)]
    return text, tuple((a - start, b - start) for a, b in marks)


def _holds(said: Sequence[str], passage: Passage) -> bool:
    """Whether a quote found already is what stands in a passage."""
    return likeness(said, words(passage.text) or [""]).share >= 0.6
