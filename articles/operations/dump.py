"""Dump the whole archive as JSON Lines, and load a dump: every row with its id and history.

A header line, then one line per row: `["articles_article", {…}]`. Not dumped are the search index, which is
rebuilt, passwords, sessions, and Django's admin log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import F

from articles.models import AuditEntry, clock
from articles.operations.dump_format import DROPPED, CannotLoad, Fitting, Header, columns_of, fit, read_header
from articles.operations.reindex import reindex

DERIVED = {
    *("search_document", "quote_document", "search_word", "quote_word", "holding"),
    *("quote_key", "credit_conflict", "search_segment", "search_posting", "search_note"),
}
# Short-lived tables: uploads, and counts per sender that must not outlive the day.
TRANSIENT = {"articles_sendertally", "articles_upload", "metric"}
USERS = "users"
USER_COLUMNS = (
    *(
        "id",
        "username",
        "first_name",
        "last_name",
        "email",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
    ),
)
CHUNK_SIZE = 200


def tables() -> list[type[models.Model]]:
    """Return the models to dump, each after those that its foreign keys refer to."""
    here = apps.get_app_config("articles").get_models()
    remaining = [model for model in here if model._meta.db_table not in DERIVED | TRANSIENT]
    remaining.sort(key=lambda model: model._meta.db_table)
    ordered: list[type[models.Model]] = []
    while remaining:
        ready = next(m for m in remaining if not _references(m) & {w for w in remaining if w is not m})
        remaining.remove(ready)
        ordered.append(ready)
    return ordered


def _references(model: type[models.Model]) -> set[type[models.Model]]:
    return {
        column.related_model
        for column in model._meta.concrete_fields
        # Events refer to rows that may be deleted; they have no constraint.
        if isinstance(column, models.ForeignKey) and getattr(column, "db_constraint", False)
    }


def dump() -> Iterator[str]:
    """Yield the lines of a dump, from one snapshot."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL TimeZone = 'UTC'")
        yield _header().line(clock.now().isoformat(timespec="seconds"))
        for user in get_user_model().objects.order_by("pk"):
            yield _line(USERS, json.dumps(_user_row(user), ensure_ascii=False, default=str))
        for model in tables():
            name, key = model._meta.db_table, _column(model)
            with connection.chunked_cursor() as cursor:
                cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t ORDER BY "{key}"')
                while rows := cursor.fetchmany(CHUNK_SIZE):
                    yield from (_line(name, row) for (row,) in rows)


def _header() -> Header:
    counts = {model._meta.db_table: model._base_manager.count() for model in tables()}
    columns = {model._meta.db_table: columns_of(model) for model in tables()}
    counts[USERS], columns[USERS] = get_user_model().objects.count(), sorted(USER_COLUMNS)
    return Header(counts, columns)


def _column(model: type[models.Model]) -> str:
    return model._meta.pk.column  # type: ignore[return-value]  # a key has a column


def _line(table: str, row: str) -> str:
    return f"[{json.dumps(table)}, {row}]"


def _user_row(user: User) -> dict[str, object]:
    groups = list(user.groups.order_by("name").values_list("name", flat=True))
    return {name: groups if name == "groups" else getattr(user, name) for name in USER_COLUMNS}


@dataclass
class LoadResult:
    """How many rows were loaded, with users, and the unknown tables and columns that were left out."""

    rows: int = 0
    left_out: list[str] = field(default_factory=list)


def load(stream: BinaryIO, on_progress: Callable[[int], None] = lambda rows: None) -> LoadResult:
    """Load a dump into an empty archive, completely or not at all; raises `CannotLoad`.

    Users are matched by name; new ones have no usable password. `on_progress` gets the number of rows so far.
    """
    header = read_header(stream.readline())
    by_table = {model._meta.db_table: model for model in tables()}
    fitting = {
        name: fit(model, header.columns[name]) for name, model in by_table.items() if name in header.columns
    }
    loaded, came = LoadResult(left_out=_unknown(header)), dict.fromkeys(header.rows, 0)
    with transaction.atomic():
        _refuse_unless_empty()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TimeZone = 'UTC'")
        _enable_triggers(False)
        _negate_own_log_ids()
        users: dict[int, int] = {}
        for table, rows in _runs(stream):
            came[table] = came.get(table, 0) + len(rows)
            if table == USERS:
                users |= _load_users(rows)
            elif table in fitting:
                _insert(fitting[table], [_with_users(by_table[table], row, users) for row in rows])
            elif table not in header.columns:
                raise CannotLoad(f"there are rows of {table!r}, which the header does not list")
            else:
                continue
            loaded.rows += len(rows)
            on_progress(loaded.rows)
        if came != header.rows:
            raise CannotLoad("the number of rows is wrong: the file was truncated or changed")
        _finish([*by_table.values(), get_user_model()])
    return loaded


def _finish(filled: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        # A table with pending deferred constraints cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for model in filled:
        _set_sequence(model)
    _renumber_own_log()
    _enable_triggers(True)
    with connection.cursor() as cursor:
        # Triggers were off: until the index is built, searches read the records.
        cursor.execute("INSERT INTO search_note (article_id, text) SELECT id, true FROM articles_article")
    for _ in reindex(stale_only=False):
        pass


def _unknown(header: Header) -> list[str]:
    """Return the tables with rows, and the columns of known tables, that this release does not have."""
    known = {model._meta.db_table: columns_of(model) for model in tables()} | {USERS: list(USER_COLUMNS)}
    found = []
    for table, columns in header.columns.items():
        if table in known:
            found += [f"{table}.{column}" for column in columns if column not in known[table]]
        elif rows := header.rows.get(table, 0):
            found.append(f"{table} ({rows:,} rows)")
    return [name for name in found if name not in DROPPED]


def _refuse_unless_empty() -> None:
    for model in tables():
        # The log already has the first account and its login.
        if model is not AuditEntry and model._base_manager.exists():
            raise CannotLoad(
                f"there are rows in {model._meta.db_table}: a dump can only be loaded into an empty archive"
            )


def _runs(stream: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """Group rows of the same table into chunks; the JSON of a row is passed on without parsing it."""
    run: list[str] = []
    of = ""
    for number, raw in enumerate(stream, 2):
        line = raw.decode("utf-8").rstrip("\n")
        head, comma, row = line.partition(", ")
        if not comma or not head.startswith('["') or not head.endswith('"') or not row.endswith("]"):
            raise CannotLoad(f"line {number} is not a row of a dump")
        table = head[2:-1]
        if run and (table != of or len(run) >= CHUNK_SIZE):
            yield of, run
            run = []
        of = table
        run.append(row[:-1])
    if run:
        yield of, run


def _load_users(rows: Iterable[str]) -> dict[int, int]:
    """Load users, matched by name; return the new ids of those whose id has changed."""
    user_model, moved = get_user_model(), {}
    for text in rows:
        row = {name: value for name, value in json.loads(text).items() if name in USER_COLUMNS}
        groups, old = row.pop("groups"), row["id"]
        user = user_model._default_manager.filter(username=row["username"]).first()
        if user is None:
            if user_model._default_manager.filter(pk=old).exists():
                row.pop("id")
            user = user_model._default_manager.create(**row, password=make_password(None))
            user.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)
        if user.pk != old:
            moved[old] = user.pk
    return moved


def _with_users(model: type[models.Model], text: str, moved: dict[int, int]) -> str:
    if not moved:
        return text
    row = json.loads(text)
    for one in model._meta.concrete_fields:
        if one.related_model is get_user_model() and one.column in row:
            row[one.column] = moved.get(row[one.column], row[one.column])
    context = row.get("pgh_context")
    if context and context.get("user") in moved:
        context["user"] = moved[context["user"]]
    return json.dumps(row, ensure_ascii=False)


def _insert(fitting: Fitting, rows: list[str]) -> None:
    try:
        fitting.insert(rows)
    except (DataError, IntegrityError) as error:
        # Without the context of database functions.
        reason = str(error).partition("CONTEXT:")[0].strip()
        raise CannotLoad(f"a row of {fitting.table} cannot be stored: {reason}") from error


def _enable_triggers(enabled: bool) -> None:
    """Disabled while loading: documents are built once, at the end, and the log comes with the dump."""
    action = "ENABLE" if enabled else "DISABLE"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname = 'documents_added' OR tgname LIKE 'deed\\_%'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {action} TRIGGER {trigger}")


def _negate_own_log_ids() -> None:
    """Free the ids of existing log entries, mostly of the first account, for those of the dump."""
    AuditEntry.objects.update(id=-F("id"))


def _renumber_own_log() -> None:
    """Give the existing log entries ids after those of the dump."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_deed SET id = nextval(pg_get_serial_sequence('articles_deed', 'id'))"
            " WHERE id < 0"
        )


def _set_sequence(model: type[models.Model]) -> None:
    table, key = connection.ops.quote_name(model._meta.db_table), _column(model)
    highest = model._base_manager.aggregate(highest=models.Max(model._meta.pk.name))["highest"] or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [table, key, highest + 1])
