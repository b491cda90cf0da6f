-- The words of documents are in the segments of the search index. A document keeps what SQL filters and counts by:
-- statement triggers write it whenever the record changes.

-- Triggers go with their functions.
do $$ declare gone record; begin
  for gone in select oid::regprocedure::text as name from pg_proc
    where pronamespace = 'public'::regnamespace and proname = any (array[
      'archive_lexemes', 'archive_frame', 'archive_article_vector', 'archive_documents', 'archive_rebuild',
      'archive_exchange', 'archive_refilter', 'archive_quote_frame', 'archive_quote_documents',
      'archive_rebuild_quotes', 'archive_refilter_quotes', 'archive_articles_added', 'archive_articles_changed',
      'archive_articles_gone', 'archive_images_changed', 'archive_filters_changed', 'archive_quotes_changed',
      'archive_kinds', 'archive_keep_kinds', 'archive_kinds_changed', 'archive_kinds_kept', 'archive_channel_kept',
      'archive_channels_changed', 'archive_keep_past', 'archive_captions_before', 'archive_former_documents',
      'archive_former_quote_documents', 'archive_vector', 'archive_part', 'archive_stem', 'archive_stemmer',
      'archive_block_size', 'archive_bits', 'archive_family', 'archive_marks', 'archive_postings', 'archive_post',
      'archive_choose_terms', 'archive_unpost', 'archive_nothing_is_posted', 'archive_count_words',
      'archive_count_quote_words', 'archive_fold_version'])
  loop
    execute 'drop function if exists ' || gone.name || ' cascade';
  end loop;
  for gone in select oid::regdictionary::text as name from pg_ts_dict
    where dictnamespace = 'public'::regnamespace and dictname like 'archive\_%' loop
    execute 'drop text search dictionary ' || gone.name;
  end loop;
end $$;
drop table posting, posted_term, unposted, posting_state;
drop index search_document_long, quote_document_long;
-- With their GIN indexes.
alter table search_document drop column vector, drop column lossy, drop column fold_version;
alter table quote_document drop column vector, drop column lossy, drop column fold_version;
alter table search_document_past drop column vector, drop column lossy, drop column fold_version;
alter table quote_document_past drop column vector, drop column lossy, drop column fold_version;

-- The documents of the usable ones of these articles, as their records say.
create function archive_documents(ids bigint[]) returns table (
  article_id bigint, speaker_ids bigint[], quotes_state text, kinds smallint,
  visible_from timestamptz, first_public_at timestamptz, published_on date, published_until date, year smallint,
  publication_id bigint, section_id bigint, topic_ids bigint[], author_ids bigint[], language text, copy_of bigint)
language sql stable set search_path = public as $$
  select a.id, q.speakers, a.quotes_state, q.kinds, a.visible_from, a.first_public_at, a.published_on,
    archive_period_end(a.published_on, a.published_precision), extract(year from a.published_on)::smallint,
    a.publication_id, a.section_id,
    array(select t.topic_id from articles_articletopic t where t.article_id = a.id order by 1),
    array(select w.speaker_id from articles_authorship w where w.article_id = a.id order by 1),
    a.language, a.copy_of_id
  from articles_article a
  cross join lateral (
    select coalesce(array_agg(distinct q.speaker_id) filter (where q.speaker_id is not null), '{}') as speakers,
      coalesce(bit_or(case q.kind when 'direct' then 1 when 'mixed' then 2 when 'question' then 4 else 8 end), 0)::smallint
        as kinds
    from articles_quote q where q.article_id = a.id and q.status = 'accepted' and q.standing <> 'withdrawn') q
  where a.id = any (ids) and a.status = 'usable' $$;

create function archive_rebuild(ids bigint[]) returns void language sql set search_path = public as $$
  delete from search_document d where d.article_id = any (ids)
    and not exists (select from articles_article a where a.id = d.article_id and a.status = 'usable');
  insert into search_document as d (article_id, speaker_ids, quotes_state, kinds, visible_from, first_public_at,
    published_on, published_until, year, publication_id, section_id, topic_ids, author_ids, language, copy_of)
  select * from archive_documents(ids)
  on conflict (article_id) do update set
    speaker_ids = excluded.speaker_ids, quotes_state = excluded.quotes_state, kinds = excluded.kinds,
    visible_from = excluded.visible_from, first_public_at = excluded.first_public_at,
    published_on = excluded.published_on, published_until = excluded.published_until, year = excluded.year,
    publication_id = excluded.publication_id, section_id = excluded.section_id, topic_ids = excluded.topic_ids,
    author_ids = excluded.author_ids, language = excluded.language, copy_of = excluded.copy_of
  where (d.speaker_ids, d.quotes_state, d.kinds, d.visible_from, d.first_public_at, d.published_on, d.published_until,
      d.year, d.publication_id, d.section_id, d.topic_ids, d.author_ids, d.language, d.copy_of)
    is distinct from (excluded.speaker_ids, excluded.quotes_state, excluded.kinds, excluded.visible_from,
      excluded.first_public_at, excluded.published_on, excluded.published_until, excluded.year,
      excluded.publication_id, excluded.section_id, excluded.topic_ids, excluded.author_ids, excluded.language,
      excluded.copy_of) $$;

-- The documents of these quotes, and of the quotes of these articles, that readers may see once their article's
-- embargo is over.
create function archive_quote_documents(quotes bigint[], articles bigint[]) returns table (
  quote_id bigint, article_id bigint, speaker_id bigint, kind text, channel text, standing text, checked text,
  visible_from timestamptz, first_public_at timestamptz, published_on date, published_until date, year smallint,
  publication_id bigint, section_id bigint, topic_ids bigint[], author_ids bigint[], language text, copy_of bigint)
language sql stable set search_path = public as $$
  with chosen as materialized (
    select * from articles_quote q where (q.id = any (quotes) or q.article_id = any (articles))
      and q.status = 'accepted' and q.standing <> 'withdrawn')
  select q.id, d.article_id, q.speaker_id, q.kind, q.channel, q.standing,
    case when q.decided_by_id is null then 'rule' else 'person' end, d.visible_from, q.first_public_at,
    d.published_on, d.published_until, d.year, d.publication_id, d.section_id, d.topic_ids, d.author_ids, d.language,
    d.copy_of
  from chosen q join archive_documents(array(select distinct article_id from chosen)) d using (article_id) $$;

create function archive_rebuild_quotes(quotes bigint[], articles bigint[]) returns void
language sql set search_path = public as $$
  delete from quote_document d where (d.quote_id = any (quotes) or d.article_id = any (articles))
    and not exists (select from articles_quote q join articles_article a on a.id = q.article_id
      where q.id = d.quote_id and q.status = 'accepted' and q.standing <> 'withdrawn' and a.status = 'usable');
  insert into quote_document as d (quote_id, article_id, speaker_id, kind, channel, standing, checked, visible_from,
    first_public_at, published_on, published_until, year, publication_id, section_id, topic_ids, author_ids, language,
    copy_of)
  select * from archive_quote_documents(quotes, articles)
  on conflict (quote_id) do update set
    article_id = excluded.article_id, speaker_id = excluded.speaker_id, kind = excluded.kind,
    channel = excluded.channel, standing = excluded.standing, checked = excluded.checked,
    visible_from = excluded.visible_from, first_public_at = excluded.first_public_at,
    published_on = excluded.published_on, published_until = excluded.published_until, year = excluded.year,
    publication_id = excluded.publication_id, section_id = excluded.section_id, topic_ids = excluded.topic_ids,
    author_ids = excluded.author_ids, language = excluded.language, copy_of = excluded.copy_of
  where (d.article_id, d.speaker_id, d.kind, d.channel, d.standing, d.checked, d.visible_from, d.first_public_at,
      d.published_on, d.published_until, d.year, d.publication_id, d.section_id, d.topic_ids, d.author_ids, d.language,
      d.copy_of)
    is distinct from (excluded.article_id, excluded.speaker_id, excluded.kind, excluded.channel, excluded.standing,
      excluded.checked, excluded.visible_from, excluded.first_public_at, excluded.published_on,
      excluded.published_until, excluded.year, excluded.publication_id, excluded.section_id, excluded.topic_ids,
      excluded.author_ids, excluded.language, excluded.copy_of) $$;

-- Triggers: of the record on its documents ------------------------------------------------------------

create function archive_articles_added() returns trigger language plpgsql set search_path = public as $$
begin
  perform archive_rebuild(array(select id from added where status = 'usable'));
  return null;
end $$;

-- Another text changes no column of its document: the former document ends here all the same.
create function archive_articles_changed() returns trigger language plpgsql set search_path = public as $$
declare
  ids bigint[] := array(select n.id from added n join gone o using (id)
    where (n.status = 'usable' or o.status = 'usable') and n is distinct from o);
begin
  -- An article that becomes public makes its accepted quotes public with it.
  update articles_quote q set first_public_at = greatest(now(), n.visible_from)
  from added n join gone o using (id)
  where q.article_id = n.id and (n.status, n.visible_from) is distinct from (o.status, o.visible_from)
    and n.status = 'usable' and q.status = 'accepted' and q.standing <> 'withdrawn'
    and (q.first_public_at is null or q.first_public_at > now());
  -- One that is taken back before its embargo was over has not been public, and neither have they.
  update articles_quote q set first_public_at = null
  from added n join gone o using (id)
  where q.article_id = n.id and n.status <> 'usable' and o.status = 'usable' and q.first_public_at > now();
  if cardinality(ids) > 0 then
    perform archive_rebuild(ids);
    perform archive_rebuild_quotes('{}', ids);
    update search_document d set written_at = now()
    from added n join gone o using (id)
    where d.article_id = n.id and d.written_at <> now() and (n.headline, n.standfirst, n.body, n.byline, n.kicker)
      is distinct from (o.headline, o.standfirst, o.body, o.byline, o.kicker);
  end if;
  return null;
end $$;

create function archive_articles_gone() returns trigger language plpgsql set search_path = public as $$
begin
  delete from search_document where article_id in (select id from gone);
  delete from quote_document where article_id in (select id from gone);
  return null;
end $$;

create trigger documents_added after insert on articles_article
  referencing new table as added for each statement execute function archive_articles_added();
create trigger documents_changed after update on articles_article
  referencing new table as added old table as gone for each statement execute function archive_articles_changed();
create trigger documents_gone after delete on articles_article
  referencing old table as gone for each statement execute function archive_articles_gone();

create function archive_images_changed() returns trigger language plpgsql set search_path = public as $$
declare
  ids bigint[];
begin
  if tg_op = 'INSERT' then ids := array(select distinct article_id from added where caption <> '');
  elsif tg_op = 'DELETE' then ids := array(select distinct article_id from gone where caption <> '');
  else ids := array(
    select article_id from (
      (select id, article_id, caption, position from added except select id, article_id, caption, position from gone)
      union all
      (select id, article_id, caption, position from gone except select id, article_id, caption, position from added)
    ) as changed group by 1);
  end if;
  update search_document set written_at = now() where article_id = any (ids) and written_at <> now();
  return null;
end $$;

create trigger documents_added after insert on articles_image
  referencing new table as added for each statement execute function archive_images_changed();
create trigger documents_changed after update on articles_image
  referencing new table as added old table as gone for each statement execute function archive_images_changed();
create trigger documents_gone after delete on articles_image
  referencing old table as gone for each statement execute function archive_images_changed();

create function archive_filters_changed() returns trigger language plpgsql set search_path = public as $$
declare
  ids bigint[];
begin
  if tg_op = 'INSERT' then ids := array(select distinct article_id from added);
  elsif tg_op = 'DELETE' then ids := array(select distinct article_id from gone);
  else ids := array(select article_id from added union select article_id from gone);
  end if;
  perform archive_rebuild(ids);
  perform archive_rebuild_quotes('{}', ids);
  return null;
end $$;

create trigger documents_added after insert on articles_articletopic
  referencing new table as added for each statement execute function archive_filters_changed();
create trigger documents_changed after update on articles_articletopic
  referencing new table as added old table as gone for each statement execute function archive_filters_changed();
create trigger documents_gone after delete on articles_articletopic
  referencing old table as gone for each statement execute function archive_filters_changed();
create trigger documents_added after insert on articles_authorship
  referencing new table as added for each statement execute function archive_filters_changed();
create trigger documents_changed after update on articles_authorship
  referencing new table as added old table as gone for each statement execute function archive_filters_changed();
create trigger documents_gone after delete on articles_authorship
  referencing old table as gone for each statement execute function archive_filters_changed();

create function archive_quotes_changed() returns trigger language plpgsql set search_path = public as $$
declare
  quotes bigint[];
  articles bigint[];
begin
  if tg_op = 'INSERT' then
    quotes := array(select id from added where status = 'accepted');
    articles := array(select distinct article_id from added where status = 'accepted');
  elsif tg_op = 'DELETE' then
    quotes := array(select id from gone where status = 'accepted');
    articles := array(select distinct article_id from gone where status = 'accepted');
  else
    quotes := array(
      select n.id from added n join gone o using (id)
      where (n.article_id, n.speaker_id, n.kind, n.channel, n.status, n.standing, n.decided_by_id, n.first_public_at)
        is distinct from
        (o.article_id, o.speaker_id, o.kind, o.channel, o.status, o.standing, o.decided_by_id, o.first_public_at));
    articles := array(select article_id from added where id = any (quotes)
                      union select article_id from gone where id = any (quotes));
  end if;
  if cardinality(quotes) > 0 then
    perform archive_rebuild_quotes(quotes, '{}');
    perform archive_rebuild(articles);
  end if;
  if tg_op = 'UPDATE' then
    update quote_document d set written_at = now()
    from added n join gone o using (id) where d.quote_id = n.id and d.written_at <> now() and n.text <> o.text;
  end if;
  return null;
end $$;

create trigger documents_added after insert on articles_quote
  referencing new table as added for each statement execute function archive_quotes_changed();
create trigger documents_changed after update on articles_quote
  referencing new table as added old table as gone for each statement execute function archive_quotes_changed();
create trigger documents_gone after delete on articles_quote
  referencing old table as gone for each statement execute function archive_quotes_changed();

-- Notes for the index --------------------------------------------------------------------------

-- Which quotes are public, and their words, are text; who said them is not.
create function archive_note_quotes() returns trigger language plpgsql set search_path = public as $$
begin
  insert into search_note (article_id, text)
  select changed.article_id, bool_or(changed.text) from (
    select n.article_id, (n.article_id, n.text, n.status, n.standing = 'withdrawn')
      is distinct from (o.article_id, o.text, o.status, o.standing = 'withdrawn') as text
    from added n join gone o using (id) where n is distinct from o
    union all
    select o.article_id, true from added n join gone o using (id) where n.article_id <> o.article_id) changed
  group by 1;
  return null;
end $$;

drop trigger noted_changed on articles_quote;
create trigger noted_changed after update on articles_quote
  referencing new table as added old table as gone for each statement execute function archive_note_quotes();

-- The past ---------------------------------------------------------------------------------------

-- Kept is what was there from one transaction to another; what came and went within one was never public.
create function archive_keep_past() returns trigger language plpgsql set search_path = public as $$
declare
  moment timestamptz := greatest(now(), old.since);
begin
  if tg_op = 'UPDATE' then
    new.since := moment;
    new.written_at := now();
  end if;
  if moment > old.since then
    if tg_table_name = 'search_document' then
      insert into search_document_past (article_id, speaker_ids, quotes_state, kinds, visible_from, first_public_at,
        published_on, published_until, year, publication_id, section_id, topic_ids, author_ids, language, copy_of,
        since, until)
      values (old.article_id, old.speaker_ids, old.quotes_state, old.kinds, old.visible_from, old.first_public_at,
        old.published_on, old.published_until, old.year, old.publication_id, old.section_id, old.topic_ids,
        old.author_ids, old.language, old.copy_of, old.since, moment);
    else
      insert into quote_document_past (quote_id, article_id, speaker_id, kind, channel, standing, checked,
        visible_from, first_public_at, published_on, published_until, year, publication_id, section_id, topic_ids,
        author_ids, language, copy_of, since, until)
      values (old.quote_id, old.article_id, old.speaker_id, old.kind, old.channel, old.standing, old.checked,
        old.visible_from, old.first_public_at, old.published_on, old.published_until, old.year, old.publication_id,
        old.section_id, old.topic_ids, old.author_ids, old.language, old.copy_of, old.since, moment);
    end if;
  end if;
  return case tg_op when 'UPDATE' then new else old end;
end $$;

create trigger past_kept before update on search_document for each row
  when (old.written_at <> now() and old.* is distinct from new.*) execute function archive_keep_past();
create trigger past_kept_of_gone before delete on search_document for each row
  when (old.written_at <> now()) execute function archive_keep_past();
create trigger past_kept before update on quote_document for each row
  when (old.written_at <> now() and old.* is distinct from new.*) execute function archive_keep_past();
create trigger past_kept_of_gone before delete on quote_document for each row
  when (old.written_at <> now()) execute function archive_keep_past();

-- Of an archive that has articles already: they are read from their records until `reindex` has run.
insert into search_note (article_id, text)
select id, true from articles_article where not exists (select from search_segment);
