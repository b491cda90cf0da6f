"""Acts that can be taken back: the rows that each has changed, read from the history, as they were before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from articles.models import Article, Deed, Notice, Quote, Report, Speaker, ToldApart, Turn, clock
from articles.models.audit import marked
from articles.models.speaker import lock_merges
from articles.revisions.audit_log import older_than as below
from articles.revisions.restore import revert_text
from articles.revisions.row_states import before_act, events_of, given_and_kept, rows_of

# What an act may have changed in a row, and so what taking it back restores.
RESTORED: dict[type[models.Model], tuple[str, ...]] = {
    Speaker: ("merged_into_id",),
    Turn: ("speaker_id",),
    Quote: (
        *("speaker_id", "status", "standing", "decided_by_id", "decided_through", "decided_at"),
        *("credited_to_id", "text", "spans", "start", "end", "prefix", "suffix", "lost_at"),
        *("said_on", "said_precision"),
    ),
    Article: (
        *("status", "withheld_reason", "review_on", "copy_of_id", "version_of_id", "canonical_url"),
        *("published_on", "published_precision", "published_at"),
    ),
    Report: ("outcome", "reason", "decided_by_id", "decided_at", "decision", "notice_id"),
}

# Why an article is withheld that was published by mistake and seen.
REVERTED_REASON = "Its publishing was taken back."
# What an act may have made, and so what taking it back deletes.
UNMADE: tuple[type[models.Model], ...] = (ToldApart,)


@dataclass(frozen=True)
class RecentChange:
    """Something done to several rows at once: what, by whom, when."""

    pk: str
    what: str
    at: dt.datetime
    who: str
    rows: int
    taken_back: bool
    number: int


@dataclass
class RevertResult:
    """How many rows are as they were, and those that were left, as something has changed them since."""

    restored: int = 0
    left: list[models.Model] = field(default_factory=list)
    # The articles whose quotes are decided, or spoken, otherwise now.
    read: set[int] = field(default_factory=set)


def recent_changes(limit: int = 100, older_than: int | None = None) -> list[RecentChange]:
    """The latest acts, newest first, or those before one of them; taking one back is no act of its own."""
    deeds = Deed.objects.filter(kind=Deed.Kind.ACT).order_by("-at", "-pk")
    last = Deed.objects.filter(pk=older_than).first() if older_than else None
    done = list(below(deeds, last)[:limit])
    undone = _reverted(one.act for one in done)
    return [
        RecentChange(str(one.act), one.what, one.at, one.who, one.rows, one.act in undone, one.pk)
        for one in done
    ]


def can_revert(key: str) -> bool:
    """Whether there is such an act, and nobody has taken it back."""
    try:
        act = UUID(key)
    except ValueError:
        return False
    return Deed.objects.filter(kind=Deed.Kind.ACT, act=act).exists() and not _reverted([act])


def _reverted(acts: Iterable[UUID | None]) -> set[UUID | None]:
    taken = Deed.objects.filter(kind=Deed.Kind.TAKEN_BACK, act__in=list(acts))
    return set(taken.values_list("act", flat=True))


def revert(key: str) -> RevertResult:
    """Give each row of the act the values it had before, where it still has those that the act gave it."""
    done = RevertResult()
    with marked(takes_back=key):
        lock_merges()
        words = revert_text(key)
        done.restored, done.left = words.restored, words.left
        for model, fields in RESTORED.items():
            _restore(model, fields, key, words.seen.get(model, set()), done)
        for model in UNMADE:
            _unmake(model, key, done)
        for article in Article.objects.filter(pk__in=done.read).order_by("pk").only("pk"):
            # An open page of the desk must not save over this.
            Article.objects.filter(pk=article.pk).update(
                quotes_state=article.quotes.reading_state(), version=F("version") + 1
            )
        if done.restored:
            with connection.cursor() as cursor:
                cursor.execute("SELECT archive_note_taken_back(%s::uuid)", [key])
    return done


def _restore(
    model: type[models.Model], fields: tuple[str, ...], key: str, but: set[int], done: RevertResult
) -> None:
    events = before_act(model, key)
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=set(events) - but)
    # The last first: an address that one row took over from another is free for that one again.
    for row in sorted(rows.order_by("pk"), key=lambda row: -events[row.pk].pgh_id):
        event = events[row.pk]
        given, kept = given_and_kept(event, row, key, fields)
        if not given:
            continue
        if not kept or not _give_back(row, {name: getattr(event, name) for name in given}):
            done.left.append(row)
            continue
        done.restored += 1
        if isinstance(row, Quote) and {"status", "decided_by_id", "speaker_id"} & set(given):
            done.read.add(row.article_id)
        if isinstance(row, Report) and row.notice_id:
            _take_down(row.notice_id)


def _unmake(model: type[models.Model], key: str, done: RevertResult) -> None:
    """Delete what the act made, where nothing has changed it since; the history keeps it."""
    made = model._default_manager.filter(pk__in=rows_of(model, key, Deed.Kind.ADD)).order_by("pk")
    for row in made:
        if events_of(model).filter(pgh_obj_id=row.pk).exists():
            done.left.append(row)
        else:
            row.delete()
            done.restored += 1


def _take_down(notice: int) -> None:
    """Delete what an act told readers, unless an editor has written in it since; the history keeps it."""
    if not events_of(Notice).filter(pgh_obj_id=notice).exists():
        Notice.objects.filter(pk=notice).delete()


def _give_back(row: models.Model, values: dict[str, Any]) -> bool:
    """Whether the values could be put back: since then another row may have taken what must be one's own."""
    if isinstance(row, Article):
        # What readers have once seen answers for ever: it is withheld, and is no draft again.
        if values.get("status") == Article.Status.DRAFT and row.first_public_at:
            values |= {"status": Article.Status.WITHHELD, "withheld_reason": REVERTED_REASON}
        values |= {"version": F("version") + 1, "modified_at": clock.now()}
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return True
