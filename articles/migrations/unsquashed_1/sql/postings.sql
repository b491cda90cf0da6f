-- Postings: for each frequent term one bit a document, in blocks of ids, so that what is found, and how it falls into
-- publications, years and the like, is counted without a look at any document.
--
-- A posting speaks of documents as they stood when it was written. What has been written since stands in `unposted`,
-- by the same transaction, and is looked at itself: a search takes the postings of all others and the documents of
-- these. So postings are never wrong, however late they are written anew.

-- Bits of one block. Two rows of that size fill a page of the database.
create function archive_block_size() returns int language sql immutable parallel safe as $$ select 30720 $$;

-- All terms that have postings: the words that were frequent when they were last chosen, and of the '#' lexemes of ids
-- and the '!' marks of a document every one. `number` is never less than how many documents hold it.
create table posted_term (
  term text primary key,
  family text not null,
  number bigint not null default 0
);
create index posted_term_family on posted_term (family, number desc);

create table posting (
  term text not null,
  block int not null,
  bits bit(30720) not null,
  primary key (term, block)
);
-- In their row, compressed where few bits are set: apart from it each would cost three more look-ups.
alter table posting alter column bits set storage main;
alter table posting set (toast_tuple_target = 8160, fillfactor = 100);
create index posting_block on posting (block);

create table unposted (
  id bigint generated always as identity primary key,
  article_id bigint not null
);

-- When postings were last written, and how many documents there were when their words were chosen.
create table posting_state (
  posted_at timestamptz not null,
  chosen_of bigint not null
);
insert into posting_state values ('-infinity', 0);

create function archive_bits(places int[]) returns bit varying language plpgsql immutable strict parallel safe as $$
declare
  zeroes constant bit varying := 0::bit(30720);
  place int;
  first constant int := (select min(p) from unnest(places) p);
  after constant int := (select max(p) + 1 from unnest(places) p);
  -- Each step copies the bits: of what comes in together they are few, and side by side.
  bits bit varying := substring(zeroes from 1 for after - first);
begin
  foreach place in array places loop bits := set_bit(bits, place - first, 1); end loop;
  return substring(zeroes from 1 for first) || bits || substring(zeroes from 1 for 30720 - after);
end $$;

create function archive_family(term text) returns text language sql immutable parallel safe as $$
  select case when left(term, 1) in ('#', '!') then left(term, 2) else '' end $$;

-- What a document is counted by beside its lexemes: that it is there, was read by a person, its language as written,
-- and its kinds of quotes.
create function archive_marks(kinds smallint, quotes_state text, language text) returns text[]
language sql immutable parallel safe as $$
  select array_remove(array['!d', case quotes_state when 'read' then '!r' end, '!l' || nullif(language, ''),
    case when kinds & 1 > 0 then '!k1' end, case when kinds & 2 > 0 then '!k2' end,
    case when kinds & 4 > 0 then '!k4' end, case when kinds & 8 > 0 then '!k8' end], null) $$;

-- The postings of some documents as they stand.
create function archive_postings(ids bigint[]) returns table (term text, block int, bits bit varying, number bigint)
language sql stable set search_path = public as $$
  select t.term, (d.article_id / archive_block_size())::int,
    archive_bits(array_agg((d.article_id % archive_block_size())::int)), count(*)
  from search_document d
  cross join lateral unnest(tsvector_to_array(d.vector) || archive_marks(d.kinds, d.quotes_state, d.language)) as t (term)
  where d.article_id = any (ids)
    and (left(t.term, 1) in ('#', '!') or t.term in (select p.term from posted_term p))
  group by 1, 2 $$;

-- Write the postings of up to so many documents that have changed; how many there were. What readers may not see yet
-- waits until they may, so that every document that is posted is public. One at a time: the others have nothing to do.
create function archive_post(most int, moment timestamptz default clock_timestamp()) returns int
language plpgsql set search_path = public as $$
declare
  taken bigint[];
  ids bigint[];
begin
  if not pg_try_advisory_xact_lock(hashtext('archive_post')) then return 0; end if;
  select array_agg(w.id), array_agg(distinct w.article_id) into taken, ids from (
    select u.id, u.article_id from unposted u
    where not exists (
      select from search_document d where d.article_id = u.article_id and d.visible_from > moment)
    order by u.id limit most) as w;
  if taken is null then return 0; end if;
  -- Whatever is written while this runs stands in `unposted` under an id of its own, and stays there.
  update posting p set bits = p.bits & ~m.bits
  from (
    select (id / archive_block_size())::int as block,
      archive_bits(array_agg((id % archive_block_size())::int))::bit(30720) as bits
    from unnest(ids) id group by 1) as m
  where p.block = m.block and (p.bits & m.bits) <> 0::bit(30720)
    and exists (select from posting d where d.term = '!d' and d.block = m.block and (d.bits & m.bits) <> 0::bit(30720));
  with made as materialized (select * from archive_postings(ids)),
  counted as (
    insert into posted_term (term, family, number)
    select term, archive_family(term), sum(number) from made group by 1
    on conflict (term) do update set number = posted_term.number + excluded.number)
  insert into posting (term, block, bits) select term, block, bits::bit(30720) from made
  on conflict (term, block) do update set bits = posting.bits | excluded.bits;
  delete from unposted where id = any (taken);
  update posting_state set posted_at = greatest(posted_at, moment);
  return cardinality(ids);
end $$;

-- Choose the words that are frequent today, in one document of fifty of those looked at. All postings are then to be
-- written anew: until they are, searches do without.
create function archive_choose_terms() returns void language plpgsql set search_path = public as $$
declare
  documents bigint := (select count(*) from search_document);
  step bigint := greatest(1, documents / 5000);
begin
  perform pg_advisory_xact_lock(hashtext('archive_post'));
  delete from posting;
  delete from posted_term;
  insert into posted_term (term, family)
    select word, '' from ts_stat(format('select vector from search_document where article_id %% %s = 0', step))
    where left(word, 1) not in ('#', '!') and ndoc >= greatest(2, documents / step / 50);
  delete from unposted where exists (select from search_document d where d.article_id = unposted.article_id);
  insert into unposted (article_id) select article_id from search_document order by article_id;
  update posting_state set chosen_of = documents;
end $$;

-- A few documents at a time are posted as they come; a lot is left to whoever writes lots (see `archive_post`).
create function archive_unpost() returns trigger language plpgsql set search_path = public as $$
declare
  many bigint;
begin
  if tg_op = 'DELETE' then
    insert into unposted (article_id) select article_id from gone;
  else
    insert into unposted (article_id) select article_id from added;
  end if;
  get diagnostics many = row_count;
  if many < 20 and (select count(*) from (select from unposted limit 512) as u) = 512 then
    perform archive_post(2048);
  end if;
  return null;
end $$;

create function archive_nothing_is_posted() returns trigger language plpgsql set search_path = public as $$
begin
  delete from posting;
  delete from posted_term;
  delete from unposted;
  update posting_state set posted_at = '-infinity', chosen_of = 0;
  return null;
end $$;
create trigger unposted_all after truncate on search_document
  for each statement execute function archive_nothing_is_posted();

-- Named to fire after what else keeps documents.
create trigger unposted_added after insert on search_document
  referencing new table as added for each statement execute function archive_unpost();
create trigger unposted_changed after update on search_document
  referencing new table as added for each statement execute function archive_unpost();
create trigger unposted_gone after delete on search_document
  referencing old table as gone for each statement execute function archive_unpost();

insert into unposted (article_id) select article_id from search_document order by article_id;
