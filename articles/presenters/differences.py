"""The differences between two texts: by words within changed paragraphs; equal paragraphs are kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

# Longer texts are compared by sentences first: a word diff is quadratic in the worst case.
MOST_WORDS = 1_500
# Paragraphs that share fewer of their words are a removed one and an inserted one.
MIN_SHARED = 0.5
# Pairs of paragraphs that are tried; in larger changes only those at the same place are.
MOST_PAIRS = 2_500
# Comparisons of equal parts: a text of one repeated line would take minutes.
MOST_MATCHES = 2_500_000
# Characters of a change where only the gist is shown.
MOST_SHOWN = 1_000
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?…\n]*+(?:[.!?…]++[^\w\s]*+\s+|\n+|[.!?…]++|$)")


@dataclass(frozen=True)
class Word:
    """A run of words that stayed, was removed or was inserted."""

    text: str
    change: str


@dataclass(frozen=True)
class Compared:
    """A step of a comparison: paragraphs that are equal, or the words of one that differs."""

    same: tuple[str, ...] = ()
    words: list[Word] = field(default_factory=list)


def compare_texts(old: str, new: str) -> list[Compared]:
    """Compare two texts by paragraphs, and by words within those that were changed.

    >>> [step.same or [w.text for w in step.words] for step in compare_texts("A\\n\\nOne.", "A\\n\\nTwo.")]
    [('A',), ['One', 'Two', '.']]
    """
    before, after = old.split("\n\n"), new.split("\n\n")
    found: list[Compared] = []
    for tag, a, b, c, d in _steps(before, after):
        if tag == "equal":
            found.append(Compared(same=tuple(before[a:b])))
        else:
            found += [Compared(words=words) for words in _changed(before[a:b], after[c:d]) if words]
    return found


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Word]]:
    """Paragraphs that were changed, removed and inserted, in reading order."""
    i = j = 0
    for one, other in [*_pairs(before, after), (len(before), len(after))]:
        yield from ([Word(text, "out")] for text in before[i:one] if text)
        yield from ([Word(text, "in")] for text in after[j:other] if text)
        if one < len(before):
            yield compare_words(before[one], after[other])
        i, j = one + 1, other + 1


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The positions of paragraphs that are versions of each other: the pairs with most words in common."""
    olds, news = ([Counter(_TOKENS.findall(text)) for text in texts] for texts in (before, after))
    if len(before) * len(after) > MOST_PAIRS:
        return [
            (n, n) for n, both in enumerate(zip(olds, news, strict=False)) if _shared(*both) >= MIN_SHARED
        ]
    # best[i][j]: of the paragraphs from i and j on, the score and whether i and j are a pair.
    best = [[(0.0, False)] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            apart = max(best[i + 1][j][0], best[i][j + 1][0])
            shared = _shared(olds[i], news[j])
            paired = shared + best[i + 1][j + 1][0] if shared >= MIN_SHARED else 0.0
            best[i][j] = (paired, True) if paired > apart else (apart, False)
    found, i, j = [], 0, 0
    while i < len(olds) and j < len(news):
        if best[i][j][1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j][0] >= best[i][j + 1][0]:
            i += 1
        else:
            j += 1
    return found


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two paragraphs have in common, from 0 to 1."""
    sizes = one.total() + other.total()
    return 2 * (one & other).total() / sizes if sizes else 1.0


def compare_words(old: str, new: str) -> list[Word]:
    """The removed, inserted and equal words of two texts, in reading order.

    >>> [(w.text, w.change) for w in compare_words("opened at 4.20", "opened at 5.20")]
    [('opened at ', 'same'), ('4', 'out'), ('5', 'in'), ('.20', 'same')]
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if max(len(before), len(after)) <= MOST_WORDS:
        return _as_words(_runs(before, after))
    sentences = _runs(_SENTENCES.findall(old), _SENTENCES.findall(new))
    return _as_words(run for pair in sentences for run in _within(*pair))


def _within(old: str, new: str) -> Iterable[tuple[str, str]]:
    """The runs of words of changed sentences, if these are not too long."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if old == new or max(len(before), len(after)) > MOST_WORDS:
        return [(old, new)]
    return _runs(before, after)


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is in the old text, and in its place in the new one."""
    for _, a, b, c, d in _steps(before, after):
        yield "".join(before[a:b]), "".join(after[c:d])


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps from one list to the other; what is equal at both ends costs nothing.

    If the rest repeats itself too often, all of it is one change.
    """
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    most -= start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield "equal", 0, start, 0, start
    counts = Counter(new)
    if sum(counts[one] for one in old) > MOST_MATCHES:
        yield "replace", start, start + len(old), start, start + len(new)
    else:
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield tag, start + a, start + b, start + c, start + d
    if end:
        yield "equal", len(before) - end, len(before), len(after) - end, len(after)


def _as_words(runs: Iterable[tuple[str, str]]) -> list[Word]:
    """Changes with only a blank between them are one change: «one two», not «one», «two»."""
    joined: list[tuple[str, str]] = []
    for old, new in runs:
        if old and new and old != new and len(joined) > 1:
            (before, after), (blank, same) = joined[-2:]
            if blank == same and not blank.strip() and before and after and before != after:
                joined[-2:] = [(before + blank + old, after + blank + new)]
                continue
        joined.append((old, new))
    return [
        Word(text, change)
        for old, new in joined
        for text, change in ([(old, "same")] if old == new else [(old, "out"), (new, "in")])
        if text
    ]


def shortened(words: Sequence[Word], around: int = 60) -> list[Word]:
    """The same words without what is far from any change; an ellipsis stands for it.

    >>> [w.text for w in shortened([Word("A long way before ", "same"), Word("4", "out")], around=7)]
    ['…before ', '4']
    """
    found: list[Word] = []
    for number, word in enumerate(words):
        text, last = word.text, number == len(words) - 1
        if word.change == "same":
            head = "" if number == 0 else text[:around]
            tail = "" if last else text[-around:]
            if len(text) > len(head) + len(tail):
                text = f"{head}…{tail}"
        found.append(Word(text, word.change))
    return found


def brief_changes(old: str, new: str) -> list[Word]:
    """What differs, with some words around, up to `MOST_SHOWN` characters."""
    found: list[Word] = []
    left = MOST_SHOWN
    for word in shortened(compare_words(old, new)):
        found.append(word if len(word.text) <= left else Word(f"{word.text[:left]}…", word.change))
        left -= len(word.text)
        if left <= 0:
            break
    return found
