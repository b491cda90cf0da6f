-- The search documents and what keeps them: statement-level triggers on everything a row depends on.
-- Text is folded and stemmed again only when text changed; the rest exchange the '#' lexemes of ids.

alter table search_document set (toast_tuple_target = 128);
alter table search_document alter column vector set storage external;
alter table quote_document set (toast_tuple_target = 128);

create function archive_period_end(first_day date, precision_ text) returns date
language sql immutable parallel safe as $$
  select case precision_
    when 'year' then (first_day + interval '1 year' - interval '1 day')::date
    when 'month' then (first_day + interval '1 month' - interval '1 day')::date
    else first_day end $$;

-- The ids by which readers filter, as lexemes: #p publication, #s section, #t topic, #a author,
-- #k speaker, #y year, #l: language. One lexeme a value, so that a word and its filters are one look-up.
create function archive_lexemes(publication bigint, section bigint, topics bigint[], authors bigint[],
                                speakers bigint[], year int, language text) returns text[]
language sql immutable parallel safe as $$
  select array_remove(
      array['#p' || publication, '#s' || section, '#y' || year, '#l:' || nullif(lower(language), '')], null)
    || array(select '#t' || id from unnest(topics) id)
    || array(select '#a' || id from unnest(authors) id)
    || array(select '#k' || id from unnest(speakers) id) $$;

-- What a document carries beside its words, for some usable articles.
create function archive_frame(ids bigint[]) returns table (
  article_id bigint, visible_from timestamptz, first_public_at timestamptz, published_on date,
  published_until date, year int, publication_id bigint, section_id bigint, topic_ids bigint[],
  author_ids bigint[], speaker_ids bigint[], language text, copy_of bigint, quotes_state text)
language sql stable set search_path = public as $$
  select a.id, a.visible_from, a.first_public_at, a.published_on,
    archive_period_end(a.published_on, a.published_precision), extract(year from a.published_on)::int,
    a.publication_id, a.section_id,
    array(select t.topic_id from articles_articletopic t where t.article_id = a.id order by 1),
    array(select w.speaker_id from articles_authorship w where w.article_id = a.id order by 1),
    array(select distinct q.speaker_id from articles_quote q where q.article_id = a.id
          and q.status = 'accepted' and q.standing <> 'withdrawn' and q.speaker_id is not null order by 1),
    a.language, a.copy_of_id, a.quotes_state
  from articles_article a where a.id = any (ids) and a.status = 'usable' $$;

create function archive_article_vector(id_ bigint, out vector tsvector, out lossy boolean)
language sql stable set search_path = public as $$
  select v.vector, v.lossy
  from articles_article a
  cross join lateral (
    select coalesce(array_agg(caption order by position, id), '{}') as texts from articles_image where article_id = a.id
  ) c
  cross join lateral archive_vector(
    array[a.headline, a.standfirst, a.byline, a.kicker] || c.texts || a.body,
    array['A', 'B', 'D', 'D'] || array_fill('D'::text, array[cardinality(c.texts)]) || 'C'::text,
    array['h', '', 'b', 'k'] || array_fill('c'::text, array[cardinality(c.texts)]) || ''::text,
    a.language) v
  where a.id = id_ $$;

-- The documents of some usable articles, made anew from the record: what a rebuild writes, and what
-- check_archive compares with.
create function archive_documents(ids bigint[]) returns table (
  article_id bigint, speaker_ids bigint[], quotes_state text,
  visible_from timestamptz, first_public_at timestamptz, published_on date, published_until date, year smallint,
  publication_id bigint, section_id bigint, topic_ids bigint[], author_ids bigint[], language text, copy_of bigint,
  vector tsvector, lossy boolean, fold_version smallint)
language sql stable set search_path = public as $$
  select f.article_id, f.speaker_ids, f.quotes_state, f.visible_from, f.first_public_at, f.published_on,
    f.published_until, f.year::smallint, f.publication_id, f.section_id, f.topic_ids, f.author_ids, f.language,
    f.copy_of, v.vector || array_to_tsvector(archive_lexemes(
      f.publication_id, f.section_id, f.topic_ids, f.author_ids, f.speaker_ids, f.year, f.language)),
    v.lossy, archive_fold_version()
  from archive_frame(ids) f cross join lateral archive_article_vector(f.article_id) v $$;

create function archive_rebuild(ids bigint[]) returns void language sql set search_path = public as $$
  delete from search_document d where d.article_id = any (ids)
    and not exists (select from articles_article a where a.id = d.article_id and a.status = 'usable');
  insert into search_document (article_id, speaker_ids, quotes_state, visible_from, first_public_at, published_on,
    published_until, year, publication_id, section_id, topic_ids, author_ids, language, copy_of, vector, lossy,
    fold_version)
  select * from archive_documents(ids)
  on conflict (article_id) do update set
    visible_from = excluded.visible_from, first_public_at = excluded.first_public_at,
    published_on = excluded.published_on, published_until = excluded.published_until, year = excluded.year,
    publication_id = excluded.publication_id, section_id = excluded.section_id, topic_ids = excluded.topic_ids,
    author_ids = excluded.author_ids, speaker_ids = excluded.speaker_ids, language = excluded.language,
    copy_of = excluded.copy_of, quotes_state = excluded.quotes_state, vector = excluded.vector,
    lossy = excluded.lossy, fold_version = excluded.fold_version $$;

-- '#cut' is no filter: it stays with the words it speaks of.
create function archive_exchange(vector tsvector, lexemes text[]) returns tsvector
language sql immutable parallel safe as $$
  select ts_delete(vector, array(select l from unnest(tsvector_to_array(vector)) l where l like '#%' and l <> '#cut'))
    || array_to_tsvector(lexemes) $$;

create function archive_refilter(ids bigint[]) returns void language sql set search_path = public as $$
  update search_document d set
    visible_from = f.visible_from, first_public_at = f.first_public_at, published_on = f.published_on,
    published_until = f.published_until, year = f.year, publication_id = f.publication_id,
    section_id = f.section_id, topic_ids = f.topic_ids, author_ids = f.author_ids, speaker_ids = f.speaker_ids,
    copy_of = f.copy_of, quotes_state = f.quotes_state,
    vector = case when f.lexemes = archive_lexemes(d.publication_id, d.section_id, d.topic_ids, d.author_ids,
        d.speaker_ids, d.year, d.language) then d.vector else archive_exchange(d.vector, f.lexemes) end
  from (select *, archive_lexemes(publication_id, section_id, topic_ids, author_ids, speaker_ids, year, language)
          as lexemes from archive_frame(ids)) f
  where d.article_id = f.article_id
    and (d.visible_from, d.first_public_at, d.published_on, d.published_until, d.year, d.publication_id, d.section_id,
         d.topic_ids, d.author_ids, d.speaker_ids, d.copy_of, d.quotes_state)
      is distinct from (f.visible_from, f.first_public_at, f.published_on, f.published_until, f.year, f.publication_id,
         f.section_id, f.topic_ids, f.author_ids, f.speaker_ids, f.copy_of, f.quotes_state) $$;

-- The quotes that readers may see once their article's embargo is over.
create function archive_quote_frame(quotes bigint[], articles bigint[]) returns table (
  quote_id bigint, words text, article_id bigint, speaker_id bigint, kind text, standing text, checked text,
  first_public_at timestamptz)
language sql stable set search_path = public as $$
  select q.id, q.text, q.article_id, q.speaker_id, q.kind, q.standing,
    case when q.decided_by_id is null then 'rule' else 'person' end, q.first_public_at
  from articles_quote q join articles_article a on a.id = q.article_id
  where (q.id = any (quotes) or q.article_id = any (articles))
    and q.status = 'accepted' and q.standing <> 'withdrawn' and a.status = 'usable' $$;

create function archive_quote_documents(quotes bigint[], articles bigint[]) returns table (
  quote_id bigint, article_id bigint, speaker_id bigint, kind text, standing text, checked text,
  visible_from timestamptz, first_public_at timestamptz, published_on date, published_until date, year smallint,
  publication_id bigint, section_id bigint, topic_ids bigint[], author_ids bigint[], language text, copy_of bigint,
  vector tsvector, lossy boolean, fold_version smallint)
language sql stable set search_path = public as $$
  with frame as materialized (select * from archive_quote_frame(quotes, articles))
  select q.quote_id, q.article_id, q.speaker_id, q.kind, q.standing, q.checked, f.visible_from, q.first_public_at,
    f.published_on, f.published_until, f.year::smallint, f.publication_id, f.section_id, f.topic_ids, f.author_ids,
    f.language, f.copy_of, v.vector || array_to_tsvector(archive_lexemes(f.publication_id, f.section_id, f.topic_ids, f.author_ids,
      array_remove(array[q.speaker_id], null), f.year, f.language)),
    v.lossy, archive_fold_version()
  from frame q
  join archive_frame(array(select distinct article_id from frame)) f on f.article_id = q.article_id
  cross join lateral (select string_to_array(q.words, ' […] ') as texts) s
  cross join lateral archive_vector(s.texts, array_fill('C'::text, array[cardinality(s.texts)]),
    array_fill(''::text, array[cardinality(s.texts)]), f.language) v $$;

create function archive_rebuild_quotes(quotes bigint[], articles bigint[]) returns void
language sql set search_path = public as $$
  delete from quote_document d where (d.quote_id = any (quotes) or d.article_id = any (articles))
    and not exists (select from archive_quote_frame(array[d.quote_id], '{}'));
  insert into quote_document (quote_id, article_id, speaker_id, kind, standing, checked, visible_from,
    first_public_at, published_on, published_until, year, publication_id, section_id, topic_ids, author_ids,
    language, copy_of, vector, lossy, fold_version)
  select * from archive_quote_documents(quotes, articles)
  on conflict (quote_id) do update set
    article_id = excluded.article_id, speaker_id = excluded.speaker_id, kind = excluded.kind,
    standing = excluded.standing, checked = excluded.checked, visible_from = excluded.visible_from,
    first_public_at = excluded.first_public_at, published_on = excluded.published_on,
    published_until = excluded.published_until, year = excluded.year, publication_id = excluded.publication_id,
    section_id = excluded.section_id, topic_ids = excluded.topic_ids, author_ids = excluded.author_ids,
    language = excluded.language, copy_of = excluded.copy_of, vector = excluded.vector, lossy = excluded.lossy,
    fold_version = excluded.fold_version $$;

create function archive_refilter_quotes(articles bigint[]) returns void language sql set search_path = public as $$
  update quote_document d set
    visible_from = f.visible_from, first_public_at = q.first_public_at, published_on = f.published_on,
    published_until = f.published_until, year = f.year, publication_id = f.publication_id,
    section_id = f.section_id, topic_ids = f.topic_ids, author_ids = f.author_ids, copy_of = f.copy_of,
    vector = archive_exchange(d.vector, archive_lexemes(f.publication_id, f.section_id, f.topic_ids, f.author_ids,
      array_remove(array[d.speaker_id], null), f.year, f.language))
  from archive_frame(articles) f, articles_quote q
  where d.article_id = f.article_id and q.id = d.quote_id
    and (d.visible_from, d.first_public_at, d.published_on, d.published_until, d.year, d.publication_id, d.section_id,
         d.topic_ids, d.author_ids, d.copy_of)
      is distinct from (f.visible_from, q.first_public_at, f.published_on, f.published_until, f.year,
         f.publication_id, f.section_id, f.topic_ids, f.author_ids, f.copy_of) $$;

-- Triggers ---------------------------------------------------------------------------------------

create function archive_articles_added() returns trigger language plpgsql set search_path = public as $$
begin
  perform archive_rebuild(array(select id from added where status = 'usable'));
  return null;
end $$;

create function archive_articles_changed() returns trigger language plpgsql set search_path = public as $$
declare
  reread bigint[] := array(
    select n.id from added n join gone o using (id)
    where (n.status = 'usable' or o.status = 'usable')
      and (n.headline, n.standfirst, n.body, n.byline, n.kicker, n.language, n.status)
        is distinct from (o.headline, o.standfirst, o.body, o.byline, o.kicker, o.language, o.status));
  requote bigint[] := array(
    select n.id from added n join gone o using (id)
    where (n.language, n.status) is distinct from (o.language, o.status));
  reframed bigint[] := array(select id from added where status = 'usable');
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
  if cardinality(reread) > 0 then perform archive_rebuild(reread); end if;
  if cardinality(requote) > 0 then perform archive_rebuild_quotes('{}', requote); end if;
  if cardinality(reframed) > 0 then
    perform archive_refilter(reframed);
    perform archive_refilter_quotes(reframed);
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
begin
  if tg_op = 'INSERT' then
    perform archive_rebuild(array(select distinct article_id from added where caption <> ''));
  elsif tg_op = 'DELETE' then
    perform archive_rebuild(array(select distinct article_id from gone where caption <> ''));
  else
    perform archive_rebuild(array(
      select article_id from (
        (select id, article_id, caption, position from added except select id, article_id, caption, position from gone)
        union all
        (select id, article_id, caption, position from gone except select id, article_id, caption, position from added)
      ) as changed group by 1));
  end if;
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
  perform archive_refilter(ids);
  perform archive_refilter_quotes(ids);
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
      where (n.article_id, n.text, n.speaker_id, n.kind, n.status, n.standing, n.decided_by_id)
        is distinct from (o.article_id, o.text, o.speaker_id, o.kind, o.status, o.standing, o.decided_by_id));
    -- Alone it is a column: an article that becomes public sets it, and then makes these documents itself.
    update quote_document d set first_public_at = n.first_public_at from added n
    where d.quote_id = n.id and d.first_public_at is distinct from n.first_public_at and n.id <> all (quotes);
    articles := array(select article_id from added where id = any (quotes)
                      union select article_id from gone where id = any (quotes));
  end if;
  if cardinality(quotes) > 0 then
    perform archive_rebuild_quotes(quotes, '{}');
    perform archive_refilter(articles);
  end if;
  return null;
end $$;

create trigger documents_added after insert on articles_quote
  referencing new table as added for each statement execute function archive_quotes_changed();
create trigger documents_changed after update on articles_quote
  referencing new table as added old table as gone for each statement execute function archive_quotes_changed();
create trigger documents_gone after delete on articles_quote
  referencing old table as gone for each statement execute function archive_quotes_changed();
