"""Write down for each frequent term which documents hold it, so that what is found is counted in bits."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "postings.sql").read_text(encoding="utf-8")

UNDO = """
drop trigger unposted_added on search_document;
drop trigger unposted_changed on search_document;
drop trigger unposted_gone on search_document;
drop trigger unposted_all on search_document;
drop function archive_unpost(), archive_nothing_is_posted(), archive_post(int, timestamptz), archive_choose_terms(), archive_postings(bigint[]);
drop table posting, posted_term, unposted, posting_state;
drop function archive_marks(smallint, text, text), archive_family(text), archive_bits(int[]), archive_block_size();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_speakers_told_apart")]

    operations = [migrations.RunSQL([SQL], [UNDO])]
