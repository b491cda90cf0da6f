"""Notes of changed articles for the search index."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0016_search_notes.sql").read_text(encoding="utf-8")
# Triggers go with their functions.
UNDO = "drop function archive_note_articles() cascade; drop function archive_note_parts() cascade;"


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_search_segments")]

    # As a list: a plain string would be split at each semicolon.
    operations = [migrations.RunSQL([SQL], UNDO)]
