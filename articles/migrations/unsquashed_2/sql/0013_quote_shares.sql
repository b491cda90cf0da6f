-- Counts of quotes by publication, year and who checked them, and of those without a speaker: with these, the page of
-- accuracy reads a few hundred sums and not every quote.

create or replace function archive_quote_kept_as(publication bigint, speaker bigint, published_on date, checked text)
returns table (kind text, thing_id bigint, period date, quotes_state text)
language sql immutable parallel safe as $$
  select 'speaker', speaker, null::date, ''
  union all
  select 'quote', publication, date_trunc('year', published_on)::date, checked
  union all
  select 'unnamed', publication, date_trunc('year', published_on)::date, checked where speaker is null $$;

create or replace function archive_quotes_held() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    insert into holding (kind, thing_id, period, quotes_state, embargo, number)
    select k.kind, k.thing_id, k.period, k.quotes_state, e.embargo, count(*)
    from added d cross join lateral archive_quote_kept_as(d.publication_id, d.speaker_id, d.published_on, d.checked) k
    cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
    group by 1, 2, 3, 4, 5;
  elsif tg_op = 'DELETE' then
    insert into holding (kind, thing_id, period, quotes_state, embargo, number)
    select k.kind, k.thing_id, k.period, k.quotes_state, e.embargo, -count(*)
    from gone d cross join lateral archive_quote_kept_as(d.publication_id, d.speaker_id, d.published_on, d.checked) k
    cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
    group by 1, 2, 3, 4, 5;
  else
    insert into holding (kind, thing_id, period, quotes_state, embargo, number)
    select k.kind, k.thing_id, k.period, k.quotes_state, e.embargo, sum(n)
    from (
      select 1 as n, publication_id, speaker_id, published_on, checked, visible_from from added
      union all
      select -1, publication_id, speaker_id, published_on, checked, visible_from from gone) d
    cross join lateral archive_quote_kept_as(d.publication_id, d.speaker_id, d.published_on, d.checked) k
    cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
    group by 1, 2, 3, 4, 5 having sum(n) <> 0;
  end if;
  return null;
end $$;

create or replace function archive_holdings() returns table (
  kind text, thing_id bigint, period date, whole_year boolean, quotes_state text, embargo timestamptz, number bigint)
language sql stable set search_path = public as $$
  select k.kind, k.thing_id, k.period, k.whole_year, d.quotes_state, e.embargo, count(*)
  from search_document d
  cross join lateral archive_kept_as(d.publication_id, d.section_id, d.topic_ids, d.published_on, d.published_until) k
  cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
  group by 1, 2, 3, 4, 5, 6
  union all
  select k.kind, k.thing_id, k.period, false, k.quotes_state, e.embargo, count(*)
  from quote_document d
  cross join lateral archive_quote_kept_as(d.publication_id, d.speaker_id, d.published_on, d.checked) k
  cross join lateral (select case when d.visible_from > clock_timestamp() then d.visible_from end as embargo) e
  group by 1, 2, 3, 5, 6 $$;

-- Of an archive that has quotes already, or had these counts before.
lock table quote_document in share mode;
delete from holding where kind in ('quote', 'unnamed');
insert into holding (kind, thing_id, period, whole_year, quotes_state, embargo, number)
select * from archive_holdings() where kind in ('quote', 'unnamed');
