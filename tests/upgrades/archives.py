"""Archives of former versions, each in a database of its own beside that of the tests."""

import lzma
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from articles.search.index import snapshot

FOLDER = Path(__file__).parent
DUMPS = sorted(path.name.removesuffix(".sql.xz") for path in FOLDER.glob("*.sql.xz"))

# All but the order of columns, which follows the history of a table.
SCHEMA = """
  SELECT 'function', oid::regprocedure::text, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')
  UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname,
      concat_ws(' ', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
  UNION ALL SELECT 'column', attrelid::regclass || '.' || attname, concat_ws(
      ', ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
      pg_get_expr(adbin, adrelid), attstorage, attcompression, attstattarget)
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')
      AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT 'dictionary', dictname, coalesce(dictinitoption, '') FROM pg_ts_dict
    WHERE dictnamespace = 'public'::regnamespace
"""
# A condition is written otherwise after a dump and a restore: other casts and brackets, the same meaning.
CASTS = re.compile(r"::text|::character varying|\[\]|[()]")


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


def schema() -> set[tuple[str, str, str]]:
    return {
        (kind, name, text if kind == "function" else CASTS.sub("", text)) for kind, name, text in rows(SCHEMA)
    }


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
