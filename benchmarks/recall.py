"""Measure the search for half-remembered quotes: altered quotes, and sentences that nobody said."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from articles.models import Quote
from articles.search.query import words
from articles.search.reuse.text_reuse import find_similar
from benchmarks.timing import at_share

SEED = 5
DRAWN = 8_000
AMONG = 5
ASKED = 200
# Least number of words of a long sentence, and of a short one.
LONG, SHORT = 8, 4
MOST_ALTERED = 3
_OTHERS = ("never", "always", "that", "people", "because", "harbour", "valley", "should", "nobody", "lamp")


@dataclass(frozen=True)
class Remembered:
    """The share of sentences that are answered rightly, and times in ms.

    Of altered quotes, the original is among the first five; of sentences that nobody said, nothing is found.
    """

    name: str
    asked: int
    found: float
    p50_ms: float
    p95_ms: float


def altered(dice: random.Random, said: list[str]) -> list[str]:
    """Replace, omit, inflect or move one to three words; only one in a short sentence."""
    said = list(said)
    for _ in range(dice.randint(1, MOST_ALTERED if len(said) > SHORT + 1 else 1)):
        at = dice.randrange(len(said))
        match dice.choice(("exchange", "leave out", "inflect", "order")):
            case "exchange":
                said[at] = dice.choice(_OTHERS)
            case "leave out" if len(said) > SHORT - 1:
                del said[at]
            case "inflect":
                said[at] += "s"
            case _:
                said.insert(dice.randrange(len(said)), said.pop(at))
    return said


def measure() -> Iterator[Remembered]:
    """Measure 200 quotes of eight words or more, 200 of four to seven, and 200 sentences that nobody said."""
    dice = random.Random(SEED)  # noqa: S311 - the same sentences for the same seed
    for name, least, most in (("8 words or more", LONG, 1000), ("4 to 7 words", SHORT, LONG - 1)):
        said = list(islice(_sentences(dice, least, most), ASKED))
        yield _measured(name, [(altered(dice, words), words) for words in said])
    said = list(islice(_sentences(dice, SHORT, 1000), ASKED))
    yield _measured("nobody said", [(unsaid(dice, said, len(words)), None) for words in said])


def unsaid(dice: random.Random, said: list[list[str]], length: int) -> list[str]:
    """A sentence of this many words, one or two in a row of each of several sentences."""
    found: list[str] = []
    while len(found) < length:
        words, number = dice.choice(said), dice.randint(1, 2)
        first = dice.randrange(max(1, len(words) - number))
        found += words[first : first + number]
    return found[:length]


def _sentences(dice: random.Random, least: int, most: int) -> Iterator[list[str]]:
    """Yield the words of random quotes that have between `least` and `most` words."""
    last = Quote.objects.order_by("-pk").values_list("pk", flat=True)[0]
    ids = dice.sample(range(1, last + 1), min(last, DRAWN))
    for text in Quote.objects.accepted().filter(pk__in=ids).order_by("pk").values_list("text", flat=True):
        said = words(text)
        if least <= len(said) <= most:
            yield said


def _measured(name: str, sentences: list[tuple[list[str], list[str] | None]]) -> Remembered:
    """Each sentence is what is asked for with the words of the quote; None if there is none."""
    times: list[float] = []
    right = 0
    for asked, said in sentences:
        start = time.perf_counter()
        quotes, passages = find_similar(" ".join(asked))
        times.append((time.perf_counter() - start) * 1000)
        if said is None:
            right += not quotes and not passages
        else:
            right += any(list(each.words) == said for each in quotes[:AMONG])
    shares = (at_share(times, 0.5), at_share(times, 0.95)) if times else (0.0, 0.0)
    return Remembered(name, len(sentences), round(right / max(1, len(sentences)), 3), *shares)
