"""What readers will see of undoing a change group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from articles.models import (
    Alias,
    Article,
    ArticleTopic,
    AuditEntry,
    Authorship,
    Image,
    Note,
    Notice,
    Publication,
    Quote,
    Role,
    Section,
    Speaker,
    SuggestedSearch,
    Topic,
    Turn,
    clock,
)
from articles.revisions.row_states import before_act, rows_of
from articles.revisions.undo import restorable

# What readers see of an article, besides its own row.
_OF_ARTICLE = (ArticleTopic, Authorship, Image, Note, Notice, Quote, Turn)
# Records with a page or a name of their own for readers.
_NAMED = (Speaker, Alias, Role, Publication, Section, Topic, SuggestedSearch)


Records = set[tuple[type[models.Model], int]]


@dataclass(frozen=True, slots=True)
class UndoEffects:
    """How many articles readers will no longer see, will see again or will see changed, and other records."""

    hidden: int = 0
    shown: int = 0
    changed: int = 0
    records: int = 0

    @property
    def total(self) -> int:
        return self.hidden + self.shown + self.changed + self.records


def undo_effects(key: str) -> UndoEffects:
    """Count what readers see now, or saw before, of the rows of the change group."""
    about = set(AuditEntry.objects.filter(act=key).values_list("about", flat=True))
    models_changed = [model for name, model in restorable().items() if name in about]
    former = before_act(Article, key, columns=["status", "visible_from"]) if Article in models_changed else {}
    articles = {pk for model in models_changed for pk in _articles_of(model, key)}
    public = set(Article.objects.published().filter(pk__in=articles).values_list("pk", flat=True))
    were_public = {
        pk
        for pk, event in former.items()
        if event.status == Article.Status.USABLE and event.visible_from <= clock.now()
    }
    hidden = public & former.keys() - were_public
    shown = were_public - public
    changed_or_deleted = (AuditEntry.Kind.CHANGE, AuditEntry.Kind.DELETE)
    records: Records = {
        (model, pk)
        for model in models_changed
        if issubclass(model, _NAMED)
        for kind in (AuditEntry.Kind.ADD, *changed_or_deleted)
        # A speaker or topic that is new only has what else the group changed.
        if kind in changed_or_deleted or model is SuggestedSearch
        for pk in rows_of(model, key, kind)
    }
    records |= _added_to_speakers(models_changed, key) | _other_notices(models_changed, key, public)
    return UndoEffects(len(hidden), len(shown), len(public - hidden), len(records))


def _added_to_speakers(changed: Iterable[type[models.Model]], key: str) -> Records:
    """The names and roles that the group added to speakers who were there before."""
    new = rows_of(Speaker, key, AuditEntry.Kind.ADD)
    return {
        (model, pk)
        for model in (Alias, Role)
        if model in changed
        for pk in model._base_manager.filter(pk__in=rows_of(model, key, AuditEntry.Kind.ADD))
        .exclude(speaker__in=new)
        .values_list("pk", flat=True)
    }


def _other_notices(changed: Iterable[type[models.Model]], key: str, public: set[int]) -> Records:
    """The notices of the group that readers see elsewhere than in its public articles."""
    if Notice not in changed:
        return set()
    ids = rows_of(Notice, key, AuditEntry.Kind.ADD) | rows_of(Notice, key, AuditEntry.Kind.CHANGE)
    seen = Notice.objects.shown().filter(pk__in=ids).exclude(article__in=public)
    return {(Notice, pk) for pk in seen.values_list("pk", flat=True)}


def _articles_of(model: type[models.Model], key: str) -> Iterable[int]:
    """The articles in which readers may see the rows of this model in the group."""
    changed = rows_of(model, key, AuditEntry.Kind.CHANGE)
    if model is Article:
        return changed
    if not issubclass(model, _OF_ARTICLE):
        return ()
    ids = rows_of(model, key, AuditEntry.Kind.ADD) | changed
    deleted = before_act(model, key, AuditEntry.Kind.DELETE).values()
    if model is not Quote:
        rows = model._base_manager.filter(pk__in=ids)
        return {*rows.values_list("article_id", flat=True), *(one.article_id for one in deleted)}
    # Readers see accepted quotes only.
    former = [*before_act(Quote, key).values(), *deleted]
    accepted = Quote.objects.filter(pk__in=ids, status=Quote.Status.ACCEPTED)
    were_accepted = {one.article_id for one in former if one.status == Quote.Status.ACCEPTED}
    return {*accepted.values_list("article_id", flat=True), *were_accepted}
