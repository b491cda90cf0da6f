"""Gives archives made before the migrations were squashed the functions that a new archive has."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0010_one_schema.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_database_clock")]

    # As a list: a plain string would be split at each semicolon. Nothing to reverse: 0003 makes the same.
    operations = [migrations.RunSQL([SQL], migrations.RunSQL.noop)]
