"""Changes of many rows in one statement take time in proportion to their number."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent / "sql"


def sql(name: str) -> list[str]:
    """As a list: a plain string would be split at each semicolon."""
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_source")]

    operations = [migrations.RunSQL(sql("0024_many_rows_at_once"), sql("0024_many_rows_at_once_undo"))]
