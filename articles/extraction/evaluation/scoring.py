"""Scores extracted quotes against annotated texts.

A span is right if its overlap with an annotated span is at least 0.8 (Jaccard), without marks and white space
at the ends. A speaker is right if the surnames agree and the first names do not differ. «Joint» means both
right. Annotated speakers that are pronouns or missing count only for spans; resolved pronouns are counted
separately. «Parts» are the quoted spans alone, without the clause around them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from articles.extraction.coreference.name_runs import folded
from articles.extraction.evaluation.calibration import Judged, ten_fold
from articles.extraction.evaluation.confidence import Classes
from articles.extraction.languages import LANGUAGES
from articles.extraction.languages.table import words
from articles.extraction.quotation_marks import find_quoted_spans
from articles.extraction.spans import QuotePiece, Span
from articles.extraction.tokenizer import paragraphs

Annotated = Mapping[str, Any]  # a document, quote or turn of a JSON file, as annotated
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
SURE = 0.9


def figures(score: Score, name: str = "all") -> str:
    """The scores of spans, of spans and speakers together, and of speakers alone, as text."""
    lines = [f"{name}: documents {score.documents}"]
    for kind in ("direct", "mixed", "all", "parts", "turn"):
        if score.spans[kind].wanted or score.spans[kind].found:
            lines.append(_line(f"{kind} spans", score.spans[kind]))
            lines.append(_line(f"{kind} joint", score.joint[kind]))
    for kind, count in sorted(score.speakers.items()):
        lines.append(f"speaker accuracy, {kind:8} {count.recall:.4f}  of {count.wanted}")
    return "\n".join(lines)


def _line(name: str, count: Count) -> str:
    return (
        f"{name:14} F1 {count.f1:.4f}  precision {count.precision:.4f}  recall {count.recall:.4f}  "
        f"({count.right} right, {count.found} found, {count.wanted} annotated)"
    )


def reliability(score: Score) -> str:
    """Reliability diagram as text: the share of right pieces per confidence, plain and ten-fold."""
    direct = [case for case in score.judged if case.kind == "direct"]
    given = [(case.confidence(), case.right) for case in direct]
    lines = ["confidence of direct pieces: how many, how many right", *_bins(given)]
    lines += ["the same ten-fold, by rates counted on the other nine tenths of the documents"]
    lines += _bins((value, case.right) for value, case in ten_fold(score.judged) if case.kind == "direct")
    return "\n".join(lines)


def _bins(cases: Iterable[tuple[float, bool]]) -> list[str]:
    cases = list(cases)
    lines = []
    for low, high in pairwise(BINS):
        rights = [right for value, right in cases if low <= value < high]
        if rights:
            lines.append(f"  {low:.2f}–{min(high, 1.0):.2f}  {_share(rights)}")
    sure = [right for value, right in cases if value >= SURE]
    if sure:
        lines.append(f"  {SURE:.2f} and more {_share(sure)}  {len(sure) / len(cases):.4f} of all")
    return lines


def _share(rights: list[bool]) -> str:
    return f"{len(rights):6}  {sum(rights) / len(rights):.4f}"


def groups(score: Score) -> str:
    """Pieces per attribution by publisher: annotated and found."""
    lines = ["pieces per group: annotated, found"]
    for publisher, (a, b, c, d) in sorted(score.groups.items()):
        lines.append(f"  {publisher:24} {a / b if b else 0:.2f}  {c / d if d else 0:.2f}")
    return "\n".join(lines)


LEAST_OVERLAP = 0.8
ENDS = " \t\n\r\u00a0“”„‟\"‘’‚‛'«»‹›`´″"
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
PARTED = re.compile(r"[,;:—]|\s[–-]+\s|\b(?:and|und|i)\b|&")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
SMALL = frozenset().union(*(table.determiners for table in LANGUAGES.values()))
SUFFIXES = frozenset().union(*(table.suffixes for table in LANGUAGES.values()))
TITLED = frozenset().union(*(frozenset(table.titles) - table.modifiers for table in LANGUAGES.values()))
TIES = words("of for from at in on who whom which with by to aus von vom der des für im w z dla")

Classified = tuple[QuotePiece, Classes | None]


@dataclass(slots=True)
class Count:
    """Numbers of right, found and annotated items."""

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
    judged: list[Judged] = field(default_factory=list)
    groups: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without quotation marks and white space at both ends."""
    while start < end and text[start] in ENDS:
        start += 1
    while end > start and text[end - 1] in ENDS:
        end -= 1
    return Span(start, end)


def overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def pairs(wanted: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Match spans one to one, the greatest overlap first."""
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
    if not (_heads(wanted) & _heads(found)):
        return False
    a, b = _plain_name(wanted), _plain_name(found)
    # Two-word names must agree in the initial of the first name.
    return not (len(a) == len(b) == 2 and a[0][0] != b[0][0])


def _heads(mention: str) -> set[str]:
    """The head word of each part: reyes and spokesman of «Tom Reyes, a spokesman for the port»."""
    heads = [_head(part) for part in PARTED.split(BRACKETS.sub(",", mention))]
    return {head for head in heads if head}


def _head(part: str) -> str:
    """The last word before «of …» or «who …»: spokesman of «port spokesman for the ministry»."""
    head = ""
    for word in WORD.findall(part):
        low = folded(word)
        if head and low in TIES and word[0].islower():  # not the initial of «Mark Z. Reyes»
            break
        if low not in SMALL and low not in SUFFIXES:
            head = low
    return head


def _plain_name(mention: str) -> list[str]:
    """The folded words of a mention without titles; empty if a word is not capitalised."""
    found = [w for w in WORD.findall(mention) if folded(w) not in SMALL | TITLED]
    return [folded(w) for w in found] if all(w[0].isupper() for w in found) else []


def is_pronoun(printed: str) -> bool:
    found = [w.lower() for w in WORD.findall(printed)]
    return bool(found) and all(any(w in t.pronouns for t in LANGUAGES.values()) for w in found)


def score_document(score: Score, document: Annotated, found: Sequence[Classified]) -> None:
    """Add one document: `text`, `quotes` with start, end, kind, speaker, group, perhaps `ignore`."""
    text: str = document["text"]
    score.documents += 1
    wanted = [q for q in document["quotes"] if q.get("kind") in ("direct", "mixed")]
    turns = [q for q in document["quotes"] if q.get("kind") in ("turn", "question", "answer")]
    # Undecided by the annotators, or part of a turn: not counted.
    ignored = [Span(i["start"], i["end"]) for i in [*(document.get("ignore") or ()), *turns]]
    # Quoted spans inside speech annotated as «indirect» are not counted either.
    indirect = [Span(q["start"], q["end"]) for q in document["quotes"] if q.get("kind") == "indirect"]
    quotes = [
        (p, classes)
        for p, classes in found
        if p.kind in ("direct", "mixed") and not _all_within([Span(a, b) for a, b in p.marked], indirect)
    ]
    _count(score, document, wanted, quotes, ignored)
    _count_parts(score, text, wanted, [p for p, _ in quotes], ignored)
    if turns:
        _count_turns(score, text, turns, [p for p, _ in found if p.kind in ("question", "answer")])
    _count_groups(score, str(document.get("publisher") or "all"), wanted, [p for p, _ in quotes])


def _count(
    score: Score,
    document: Annotated,
    wanted: Sequence[Annotated],
    quotes: Sequence[Classified],
    ignored: list[Span],
) -> None:
    """Count spans, speakers and joint matches of one document."""
    text = document["text"]
    wanted_spans = [trimmed(text, q["start"], q["end"]) for q in wanted]
    mixed_spans = [s for s, q in zip(wanted_spans, wanted, strict=True) if q["kind"] == "mixed"]
    found_spans = [trimmed(text, p.start, p.end) for p, _ in quotes]
    partner = {j: i for i, j in pairs(wanted_spans, found_spans)}
    for q in wanted:
        named = _is_named(q)
        for kind in (q["kind"], "all"):
            score.spans[kind].wanted += 1
            score.joint[kind].wanted += named
    for j, (piece, classes) in enumerate(quotes):
        i = partner.get(j)
        if i is None and any(_mostly(found_spans[j], span) for span in ignored):
            continue
        quote = wanted[i] if i is not None else None
        right = _is_right(quote, piece)
        within = any(_mostly(found_spans[j], span) for span in mixed_spans)
        _count_piece(score, piece, quote, right, within)
        if classes and (quote is None or _is_named(quote) or quote.get("speaker_resolved")):
            score.judged.append(Judged(str(document.get("id")), classes, piece.speaker is not None, right))


def speakers_of(document: Annotated, found: Sequence[Classified]) -> Iterator[tuple[Annotated, bool]]:
    """Each annotated direct quote with a speaker that was found, and whether its speaker is right."""
    text = document["text"]
    wanted = [q for q in document["quotes"] if q.get("kind") == "direct" and _is_named(q)]
    pieces = [p for p, _ in found if p.kind in ("direct", "mixed")]
    spans = [trimmed(text, q["start"], q["end"]) for q in wanted]
    for i, j in pairs(spans, [trimmed(text, p.start, p.end) for p in pieces]):
        yield wanted[i], _is_right(wanted[i], pieces[j])


def _is_right(quote: Annotated | None, piece: QuotePiece) -> bool:
    if quote is None:
        return False
    names = [quote.get("speaker"), *(quote.get("speaker_resolved") or ())]
    return any(same_speaker(name, piece.speaker) for name in names)


def _count_piece(score: Score, piece: QuotePiece, quote: Annotated | None, right: bool, within: bool) -> None:
    kinds = ["all", quote["kind"] if quote else piece.kind]
    if quote is None and piece.kind == "direct" and within:
        kinds = ["all"]  # the marked part of a wider annotated clause
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


def _count_parts(
    score: Score,
    text: str,
    wanted: Sequence[Annotated],
    quotes: Sequence[QuotePiece],
    ignored: list[Span],
) -> None:
    """The same figures for the quoted spans alone."""
    quoted_spans = [
        Span(found.start, found.end)
        for paragraph in paragraphs(text)
        for found in find_quoted_spans(text, paragraph.start, paragraph.end)[0]
    ]
    owners = [(q, part) for q in wanted for part in _parts(text, Span(q["start"], q["end"]), quoted_spans)]
    found = [(p, trimmed(text, a, b)) for p in quotes for a, b in p.marked]
    partner = {j: i for i, j in pairs([part for _, part in owners], [part for _, part in found])}
    spans, joint = score.spans["parts"], score.joint["parts"]
    spans.wanted += len(owners)
    joint.wanted += sum(_is_named(q) for q, _ in owners)
    for j, (piece, part) in enumerate(found):
        quote = owners[partner[j]][0] if j in partner else None
        if quote is None and any(_mostly(part, span) for span in ignored):
            continue
        spans.found += 1
        spans.right += quote is not None
        if quote is None or _is_named(quote):
            joint.found += 1
            joint.right += _is_right(quote, piece)


def _parts(text: str, whole: Span, quoted_spans: Sequence[Span]) -> list[Span]:
    met = [Span(max(s.start, whole.start), min(s.end, whole.end)) for s in quoted_spans if s.meets(whole)]
    parts = [trimmed(text, s.start, s.end) for s in met]
    return [part for part in parts if part.start < part.end] or [trimmed(text, whole.start, whole.end)]


def _is_named(quote: Annotated) -> bool:
    return bool(quote.get("speaker")) and not is_pronoun(quote["speaker"])


def _all_within(parts: Sequence[Span], wholes: Sequence[Span]) -> bool:
    return all(any(_mostly(part, whole) for whole in wholes) for part in parts)


def _mostly(span: Span, other: Span) -> bool:
    shared = min(span.end, other.end) - max(span.start, other.start)
    return shared > 0 and 2 * shared >= len(span)


def _count_turns(score: Score, text: str, turns: Sequence[Annotated], found: Sequence[QuotePiece]) -> None:
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
    score: Score, publisher: str, wanted: Sequence[Annotated], quotes: Sequence[QuotePiece]
) -> None:
    row = score.groups[publisher]
    row[0] += len(wanted)
    row[1] += len({q.get("group", n) for n, q in enumerate(wanted)})
    row[2] += len(quotes)
    row[3] += len({p.group for p in quotes})
