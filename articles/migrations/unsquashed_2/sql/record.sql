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
      -- Not when its article was first public: an embargo may have been laid on it since.
      select case when a.status = 'usable' then greatest(now(), a.visible_from) end
        into new.first_public_at from articles_article a where a.id = new.article_id;
    end if;
  elsif new.first_public_at > now() then
    new.first_public_at := null;
  end if;
  return new;
end $$;
create trigger a_keep before insert or update on articles_quote for each row execute function archive_keep_quote();

-- Spans stand in order within the whole quote, each with something in it, none over another.
create function archive_spans_in_order(spans int[], first int, last int) returns boolean
language sql immutable strict parallel safe as $$
  select coalesce(bool_and(spans[i][1] < spans[i][2] and spans[i][1] >= case when i = 1 then first else spans[i - 1][2] end
    and spans[i][2] <= last), false) from generate_subscripts(spans, 1) i $$;

-- How many bytes stand before some places of a text, in one walk over it; no row for a place past its end.
create function archive_bytes_before(words text, places int[]) returns table (place int, bytes int)
language plpgsql immutable strict parallel safe as $$
declare
  rest text := words;
  piece text;
  walked int := 0;
begin
  bytes := 0;
  for place in select distinct p from unnest(places) p order by p loop
    if place > walked then
      piece := left(rest, place - walked);
      exit when char_length(piece) < place - walked;
      rest := right(rest, walked - place);
      bytes := bytes + octet_length(piece);
      walked := place;
    end if;
    return next;
  end loop;
end $$;

-- The first quote among some that does not stand at its place, or null. Each text is unpacked and walked
-- once for all its quotes: counted from the start for each, a long interview took seconds.
create function archive_misplaced_quote(quotes bigint[], articles bigint[]) returns bigint
language plpgsql stable set search_path = public as $$
declare
  one record;
  words text;
  raw bytea;
  bad bigint;
begin
  for one in
    select q.article_id, q.part, q.image_id, array_agg(q.id) as ids from articles_quote q
    where (q.id = any (quotes) or q.article_id = any (articles)) and q.lost_at is null group by 1, 2, 3
  loop
    words := case one.part
      when 'headline' then (select headline from articles_article where id = one.article_id)
      when 'standfirst' then (select standfirst from articles_article where id = one.article_id)
      when 'body' then (select body from articles_article where id = one.article_id)
      else (select caption from articles_image where id = one.image_id and article_id = one.article_id) end || '';
    raw := convert_to(words, 'UTF8');
    with places as materialized (
      select * from archive_bytes_before(words, array(
        select unnest(spans || array[[start, "end"]]) from articles_quote where id = any (one.ids)))
    ), own as (
      select q.id, string_agg(convert_from(substr(raw, f.bytes + 1, l.bytes - f.bytes), 'UTF8'), ' […] ' order by i) as text
      from articles_quote q cross join lateral generate_subscripts(q.spans, 1) i
      join places f on f.place = q.spans[i][1] join places l on l.place = q.spans[i][2]
      where q.id = any (one.ids) group by q.id
    )
    select q.id into bad from articles_quote q left join own using (id)
    where q.id = any (one.ids) and (q.text is distinct from own.text
      or not archive_spans_in_order(q.spans, q.start, q."end")
      or q."end" not in (select place from places))
    order by q.id limit 1;
    if bad is not null then return bad; end if;
  end loop;
  return null;
end $$;

create function archive_quotes_stand() returns trigger language plpgsql set search_path = public as $$
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
create trigger spans_added after insert on articles_quote
  referencing new table as added for each statement execute function archive_quotes_stand();
create trigger spans_changed after update on articles_quote
  referencing new table as added old table as gone for each statement execute function archive_quotes_stand();

create function archive_spans_inside() returns trigger language plpgsql set search_path = public as $$
declare
  bad bigint;
begin
  select n.id into bad from (
      select article_id, max("end") as last_end from added group by 1
    ) longest join articles_article a on a.id = longest.article_id and longest.last_end > char_length(a.body)
    join added n on n.article_id = a.id and n."end" = longest.last_end limit 1;
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

-- A signature goes with its article, whatever deletes that.
alter table articles_signature add constraint signature_of_an_article foreign key (article_id)
  references articles_article (id) on delete cascade deferrable initially deferred;
