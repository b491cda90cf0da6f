"""Archives of former versions, each in a database of its own beside that of the tests."""

import lzma
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from articles.search.index import snapshot
from tests.upgrades.make_dump import plain_sql

FOLDER = Path(__file__).parent
DUMPS = sorted(path.name.removesuffix(".sql.xz") for path in FOLDER.glob("*.sql.xz"))

# A condition is written otherwise after a dump and a restore: other casts and brackets, the same meaning.
CASTS = re.compile(r"::text|::character varying|\[\]|[()]")
# Remarks, and the schema itself, which `load` creates.
UNTOLD = re.compile(r"--|$|COMMENT ON SCHEMA")
CONDITION = re.compile(r"\b(CHECK|INDEX|TRIGGER|DEFAULT)\b")


@contextmanager
def database(name: str, encoding: str = "UTF8") -> Iterator[None]:
    """A database for the time being, to which this process is connected."""
    home = str(connection.settings_dict["NAME"])
    made = connection.ops.quote_name(f"{home}_{name}")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {made}")
        cursor.execute(f"CREATE DATABASE {made} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    _connect_to(f"{home}_{name}")
    try:
        yield
    finally:
        _connect_to(home)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {made}")


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    snapshot.forget()


def load(version: str) -> bool:
    """Put the dump in place of whatever is there; says whether a server of this version made its index."""
    dump = lzma.decompress((FOLDER / f"{version}.sql.xz").read_bytes()).decode()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        cursor.execute(dump)
    # The dump has emptied the search path of its session.
    connection.close()
    snapshot.forget()
    return _made_by(dump) == connection.pg_version // 10_000


def _made_by(dump: str) -> int:
    return int(re.search(r"^-- Dumped from database version (\d+)", dump, re.MULTILINE)[1])


def schema() -> Counter[str]:
    """All that `pg_dump` says of it; without the order of columns, which follows the history of a table."""
    lines = [line.rstrip(",") for line in plain_sql("--schema-only").splitlines() if not UNTOLD.match(line)]
    return Counter(CASTS.sub("", line) if CONDITION.search(line) else line for line in lines)


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
