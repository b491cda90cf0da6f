"""The whole archive as JSON Lines and back: every row with its id and history, as the database writes it.

One header line, then one line a row: `["articles_article", {…}]`. What the database makes by itself, the
index, is not dumped; passwords are not either, and sessions and the log of the admin stay behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import F
from django.utils import timezone

from articles.ingest.reindexing import reindex
from articles.models import Deed

FORMAT = 1
DERIVED = {
    *("search_document", "quote_document", "search_word", "quote_word", "holding"),
    *("quote_key", "credit_conflict"),
}
# Counts of this hour and this place, of senders that nobody shall be able to tell apart tomorrow.
PASSING = {"articles_sendertally"}
USERS = "users"
_LOT = 200


class CannotLoad(Exception):
    """The file is no dump that this archive can take; nothing was loaded."""


def tables() -> list[type[models.Model]]:
    """What is dumped, each after those that its rows name."""
    here = apps.get_app_config("articles").get_models()
    waiting = [model for model in here if model._meta.db_table not in DERIVED | PASSING]
    waiting.sort(key=lambda model: model._meta.db_table)
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = next(m for m in waiting if not _named_by(m) & {w for w in waiting if w is not m})
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


def _named_by(model: type[models.Model]) -> set[type[models.Model]]:
    return {
        field.related_model
        for field in model._meta.concrete_fields
        # Events name rows that may be gone, so nothing has to stand before them.
        if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", False)
    }


def dump() -> Iterator[str]:
    """The lines of a dump, all of one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL TimeZone = 'UTC'")
        yield json.dumps(_header(), ensure_ascii=False)
        for user in get_user_model().objects.order_by("pk"):
            yield _line(USERS, json.dumps(_user_row(user), ensure_ascii=False, default=str))
        for model in tables():
            name, key = model._meta.db_table, _column(model)
            with connection.chunked_cursor() as cursor:
                cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t ORDER BY "{key}"')  # noqa: S608
                while rows := cursor.fetchmany(_LOT):
                    yield from (_line(name, row) for (row,) in rows)


def _header() -> dict[str, Any]:
    counts, columns = {}, {}
    for model in tables():
        counts[model._meta.db_table] = model._base_manager.count()
        columns[model._meta.db_table] = _columns(model)
    counts[USERS] = get_user_model().objects.count()
    when = timezone.now().isoformat(timespec="seconds")
    return {"newsarchive": FORMAT, "dumped_at": when, "rows": counts, "columns": columns}


def _column(model: type[models.Model]) -> str:
    return model._meta.pk.column  # type: ignore[union-attr, return-value]


def _columns(model: type[models.Model]) -> list[str]:
    return sorted(str(field.column) for field in model._meta.concrete_fields)


def _line(table: str, row: str) -> str:
    return f"[{json.dumps(table)}, {row}]"


def _user_row(user: Any) -> dict[str, Any]:
    kept = ("id", "username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")
    groups = list(user.groups.order_by("name").values_list("name", flat=True))
    return {name: getattr(user, name) for name in kept} | {"groups": groups}


@dataclass
class Loaded:
    """How many rows came in, users with them."""

    rows: int = 0


def load(stream: BinaryIO, told: Callable[[int], None] = lambda rows: None) -> Loaded:
    """Put a dump into an archive that holds nothing; all of it or, with `CannotLoad`, none.

    A user of a name that is here already is taken for that one; others come without a password.
    """
    header = _read_header(stream)
    by_table = {model._meta.db_table: model for model in tables()}
    loaded, came = Loaded(), dict.fromkeys(header["rows"], 0)
    with transaction.atomic():
        _refuse_what_is_not_empty()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TimeZone = 'UTC'")
        _let_triggers_write(False)
        _put_own_log_aside()
        users: dict[int, int] = {}
        for table, rows in _runs(stream):
            if table == USERS:
                users |= _load_users(rows)
            elif table in by_table:
                _insert(by_table[table], [_with_users(by_table[table], row, users) for row in rows])
            else:
                raise CannotLoad(f"there is no table {table!r} here")
            came[table] = came.get(table, 0) + len(rows)
            loaded.rows += len(rows)
            told(loaded.rows)
        if came != header["rows"]:
            raise CannotLoad("rows are missing, or there are too many: the file was cut off or changed")
        with connection.cursor() as cursor:
            # What was put off until the end is decided now: a table with open questions cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in [*by_table.values(), get_user_model()]:
            _set_sequence(model)
        _put_own_log_behind()
        _let_triggers_write(True)
        for _ in reindex(stale_only=False):
            pass
    return loaded


def _read_header(stream: BinaryIO) -> dict[str, Any]:
    try:
        header = json.loads(stream.readline())
        version, rows, columns = header["newsarchive"], header["rows"], header["columns"]
    except (ValueError, KeyError, TypeError):
        raise CannotLoad("the first line is not the header of a dump") from None
    if version != FORMAT:
        raise CannotLoad(f"the dump is of format {version}; this archive reads {FORMAT}")
    for model in tables():
        theirs, ours = set(columns.get(model._meta.db_table, ())), set(_columns(model))
        if theirs != ours:
            differs = ", ".join(sorted(theirs ^ ours))
            raise CannotLoad(f"the columns of {model._meta.db_table} differ: {differs}; use the same release")
    return {"rows": rows}


def _refuse_what_is_not_empty() -> None:
    for model in tables():
        # An account that was made here, and its login, are in the log already.
        if model is not Deed and model._base_manager.exists():
            raise CannotLoad(
                f"there are rows in {model._meta.db_table}: a dump is loaded into an empty archive"
            )


def _runs(stream: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """Rows of one table together, some hundred at a time; a row's own text is never read and rewritten."""
    run: list[str] = []
    of = ""
    for number, raw in enumerate(stream, 2):
        line = raw.decode("utf-8").rstrip("\n")
        head, comma, row = line.partition(", ")
        if not comma or not head.startswith('["') or not head.endswith('"') or not row.endswith("]"):
            raise CannotLoad(f"line {number} is not a row of a dump")
        table = head[2:-1]
        if run and (table != of or len(run) >= _LOT):
            yield of, run
            run = []
        of = table
        run.append(row[:-1])
    if run:
        yield of, run


def _load_users(rows: Iterable[str]) -> dict[int, int]:
    """Users by name; where an id is another's here, the rows that name it are told the new one."""
    user_model, moved = get_user_model(), {}
    for text in rows:
        row = json.loads(text)
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
    for field in model._meta.concrete_fields:
        if field.related_model is get_user_model():
            row[field.column] = moved.get(row[field.column], row[field.column])
    context = row.get("pgh_context")
    if context and context.get("user") in moved:
        context["user"] = moved[context["user"]]
    return json.dumps(row, ensure_ascii=False)


def _insert(model: type[models.Model], rows: list[str]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    insert = f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
    try:
        with connection.cursor() as cursor:
            cursor.execute(insert, [f"[{','.join(rows)}]"])
    except (DataError, IntegrityError) as error:
        # Without the lines of the database's own functions.
        reason = str(error).partition("CONTEXT:")[0].strip()
        raise CannotLoad(
            f"a row of {model._meta.db_table} is not one that can be stored: {reason}"
        ) from error


def _let_triggers_write(wanted: bool) -> None:
    """Off while rows come in: each document is built once, at the end, and the log comes with the dump."""
    act = "ENABLE" if wanted else "DISABLE"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname = 'documents_added' OR tgname LIKE 'deed\\_%'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {act} TRIGGER {trigger}")


def _put_own_log_aside() -> None:
    """What the log has of this archive, most often its first account, makes room for the dump's numbers."""
    Deed.objects.update(id=-F("id"))


def _put_own_log_behind() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_deed SET id = nextval(pg_get_serial_sequence('articles_deed', 'id'))"
            " WHERE id < 0"
        )


def _set_sequence(model: type[models.Model]) -> None:
    table, key = connection.ops.quote_name(model._meta.db_table), _column(model)
    highest = model._base_manager.aggregate(highest=models.Max(model._meta.pk.name))["highest"] or 0  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [table, key, highest + 1])
