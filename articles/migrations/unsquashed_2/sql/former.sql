-- Former documents made anew from the history: what a change of the fold or of the stemmers wants, and what
-- check_archive compares with. Words are those that stood just before the document was changed or taken away: they are
-- in the first event since, or in the row. What was changed within that transaction was never seen apart.

create function archive_captions_before(article bigint, moment timestamptz) returns text[]
language sql stable set search_path = public as $$
  select coalesce(array_agg(caption order by position, id), '{}') from (
    select i.id, i.caption, i.position, i.added_at from articles_image i
    where i.article_id = article
      and not exists (select from articles_imageevent e where e.pgh_obj_id = i.id and e.pgh_created_at >= moment)
    union all
    select e.pgh_obj_id, e.caption, e.position, e.added_at from articles_imageevent e
    where e.article_id = article and e.pgh_created_at >= moment
      and not exists (select from articles_imageevent f
        where f.pgh_obj_id = e.pgh_obj_id and f.pgh_created_at >= moment and f.pgh_id < e.pgh_id)
  ) as then_ where added_at is null or added_at < moment $$;

create function archive_former_documents(ids bigint[]) returns table (
  id bigint, vector tsvector, lossy boolean, fold_version smallint)
language sql stable set search_path = public as $$
  select p.id, v.vector || array_to_tsvector(archive_lexemes(
      p.publication_id, p.section_id, p.topic_ids, p.author_ids, p.speaker_ids, p.year, p.language)),
    v.lossy, archive_fold_version()
  from search_document_past p
  cross join lateral (
    (select e.headline, e.standfirst, e.byline, e.kicker, e.body from articles_articleevent e
      where e.pgh_obj_id = p.article_id and e.pgh_created_at >= p.until order by e.pgh_id limit 1)
    union all
    select a.headline, a.standfirst, a.byline, a.kicker, a.body from articles_article a
    where a.id = p.article_id and not exists (
      select from articles_articleevent e where e.pgh_obj_id = a.id and e.pgh_created_at >= p.until)
  ) a
  cross join lateral (select archive_captions_before(p.article_id, p.until) as texts) c
  cross join lateral archive_vector(
    array[a.headline, a.standfirst, a.byline, a.kicker] || c.texts || a.body,
    array['A', 'B', 'D', 'D'] || array_fill('D'::text, array[cardinality(c.texts)]) || 'C'::text,
    array['h', '', 'b', 'k'] || array_fill('c'::text, array[cardinality(c.texts)]) || ''::text,
    p.language) v
  where p.id = any (ids) $$;

create function archive_former_quote_documents(ids bigint[]) returns table (
  id bigint, vector tsvector, lossy boolean, fold_version smallint)
language sql stable set search_path = public as $$
  select p.id, v.vector || array_to_tsvector(archive_lexemes(p.publication_id, p.section_id, p.topic_ids, p.author_ids,
      array_remove(array[p.speaker_id], null), p.year, p.language)),
    v.lossy, archive_fold_version()
  from quote_document_past p
  cross join lateral (
    (select e.text from articles_quoteevent e
      where e.pgh_obj_id = p.quote_id and e.pgh_created_at >= p.until order by e.pgh_id limit 1)
    union all
    select q.text from articles_quote q where q.id = p.quote_id and not exists (
      select from articles_quoteevent e where e.pgh_obj_id = q.id and e.pgh_created_at >= p.until)
  ) q
  cross join lateral (select string_to_array(q.text, ' […] ') as texts) s
  cross join lateral archive_vector(s.texts, array_fill('C'::text, array[cardinality(s.texts)]),
    array_fill(''::text, array[cardinality(s.texts)]), p.language) v
  where p.id = any (ids) $$;
