"""Make former documents anew from the history, so that a search of the past outlives a change of the fold."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "former.sql").read_text(encoding="utf-8")
UNDO = "drop function archive_former_documents, archive_former_quote_documents, archive_captions_before"


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0021_withheld_why'),
    ]

    operations = [
        migrations.RunSQL(SQL, UNDO),
    ]
