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

-- Names half remembered.
create index speaker_name_nearly on articles_speaker using gin (public.archive_fold(name) gin_trgm_ops);
create index alias_name_nearly on articles_alias using gin (public.archive_fold(name) gin_trgm_ops);

-- Its address is that of a page.
update articles_speaker set slug = 'compare-speaker' where slug = 'compare';
