-- Archives made before the migrations were squashed have a slower archive_key_quotes, which switches sequential scans
-- off in its body and not in its head, and archive_past_since, which nothing calls.

do $upgrade$ begin
  if (select proconfig::text not like '%enable_seqscan%' from pg_proc
      where proname = 'archive_key_quotes' and pronamespace = 'public'::regnamespace) then
    execute $function$
create or replace function archive_key_quotes(quotes bigint[]) returns void
language plpgsql set search_path = public set enable_seqscan = off as $$
begin
  delete from quote_key k where k.quote_id = any(quotes);
  insert into quote_key (quote_id, speaker_id, begins, ends) select * from archive_keys_of(quotes);
  insert into credit_conflict (key, one_id, other_id)
  with pair as materialized (
    select f.key, f.quote_id as mine, f.speaker_id as one, o.quote_id as theirs, o.speaker_id as other
    from (select k.*, k.begins as key, true as first from quote_key k where k.quote_id = any(quotes)
          union all
          select k.*, k.ends, false from quote_key k where k.quote_id = any(quotes)) f
    -- Fifty are enough to find who else is credited; of a common phrase there may be thousands.
    cross join lateral (
      (select k.quote_id, k.speaker_id from quote_key k
       where f.first and k.begins = f.key and k.speaker_id <> f.speaker_id limit 50)
      union all
      -- What begins alike is noted by its beginning alone.
      (select k.quote_id, k.speaker_id from quote_key k
       where not f.first and k.ends = f.key and k.begins <> f.begins and k.speaker_id <> f.speaker_id limit 50)) o)
  select distinct key, least(one, other), greatest(one, other) from pair
  where archive_mostly_same(
    (select text from articles_quote where id = mine), (select text from articles_quote where id = theirs))
  order by 1, 2, 3
  on conflict do nothing;
end $$;
$function$;
  end if;
  drop function if exists archive_past_since();
end $upgrade$;
