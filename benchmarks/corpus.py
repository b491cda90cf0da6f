"""Build an archive of any size from random sentences of real or invented text, reproducible by its seed."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from articles.models import Article, ArticleTopic, Publication, Quote, Section, Speaker, Topic
from benchmarks.loading import loading, make_documents, multiply

SEED = 1
CHARACTERS = 4400
BATCH = 500
QUOTES = 3
# Number of distinct texts; larger archives have each several times.
DISTINCT = 100_000
# Of all words of a text, those of the most frequent ranks.
RANKS, FREQUENT = 8_000, 0.93
# Sentences of an article of the greatest length.
MOST = 3_000
PUBLICATIONS = 8
_SENTENCE = re.compile(r"[^.!?\n]{20,400}[.!?]")
_SYLLABLES = """
ba be bo ca ce co da de do fa fe ga go ha he ka ke la le lo ma me mo na ne no pa po ra re ro sa se so ta te
to va
"""
_INITIALS = "ABCDEFGHIJKLMNOPRSTUVWZ"
COMMON = """
the of and to a in that is was for on with as by at it from be are this have an has had not were which said
their but will they more one who new two been would when about after first government people year
council police
"""


class Text:
    """A source of random headlines and bodies: of sentences of a file or of `least` invented words each.

    The vocabulary of invented text grows with its length, as that of newspapers does.
    """

    def __init__(self, rnd: random.Random, file: Path | None, least: int = 8) -> None:
        self.random = rnd
        self.least = least
        self.headlines, self.sentences = _read(file) if file else ([], [])

    def headline(self) -> str:
        return (self.random.choice(self.headlines) if self.headlines else self.sentence())[:200]

    def sentence(self) -> str:
        if self.sentences:
            return self.random.choice(self.sentences)
        number = self.random.randint(self.least, 26)
        return f"{' '.join(_word(_rank(self.random.random())) for _ in range(number)).capitalize()}."

    def body(self) -> str:
        """Return paragraphs of different sentences; lengths have the distribution of newspaper articles."""
        wanted = min(60_000, int(self.random.lognormvariate(0, 0.6) * CHARACTERS * 0.85) + 300)
        drawn = self.random.sample(self.sentences, min(len(self.sentences), MOST)) if self.sentences else None
        parts, length = [], 0
        for sentence in drawn or iter(self.sentence, ""):
            parts.append(sentence)
            length += len(sentence) + 1
            if length >= wanted:
                break
        return "\n\n".join(" ".join(parts[at : at + 4]) for at in range(0, len(parts), 4))


def _read(file: Path) -> tuple[list[str], list[str]]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    headlines = [row["headline"] for row in rows if row.get("headline")]
    found = (found.strip() for row in rows for found in _SENTENCE.findall(row.get("body") or ""))
    sentences = list(dict.fromkeys(found))
    if not headlines or not sentences:
        raise ValueError(f"{file} has no line with a headline and a body")
    return headlines, sentences


def _rank(share: float) -> int:
    """Return the rank of a word for a number from 0 to 1: Zipf's law, and less for rare words."""
    if share < FREQUENT:
        return int(2 * (RANKS / 2 + 1) ** (share / FREQUENT)) - 2
    return int(RANKS * ((1 - share) / (1 - FREQUENT)) ** -1.25)


@lru_cache(maxsize=500_000)
def _word(rank: int) -> str:
    """Return the word of a rank; words with the same beginning have very different ranks."""
    common = COMMON.split()
    if rank < len(common):
        return common[rank]
    syllables, word = _SYLLABLES.split(), ""
    while rank or len(word) < 4:
        rank, at = divmod(rank, len(syllables))
        word += syllables[at]
    return word


def build(articles: int, file: Path | None, on_progress: Callable[[int], None]) -> None:
    """Fill an empty archive with distinct texts; `on_progress` gets the number of articles so far."""
    rnd = random.Random(SEED)  # noqa: S311 - the same archive for the same seed
    with loading():
        write(rnd, Text(rnd, file), articles, on_progress, speakers=max(20, articles // 100))


def copy(file: Path) -> None:
    """Fill an empty archive with the articles of a file as they are, without quotes."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    publication = Publication.objects.create(name="Publication 0", slug="publication-0")
    with loading():
        articles = Article.objects.bulk_create(
            Article(
                publication=publication,
                headline=(row.get("headline") or body.partition("\n")[0])[:200],
                body=body,
                language="en",
                status=Article.Status.USABLE,
                published_on=dt.date(2000, 1, 1),
                published_precision="day",
                visible_from=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
            )
            for row in rows
            if (body := row.get("body") or row.get("text"))
        )
        make_documents(articles)


def repeat(times: int, on_progress: Callable[[int], None]) -> None:
    """Copy the DISTINCT articles until there are `times` as many, with other ids, dates and publications.

    Computing vectors for more distinct texts would take most of the time, without changing the results.
    """
    with loading():
        for number in multiply(DISTINCT, times - 1, PUBLICATIONS):
            on_progress(number)


Named = TypeVar("Named", Publication, Section, Topic, Speaker)


def write(
    rnd: random.Random,
    text: Text,
    articles: int,
    on_progress: Callable[[int], None],
    *,
    speakers: int,
    quotes: int = QUOTES,
) -> None:
    """Write articles with their quotes and documents, batch by batch; call it inside `loading`."""
    frame = _frame(speakers)
    for start in range(0, articles, BATCH):
        batch = Article.objects.bulk_create(
            _article(rnd, text, frame, number) for number in range(start, min(articles, start + BATCH))
        )
        ArticleTopic.objects.bulk_create(
            ArticleTopic(article=article, topic=topic)
            for article in batch
            for topic in rnd.sample(frame.topics, rnd.choice((0, 1, 2)))
        )
        Quote.objects.bulk_create(
            quote for article in batch for quote in _quotes(rnd, article, frame, quotes)
        )
        make_documents(batch)
        on_progress(start + len(batch))


@dataclass(frozen=True)
class _Frame:
    """What the articles share."""

    publications: list[Publication]
    sections: list[Section]
    topics: list[Topic]
    speakers: list[Speaker]


def _frame(speakers: int) -> _Frame:
    return _Frame(
        _made(Publication, PUBLICATIONS), _made(Section, 12), _made(Topic, 40), _made(Speaker, speakers)
    )


def _made(model: type[Named], number: int) -> list[Named]:
    name = model.__name__
    return model._default_manager.bulk_create(
        model(name=f"{name} {n}", slug=f"{name.lower()}-{n}") for n in range(number)
    )


def _seldom(number: int) -> str:
    """Return a word that 12 articles share; no other word begins with its first syllable."""
    syllables, dozen = _SYLLABLES.split(), number // 12
    word = "zu"
    while dozen or word == "zu":
        dozen, at = divmod(dozen, len(syllables))
        word += syllables[at]
    return word


def _article(rnd: random.Random, text: Text, frame: _Frame, number: int) -> Article:
    day = dt.date(1990, 1, 1) + dt.timedelta(days=rnd.randrange(365 * 35))
    return Article(
        publication=rnd.choice(frame.publications),
        section=rnd.choice(frame.sections),
        headline=text.headline(),
        body=f"{text.body()} {_seldom(number)} {number}",
        language="en",
        status=Article.Status.USABLE,
        published_on=day,
        published_precision="day",
        visible_from=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    )


def _quotes(rnd: random.Random, article: Article, frame: _Frame, number: int) -> Iterator[Quote]:
    places = sentences(article.body)
    for start, end in rnd.sample(places, min(number, len(places))):
        # A few speakers have many quotes, most have few.
        speaker = frame.speakers[int(len(frame.speakers) * rnd.random() ** 3)]
        yield quote(article, start, end, speaker)


def quote(article: Article, start: int, end: int, speaker: Speaker) -> Quote:
    """Return an unsaved accepted quote with this span of the body."""
    return Quote(
        article=article,
        speaker=speaker,
        kind=Quote.Kind.DIRECT,
        start=start,
        end=end,
        spans=[[start, end]],
        text=article.body[start:end],
        status=Quote.Status.ACCEPTED,
    )


def sentences(body: str) -> list[tuple[int, int]]:
    """Return the span of each sentence."""
    return [found.span() for found in _SENTENCE.finditer(body)]


def name(rnd: random.Random) -> str:
    """Invent a name of a person or place."""
    return rnd.choice(_INITIALS) + "".join(rnd.choices(_SYLLABLES.split(), k=rnd.randint(2, 3)))
