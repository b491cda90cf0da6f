"""What searching needs beside the documents: indexes for names, languages and long texts, and a list of words."""

from django.db import migrations

INDEXES = """
create index search_document_language on search_document (language);
create index search_document_long on search_document (article_id) where lossy;
create index quote_document_long on quote_document (quote_id) where lossy;
create index speaker_folded_name on articles_speaker (public.archive_fold(name));
create index alias_folded_name on articles_alias (public.archive_fold(name));

-- The words of the archive and in how many articles each stands, for «did you mean»; counted anew from time to time.
create table search_word (word text primary key, documents integer not null);
create index search_word_nearly on search_word using gin (word gin_trgm_ops);

create function archive_count_words() returns void language sql set search_path = public as $$
  -- One at a time; readers go on with the former count until the new one is whole.
  select pg_advisory_xact_lock(hashtext('archive_count_words'));
  delete from search_word;
  insert into search_word (word, documents)
  select left(substr(word, 2), 255), max(ndoc)
  from ts_stat('select vector from search_document')
  where word like '=%' and ndoc > 1 and length(word) > 4 group by 1;
  -- The empty word stands in all of them.
  insert into search_word (word, documents) select '', count(*) from search_document;
$$;
"""

UNDO = """
drop index search_document_language, search_document_long, quote_document_long, speaker_folded_name, alias_folded_name;
drop function archive_count_words();
drop table search_word;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_lost_turns_and_batch_of_speakers")]

    operations = [migrations.RunSQL([INDEXES], [UNDO])]
