"""An article is known again by its text together with its headline, no longer by its text alone."""

from pathlib import Path

import django.db.models.functions.text
from django.db import migrations, models

FOLDER = Path(__file__).parent / "sql"


def statements(name: str) -> list[str]:
    """One by one, as several in one string would be a transaction."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]


class Migration(migrations.Migration):
    # An index is built concurrently outside a transaction alone.
    atomic = False

    dependencies = [("articles", "0006_uploads")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    statements("0007_same_text_and_headline"), statements("0007_same_text_and_headline_undo")
                )
            ],
            state_operations=[
                migrations.RemoveConstraint(model_name="article", name="article_same_text_same_day"),
                migrations.AddConstraint(
                    model_name="article",
                    constraint=models.UniqueConstraint(
                        "publication",
                        "body_hash",
                        "published_on",
                        django.db.models.functions.text.MD5("headline"),
                        condition=models.Q(
                            ("status__in", ["usable", "withheld"]), ("version_of__isnull", True)
                        ),
                        name="article_same_text_and_headline",
                        nulls_distinct=False,
                        violation_error_message=(
                            "An article with this text and headline, of this newspaper and day, is already here."
                        ),
                    ),
                ),
            ],
        )
    ]
