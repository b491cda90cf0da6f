-- Names readers may know, words that are suggested, and tables that cannot be emptied.

-- Whether anything public names a speaker, or one merged into them: a quote, a wrong credit, an article, a turn.
create function archive_is_public_speaker(speaker bigint) returns boolean
language sql stable set search_path = public as $$
  with recursive family (id) as (
    select speaker union select s.id from articles_speaker s join family f on s.merged_into_id = f.id)
  select exists (select from family f where
    exists (select from quote_document d where d.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_authorship w join search_document d using (article_id)
      where w.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_turn t join search_document d using (article_id)
      where t.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_quote q join quote_document d on d.quote_id = q.id
      where q.credited_to_id = f.id and d.visible_from <= statement_timestamp()))
$$;

-- Words of articles under embargo are not suggested.
create or replace function archive_count_words() returns void language sql set search_path = public as $$
  -- One at a time; readers go on with the former count until the new one is whole.
  select pg_advisory_xact_lock(hashtext('archive_count_words'));
  delete from search_word;
  insert into search_word (word, documents)
  select left(substr(word, 2), 255), max(ndoc)
  from ts_stat('select vector from search_document where visible_from <= clock_timestamp()')
  where word like '=%' and ndoc > 1 and length(word) > 4 group by 1;
  -- The empty word stands in all of them.
  insert into search_word (word, documents) select '', count(*) from search_document;
$$;

-- The history, the log of deeds and raw documents are never emptied. A trigger on each row does not see TRUNCATE.
create function archive_never_emptied() returns trigger language plpgsql as $$
begin
  raise exception '% is never emptied', tg_table_name;
end $$;
do $$ declare tracked text; begin
  for tracked in select tablename from pg_tables where schemaname = 'public'
    and (tablename like 'articles\_%event' or tablename in ('articles_deed', 'articles_rawdocument')) loop
    execute format('create trigger never_emptied before truncate on public.%I
      for each statement execute function public.archive_never_emptied()', tracked);
  end loop;
end $$;
