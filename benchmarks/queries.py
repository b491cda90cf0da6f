"""The classes of timed queries, drawn at random (with a seed) from the words of the archive."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.models import Article, Speaker
from articles.search.query import words
from articles.search.request.query import Scope
from benchmarks import corpus

SEED = 2
SAMPLED = 1500
_ENGLISH = frozenset(corpus.COMMON.split())


@dataclass(frozen=True)
class Timed:
    """One query: its URL parameters, and the tsquery and conditions of the baseline."""

    parameters: tuple[tuple[str, str], ...]
    scope: Scope = "articles"
    tsquery: str = ""
    # The PostgreSQL function that parses `tsquery`.
    reader: str = "websearch_to_tsquery"
    where: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    speaker: Speaker | None = None


@dataclass
class Vocabulary:
    """Words of a sample of articles, with the share of articles that contain each."""

    random: random.Random
    shares: dict[str, float] = field(default_factory=dict)
    bodies: list[list[str]] = field(default_factory=list)

    def between(self, least: float, most: float) -> list[str]:
        # Without English words: the baseline has no stop words in its index.
        every = {
            word: share for word, share in self.shares.items() if word.isalpha() and word not in _ENGLISH
        }
        found = [word for word, share in every.items() if least <= share < most]
        return sorted(found) or sorted(every, key=lambda word: (abs(every[word] - least), word))[:20]

    def word(self, least: float, most: float) -> str:
        return self.random.choice(self.between(least, most))

    def seldom(self) -> str:
        """Return a word that at most twelve articles contain: the last but one of an article."""
        return self.random.choice(self.bodies)[-2]

    def side_by_side(self) -> list[str]:
        """Return two adjacent words of an article."""
        while True:
            body = self.random.choice(self.bodies)
            at = self.random.randrange(len(body) - 1)
            pair = body[at : at + 2]
            if all(word.isalpha() and len(word) > 3 and word not in _ENGLISH for word in pair):
                return pair

    def distant(self) -> list[str]:
        body = self.random.choice(self.bodies)
        at = self.random.randrange(max(1, len(body) - 6))
        return [body[at], body[min(len(body) - 1, at + self.random.randint(2, 5))]]


def vocabulary() -> Vocabulary:
    sample = Article.objects.order_by("pk").values_list("headline", "body")[:SAMPLED]
    bodies = [words(f"{headline} {body}") for headline, body in sample]
    counted = Counter(word for body in bodies for word in set(body))
    rnd = random.Random(SEED)  # noqa: S311 - the same questions for the same seed
    return Vocabulary(rnd, {word: count / len(bodies) for word, count in counted.items()}, bodies)


def classes(known: Vocabulary, count: int) -> dict[str, list[Timed]]:
    """Return `count` queries of each class."""
    speakers = list(Speaker.objects.order_by("pk")[:20])
    makers: dict[str, Callable[[], Timed]] = {
        "rare": lambda: _plain(known.seldom()),
        "1 %": lambda: _plain(known.word(0.007, 0.015)),
        "5 %": lambda: _plain(known.word(0.035, 0.07)),
        "common": lambda: _plain(known.word(0.3, 0.6)),
        "AND 2": lambda: _plain(known.word(0.2, 0.6), known.word(0.05, 0.3)),
        "AND 3": lambda: _plain(known.word(0.2, 0.6), known.word(0.2, 0.6), known.word(0.05, 0.3)),
        "OR": lambda: _plain(known.word(0.05, 0.3), "OR", known.word(0.05, 0.3)),
        "NOT": lambda: _plain(known.word(0.2, 0.6), f"-{known.word(0.1, 0.4)}"),
        "phrase": lambda: _plain(f'"{" ".join(known.side_by_side())}"'),
        "exact word": lambda: _plain(f'"{known.word(0.05, 0.3)}"'),
        "prefix": lambda: _prefix(known.word(0.02, 0.1)[:4]),
        "NEAR": lambda: _near(*known.distant()),
        "common phrase": lambda: _plain(f'"{known.word(0.3, 1)} {known.word(0.3, 1)}"'),
        "common NEAR": lambda: _near(known.word(0.3, 1), known.word(0.3, 1)),
        "term + date": lambda: _dated(known.word(0.1, 0.4), known.random.randint(1992, 2022)),
        "term + publication": lambda: _printed_in(known.word(0.1, 0.4), known.random.randrange(8)),
        "term + speaker": lambda: _spoken(known.word(0.1, 0.4), known.random.choice(speakers)),
        "quotes": lambda: Timed((("q", word := known.word(0.05, 0.3)),), "quotes", word),
        "speaker page": lambda: _page(known.random.choice(speakers)),
        "no words": lambda: Timed(()),
    }
    return {name: [make() for _ in range(count)] for name, make in makers.items()}


def _plain(*parts: str) -> Timed:
    text = " ".join(parts)
    return Timed((("q", text),), tsquery=text)


def _prefix(beginning: str) -> Timed:
    return Timed((("q", f"{beginning}*"),), tsquery=f"{beginning}:*", reader="to_tsquery")


def _near(one: str, other: str) -> Timed:
    """The baseline has no NEAR: it searches for both words, which is less work."""
    return Timed((("q", f"{one} NEAR/5 {other}"),), tsquery=f"{one} {other}")


def _dated(word: str, year: int) -> Timed:
    within = (("published_on BETWEEN make_date(%s, 1, 1) AND make_date(%s, 12, 31)", (year, year + 2)),)
    return Timed((("q", word), ("from", str(year)), ("to", str(year + 2))), tsquery=word, where=within)


def _printed_in(word: str, number: int) -> Timed:
    slug = f"publication-{number}"
    printed = "publication_id = (SELECT id FROM articles_publication WHERE slug = %s)"
    return Timed((("q", word), ("publication", slug)), tsquery=word, where=((printed, (slug,)),))


def _spoken(word: str, speaker: Speaker) -> Timed:
    by = "id IN (SELECT article_id FROM articles_quote WHERE speaker_id = %s AND status = 'accepted')"
    return Timed((("q", word), ("speaker", speaker.slug)), tsquery=word, where=((by, (speaker.pk,)),))


def _page(speaker: Speaker) -> Timed:
    return Timed((), "speaker", where=(("speaker_id = %s", (speaker.pk,)),), speaker=speaker)
