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

-- The words of all public quotes and how often each stands in them, to compare one speaker's words with; counted
-- anew from time to time. A word that stands in a single quote is left out, the empty word is all of them.
create table quote_word (
  word text primary key, quotes integer not null, uses bigint not null, counted_at timestamptz not null default now());

create function archive_count_quote_words() returns void language sql set search_path = public as $$
  -- One at a time; readers go on with the former count until the new one is whole.
  select pg_advisory_xact_lock(hashtext('archive_count_quote_words'));
  delete from quote_word;
  with counted as materialized (
    select substr(word, 2) as word, ndoc, nentry
    from ts_stat('select vector from quote_document where visible_from <= now()') where word like '=%')
  insert into quote_word (word, quotes, uses)
  select word, ndoc, nentry from counted where ndoc > 1
  union all
  select '', (select count(*) from quote_document where visible_from <= now()), coalesce(sum(nentry), 0) from counted;
$$;
