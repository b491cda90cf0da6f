"""Which kinds of quotes an article has, beside its other filters: counted without reading its quotes."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "kinds.sql").read_text(encoding="utf-8")

UNDO = """
drop trigger kinds_added on articles_quote;
drop trigger kinds_changed on articles_quote;
drop trigger kinds_gone on articles_quote;
drop trigger kinds_kept on search_document;
drop function archive_kinds(bigint), archive_keep_kinds(bigint[]), archive_kinds_changed(), archive_kinds_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_search")]

    operations = [
        migrations.AddField(
            "searchdocument",
            "kinds",
            models.SmallIntegerField(default=0, help_text="of its accepted quotes: 1 direct, 2 mixed, 4 question, 8 answer"),
        ),
        migrations.RunSQL([SQL], [UNDO]),
    ]
