-- What the database itself keeps true of the record: hashes, first publication, and every span over its text.

create function archive_keep_article() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' or new.body is distinct from old.body or new.body_hash is distinct from old.body_hash then
    new.body_hash := encode(sha256(convert_to(new.body, 'UTF8')), 'hex');
  end if;
  if new.status = 'usable' and (new.first_public_at is null or new.first_public_at > now()) then
    new.first_public_at := greatest(now(), new.visible_from);
  elsif new.status <> 'usable' and new.first_public_at > now() then
    new.first_public_at := null;
  end if;
  if tg_op = 'UPDATE' and new.modified_at = old.modified_at and new is distinct from old then
    new.modified_at := now();
  end if;
  return new;
end $$;
create trigger a_keep before insert or update on articles_article for each row execute function archive_keep_article();

create function archive_keep_document() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'UPDATE' and new.bytes is distinct from old.bytes then
    raise exception 'a raw document is never changed' using errcode = 'check_violation', constraint = 'raw_document_kept';
  end if;
  new.sha256 := encode(sha256(new.bytes), 'hex');
  return new;
end $$;
create trigger a_keep before insert or update on articles_rawdocument for each row execute function archive_keep_document();

create function archive_keep_quote() returns trigger language plpgsql set search_path = public as $$
begin
  if new.status = 'accepted' and new.standing <> 'withdrawn' then
    if new.first_public_at is null or new.first_public_at > now() then
      select case when a.status = 'usable' then greatest(now(), a.first_public_at) end
        into new.first_public_at from articles_article a where a.id = new.article_id;
    end if;
  elsif new.first_public_at > now() then
    new.first_public_at := null;
  end if;
  return new;
end $$;
create trigger a_keep before insert or update on articles_quote for each row execute function archive_keep_quote();

-- The words at some spans of a text, as a quote's own text holds them.
create function archive_own_words(body text, spans int[]) returns text
language sql immutable strict parallel safe as $$
  select string_agg(substr(body, spans[i][1] + 1, spans[i][2] - spans[i][1]), ' […] ' order by i)
  from generate_subscripts(spans, 1) i $$;

-- Spans stand in order within the whole quote, each with something in it, none over another.
create function archive_spans_in_order(spans int[], first int, last int) returns boolean
language sql immutable strict parallel safe as $$
  select coalesce(bool_and(spans[i][1] < spans[i][2] and spans[i][1] >= case when i = 1 then first else spans[i - 1][2] end
    and spans[i][2] <= last), false) from generate_subscripts(spans, 1) i $$;

create function archive_part_text(a articles_article, part text, image bigint) returns text
language sql stable parallel safe set search_path = public as $$
  select case part when 'headline' then a.headline when 'standfirst' then a.standfirst when 'body' then a.body
    else (select caption from articles_image where id = image and article_id = a.id) end $$;

-- The first quote among some that does not stand at its place, or null.
create function archive_misplaced_quote(quotes bigint[], articles bigint[]) returns bigint
language sql stable set search_path = public as $$
  select q.id from articles_quote q join articles_article a on a.id = q.article_id
  where (q.id = any (quotes) or q.article_id = any (articles)) and q.lost_at is null
    and (not archive_spans_in_order(q.spans, q.start, q."end")
      or q.text is distinct from archive_own_words(archive_part_text(a, q.part, q.image_id), q.spans)
      or q."end" > char_length(archive_part_text(a, q.part, q.image_id)))
  limit 1 $$;

create function archive_quotes_stand() returns trigger language plpgsql set search_path = public as $$
declare
  bad bigint := archive_misplaced_quote(array(select id from added), '{}');
begin
  if bad is not null then
    raise exception 'the words of quote % do not stand at its place', bad
      using errcode = 'check_violation', constraint = 'quote_text_at_spans';
  end if;
  select n.id into bad from added n
    left join articles_turn t on t.id = n.turn_id left join articles_quote i on i.id = n.inside_id
    where t.article_id <> n.article_id or i.article_id <> n.article_id limit 1;
  if bad is not null then
    raise exception 'quote % is tied to a turn or quote of another article', bad
      using errcode = 'check_violation', constraint = 'quote_within_its_article';
  end if;
  return null;
end $$;
create trigger spans_added after insert on articles_quote
  referencing new table as added for each statement execute function archive_quotes_stand();
create trigger spans_changed after update on articles_quote
  referencing new table as added for each statement execute function archive_quotes_stand();

create function archive_spans_inside() returns trigger language plpgsql set search_path = public as $$
declare
  bad bigint;
begin
  select n.id into bad from added n join articles_article a on a.id = n.article_id
    where n."end" > char_length(a.body) limit 1;
  if bad is not null then
    raise exception '% % reaches past the end of the text', tg_argv[0], bad
      using errcode = 'check_violation', constraint = tg_argv[0] || '_inside_the_body';
  end if;
  return null;
end $$;
create trigger spans_added after insert on articles_turn
  referencing new table as added for each statement execute function archive_spans_inside('turn');
create trigger spans_changed after update on articles_turn
  referencing new table as added for each statement execute function archive_spans_inside('turn');
create trigger spans_added after insert on articles_note
  referencing new table as added for each statement execute function archive_spans_inside('note');
create trigger spans_changed after update on articles_note
  referencing new table as added for each statement execute function archive_spans_inside('note');

-- Deferred, so that an edit may change text and spans in one transaction, in any order.
create function archive_text_keeps_spans() returns trigger language plpgsql set search_path = public as $$
declare
  article bigint := case when tg_table_name = 'articles_image' then (to_jsonb(new) ->> 'article_id')::bigint else new.id end;
  bad bigint := archive_misplaced_quote('{}', array[article]);
begin
  if bad is not null then
    raise exception 'the words of quote % no longer stand at their place', bad
      using errcode = 'check_violation', constraint = 'quote_text_at_spans';
  end if;
  if exists (select from articles_article a where a.id = article and (
      exists (select from articles_turn t where t.article_id = a.id and t."end" > char_length(a.body))
      or exists (select from articles_note n where n.article_id = a.id and n."end" > char_length(a.body)))) then
    raise exception 'a turn or note of article % reaches past the end of the text', article
      using errcode = 'check_violation', constraint = 'spans_inside_the_body';
  end if;
  return null;
end $$;
create constraint trigger text_keeps_spans after update on articles_article deferrable initially deferred for each row
  when ((old.headline, old.standfirst, old.body) is distinct from (new.headline, new.standfirst, new.body))
  execute function archive_text_keeps_spans();
create constraint trigger text_keeps_spans after update on articles_image deferrable initially deferred for each row
  when ((old.caption, old.article_id) is distinct from (new.caption, new.article_id))
  execute function archive_text_keeps_spans();
