"""The features of the ranker in groups that recur from quote to quote, so that each is weighed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Names = tuple[str, ...]
# The function that names the features of the group, and its arguments.
Group = tuple[Callable[..., Iterator[str]], *tuple[str | Names, ...]]


def names_of(group: Group) -> Iterator[str]:
    """The names of the features in a group, alone and in the combinations that have weights."""
    return group[0](*group[1:])


def own_names(place: str, own: Names) -> Iterator[str]:
    """What the option is, and where."""
    yield place
    yield from own
    yield from (f"{place}|{name}" for name in own)


def around_names(place: str, verb: str, same: str, looks: Names) -> Iterator[str]:
    """What the quote looks like from the option, and whether the option spoke before."""
    yield from (f"{place}|{look}" for look in looks)
    yield from (f"{place[:2]}|{look}|{verb}" for look in looks)
    yield f"{place}|{same}"
    yield from (f"{same}|{look}" for look in looks if same == "is-last")


def between_names(place: str, quotes: str, cues: str, verb: str) -> Iterator[str]:
    """How many quotes and reporting verbs are between the option and the quote."""
    yield f"{place}|{quotes}"
    yield f"{place}|{cues}|{verb}"


def gap_names(place: str, *counts: str) -> Iterator[str]:
    """How far the option is from the quote in its sentence, in tokens and in names."""
    yield from (f"{place}|{count}" for count in counts)


def cue_names(*link: str) -> Iterator[str]:
    """How the reporting verb of the option is connected with the quote."""
    yield "|".join(link)
