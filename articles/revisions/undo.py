"""Undo change groups: give each row the values that it had before, as the history has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from articles.models import (
    Article,
    ArticleTopic,
    Deed,
    Notice,
    Quote,
    Report,
    Speaker,
    ToldApart,
    Turn,
    events_of,
)
from articles.models.audit import audit_context
from articles.models.speaker import lock_merges
from articles.revisions.audit_log import older_than as entries_before
from articles.revisions.restore import revert_text
from articles.revisions.row_states import before_act, given_and_kept, rows_of

# The columns that reverting a change group restores.
RESTORED: dict[type[models.Model], tuple[str, ...]] = {
    Speaker: ("merged_into_id",),
    Turn: ("speaker_id", "start", "end", "role", "source", "confidence", "position"),
    Quote: (
        *("speaker_id", "status", "standing", "decided_by_id", "decided_through", "decided_at"),
        *("credited_to_id", "text", "spans", "start", "end", "prefix", "suffix", "lost_at"),
        *("said_on", "said_precision", "kind", "turn_id", "inside_id"),
        *("source", "name_as_printed", "role_as_printed", "name_decision_id"),
    ),
    Article: (
        *("status", "withheld_reason", "review_on", "copy_of_id", "version_of_id", "canonical_url"),
        *("published_on", "published_precision", "published_at", "visible_from"),
        *("publication_id", "section_id", "language", "source_url", "extra"),
    ),
    Report: ("outcome", "reason", "decided_by_id", "decided_at", "decision", "notice_id"),
}

# The reason for withholding an article that was published by mistake and has been public.
REVERTED_REASON = "Publishing was undone."
# Rows that reverting the change group that created them deletes; a quote before its turn.
DELETED_ON_REVERT: tuple[type[models.Model], ...] = (ToldApart, ArticleTopic, Notice, Quote, Turn)
# Rows that reverting the change group that deleted them creates again; a turn before its quotes.
CREATED_ON_REVERT: tuple[type[models.Model], ...] = (Turn, Quote, ArticleTopic)
# How many of the editor's latest change groups `undo_last` looks through.
MOST_TRIED = 30


@dataclass(frozen=True)
class RecentChange:
    """A change group in the audit log; `number` is the id of its entry."""

    pk: str
    what: str
    at: dt.datetime
    who: str
    rows: int
    taken_back: bool
    number: int


@dataclass
class RevertResult:
    """How many rows were restored, and the rows left because they have been changed since."""

    restored: int = 0
    left: list[models.Model] = field(default_factory=list)
    # Articles with quotes whose decision or speaker was restored.
    articles: set[int] = field(default_factory=set)


def recent_changes(limit: int = 100, older_than: Deed | None = None) -> list[RecentChange]:
    """Return the latest change groups, newest first, or those before an entry; reverts are not listed."""
    entries = Deed.objects.filter(kind=Deed.Kind.ACT).order_by("-at", "-pk")
    done = list(entries_before(entries, older_than)[:limit])
    undone = _reverted(one.act for one in done)
    return [
        RecentChange(str(one.act), one.what, one.at, one.who, one.rows, one.act in undone, one.pk)
        for one in done
    ]


def can_revert(key: str) -> bool:
    """Whether the change group exists and has not been reverted."""
    try:
        act = UUID(key)
    except ValueError:
        return False
    return Deed.objects.filter(kind=Deed.Kind.ACT, act=act).exists() and not _reverted([act])


def _reverted(acts: Iterable[UUID | None]) -> set[UUID | None]:
    taken = Deed.objects.filter(kind=Deed.Kind.TAKEN_BACK, act__in=list(acts))
    return set(taken.values_list("act", flat=True))


def revert(key: str) -> RevertResult:
    """Restore the rows of the change group, except rows that have been changed since."""
    done = RevertResult()
    with transaction.atomic(), audit_context(takes_back=key):
        lock_merges()
        words = revert_text(key)
        done.restored, done.left = words.restored, words.left
        for model in CREATED_ON_REVERT:
            _create_deleted(model, key, done)
        for model, fields in RESTORED.items():
            _restore(model, fields, key, words.seen.get(model, set()), done)
        for model in DELETED_ON_REVERT:
            _delete_created(model, key, done)
        for article in Article.objects.filter(pk__in=done.articles).order_by("pk").only("pk"):
            state = article.quotes.reading_state()
            Article.objects.filter(pk=article.pk).mark_changed(quotes_state=state)
        if done.restored:
            with connection.cursor() as cursor:
                cursor.execute("SELECT archive_note_taken_back(%s::uuid)", [key])
    return done


def _restore(
    model: type[models.Model], fields: tuple[str, ...], key: str, skip: set[int], done: RevertResult
) -> None:
    events = before_act(model, key)
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=set(events) - skip)
    # In reverse order: an address that one row took over from another becomes free for that one again.
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
            done.articles.add(row.article_id)
        if isinstance(row, Report) and row.notice_id:
            _delete_notice(row.notice_id)


def _delete_created(model: type[models.Model], key: str, done: RevertResult) -> None:
    """Delete rows that the group created, unless they have been changed since."""
    made = model._default_manager.filter(pk__in=rows_of(model, key, Deed.Kind.ADD)).order_by("pk")
    for row in made:
        since = events_of(model).filter(pgh_obj_id=row.pk)
        changed_since = since.filter(Q(pgh_context__isnull=True) | ~Q(pgh_context__act=key)).exists()
        # The address of a quote that was public must always answer.
        if changed_since or getattr(row, "first_public_at", None) is not None:
            done.left.append(row)
        else:
            row.delete()
            done.restored += 1


def _create_deleted(model: type[models.Model], key: str, done: RevertResult) -> None:
    """Create rows again that the group deleted, as they were before it."""
    columns = [column.attname for column in model._meta.concrete_fields]
    for pk, event in sorted(before_act(model, key, Deed.Kind.DELETE).items()):
        if not model._default_manager.filter(pk=pk).exists():
            model._default_manager.create(**{name: getattr(event, name) for name in columns} | {"id": pk})
            done.restored += 1


def undo_last(user: int, article: int) -> tuple[str, list[models.Model]]:
    """Undo this user's latest change group in the article; return what it was, and the rows left.

    Nothing is undone, and the description is empty, if none of the latest groups can be.
    """
    latest = Deed.objects.filter(user=user, kind=Deed.Kind.ACT).order_by("-at", "-pk")[:MOST_TRIED]
    undone = _reverted(entry.act for entry in latest)
    for entry in latest:
        if entry.act in undone or not _is_of(entry, article):
            continue
        if (done := revert(str(entry.act))).restored:
            return entry.what, done.left
    return "", []


def _is_of(entry: Deed, article: int) -> bool:
    """Whether the rows of a change group belong to this article."""
    if entry.about == "article":
        return article in entry.ids
    rows = apps.get_model("articles", entry.about)._default_manager
    return hasattr(rows.model, "article_id") and rows.filter(pk__in=entry.ids, article_id=article).exists()


def _delete_notice(notice: int) -> None:
    """Delete a notice that the group created, unless an editor has changed it since."""
    if not events_of(Notice).filter(pgh_obj_id=notice).exists():
        Notice.objects.filter(pk=notice).delete()


def _give_back(row: models.Model, values: dict[str, object]) -> bool:
    """Restore the values; return False if another row has taken a unique value in the meantime."""
    was_public = isinstance(row, Article) and row.first_public_at is not None
    if was_public and values.get("status") == Article.Status.DRAFT:
        # An address that was public must always answer: the article is withheld, not made a draft again.
        values |= {"status": Article.Status.WITHHELD, "withheld_reason": REVERTED_REASON}
    try:
        with transaction.atomic():
            if isinstance(row, Article):
                Article.objects.filter(pk=row.pk).mark_changed(**values)
            else:
                type(row)._default_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return True
