-- The kinds of an article's public quotes as bits in its document: 1 direct, 2 mixed, 4 question, 8 answer.

create function archive_kinds(article bigint) returns smallint language sql stable set search_path = public as $$
  select coalesce(bit_or(case q.kind when 'direct' then 1 when 'mixed' then 2 when 'question' then 4 else 8 end), 0)::smallint
  from articles_quote q where q.article_id = article and q.status = 'accepted' and q.standing <> 'withdrawn' $$;

create function archive_keep_kinds(ids bigint[]) returns void language sql set search_path = public as $$
  update search_document d set kinds = archive_kinds(d.article_id)
  where d.article_id = any (ids) and d.kinds <> archive_kinds(d.article_id) $$;

-- Fires after the documents' own triggers, as its name comes later.
create function archive_kinds_changed() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    perform archive_keep_kinds(array(select distinct article_id from added where status = 'accepted'));
  elsif tg_op = 'DELETE' then
    perform archive_keep_kinds(array(select distinct article_id from gone where status = 'accepted'));
  else
    perform archive_keep_kinds(array(
      select article_id from (
        select n.article_id from added n join gone o using (id)
        where (n.article_id, n.kind, n.status, n.standing) is distinct from (o.article_id, o.kind, o.status, o.standing)
        union
        select o.article_id from added n join gone o using (id) where n.article_id <> o.article_id) as changed));
  end if;
  return null;
end $$;

create trigger kinds_added after insert on articles_quote
  referencing new table as added for each statement execute function archive_kinds_changed();
create trigger kinds_changed after update on articles_quote
  referencing new table as added old table as gone for each statement execute function archive_kinds_changed();
create trigger kinds_gone after delete on articles_quote
  referencing old table as gone for each statement execute function archive_kinds_changed();

create function archive_kinds_kept() returns trigger language plpgsql set search_path = public as $$
begin
  new.kinds := archive_kinds(new.article_id);
  return new;
end $$;
create trigger kinds_kept before insert on search_document for each row execute function archive_kinds_kept();
