-- A note for every article whose row, images, topics, authors or quotes change, whatever its status: a draft that is
-- published while its caption changes must not be read from a segment that has the former caption.
alter table search_posting alter column documents set storage external, alter column frequencies set storage external,
  alter column positions set storage external;
alter table search_segment alter column ids set storage external, alter column starts set storage external;

create function archive_note_articles() returns trigger language plpgsql set search_path = public as $$
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
create trigger noted_added after insert on articles_article
  referencing new table as added for each statement execute function archive_note_articles();
create trigger noted_changed after update on articles_article
  referencing new table as added old table as gone for each statement execute function archive_note_articles();
create trigger noted_gone after delete on articles_article
  referencing old table as gone for each statement execute function archive_note_articles();

-- Of tables with a column article_id; the argument says whether a change of them changes text.
create function archive_note_parts() returns trigger language plpgsql set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    insert into search_note (article_id, text) select distinct article_id, tg_argv[0]::boolean from added;
  elsif tg_op = 'DELETE' then
    insert into search_note (article_id, text) select distinct article_id, tg_argv[0]::boolean from gone;
  else
    insert into search_note (article_id, text)
    select distinct article_id, tg_argv[0]::boolean
    from (select article_id from added union select article_id from gone) changed;
  end if;
  return null;
end $$;
do $$
declare
  part record;
begin
  for part in select * from (values ('articles_image', true), ('articles_quote', true),
                             ('articles_articletopic', false), ('articles_authorship', false)) t (name, is_text)
  loop
    execute format('create trigger noted_added after insert on %I referencing new table as added
      for each statement execute function archive_note_parts(%L)', part.name, part.is_text);
    execute format('create trigger noted_changed after update on %I referencing new table as added old table as gone
      for each statement execute function archive_note_parts(%L)', part.name, part.is_text);
    execute format('create trigger noted_gone after delete on %I referencing old table as gone
      for each statement execute function archive_note_parts(%L)', part.name, part.is_text);
  end loop;
end $$;
