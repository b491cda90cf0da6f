"""Database roles: one owns the archive, another with minimal rights serves pages.

The embedded server creates both with the cluster. A cluster of an earlier release, whose owner is the
superuser, is migrated when it starts.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from newsarchive.embedded_postgres.cluster import ClusterSetup

SUPERUSER = "postgres"
OWNER = DATABASE = "newsarchive"
WEB = "newsarchive_web"
# Used while an older cluster is migrated: the future owner, and a role that renames the others.
NEXT, RENAMING = "newsarchive_next", "newsarchive_renaming"

# Run in a new cluster, one statement per line.
NEW_CLUSTER = f"""\
CREATE ROLE {OWNER} LOGIN CREATEDB
CREATE ROLE {WEB} LOGIN
GRANT {WEB} TO {OWNER}
CREATE DATABASE {DATABASE} OWNER {OWNER}
"""

# For objects of the current role. History and log are append-only; no table can be truncated or altered.
GRANT = """
do $grant$ declare web text := {role}; one record; begin
  execute format('grant usage on schema public to %I', web);
  for one in
    select c.oid::regclass::text as name,
      case c.relkind when 'S' then 'sequence' else 'table' end as kind,
      case when c.relkind = 'S' then 'usage'
        when c.relname in ('django_migrations', 'django_content_type', 'auth_permission') then 'select'
        when exists (
          select from pg_trigger t where t.tgrelid = c.oid
            and (t.tgname like 'pgtrigger\\_append\\_only\\_%' or t.tgname = 'deed_stays'))
          then 'select, insert'
        else 'select, insert, update, delete' end as rights
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S')
      and pg_has_role(c.relowner, 'usage')
  loop
    execute format('revoke all on %s %s from %I', one.kind, one.name, web);
    execute format('grant %s on %s %s to %I', one.rights, one.kind, one.name, web);
  end loop;
end $grant$
"""

# What public pages do not read: accounts, sessions, reports, and what editors have not saved or uploaded.
PRIVATE = (
    *("auth_%", "axes_%", "otp_%", "django_session", "django_admin_log"),
    *("articles_report", "articles_reportevent", "articles_sendertally", "articles_upload"),
    *("articles_unsaved", "articles_openarticle", "articles_failedsearch", "articles_importerror"),
    *("articles_source%", "metric"),
)
# For a role that only replicas use. Grants nothing that it does not need, and revokes what it had.
GRANT_READER = """
do $grant$ declare reader text := {role}; one record; begin
  execute format('revoke all on all tables in schema public from %I', reader);
  execute format('revoke all on all sequences in schema public from %I', reader);
  execute format('grant usage on schema public to %I', reader);
  for one in
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_has_role(c.relowner, 'usage')
      and not c.relname like any ({private})
  loop
    execute format('grant select on table %s to %I', one.name, reader);
  end loop;
end $grant$
"""

# Applies to objects of the current role, except those of extensions and those that follow their table.
HAND_OVER = """
do $hand$ declare one record; begin
  for one in
    with space as (
      select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
    own as (
      select 'schema' as kind, quote_ident(nspname) as name, nspowner as owner, oid,
          'pg_namespace'::regclass as class
        from pg_namespace where oid in (select oid from space)
      union all
      select case relkind when 'S' then 'sequence' when 'v' then 'view'
          when 'm' then 'materialized view' else 'table' end,
          oid::regclass::text, relowner, oid, 'pg_class'::regclass
        from pg_class where relnamespace in (select oid from space) and relkind in ('r', 'p', 'v', 'm', 'S')
        and not (relkind = 'S' and exists (
          select from pg_depend d
          where d.objid = pg_class.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0))
      union all
      select 'routine', oid::regprocedure::text, proowner, oid, 'pg_proc'::regclass
        from pg_proc where pronamespace in (select oid from space)
      union all
      select 'text search dictionary', oid::regdictionary::text, dictowner, oid, 'pg_ts_dict'::regclass
        from pg_ts_dict where dictnamespace in (select oid from space)
      union all
      select 'text search configuration', oid::regconfig::text, cfgowner, oid, 'pg_ts_config'::regclass
        from pg_ts_config where cfgnamespace in (select oid from space))
    select kind, name from own where owner = current_user::regrole and not exists (
      select from pg_depend d where d.objid = own.oid and d.classid = own.class and d.deptype = 'e')
  loop
    execute format('alter %s %s owner to {next}', one.kind, one.name);
  end loop;
  -- There is no statement for the owner of an extension, who alone may drop it.
  update pg_extension set extowner = '{next}'::regrole
    where extname = 'pg_trgm' and extowner = current_user::regrole;
end $hand$
"""


def grant_web_rights(connection: psycopg.Connection, role: str) -> None:
    """Grant the role what the web process needs in this database, and revoke the rest."""
    connection.execute(sql.SQL(GRANT).format(role=sql.Literal(role)))


def grant_reader_rights(connection: psycopg.Connection, role: str) -> None:
    """Grant the role what public pages read, for use on replicas, and revoke the rest."""
    rights = sql.SQL(GRANT_READER).format(role=sql.Literal(role), private=sql.Literal(list(PRIVATE)))
    connection.execute(rights)


def separate_roles(socket: Path, port: int) -> None:
    """Migrate a cluster whose owner is the superuser; leave others unchanged."""
    with _session(socket, port, "postgres") as admin:
        if not _ask(admin, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
            return
        _make_role(admin, WEB, "LOGIN")
        with _session(socket, port, DATABASE) as archive:
            grant_web_rights(archive, WEB)
        try:
            _hand_over(admin, socket, port)
        except psycopg.Error as error:
            print(f"newsarchive: {OWNER} stays the superuser of its server: {error}", file=sys.stderr)


CLUSTER = ClusterSetup(superuser=SUPERUSER, user=OWNER, sql=NEW_CLUSTER, on_start=separate_roles)


def _hand_over(admin: psycopg.Connection, socket: Path, port: int) -> None:
    """Each step is idempotent: the next start completes an interrupted one."""
    _make_role(admin, NEXT, "LOGIN CREATEDB")
    admin.execute(f"GRANT {WEB} TO {NEXT}")
    owned = "SELECT datname FROM pg_database WHERE datdba = current_user::regrole AND datallowconn"
    for (name,) in admin.execute(f"{owned} AND NOT datistemplate AND datname <> 'postgres'").fetchall():
        with _session(socket, port, name) as archive:
            archive.execute(HAND_OVER.replace("{next}", NEXT))
        admin.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(NEXT))
        )
    _make_role(admin, RENAMING, "SUPERUSER NOLOGIN")
    admin.execute(f"SET SESSION AUTHORIZATION {RENAMING}")
    with admin.transaction():
        admin.execute(f"ALTER ROLE {OWNER} RENAME TO {SUPERUSER}")
        admin.execute(f"ALTER ROLE {NEXT} RENAME TO {OWNER}")
    admin.execute("RESET SESSION AUTHORIZATION")
    admin.execute(f"DROP ROLE {RENAMING}")


def _make_role(admin: psycopg.Connection, name: str, rights: str) -> None:
    if _ask(admin, f"SELECT to_regrole('{name}') IS NULL"):
        admin.execute(f"CREATE ROLE {name} {rights}")


def _ask(connection: psycopg.Connection, question: str) -> object:
    row = connection.execute(question).fetchone()
    return row[0] if row else None


@contextmanager
def _session(socket: Path, port: int, database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(
        host=str(socket),
        port=port,
        user=OWNER,
        dbname=database,
        autocommit=True,
        connect_timeout=10,
        options="-c lock_timeout=10s",
    ) as connection:
        yield connection
