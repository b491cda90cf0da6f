-- Two rules that a CHECK alone cannot hold: no speaker leads on to itself, and a time zone is one that there is.

-- Merges are made one after the other, so that two at once cannot close a cycle which neither sees.
create function archive_lock_merges() returns void language sql set search_path = public as $$
  select pg_advisory_xact_lock(hashtextextended('articles_speaker.merged_into_id', 0)) $$;

-- After the row, so that rows of the same statement are seen; `union` ends in a cycle that is there already.
create function archive_refuse_cycle() returns trigger language plpgsql set search_path = public as $$
declare
  above bigint[];
begin
  perform archive_lock_merges();
  with recursive up (id) as (
    select new.merged_into_id
    union select s.merged_into_id from up join articles_speaker s on s.id = up.id where s.merged_into_id is not null)
  select array_agg(id order by id) into above from up;
  if current_setting('transaction_isolation') <> 'read committed' then
    -- An older snapshot may not show the last merge; to lock a row that was changed since is refused.
    perform from articles_speaker where id = any (above) order by id for share;
  end if;
  if new.id = any (above) then
    raise exception 'speakers % are merged into one another in a cycle', array_to_string(above, ', ')
      using errcode = 'check_violation', constraint = 'speaker_merged_without_cycle',
        hint = 'Merge them all into one of them, which is merged into nobody.';
  end if;
  return null;
end $$;
create trigger merged_without_cycle_added after insert on articles_speaker
  for each row when (new.merged_into_id is not null) execute function archive_refuse_cycle();
create trigger merged_without_cycle_changed after update on articles_speaker for each row
  when (new.merged_into_id is not null
    and (new.merged_into_id, new.id) is distinct from (old.merged_into_id, old.id))
  execute function archive_refuse_cycle();

create function archive_is_time_zone(name text) returns boolean language sql stable as $$
  select exists (select from pg_catalog.pg_timezone_names z where z.name = $1) $$;

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

-- The history, the audit log and raw documents are never emptied. A trigger on each row does not see TRUNCATE.
create function archive_never_emptied() returns trigger language plpgsql as $$
begin
  raise exception '% is never emptied', tg_table_name;
end $$;
do $$ declare tracked text; begin
  for tracked in select tablename from pg_tables where schemaname = 'public'
    and (tablename like 'articles\_%event' or tablename in 
      ('articles_deed', 'articles_rawdocument', 'articles_sampledquote', 'articles_judgement')) loop
    execute format('create trigger never_emptied before truncate on public.%I
      for each statement execute function public.archive_never_emptied()', tracked);
  end loop;
end $$;
