"""Measure the recall of the search for half-remembered quotes."""

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
    """The share of altered sentences whose original is among the first five hits, and times in ms."""

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
    """Measure 200 quotes of eight words or more, and 200 of four to seven; reproducible by the seed."""
    dice = random.Random(SEED)  # noqa: S311 - the same sentences for the same seed
    for name, least, most in (("8 words or more", LONG, 1000), ("4 to 7 words", SHORT, LONG - 1)):
        yield _measured(name, dice, list(islice(_sentences(dice, least, most), ASKED)))


def _sentences(dice: random.Random, least: int, most: int) -> Iterator[list[str]]:
    """Yield the words of random quotes that have between `least` and `most` words."""
    last = Quote.objects.order_by("-pk").values_list("pk", flat=True)[0]
    ids = dice.sample(range(1, last + 1), min(last, DRAWN))
    for text in Quote.objects.accepted().filter(pk__in=ids).order_by("pk").values_list("text", flat=True):
        said = words(text)
        if least <= len(said) <= most:
            yield said


def _measured(name: str, dice: random.Random, sentences: list[list[str]]) -> Remembered:
    times: list[float] = []
    found = 0
    for said in sentences:
        asked = " ".join(altered(dice, said))
        start = time.perf_counter()
        quotes, _ = find_similar(asked)
        times.append((time.perf_counter() - start) * 1000)
        found += any(list(each.words) == said for each in quotes[:AMONG])
    shares = (at_share(times, 0.5), at_share(times, 0.95)) if times else (0.0, 0.0)
    return Remembered(name, len(sentences), round(found / max(1, len(sentences)), 3), *shares)
