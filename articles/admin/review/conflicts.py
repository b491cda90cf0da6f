"""What two editors stored and typed of the same article, side by side."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from articles.admin.review.context import Bench
from articles.admin.review.decisions import WHO, Answer

AROUND = 60


def differences(bench: Bench, only: Collection[str] | None = None) -> list[tuple[str, str, str]]:
    """Each part and proposal that is stored otherwise than it was typed: its name, theirs, yours.

    `only`: fields as `Bench.shown_values` names them; None for all.
    """
    found = []
    for name in bench.form.changed_data:
        if only is not None and f"f-{name}" not in only:
            continue
        stored = _stored(bench, name)
        typed = bench.form.cleaned_data.get(name, (bench.data or {}).get(name, ""))
        if stored != typed and (stored or typed):
            found.append((bench.form[name].label, *where_they_differ(str(stored or ""), str(typed or ""))))
    for line in bench.lines:
        asked = only is None or not {f"{key}-{line.quote.pk}" for key in "dsw"}.isdisjoint(only)
        if asked and line.answer != line.stored:
            found.append((f"Proposal {line.number}", _said(line.stored), _said(line.answer)))
    return found


def _stored(bench: Bench, name: str) -> Any:
    """What is stored of a field, in the form in which its cleaned value comes."""
    return getattr(bench.article, name) if name in ("publication", "section") else bench.form[name].initial


def _said(answer: Answer) -> str:
    decision = {"accept": "accepted", "reject": "rejected"}.get(answer.decision, "open")
    return f"{decision}; {answer.name or WHO[answer.who]}; “{answer.words}”"


def where_they_differ(theirs: str, yours: str) -> tuple[str, str]:
    """Both texts without the long stretches at their beginning and end that they have in common."""
    common = _in_common(theirs, yours)
    start = max(0, common - AROUND)
    cut = max(0, _in_common(theirs[common:][::-1], yours[common:][::-1]) - AROUND)
    before, after = "…" if start else "", "…" if cut else ""
    shown = [f"{before}{text[start : len(text) - cut]}{after}" for text in (theirs, yours)]
    return shown[0], shown[1]


def _in_common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
