"""Speakers are looked up by a key that all spellings of a name share."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent / "sql"


def sql(name: str) -> list[str]:
    """As a list: a plain string would be split at each semicolon."""
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_one_schema")]

    operations = [migrations.RunSQL(sql("0011_name_keys"), sql("0011_name_keys_undo"))]
