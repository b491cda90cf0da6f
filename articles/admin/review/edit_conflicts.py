"""What an editor typed beside what is stored now, shortened to where the two differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext

from articles.admin.review.context import ReviewContext
from articles.admin.review.decisions import ACCEPT, WHO, Answer

# Characters of the common text that are shown before and after a difference.
AROUND = 60


def differences(review: ReviewContext, only: Collection[str] | None = None) -> list[tuple[str, str, str]]:
    """The fields and proposals whose typed value differs from the stored one: label, stored, typed.

    `only`: fields as `ReviewContext.shown_values` names them; None for all.
    """
    found: list[tuple[str, str, str]] = []
    data: Mapping[str, object] = review.data or {}
    for name in review.form.changed_data:
        if only is not None and f"f-{name}" not in only:
            continue
        stored = _stored(review, name)
        typed = review.form.cleaned_data.get(name, data.get(name, ""))
        if stored != typed and (stored or typed):
            found.append(
                (str(review.form[name].label), *where_they_differ(str(stored or ""), str(typed or "")))
            )
    for line in review.lines:
        asked = only is None or not {f"{key}-{line.quote.pk}" for key in "dsw"}.isdisjoint(only)
        if asked and line.answer != line.stored:
            found.append((line.label, _said(line.stored), _said(line.answer)))
    return found


def visible_changes(review: ReviewContext) -> list[str]:
    """The parts and quotes that the form changes for readers of a published article."""
    changed = [
        str(review.form[name].label)
        for name in review.form.changed_data
        if (_stored(review, name) or "") != (review.form.cleaned_data.get(name) or "")
    ]
    quotes = [*review.lines, review.missed]
    shown = [line for line in quotes if ACCEPT in (line.answer.decision, line.stored.decision)]
    missed = gettext("Missed quote")
    return changed + [line.label if line.number else missed for line in shown if line.answer != line.stored]


def _stored(review: ReviewContext, name: str) -> object:
    """The stored value of a field, comparable with its cleaned value."""
    return getattr(review.article, name) if name in ("publication", "section") else review.form[name].initial


def _said(answer: Answer) -> str:
    labels = {"accept": gettext("accepted"), "reject": gettext("rejected")}
    decision = labels.get(answer.decision, gettext("undecided"))
    return f"{decision}; {answer.name or WHO[answer.who]}; “{answer.words}”"


def where_they_differ(theirs: str, yours: str) -> tuple[str, str]:
    """Shorten both texts to where they differ, with some of the common text around."""
    common = _in_common(theirs, yours)
    start = max(0, common - AROUND)
    cut = max(0, _in_common(theirs[common:][::-1], yours[common:][::-1]) - AROUND)
    before, after = "…" if start else "", "…" if cut else ""
    shown = [f"{before}{text[start : len(text) - cut]}{after}" for text in (theirs, yours)]
    return shown[0], shown[1]


def _in_common(one: str, other: str) -> int:
    """The length of the common prefix."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
