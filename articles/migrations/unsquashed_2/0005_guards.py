"""Which speakers readers may know of, no words of articles under embargo, and no TRUNCATE of the record."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent / "sql"
SQL = (FOLDER / "0005_guards.sql").read_text(encoding="utf-8")
# Triggers go with their function.
UNDO = """
drop function public.archive_is_public_speaker(bigint);
drop function public.archive_never_emptied() cascade;
create or replace function public.archive_count_words() returns void language sql set search_path = public as $$
  select pg_advisory_xact_lock(hashtext('archive_count_words'));
  delete from search_word;
  insert into search_word (word, documents)
  select left(substr(word, 2), 255), max(ndoc)
  from ts_stat('select vector from search_document')
  where word like '=%' and ndoc > 1 and length(word) > 4 group by 1;
  insert into search_word (word, documents) select '', count(*) from search_document;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_checks")]

    operations = [migrations.RunSQL([SQL], [UNDO])]
