"""Count the words of quotes, find names nearly as written, and keep the address of a page from speakers."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "quote_words.sql").read_text(encoding="utf-8")

UNDO = """
drop index speaker_name_nearly, alias_name_nearly;
drop function archive_count_quote_words();
drop table quote_word;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_texts_alike")]

    operations = [
        migrations.RunSQL([SQL], [UNDO]),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", ("compare",)), _negated=True),
                name="speaker_slug_is_no_page",
                violation_error_message="This word in an address leads to a page of the archive.",
            ),
        ),
    ]
