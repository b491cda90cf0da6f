"""Change groups and imports in the audit log, and whether they can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext

from articles.models import AuditEntry, ImportBatch
from articles.revisions.audit_log import older_than as entries_before

ROWS_CHANGED = (AuditEntry.Kind.ADD, AuditEntry.Kind.CHANGE, AuditEntry.Kind.DELETE)

# What a group did: pairs of kind and model name, such as ("change", "article").
Changed = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class RecentChange:
    """A change group or an import in the audit log; `number` is the id of its entry.

    ``why_not``: why it cannot be undone; ``batch``: the import that is undone on its own page.
    """

    pk: str
    what: str
    at: dt.datetime
    who: str
    rows: int
    taken_back: bool
    number: int
    changed: Changed
    why_not: str = ""
    batch: int | None = None


def recent_changes(limit: int = 100, older_than: AuditEntry | None = None) -> list[RecentChange]:
    """Return the latest change groups and imports, newest first, or those before an entry; no reverts."""
    imported = models.Q(kind=AuditEntry.Kind.IMPORT) & ~models.Q(what__startswith="undone: ")
    entries = AuditEntry.objects.filter(models.Q(kind=AuditEntry.Kind.ACT) | imported).order_by("-at", "-pk")
    done = list(entries_before(entries, older_than)[:limit])
    acts = [one.act for one in done if one.kind == AuditEntry.Kind.ACT]
    undone, changed = undone_groups(acts), _changed(acts)
    batches = [one.ids[0] for one in done if one.kind == AuditEntry.Kind.IMPORT]
    rolled_back = set(
        ImportBatch.objects.filter(pk__in=batches, undone_at__isnull=False).values_list("pk", flat=True)
    )
    return [
        _recent_import(one, rolled_back)
        if one.kind == AuditEntry.Kind.IMPORT
        else _recent_group(one, undone, changed.get(one.act, frozenset()))
        for one in done
    ]


def _recent_import(entry: AuditEntry, rolled_back: set[int]) -> RecentChange:
    batch, what = entry.ids[0], gettext("Imported %(source)s") % {"source": entry.what}
    seen = ("", what, entry.at, entry.who, entry.rows, batch in rolled_back, entry.pk)
    return RecentChange(*seen, changed=frozenset(), batch=batch)


def _recent_group(entry: AuditEntry, undone: set[UUID | None], changed: Changed) -> RecentChange:
    seen = (str(entry.act), entry.what, entry.at, entry.who, entry.rows, entry.act in undone, entry.pk)
    return RecentChange(*seen, changed, why_not(changed))


def _changed(acts: Iterable[UUID | None]) -> dict[UUID | None, Changed]:
    """What each of the groups did."""
    entries = AuditEntry.objects.filter(act__in=[act for act in acts if act], kind__in=ROWS_CHANGED)
    found: dict[UUID | None, set[tuple[str, str]]] = {}
    for act, kind, about in entries.order_by().values_list("act", "kind", "about").distinct():
        found.setdefault(act, set()).add((kind, about))
    return {act: frozenset(changed) for act, changed in found.items()}


def why_not(changed: Changed) -> str:
    """Why a group that did this can never be undone; empty if it can."""
    if {about for _, about in changed} & {"sampledquote", "judgement"}:
        return gettext("Undo a judgement on the page “Random sample”; a draw stays.")
    return ""


def changed_in(key: str) -> Changed | None:
    """What the change group did; None if there is no such group, it was undone, or it cannot be."""
    try:
        act = UUID(key)
    except ValueError:
        return None
    if not AuditEntry.objects.filter(kind=AuditEntry.Kind.ACT, act=act).exists() or undone_groups([act]):
        return None
    changed = _changed([act]).get(act, frozenset())
    return None if why_not(changed) else changed


def undone_groups(acts: Iterable[UUID | None]) -> set[UUID | None]:
    """Return those of the change groups that were undone."""
    taken = AuditEntry.objects.filter(kind=AuditEntry.Kind.TAKEN_BACK, act__in=list(acts))
    return set(taken.values_list("act", flat=True))
