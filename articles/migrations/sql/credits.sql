-- By what the same words under different speakers are found without looking through the archive: of every accepted
-- quote with a speaker its first six folded words and its last six, as numbers. Whenever a quote comes to stand there
-- with other words or another speaker, those of the same key are looked up, and two who are credited are noted.

create function archive_words_key(words text[]) returns bigint language sql immutable parallel safe
as $$ select ('x' || substr(md5(array_to_string(words, ' ')), 1, 16))::bit(64)::bigint $$;

-- Whether six words in ten of the shorter stand in the other: who begins alike need not go on alike.
create function archive_mostly_same(one text, other text) returns boolean
language sql immutable parallel safe set search_path = public as $$
  with a as (select distinct w from unnest(string_to_array(archive_fold(one), ' ')) w),
       b as (select distinct w from unnest(string_to_array(archive_fold(other), ' ')) w)
  select (select count(*) from a join b using (w)) >= 0.6 * least((select count(*) from a), (select count(*) from b)) $$;

create function archive_keys_of(quotes bigint[])
returns table (quote_id bigint, speaker_id bigint, begins bigint, ends bigint)
language sql stable set search_path = public as $$
  select q.id, q.speaker_id, archive_words_key(w[1:6]), archive_words_key(w[greatest(1, cardinality(w) - 5):])
  from articles_quote q cross join lateral string_to_array(archive_fold(q.text), ' ') w
  where q.id = any(quotes) and q.status = 'accepted' and q.speaker_id is not null and cardinality(w) >= 4 $$;

-- The plans are kept by the session, and may be made while the archive is empty: then, too, keys are looked up in
-- their indexes, and texts compared of those alone that share one.
create function archive_key_quotes(quotes bigint[]) returns void
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

create function archive_quotes_keyed() returns trigger language plpgsql set search_path = public as $$
declare changed bigint[];
begin
  if tg_op = 'DELETE' then
    delete from quote_key k using gone where k.quote_id = gone.id;
    return null;
  elsif tg_op = 'INSERT' then
    select array_agg(id) into changed from added where status = 'accepted' and speaker_id is not null;
  else
    select array_agg(n.id) into changed from added n join gone o using (id)
    where (n.status = 'accepted' or o.status = 'accepted')
      and (n.status, n.speaker_id, n.text) is distinct from (o.status, o.speaker_id, o.text);
  end if;
  if changed is not null then
    perform archive_key_quotes(changed);
  end if;
  return null;
end $$;
