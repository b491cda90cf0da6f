"""Undo change groups: every row gets the state that it had before, as the history has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from articles.models import Article, AuditEntry, NameScope, Note, Quote, Turn, clock, events_of
from articles.models.audit import Event, audit_context
from articles.models.old_addresses import redirect_former_slug, take_back_addresses
from articles.models.speaker import lock_merges
from articles.revisions.recent_changes import ROWS_CHANGED, undone_groups
from articles.revisions.restore import PLACE, WORDS, RevertedText, revert_text
from articles.revisions.row_states import before_act, changed_since, given_and_kept, rows_of

# Counters, columns that follow from others, and memories of having been public.
NOT_RESTORED = {"id", "version", "modified_at", "first_public_at", "body_hash", "quotes_state"}
TEXT_COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Article: WORDS,
    Quote: PLACE,
    Turn: ("start", "end"),
}
# The reason for withholding an article that was published by mistake and has been public.
REVERTED_REASON = "Publishing was undone."
# How many of the editor's latest change groups `undo_last` looks through.
MOST_TRIED = 30


@cache
def restorable() -> dict[str, type[models.Model]]:
    """The models with a history, by their name in the audit log."""
    found = (
        model for model in apps.get_app_config("articles").get_models() if hasattr(model, "pgh_event_model")
    )
    return {model._meta.model_name or "": model for model in found}


@dataclass
class RevertResult:
    """How many rows were restored, and the rows left because they have been changed since."""

    restored: int = 0
    left: list[models.Model] = field(default_factory=list)
    # Articles of which other rows were restored, those of quotes among them, and those that have their state
    # of review again.
    articles: set[int] = field(default_factory=set)
    quoted: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)

    def count(self, row: models.Model) -> None:
        """Count a restored row; its article has changed for readers and open review pages."""
        self.restored += 1
        article = getattr(row, "article_id", None)
        if article is not None:
            (self.quoted if isinstance(row, Quote) else self.articles).add(article)


class CannotUndo(Exception):
    """Later changes depend on the rows of the group, which stays as it is."""


def revert(key: str) -> RevertResult:
    """Restore the rows of the change group, except rows that have been changed since.

    Raises ``CannotUndo`` if later changes depend on them.
    """
    try:
        # The changes made here belong to no group of the page.
        with transaction.atomic(), audit_context(takes_back=key, act=None):
            lock_merges()
            done = _revert(key)
            connection.check_constraints()
            if done.restored:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT archive_note_taken_back(%s::uuid)", [key])
    except IntegrityError as error:
        raise CannotUndo from error
    return done


class SeveralArticles(Exception):
    """The change group has rows of other articles too: it is undone in the list of recent actions."""


def undo_last(user: int, article: int, saved: str = "") -> tuple[str, list[models.Model]]:
    """Undo this user's latest change group in the article; return what it was, and the rows left.

    Nothing is undone, and the description is empty, if none of the latest groups can be. ``saved``: the group
    of what was typed since; it is undone in place of one whose rows it has changed again. Raises
    ``SeveralArticles``.
    """
    groups = latest_groups(user, article)
    before = [one for one in groups if str(one.act) != saved]
    typed = [one for one in groups if str(one.act) == saved]
    for entry in [*before[:1], *typed, *before[1:]]:
        if _has_other_articles(entry, article):
            raise SeveralArticles
        with suppress(CannotUndo):
            if (done := revert(str(entry.act))).restored:
                return entry.what, done.left
    return "", []


def latest_groups(user: int, article: int) -> list[AuditEntry]:
    """The latest change groups of this user in the article that are not undone, newest first."""
    groups = AuditEntry.objects.filter(user=user, kind=AuditEntry.Kind.ACT)
    latest = groups.order_by("-at", "-pk")[:MOST_TRIED]
    undone = undone_groups(entry.act for entry in latest)
    of_article = [one for one in latest if one.act not in undone and _is_of(one, article)]
    # Undoing that discards the article, which is a decision of its own.
    added = AuditEntry.objects.filter(
        act__in=[one.act for one in of_article], kind=AuditEntry.Kind.ADD, about="article"
    )
    adding = set(added.values_list("act", flat=True))
    return [one for one in of_article if one.act not in adding]


def _has_other_articles(group: AuditEntry, article: int) -> bool:
    """Whether the group also changed another article or what belongs to one."""
    entries = AuditEntry.objects.filter(act=group.act, kind__in=ROWS_CHANGED, about__in=restorable())
    for about, ids in entries.values_list("about", "ids"):
        model = restorable()[about]
        if model is Article and set(ids) != {article}:
            return True
        if hasattr(model, "article_id"):
            rows = model._base_manager.filter(pk__in=ids)
            if rows.exclude(article_id=article).exclude(article_id=None).exists():
                return True
    return False


def _is_of(entry: AuditEntry, article: int) -> bool:
    """Whether the rows of a change group belong to this article."""
    if entry.about == "article":
        return article in entry.ids
    rows = apps.get_model("articles", entry.about)._default_manager
    return hasattr(rows.model, "article_id") and rows.filter(pk__in=entry.ids, article_id=article).exists()


def _revert(key: str) -> RevertResult:
    added = {model: rows_of(model, key, AuditEntry.Kind.ADD) for model in _models_of(key)}
    done = RevertResult()
    if articles := added.get(Article):
        _discard_added(articles, key, done)
        return done
    words = revert_text(key)
    done.restored, done.left = len(words.restored), words.left
    missing = _insert_again(_deleted(key, added, {row.pk for row in words.left}), done)
    for model, created in added.items():
        _restore(model, key, created, words, done)
    _delete_added(key, done)
    # A row that took the unique value of a deleted one is gone now.
    for row in missing:
        if _insert_again([row], done):
            done.left.append(row)
    for article in Article.objects.filter(pk__in=done.quoted - done.settled).order_by("pk").only("pk"):
        state = {"quotes_state": article.quotes.reading_state()} if article.quotes.exists() else {}
        Article.objects.filter(pk=article.pk).mark_changed(**state)
    Article.objects.filter(pk__in=done.articles - done.settled - done.quoted).mark_changed()
    return done


def _models_of(key: str) -> list[type[models.Model]]:
    """The models of the rows in the group, in a fixed order."""
    names = set(AuditEntry.objects.filter(act=key, kind__in=ROWS_CHANGED).values_list("about", flat=True))
    return [model for name, model in restorable().items() if name in names]


def _last_first(key: str, kind: str) -> Iterable[tuple[str, list[int]]]:
    """Return model name and ids of the rows that the group added or deleted, the last ones first."""
    entries = AuditEntry.objects.filter(act=key, kind=kind, about__in=restorable())
    return entries.order_by("-pk").values_list("about", "ids")


def _discard_added(articles: set[int], key: str, done: RevertResult) -> None:
    """Discard drafts that the group added, unless they have been changed since."""
    changed = _changed_by_others(Article, articles, key)
    for article in Article.objects.select_for_update(of=("self",)).filter(pk__in=articles).order_by("pk"):
        if article.status == Article.Status.DRAFT and article.pk not in changed:
            Article.objects.filter(pk=article.pk).mark_changed(status=Article.Status.CANCELED)
            done.restored += 1
        else:
            done.left.append(article)


def _deleted(
    key: str, added: Mapping[type[models.Model], set[int]], reworded: set[int]
) -> list[models.Model]:
    """The rows that the group deleted, as they were; the last ones deleted first, which others refer to.

    ``reworded``: articles that have another text since, in which turns and notes have no place.
    """
    found: list[models.Model] = []
    former: dict[str, dict[int, Event]] = {}
    for about, ids in _last_first(key, AuditEntry.Kind.DELETE):
        model = restorable()[about]
        if about not in former:
            former[about] = before_act(model, key, AuditEntry.Kind.DELETE)
        gone = [pk for pk in ids if pk in former[about] and pk not in added.get(model, ())]
        present = set(model._base_manager.filter(pk__in=gone).values_list("pk", flat=True))
        rows = [_row_of(model, former[about][pk]) for pk in gone if pk not in present]
        found += [row for row in rows if not (isinstance(row, (Turn, Note)) and row.article_id in reworded)]
    return found


def _row_of(model: type[models.Model], event: Event) -> models.Model:
    names = {column.attname for column in event._meta.concrete_fields}
    columns = (column.attname for column in model._meta.concrete_fields if column.attname in names)
    row = model(**{name: getattr(event, name) for name in columns})
    row.pk = event.pgh_obj_id
    # What else the change recorded, such as redirects that pointed to the row.
    row.former_context = event.pgh_context or {}  # type: ignore[attr-defined]
    return row


def _insert_again(rows: Iterable[models.Model], done: RevertResult) -> list[models.Model]:
    """Insert the rows with their ids; return those whose place is taken."""
    missing = []
    for row in rows:
        try:
            with transaction.atomic():
                row.save_base(raw=True, force_insert=True)
        except IntegrityError:
            missing.append(row)
            continue
        done.count(row)
        take_back_addresses(row, getattr(row, "former_context", {}))
    return missing


def _restore(
    model: type[models.Model], key: str, created: set[int], words: RevertedText, done: RevertResult
) -> None:
    columns = _columns_of(model)
    read = [*columns, "quotes_state"] if model is Article else columns
    former = before_act(model, key, AuditEntry.Kind.CHANGE, read)
    events = {pk: event for pk, event in former.items() if pk not in created}
    since = changed_since(model, key, events, read)
    reworded = [row.pk for row in words.left]
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=events)
    if model is Article:
        rows = rows.exclude(pk__in=reworded).defer("body")
    elif model in (Turn, Note):
        rows = rows.exclude(article__in=reworded)
    together: dict[str, tuple[dict[str, object], list[models.Model]]] = {}
    # In reverse order: an address that one row took over from another becomes free for that one again.
    for row in sorted(rows.order_by("pk"), key=lambda row: -events[row.pk].pgh_id):
        event, after = events[row.pk], since.get(row.pk, row)
        placed = TEXT_COLUMNS[model] if row.pk in words.placed.get(model, ()) else ()
        given, kept = given_and_kept(event, row, after, [name for name in columns if name not in placed])
        values = {name: getattr(event, name) for name in given}
        if isinstance(row, Article) and event.quotes_state != after.quotes_state == row.quotes_state:
            values["quotes_state"] = event.quotes_state
        if not values:
            continue
        if not kept:
            done.left.append(row)
            continue
        if isinstance(row, Article):
            _keep_address(row, values)
        together.setdefault(repr(values), (values, []))[1].append(row)
    for values, same in together.values():
        _give_back(model, same, values, words, done)


def _columns_of(model: type[models.Model]) -> list[str]:
    """The columns that undoing restores; texts are restored by `revert_text`."""
    recorded = {column.attname for column in events_of(model).model._meta.concrete_fields}
    left_out = NOT_RESTORED | set(WORDS if model is Article else ())
    return [c.attname for c in model._meta.concrete_fields if c.attname in recorded - left_out]


def _keep_address(row: Article, values: dict[str, object]) -> None:
    """An address that was public must always answer: its article is withheld, not made a draft again."""
    was_public = row.first_public_at is not None and row.first_public_at <= clock.now()
    if was_public and values.get("status") == Article.Status.DRAFT:
        values |= {"status": Article.Status.WITHHELD, "withheld_reason": REVERTED_REASON}


def _give_back(
    model: type[models.Model],
    rows: list[models.Model],
    values: dict[str, object],
    words: RevertedText,
    done: RevertResult,
) -> None:
    """Restore the same values of several rows, or of each row alone if another row has taken one of them."""
    try:
        with transaction.atomic():
            found = model._default_manager.filter(pk__in=[row.pk for row in rows])
            if model is Article:
                Article.objects.filter(pk__in=found.values("pk")).mark_changed(**values)
            else:
                found.update(**values)
    except IntegrityError:
        if len(rows) == 1:
            done.left.append(rows[0])
            return
        for row in rows:
            _give_back(model, [row], values, words, done)
        return
    for row in rows:
        # The state of review follows from the quotes, and the text was counted before.
        if set(values) != {"quotes_state"} and not (isinstance(row, Article) and row.pk in words.restored):
            done.count(row)
        if "quotes_state" in values:
            done.settled.add(row.pk)
        if "slug" in values:
            redirect_former_slug(row, row.slug, str(values["slug"]))  # type: ignore[attr-defined]  # it has one


def _delete_added(key: str, done: RevertResult) -> None:
    """Delete rows that the group added, the last first, unless they have been changed or used since."""
    for about, ids in _last_first(key, AuditEntry.Kind.ADD):
        model = restorable()[about]
        changed = _changed_by_others(model, ids, key)
        rows = model._default_manager.filter(pk__in=ids).order_by("-pk").in_bulk()
        free = [pk for pk, row in rows.items() if pk not in changed and not _has_dependents(row)]
        # All at once, or each alone if something refers to one of them.
        gone = set(free if _delete(model, free) else (pk for pk in free if _delete(model, [pk])))
        for pk, row in rows.items():
            if pk in gone:
                done.count(row)
            else:
                done.left.append(row)


def _changed_by_others(model: type[models.Model], ids: Iterable[int], key: str) -> set[int]:
    """The rows that are not as the group left them, but for this undoing.

    A row that was changed since and changed back, such as by another undo, is as it was.
    """
    left: dict[int, Event] = {}
    for event in events_of(model).filter(pgh_obj_id__in=ids).order_by("pgh_id"):
        context = event.pgh_context or {}
        if key not in (context.get("act"), context.get("takes_back")):
            # An event has the state before its change.
            left.setdefault(event.pgh_obj_id, event)
    rows = model._base_manager.in_bulk(list(left))
    recorded = {column.attname for column in events_of(model).model._meta.concrete_fields}
    columns = {column.attname for column in model._meta.concrete_fields} & recorded - NOT_RESTORED
    return {
        pk
        for pk, event in left.items()
        if pk not in rows or any(getattr(event, name) != getattr(rows[pk], name) for name in columns)
    }


def _has_dependents(row: models.Model) -> bool:
    """Whether rows with a history would be deleted with this one."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists()
        for relation in row._meta.related_objects
        if relation.on_delete is models.CASCADE
        and relation.related_model in restorable().values()
        # The scopes of a ruling are part of it.
        and relation.related_model is not NameScope
    )


def _delete(model: type[models.Model], ids: list[int]) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=ids).delete()
    except IntegrityError:
        return False
    return True
