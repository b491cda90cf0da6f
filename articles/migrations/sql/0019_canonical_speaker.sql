-- Each speaker has its canonical speaker: the one at the end of its merges, itself if it is not merged.
-- Only these triggers write the column, after every merge, unmerge and load.

create function archive_follow_merges(ids bigint[]) returns void language sql set search_path = public as $$
  with recursive family (id) as (
    select unnest(ids) union select s.id from articles_speaker s join family f on s.merged_into_id = f.id
  ), up (id, above) as (
    select id, id from family
    union select u.id, s.merged_into_id from up u join articles_speaker s on s.id = u.above
      where s.merged_into_id is not null)
  update articles_speaker s set canonical_speaker_id = u.above
  from up u join articles_speaker last on last.id = u.above and last.merged_into_id is null
  where s.id = u.id and s.canonical_speaker_id <> u.above $$;

create function archive_keep_canonical() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'UPDATE' then
    -- At depth 2 it is the update of `archive_follow_merges`.
    if pg_trigger_depth() = 1 then new.canonical_speaker_id := old.canonical_speaker_id; end if;
  else
    new.canonical_speaker_id := new.id;
    if new.merged_into_id is not null then
      new.canonical_speaker_id := coalesce(
        (select canonical_speaker_id from articles_speaker where id = new.merged_into_id), new.id);
    end if;
  end if;
  return new;
end $$;

create function archive_merges_changed() returns trigger language plpgsql set search_path = public as $$
declare
  changed bigint[];
begin
  if tg_op = 'UPDATE' then
    changed := array(
      select n.id from added n join gone o using (id) where n.merged_into_id is distinct from o.merged_into_id);
  else
    -- A dump may have a speaker after those that are merged into it.
    changed := array(select a.id from added a where a.merged_into_id is not null
      or exists (select from articles_speaker s where s.merged_into_id = a.id));
  end if;
  if cardinality(changed) > 0 then
    perform archive_lock_merges();
    perform archive_follow_merges(changed);
  end if;
  return null;
end $$;

-- Without triggers: nothing that an editor did changes here. Each row is written once: after a second time its foreign
-- key would have to be checked before the table can be altered.
alter table articles_speaker disable trigger user;
update articles_speaker set canonical_speaker_id = id where merged_into_id is null;
select archive_follow_merges(array(select id from articles_speaker where merged_into_id is not null));
alter table articles_speaker enable trigger user;

create trigger canonical_kept before insert or update of merged_into_id, canonical_speaker_id on articles_speaker
  for each row execute function archive_keep_canonical();
create trigger canonical_added after insert on articles_speaker
  referencing new table as added for each statement execute function archive_merges_changed();
create trigger canonical_changed after update on articles_speaker
  referencing new table as added old table as gone for each statement execute function archive_merges_changed();

-- Whether anything public names a speaker, or one merged into the same: a quote, a wrong credit, an article, a turn.
create or replace function archive_is_public_speaker(speaker bigint) returns boolean
language sql stable set search_path = public as $$
  select exists (select from articles_speaker s join articles_speaker f using (canonical_speaker_id)
    where s.id = speaker and (
    exists (select from quote_document d where d.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_authorship w join search_document d using (article_id)
      where w.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_turn t join search_document d using (article_id)
      where t.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_quote q join quote_document d on d.quote_id = q.id
      where q.credited_to_id = f.id and d.visible_from <= statement_timestamp())))
$$;
