"""Restore earlier versions of an article's text as a new edit, and revert edits exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.models import Article, AuditEntry, Note, Quote, Turn, events_of
from articles.models.audit import Event, change_group
from articles.revisions.edit_text import Changes, change_text
from articles.revisions.row_states import before_act, changed_since, given_and_kept

TEXTS = ("headline", "standfirst", "body")
FACTS = ("kicker", "byline", "dateline", "edition", "page")
WORDS = (*TEXTS, *FACTS)
PLACE = ("start", "end", "spans", "text", "prefix", "suffix", "lost_at", "turn_id")
MAX_VERSIONS = 300


@dataclass(frozen=True)
class FormerVersion:
    """A former version of the texts: until when, which fields changed then, by whom and how."""

    pk: int
    until: dt.datetime
    changed: list[str]
    user: int | None
    through: str
    what: str
    was_public: bool


def former_versions(article: Article) -> list[FormerVersion]:
    """Return the versions whose text differs from the following one, newest first."""
    columns = (*FACTS, "headline", "standfirst", "body_hash", "status", "visible_from")
    events = events_of(Article).filter(pgh_obj_id=article.pk).order_by("-pgh_id")
    after: dict[str, object] = {name: getattr(article, name) for name in columns}
    found = []
    for row in events.values("pgh_id", "pgh_created_at", "pgh_context", *columns)[:MAX_VERSIONS]:
        changed = [name for name in columns[:-2] if row[name] != after[name]]
        if changed:
            found.append(_former(row, ["body" if name == "body_hash" else name for name in changed]))
        after = row
    return found


def _former(row: Mapping[str, Any], changed: list[str]) -> FormerVersion:  # some columns of an event
    context = row["pgh_context"] or {}
    return FormerVersion(
        row["pgh_id"],
        row["pgh_created_at"],
        changed,
        context.get("user"),
        context.get("through", ""),
        context.get("what", ""),
        row["status"] == Article.Status.USABLE and row["visible_from"] <= row["pgh_created_at"],
    )


def restore(article: Article, former: Event, reason: str) -> Changes:
    """Replace the texts by those of the former event, as a change with this reason.

    Raises `EditedMeanwhile` if the stored article has a later version, and `IntegrityError` if a published
    article must not have these texts.
    """
    when = timezone.localtime(former.pgh_created_at)
    with change_group(f"Restored {article} as it was until {when:%Y-%m-%d %H:%M}: {reason}"):
        texts = {
            name: getattr(former, name) for name in TEXTS if getattr(former, name) != getattr(article, name)
        }
        changes = change_text(article, **texts)
        Article.objects.filter(pk=article.pk).update(**{name: getattr(former, name) for name in FACTS})
        article.refresh_from_db()
    return changes


@dataclass
class RevertedText:
    """The result of `revert_text`: articles restored and left, and the rows that have their place again."""

    restored: set[int] = field(default_factory=set)
    left: list[models.Model] = field(default_factory=list)
    placed: dict[type[models.Model], set[int]] = field(default_factory=lambda: {Quote: set(), Turn: set()})


def revert_text(key: str) -> RevertedText:
    """Revert the text changes of a change group, with the positions of quotes, turns and notes.

    An article whose text was changed since is left. A quote that was decided, moved or created since is
    re-anchored as after any edit.
    """
    done = RevertedText()
    reworded = _reworded(key)
    if not reworded:
        return done
    events = before_act(Article, key)
    since = changed_since(Article, key, events)
    articles = Article.objects.select_for_update(of=("self",)).filter(pk__in=reworded).order_by("pk")
    for article in articles:
        given, kept = given_and_kept(events[article.pk], article, since.get(article.pk, article), WORDS)
        if not given:
            continue
        if kept and _put_back(article, events[article.pk], given, key, done):
            done.restored.add(article.pk)
        else:
            done.left.append(article)
    return done


def _reworded(key: str) -> set[int]:
    """Return the ids of articles whose text was changed, according to the audit log."""
    entries = AuditEntry.objects.filter(act=key, kind=AuditEntry.Kind.CHANGE, about="article")
    changed = entries.values_list("what", "ids")
    return {pk for columns, ids in changed if set(columns.split(", ")) & set(WORDS) for pk in ids}


def _put_back(article: Article, event: Event, given: list[str], key: str, done: RevertedText) -> bool:
    quotes, turns = _as_before(Quote, article, key, PLACE), _as_before(Turn, article, key, ("start", "end"))
    try:
        with transaction.atomic():
            change_text(article, **{name: getattr(event, name) for name in TEXTS if name in given})
            facts = {name: getattr(event, name) for name in FACTS if name in given}
            Article.objects.filter(pk=article.pk).update(**facts)
            for model in (Turn, Note):
                _make_again(model, article, key)
            for turn in turns:
                Turn.objects.filter(pk=turn.pgh_obj_id).update(start=turn.start, end=turn.end)
            for quote in quotes:
                place = {name: getattr(quote, name) for name in PLACE}
                Quote.objects.filter(pk=quote.pgh_obj_id).update(**place)
    except IntegrityError:
        return False
    done.placed[Quote] |= {event.pgh_obj_id for event in quotes}
    done.placed[Turn] |= {event.pgh_obj_id for event in turns}
    return True


def _as_before(
    model: type[Quote] | type[Turn], article: Article, key: str, fields: tuple[str, ...]
) -> list[Event]:
    """Return the former states of rows of the article that have not moved since."""
    events = before_act(model, key)
    since = changed_since(model, key, events)
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=events, article=article)
    return [
        events[row.pk]
        for row in rows.order_by("pk")
        if given_and_kept(events[row.pk], row, since.get(row.pk, row), fields)[1]
    ]


def _make_again(model: type[Turn] | type[Note], article: Article, key: str) -> None:
    columns = [column.attname for column in model._meta.concrete_fields]
    for pk, event in sorted(before_act(model, key, AuditEntry.Kind.DELETE).items()):
        if event.article_id == article.pk:
            model._default_manager.create(**{name: getattr(event, name) for name in columns} | {"id": pk})
