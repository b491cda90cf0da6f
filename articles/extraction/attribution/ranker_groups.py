"""The features of the ranker in groups that recur from quote to quote, so that each is weighed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import repeat

from articles.extraction.attribution.ranker_weights import WEIGHTS

Names = tuple[str, ...]
Key = tuple[str | int, ...]


class Weights(dict[Key, float]):
    """The weights of groups of features that one function names, each summed at its first use."""

    def __init__(self, name: Callable[..., Iterator[str]], *shared: Names):
        self.name, self.shared = name, shared

    def names(self, key: Key) -> Iterator[str]:
        """The names of the features in a group, alone and in the combinations that have weights."""
        return self.name(*self.shared, *key)

    def __missing__(self, key: Key) -> float:
        weight = self[key] = sum(map(WEIGHTS.get, self.names(key), repeat(0.0)))
        return weight


Group = tuple[Weights, Key]


# In 391 news texts 32,000 options had 1,056 different sets of features, and 3,621 quotes 54.
@lru_cache(maxsize=4096)
def weights_of_option(own: Names) -> Weights:
    """The weights of what an option is, by its place."""
    return Weights(_own_names, own)


@lru_cache(maxsize=512)
def weights_of_quote(looks: Names) -> Weights:
    """The weights of what a quote looks like, by place and verb of an option and whether it spoke last."""
    return Weights(_around_names, looks)


def _own_names(own: Names, place: str) -> Iterator[str]:
    yield place
    yield from own
    yield from (f"{place}|{name}" for name in own)


def _around_names(looks: Names, place: str, verb: str, is_last: bool) -> Iterator[str]:
    yield from (f"{place}|{look}" for look in looks)
    yield from (f"{place[:2]}|{look}|{verb}" for look in looks)
    yield f"{place}|is-last" if is_last else f"{place}|not-last"
    if is_last:
        yield from (f"is-last|{look}" for look in looks)


def _between_names(place: str, quotes: int, cues: int, verb: str) -> Iterator[str]:
    yield f"{place}|quotes{quotes}"
    yield f"{place}|cues{cues}|{verb}"


def _gap_names(place: str, gap: int, names: int) -> Iterator[str]:
    yield f"{place}|gap{gap}"
    yield f"{place}|names{names}"


def _cue_names(*link: str) -> Iterator[str]:
    yield "|".join(link)


# What is between option and quote, how far apart they are in a sentence, how the option's verb is connected.
BETWEEN, GAP, CUE = Weights(_between_names), Weights(_gap_names), Weights(_cue_names)
