"""The features of the ranker in groups that recur from quote to quote, so that each is weighed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from articles.extraction.attribution.ranker_weights import WEIGHTS

Names = tuple[str, ...]


class Weights(dict[Names, float]):
    """The weights of groups of features that one function names, each summed at its first use."""

    def __init__(self, name: Callable[..., Iterator[str]], *shared: Names):
        self.name, self.shared = name, shared

    def names(self, key: Names) -> Iterator[str]:
        """The names of the features in a group, alone and in the combinations that have weights."""
        return self.name(*self.shared, *key)

    def __missing__(self, key: Names) -> float:
        weight = self[key] = sum(WEIGHTS.get(name, 0.0) for name in self.names(key))
        return weight


Group = tuple[Weights, Names]


# A text has about fifty options, of which most are alike in other texts.
@lru_cache(maxsize=4096)
def weights_of_option(own: Names) -> Weights:
    """The weights of what an option is, by its place."""
    return Weights(_own_names, own)


@lru_cache(maxsize=512)
def weights_of_quote(looks: Names) -> Weights:
    """The weights of what a quote looks like, by place, verb and «is-last» of the option."""
    return Weights(_around_names, looks)


def _own_names(own: Names, place: str) -> Iterator[str]:
    yield place
    yield from own
    yield from (f"{place}|{name}" for name in own)


def _around_names(looks: Names, place: str, verb: str, same: str) -> Iterator[str]:
    yield from (f"{place}|{look}" for look in looks)
    yield from (f"{place[:2]}|{look}|{verb}" for look in looks)
    yield f"{place}|{same}"
    yield from (f"{same}|{look}" for look in looks if same == "is-last")


def _between_names(place: str, quotes: str, cues: str, verb: str) -> Iterator[str]:
    yield f"{place}|{quotes}"
    yield f"{place}|{cues}|{verb}"


def _gap_names(place: str, *counts: str) -> Iterator[str]:
    yield from (f"{place}|{count}" for count in counts)


def _cue_names(*link: str) -> Iterator[str]:
    yield "|".join(link)


# What is between option and quote, how far apart they are in a sentence, how the option's verb is connected.
BETWEEN, GAP, CUE = Weights(_between_names), Weights(_gap_names), Weights(_cue_names)
