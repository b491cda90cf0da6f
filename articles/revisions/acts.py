"""Acts that can be taken back: the rows that each has changed, read from the history, as they were before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Max, Min, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Article, Notice, Quote, Report, Speaker, Turn
from articles.models.history import marked

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
        *("status", "copy_of_id", "version_of_id", "canonical_url"),
        *("published_on", "published_precision", "published_at"),
    ),
    Report: ("outcome", "reason", "decided_by_id", "decided_at", "decision", "notice_id"),
}


@dataclass(frozen=True)
class Act:
    """Something done to several rows at once: what, by whom, when."""

    pk: str
    what: str
    at: dt.datetime
    user: int | None
    rows: int
    taken_back: bool


@dataclass
class TakenBack:
    """How many rows are as they were, and those that were left, as something has changed them since."""

    restored: int = 0
    left: list[models.Model] = field(default_factory=list)
    # The articles whose quotes are decided otherwise now.
    read: set[int] = field(default_factory=set)


def recent(limit: int = 100) -> list[Act]:
    """The latest acts, newest first; the taking back of one is no act of its own."""
    found: dict[str, Act] = {}
    undone: set[str] = set()
    for model in RESTORED:
        rows = _events(model).filter(pgh_context__has_key="act").values("pgh_context__act")
        grouped = rows.annotate(
            n=Count("pgh_obj_id", distinct=True),
            at=Min("pgh_created_at"),
            first=Min("pgh_id"),
            what=Max(KeyTextTransform("what", "pgh_context")),
            user=Max(Cast(KeyTextTransform("user", "pgh_context"), models.BigIntegerField())),
        ).order_by("-at", "-first")[:limit]
        for one in grouped:
            key = one["pgh_context__act"]
            # One act may change quotes and count a save of their article: the quotes are what it was about.
            if key not in found or found[key].rows < one["n"]:
                found[key] = Act(key, one["what"], one["at"], one["user"], one["n"], False)
        undone |= set(
            _events(model)
            .filter(pgh_context__has_key="takes_back")
            .values_list("pgh_context__takes_back", flat=True)
        )
    newest = sorted(found.values(), key=lambda one: one.at, reverse=True)[:limit]
    return [replace(one, taken_back=one.pk in undone) for one in newest]


def _events(model: type[models.Model]) -> models.QuerySet[Any]:
    return model.pgh_event_model.objects.order_by()  # type: ignore[attr-defined]  # put there by pghistory


def take_back(key: str) -> TakenBack:
    """Give each row of the act the values it had before, where it still has those that the act gave it."""
    done = TakenBack()
    with marked(takes_back=key):
        for model, fields in RESTORED.items():
            _restore(model, fields, key, done)
        for article in Article.objects.filter(pk__in=done.read).order_by("pk").only("pk"):
            # An open page of the desk must not save over this.
            Article.objects.filter(pk=article.pk).update(
                quotes_state=article.quotes.reading_state(), version=F("version") + 1
            )
    return done


def _restore(model: type[models.Model], fields: tuple[str, ...], key: str, done: TakenBack) -> None:
    events = {}
    for event in _events(model).filter(pgh_context__act=key).order_by("-pgh_id"):
        events[event.pgh_obj_id] = event
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=events).order_by("pk")
    # The last first: an address that one row took over from another is free for that one again.
    for row in sorted(rows, key=lambda row: -events[row.pk].pgh_id):
        event = events[row.pk]
        later = _events(model).filter(pgh_obj_id=row.pk, pgh_id__gt=event.pgh_id)
        # A change from the shell has no context at all, which no comparison would find.
        others = Q(pgh_context__isnull=True) | ~Q(pgh_context__has_key="act") | ~Q(pgh_context__act=key)
        after = later.filter(others).order_by("pgh_id").first() or row
        given = [name for name in fields if getattr(event, name) != getattr(after, name)]
        if any(getattr(row, name) != getattr(after, name) for name in given):
            done.left.append(row)
        elif given and _give_back(row, {name: getattr(event, name) for name in given}):
            done.restored += 1
            if isinstance(row, Quote) and {"status", "decided_by_id"} & set(given):
                done.read.add(row.article_id)
            if isinstance(row, Report) and row.notice_id:
                _take_down(row.notice_id)
        elif given:
            done.left.append(row)


def _take_down(notice: int) -> None:
    """Delete what an act told readers, unless an editor has written in it since; the history keeps it."""
    if not _events(Notice).filter(pgh_obj_id=notice).exists():
        Notice.objects.filter(pk=notice).delete()


def _give_back(row: models.Model, values: dict[str, Any]) -> bool:
    """Whether the values could be put back: since then another row may have taken what must be one's own."""
    if isinstance(row, Article):
        # What readers have once seen answers for ever: it is withheld, and is no draft again.
        if values.get("status") == Article.Status.DRAFT and row.first_public_at:
            values["status"] = Article.Status.WITHHELD
        values |= {"version": F("version") + 1, "modified_at": timezone.now()}
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return True
