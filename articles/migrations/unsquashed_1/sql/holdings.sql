-- How many articles and quotes readers may see, of each publication, section, topic and speaker: every statement on
-- the documents adds rows with what it brought and took, so that no two writers ever wait for one another, and the
-- sum is exact at every moment. From time to time the rows of one kind are settled into one.

-- Articles of a publication stand by month, those of sections and topics by year, quotes of a speaker all together.
-- What is dated by the year alone stands in its January, marked. While an embargo lasts its end is part of the key;
-- what is taken away afterwards is taken from what everyone sees, and the sum is right again.
create function archive_articles_held() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    insert into holding (kind, thing_id, period, whole_year, quotes_state, embargo, number)
    select kind, thing_id, period, whole_year, quotes_state, embargo, count(*)
    from added d cross join lateral archive_kept_as(d.publication_id, d.section_id, d.topic_ids, d.published_on,
      d.published_until) k
    cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
    group by 1, 2, 3, 4, 5, 6;
  elsif tg_op = 'DELETE' then
    insert into holding (kind, thing_id, period, whole_year, quotes_state, embargo, number)
    select kind, thing_id, period, whole_year, quotes_state, embargo, -count(*)
    from gone d cross join lateral archive_kept_as(d.publication_id, d.section_id, d.topic_ids, d.published_on,
      d.published_until) k
    cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
    group by 1, 2, 3, 4, 5, 6;
  else
    insert into holding (kind, thing_id, period, whole_year, quotes_state, embargo, number)
    select kind, thing_id, period, whole_year, quotes_state, embargo, sum(n)
    from (
      select 1 as n, visible_from, publication_id, section_id, topic_ids, published_on, published_until, quotes_state
      from added
      union all
      select -1, visible_from, publication_id, section_id, topic_ids, published_on, published_until, quotes_state
      from gone) d
    cross join lateral archive_kept_as(d.publication_id, d.section_id, d.topic_ids, d.published_on,
      d.published_until) k
    cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
    group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0;
  end if;
  return null;
end $$;

create function archive_kept_as(publication bigint, section bigint, topics bigint[], published_on date,
                                published_until date)
returns table (kind text, thing_id bigint, period date, whole_year boolean)
language sql immutable parallel safe as $$
  select 'publication', publication, date_trunc('month', published_on)::date,
    coalesce(published_until - published_on > 31, false)
  union all
  select 'section', section, date_trunc('year', published_on)::date, false where section is not null
  union all
  select 'topic', topic, date_trunc('year', published_on)::date, false from unnest(topics) topic $$;

create function archive_quotes_held() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    insert into holding (kind, thing_id, embargo, number)
    select 'speaker', speaker_id, case when visible_from > clock_timestamp() then visible_from end as embargo, count(*)
    from added group by 2, 3;
  elsif tg_op = 'DELETE' then
    insert into holding (kind, thing_id, embargo, number)
    select 'speaker', speaker_id, case when visible_from > clock_timestamp() then visible_from end as embargo, -count(*)
    from gone group by 2, 3;
  else
    insert into holding (kind, thing_id, embargo, number)
    select 'speaker', speaker_id, case when visible_from > clock_timestamp() then visible_from end as embargo, sum(n)
    from (select 1 as n, speaker_id, visible_from from added
          union all select -1, speaker_id, visible_from from gone) d
    group by 2, 3 having sum(n) <> 0;
  end if;
  return null;
end $$;

create trigger held_added after insert on search_document
  referencing new table as added for each statement execute function archive_articles_held();
create trigger held_changed after update on search_document
  referencing new table as added old table as gone for each statement execute function archive_articles_held();
create trigger held_gone after delete on search_document
  referencing old table as gone for each statement execute function archive_articles_held();
create trigger held_added after insert on quote_document
  referencing new table as added for each statement execute function archive_quotes_held();
create trigger held_changed after update on quote_document
  referencing new table as added old table as gone for each statement execute function archive_quotes_held();
create trigger held_gone after delete on quote_document
  referencing old table as gone for each statement execute function archive_quotes_held();

-- What the documents say at this moment, embargoes that are over among what everyone sees.
create function archive_holdings() returns table (
  kind text, thing_id bigint, period date, whole_year boolean, quotes_state text, embargo timestamptz, number bigint)
language sql stable set search_path = public as $$
  select k.kind, k.thing_id, k.period, k.whole_year, d.quotes_state, e.embargo, count(*)
  from search_document d
  cross join lateral archive_kept_as(d.publication_id, d.section_id, d.topic_ids, d.published_on, d.published_until) k
  cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
  group by 1, 2, 3, 4, 5, 6
  union all
  select 'speaker', speaker_id, null, false, '', case when visible_from > clock_timestamp() then visible_from end,
    count(*)
  from quote_document group by 2, 6 $$;

-- Many rows into one of each key; whoever reads or writes meanwhile sees the sum as it was, and is.
create function archive_settle_holdings() returns void language sql set search_path = public as $$
  with gone as (delete from holding returning *)
  insert into holding (kind, thing_id, period, whole_year, quotes_state, embargo, number)
  select kind, thing_id, period, whole_year, quotes_state, case when embargo > clock_timestamp() then embargo end,
    sum(number)
  from gone group by 1, 2, 3, 4, 5, 6 having sum(number) <> 0 $$;

-- Anew from the documents, while nobody writes them.
create function archive_recount_holdings() returns void language plpgsql set search_path = public as $$
begin
  lock table search_document, quote_document in share mode;
  delete from holding;
  insert into holding (kind, thing_id, period, whole_year, quotes_state, embargo, number)
  select * from archive_holdings();
end $$;

select archive_recount_holdings();
