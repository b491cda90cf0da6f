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
