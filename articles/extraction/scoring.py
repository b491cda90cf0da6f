"""How good the found quotes are, against texts that people have annotated.

A span is right where it shares at least four fifths of its characters with an annotated one, marks and
white space at the ends aside; a speaker, where surnames agree and first names do not differ. Both right is
«joint». Annotated speakers that are pronouns or missing count for spans alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.extraction.languages import LANGUAGES
from articles.extraction.languages.table import words
from articles.extraction.names import folded
from articles.extraction.spans import Piece, Span

LEAST_OVERLAP = 0.8
ENDS = " \t\n\r\u00a0“”„‟\"‘’‚‛'«»‹›`´″"
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
TIES = words("of for from at in on who whom which with by to aus von vom der des für im w z dla")
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(slots=True)
class Count:
    """Hits among what was found and what was to be found."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """The sums over all documents."""

    documents: int = 0
    spans: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    joint: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    speakers: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    bins: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))
    groups: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))


def trimmed(text: str, start: int, end: int) -> Span:
    """Without marks and white space at either end."""
    while start < end and text[start] in ENDS:
        start += 1
    while end > start and text[end - 1] in ENDS:
        end -= 1
    return Span(start, end)


def overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def pairs(wanted: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """One to one, the greatest overlap first."""
    ranked = sorted(
        ((-overlap(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found)), key=lambda r: r
    )
    done_i: set[int] = set()
    done_j: set[int] = set()
    matched = []
    for value, i, j in ranked:
        if -value < LEAST_OVERLAP:
            break
        if i not in done_i and j not in done_j:
            done_i.add(i)
            done_j.add(j)
            matched.append((i, j))
    return matched


def same_speaker(wanted: str | None, found: str | None) -> bool:
    """
    >>> same_speaker("council spokesman Tom Reyes", "Reyes"), same_speaker("Ada Reyes", "Tom Reyes")
    (True, False)
    """
    if not wanted or not found:
        return False
    a, b = _name(wanted), _name(found)
    if not a or not b or a[-1] != b[-1]:
        return False
    # Two plain names of two words each must not differ in the first.
    return not (len(a) == len(b) == 2 and a[0][0] != b[0][0])


def _name(printed: str) -> list[str]:
    """The words of a mention up to «of …», titles and determiners off."""
    kept: list[str] = []
    left_out = ""
    for word in WORD.findall(re.split(r"[,(;]", printed)[0]):
        low = folded(word)
        if (kept or left_out) and low in TIES:
            break
        if any(low in t.determiners for t in LANGUAGES.values()):
            continue
        if any(low in t.titles for t in LANGUAGES.values()):
            left_out = low
            continue
        kept.append(low)
    return kept or ([left_out] if left_out else [folded(w) for w in WORD.findall(printed)])


def is_pronoun(printed: str) -> bool:
    found = [w.lower() for w in WORD.findall(printed)]
    return bool(found) and all(any(w in t.pronouns for t in LANGUAGES.values()) for w in found)


def score_document(score: Score, document: Mapping[str, Any], pieces: Sequence[Piece]) -> None:
    """Add one document: `text`, `quotes` with start, end, kind, speaker, group, perhaps `ignore`."""
    text: str = document["text"]
    score.documents += 1
    wanted = [q for q in document["quotes"] if q.get("kind") in ("direct", "mixed")]
    turns = [q for q in document["quotes"] if q.get("kind") in ("turn", "question", "answer")]
    ignored = [Span(i["start"], i["end"]) for i in document.get("ignore") or ()]
    # What was annotated as reported without marks is neither right nor wrong here.
    ignored += [Span(q["start"], q["end"]) for q in document["quotes"] if q not in wanted]
    quotes = [p for p in pieces if p.kind in ("direct", "mixed")]
    _count(score, text, wanted, quotes, ignored)
    if turns:
        _count_turns(score, text, turns, [p for p in pieces if p.kind in ("question", "answer")])
    _count_groups(score, str(document.get("publisher") or "all"), wanted, quotes)


def _count(
    score: Score, text: str, wanted: Sequence[Mapping[str, Any]], quotes: Sequence[Piece], ignored: list[Span]
) -> None:
    """Spans, speakers and joint figures of the quotes of one document."""
    wanted_spans = [trimmed(text, q["start"], q["end"]) for q in wanted]
    mixed_spans = [s for s, q in zip(wanted_spans, wanted, strict=True) if q["kind"] == "mixed"]
    found_spans = [trimmed(text, p.start, p.end) for p in quotes]
    partner = {j: i for i, j in pairs(wanted_spans, found_spans)}
    for q in wanted:
        named = _is_named(q)
        for kind in (q["kind"], "all"):
            score.spans[kind].wanted += 1
            score.joint[kind].wanted += named
    for j, piece in enumerate(quotes):
        i = partner.get(j)
        if i is None and any(_mostly(found_spans[j], span) for span in ignored):
            continue
        inside = any(_mostly(found_spans[j], span) for span in mixed_spans)
        _count_piece(score, piece, wanted[i] if i is not None else None, inside)


def _count_piece(score: Score, piece: Piece, quote: Mapping[str, Any] | None, within: bool) -> None:
    kinds = ["all", quote["kind"] if quote else piece.kind]
    if quote is None and piece.kind == "direct" and within:
        kinds = ["all"]  # the marked part of a wider annotated clause
    right = quote is not None and same_speaker(quote.get("speaker"), piece.speaker)
    for resolved in (quote or {}).get("speaker_resolved") or ():
        right = right or same_speaker(resolved, piece.speaker)
    named = quote is not None and _is_named(quote)
    for kind in kinds:
        score.spans[kind].found += 1
        score.spans[kind].right += quote is not None
        if quote is None or named:
            score.joint[kind].found += 1
            score.joint[kind].right += right
        if named:
            score.speakers[kind].wanted += 1
            score.speakers[kind].right += right
    if quote is not None and not named and quote.get("speaker_resolved"):
        score.speakers["pronoun"].wanted += 1
        score.speakers["pronoun"].right += right
    judged = named or quote is None or bool(quote.get("speaker_resolved"))
    if judged and "direct" in kinds:
        _count_bin(score, piece.confidence, right)


def _count_bin(score: Score, confidence: float, right: bool) -> None:
    place = max(n for n, least in enumerate(BINS[:-1]) if confidence >= least)
    score.bins[place].found += 1
    score.bins[place].right += right


def _is_named(quote: Mapping[str, Any]) -> bool:
    return bool(quote.get("speaker")) and not is_pronoun(quote["speaker"])


def _mostly(span: Span, other: Span) -> bool:
    shared = min(span.end, other.end) - max(span.start, other.start)
    return shared > 0 and 2 * shared >= len(span)


def _count_turns(score: Score, text: str, turns: Sequence[Mapping[str, Any]], found: Sequence[Piece]) -> None:
    wanted_spans = [trimmed(text, t["start"], t["end"]) for t in turns]
    found_spans = [trimmed(text, p.start, p.end) for p in found]
    for kind, count in (("turn", score.spans), ("turn", score.joint)):
        count[kind].wanted += len(turns)
        count[kind].found += len(found)
    for i, j in pairs(wanted_spans, found_spans):
        score.spans["turn"].right += 1
        wanted, given = turns[i].get("speaker"), found[j].speaker
        score.joint["turn"].right += same_speaker(wanted, given) or (wanted is None and given is None)


def _count_groups(
    score: Score, publisher: str, wanted: Sequence[Mapping[str, Any]], quotes: Sequence[Piece]
) -> None:
    row = score.groups[publisher]
    row[0] += len(wanted)
    row[1] += len({q.get("group", n) for n, q in enumerate(wanted)})
    row[2] += len(quotes)
    row[3] += len({p.group for p in quotes})


def report(score: Score) -> str:
    """The figures as lines of text."""
    lines = [f"documents {score.documents}"]
    for kind in ("direct", "mixed", "all", "turn"):
        if kind in score.spans:
            lines.append(_line(f"{kind} spans", score.spans[kind]))
            lines.append(_line(f"{kind} joint", score.joint[kind]))
    for kind, count in sorted(score.speakers.items()):
        lines.append(f"speaker accuracy, {kind:8} {count.recall:.4f}  of {count.wanted}")
    lines += ["", "confidence of direct pieces: how many, how many right"]
    for place in sorted(score.bins):
        count = score.bins[place]
        high = min(BINS[place + 1], 1.0)
        lines.append(f"  {BINS[place]:.2f}–{high:.2f}  {count.found:6}  {count.precision:.4f}")
    lines += ["", "pieces per group: annotated, found"]
    for publisher, (a, b, c, d) in sorted(score.groups.items()):
        lines.append(f"  {publisher:24} {a / b if b else 0:.2f}  {c / d if d else 0:.2f}")
    return "\n".join(lines)


def _line(name: str, count: Count) -> str:
    return (
        f"{name:14} F1 {count.f1:.4f}  precision {count.precision:.4f}  recall {count.recall:.4f}  "
        f"({count.right} right, {count.found} found, {count.wanted} annotated)"
    )
