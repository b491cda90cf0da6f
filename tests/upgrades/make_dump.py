"""Makes the dump of one version, from a checkout of it: see `docs/developers.md`, «Migrations and upgrades».

    cd CHECKOUT && .venv/bin/python …/tests/upgrades/make_dump.py NAME.sql.xz

Builds the sample archive of the checkout in a home of its own, changes it as editors and readers would, and
writes it as plain SQL. It uses models alone, so that it runs in checkouts whose modules have other names.
"""

import hashlib
import lzma
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Meta-commands of psql, and what PostgreSQL 15 and 16 do not know.
LEFT_OUT = ("\\restrict", "\\unrestrict", "SET transaction_timeout")


def change_as_people_do() -> None:
    """An edit, a merge, a withdrawal, an article withheld, one deleted, a decision and a reader's report."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from articles import models

    editor = get_user_model().objects.get(username="editor")
    edited, canceled, withheld, deleted = models.Article.objects.published().order_by("pk")[:4]
    edited.headline += " (corrected)"
    edited.body += "\n\nThe name of the bridge has been corrected."
    edited.version += 1
    edited.save()
    models.Article.objects.filter(pk=canceled.pk).update(status="canceled")
    models.Article.objects.filter(pk=withheld.pk).update(status="withheld")
    deleted.delete()
    kept, merged = models.Speaker.objects.filter(merged_into=None, kind="person").order_by("pk")[:2]
    models.Speaker.objects.filter(pk=merged.pk).update(merged_into=kept)
    for quote in models.Quote.objects.pending().order_by("pk")[:3]:
        quote.accept(by=editor)
    reported = models.Quote.objects.accepted().order_by("pk")[0]
    models.Report.objects.create(
        quote=reported,
        article=reported.article,
        what="words",
        remark="It was the lower bridge.",
        token_hash=hashlib.sha256(b"an invented token").hexdigest(),
        received_at=timezone.now(),
    )


def leave_out_index() -> None:
    """Put notes in the place of segments, which are most of the bytes."""
    from django.db import connection

    from articles import models

    if hasattr(models, "SearchSegment"):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_segment, search_posting, search_note, search_word, quote_word")
            cursor.execute("INSERT INTO search_note (article_id, text) SELECT id, true FROM articles_article")


def plain_sql(*options: str) -> str:
    """What pg_dump says of the database, as statements that any driver can send."""
    from django.db import connection

    from newsarchive.embedded_postgres.binaries import find_clients

    connection.ensure_connection()
    info = connection.connection.info
    # Of the server's version, if it is here: a newer one does not know what to leave out of an older server.
    server = info.server_version // 10_000
    program = next(clients.folder for clients in find_clients() if clients.major >= server) / "pg_dump"
    options = (*options, "--no-owner", "--no-privileges", "--encoding=UTF8")
    where = [f"--host={info.host}", f"--port={info.port}", f"--username={info.user}"]
    environment = {**os.environ, "PGPASSWORD": info.password or ""}
    done = subprocess.run(
        [program, *options, *where, info.dbname], stdout=subprocess.PIPE, check=True, env=environment
    )
    lines = done.stdout.decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(LEFT_OUT))


def main(target: Path) -> None:
    sys.path.insert(0, str(Path.cwd()))
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        os.environ |= {"NEWSARCHIVE_HOME": home, "DJANGO_SETTINGS_MODULE": "newsarchive.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("quickstart", no_serve=True)
        change_as_people_do()
        call_command("reindex")
        call_command("check_archive")
        leave_out_index()
        target.write_bytes(lzma.compress(plain_sql("--inserts", "--rows-per-insert=200").encode(), preset=9))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
