"""Let the figures of a speaker, the index of names and the front page be read without a look at every quote."""

from pathlib import Path

from django.db import migrations, models

FOLDER = Path(__file__).parent / "sql"
SQL = (FOLDER / "channels.sql").read_text(encoding="utf-8")
PAST = (FOLDER / "past.sql").read_text(encoding="utf-8")
# The function as it was, which knew nothing of the column.
FORMER = PAST[PAST.index("create function archive_keep_past") : PAST.index("create trigger past_kept ")]
UNDO = f"""
drop trigger channel_kept on quote_document;
drop trigger channels_changed on articles_quote;
drop function archive_channel_kept(), archive_channels_changed();
{FORMER.replace("create function", "create or replace function", 1)}
"""
# In the order of an index of names, and all that an index looks at: folding thousands of names takes a second.
FILED = "archive_fold(CASE WHEN sort_name = '' THEN name ELSE sort_name END)"
NAMES = f"""
create index speaker_filed on articles_speaker (left({FILED}, 1), {FILED}, id) include (name, sort_name, merged_into_id);
"""
CHANNEL = models.CharField(max_length=7, db_default="unknown")


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_same_words_credited")]

    operations = [
        migrations.AddField("quotedocument", "channel", CHANNEL),
        migrations.AddField("pastquotedocument", "channel", CHANNEL),
        migrations.RunSQL([SQL], [UNDO]),
        migrations.RemoveIndex("quotedocument", "quote_document_speaker"),
        migrations.AddIndex(
            "quotedocument",
            models.Index(
                fields=["speaker_id", "published_on", "quote"],
                include=["visible_from", "article", "publication_id", "kind", "channel", "year"],
                name="quote_document_speaker",
            ),
        ),
        migrations.AddIndex(
            "quote",
            models.Index(
                condition=models.Q(("decided_by__isnull", False), ("status", "accepted")),
                fields=["-decided_at", "-id"],
                name="quote_newest_read",
            ),
        ),
        migrations.RunSQL([NAMES], ["drop index speaker_filed"]),
    ]
