"""The audit log says on which page, or by which command, a change was made."""

from pathlib import Path

from django.db import migrations, models

FOLDER = Path(__file__).parent / "sql"


def sql(name: str) -> list[str]:
    """As a list: a plain string would be split at each semicolon."""
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_publication_profile")]

    operations = [
        migrations.AddField(
            model_name="deed",
            name="page",
            field=models.CharField(
                blank=True, db_default="", help_text="The page or command that made the change.", max_length=100
            ),
        ),
        migrations.RunSQL(sql("0021_page_of_a_change"), sql("0021_page_of_a_change_undo")),
    ]
