-- The functions as they were before.

create or replace function archive_note_articles() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    insert into search_note (article_id, text) select id, true from added;
  elsif tg_op = 'DELETE' then
    insert into search_note (article_id, text) select id, true from gone;
  else
    insert into search_note (article_id, text)
    select a.id, (a.headline, a.standfirst, a.byline, a.kicker, a.body, a.language, a.status)
      is distinct from (g.headline, g.standfirst, g.byline, g.kicker, g.body, g.language, g.status)
    from added a join gone g using (id) where a is distinct from g;
  end if;
  return null;
end $$;

create or replace function archive_note_quotes() returns trigger language plpgsql set search_path = public as $$
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

create or replace function archive_note_rows() returns trigger language plpgsql set search_path = public as $$
declare
  context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
  silent text[] := coalesce(tg_argv, '{}');
  about text := substr(tg_table_name, char_length('articles_') + 1);
  found bigint[];
  columns text := '';
begin
  -- What follows of itself from another change is nobody's deed; an import is told by its batch.
  if pg_trigger_depth() > 1 or context ->> 'through' in ('import', 'proposals') then
    return null;
  end if;
  if tg_op = 'INSERT' then
    select array_agg(id order by id) into found from added;
  elsif tg_op = 'DELETE' then
    select array_agg(id order by id) into found from gone;
  else
    select array_agg(distinct n.id order by n.id), string_agg(distinct regexp_replace(e.key, '_id$', ''), ', ')
      into found, columns
    from added n join gone o on o.id = n.id
    cross join lateral (select to_jsonb(n) as is_now, to_jsonb(o) as was offset 0) both_
    cross join lateral jsonb_each(both_.is_now) e
    where e.value is distinct from both_.was -> e.key and not e.key = any (silent);
  end if;
  if found is not null then
    perform archive_note_deed(
      case tg_op when 'INSERT' then 'add' when 'DELETE' then 'delete' else 'change' end, about, found, columns);
  end if;
  return null;
end $$;

create or replace function archive_quotes_stand() returns trigger language plpgsql set search_path = public as $$
declare
  placed bigint[];
  bad bigint;
begin
  if tg_op = 'INSERT' then
    placed := array(select id from added);
  else
    placed := array(
      select n.id from added n join gone o using (id)
      where (n.article_id, n.part, n.image_id, n.start, n."end", n.spans, n.text, n.lost_at, n.turn_id, n.inside_id)
        is distinct from (o.article_id, o.part, o.image_id, o.start, o."end", o.spans, o.text, o.lost_at, o.turn_id, o.inside_id));
  end if;
  bad := archive_misplaced_quote(placed, '{}');
  if bad is not null then
    raise exception 'the words of quote % do not stand at its place', bad
      using errcode = 'check_violation', constraint = 'quote_text_at_spans';
  end if;
  select n.id into bad from added n
    left join articles_turn t on t.id = n.turn_id left join articles_quote i on i.id = n.inside_id
    where n.id = any (placed) and (t.article_id <> n.article_id or i.article_id <> n.article_id) limit 1;
  if bad is not null then
    raise exception 'quote % is tied to a turn or quote of another article', bad
      using errcode = 'check_violation', constraint = 'quote_within_its_article';
  end if;
  return null;
end $$;

create or replace function archive_quotes_keyed() returns trigger language plpgsql set search_path = public as $$
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

create or replace function archive_quotes_changed() returns trigger language plpgsql set search_path = public as $$
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

create or replace function archive_articles_changed() returns trigger language plpgsql set search_path = public as $$
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

create or replace function archive_merges_changed() returns trigger language plpgsql set search_path = public as $$
declare
  changed bigint[];
begin
  if tg_op = 'UPDATE' then
    changed := array(
      select n.id from added n join gone o using (id) where n.merged_into_id is distinct from o.merged_into_id);
  else
    -- A dump may have a speaker after those that are merged into it.
    changed := array(select a.id from added a where a.merged_into_id is not null
      or exists (select from articles_speaker s where s.merged_into_id = a.id));
  end if;
  if cardinality(changed) > 0 then
    perform archive_lock_merges();
    perform archive_follow_merges(changed);
  end if;
  return null;
end $$;
