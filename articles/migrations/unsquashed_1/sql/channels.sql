-- How a quote was said, spoken or written, in its document: a page of figures need not look at each quote's row.

create function archive_channel_kept() returns trigger language plpgsql set search_path = public as $$
begin
  new.channel := coalesce((select q.channel from articles_quote q where q.id = new.quote_id), 'unknown');
  return new;
end $$;
-- Fires before the former document is kept, as its name comes earlier.
create trigger channel_kept before insert or update on quote_document
  for each row execute function archive_channel_kept();

create function archive_channels_changed() returns trigger language plpgsql set search_path = public as $$
begin
  update quote_document d set channel = n.channel from added n where d.quote_id = n.id and d.channel <> n.channel;
  return null;
end $$;
create trigger channels_changed after update on articles_quote
  referencing new table as added for each statement execute function archive_channels_changed();

create or replace function archive_keep_past() returns trigger language plpgsql set search_path = public as $$
declare
  moment timestamptz := greatest(now(), old.since);
begin
  if tg_op = 'UPDATE' then
    -- Another fold, another way to write the same words: nothing that readers could see has changed.
    if new.fold_version <> old.fold_version then return new; end if;
    new.since := moment;
    new.written_at := now();
  end if;
  if moment > old.since then
    if tg_table_name = 'search_document' then
      insert into search_document_past (article_id, speaker_ids, quotes_state, kinds, visible_from, first_public_at,
        published_on, published_until, year, publication_id, section_id, topic_ids, author_ids, language, copy_of,
        vector, lossy, fold_version, since, until)
      values (old.article_id, old.speaker_ids, old.quotes_state, old.kinds, old.visible_from, old.first_public_at,
        old.published_on, old.published_until, old.year, old.publication_id, old.section_id, old.topic_ids,
        old.author_ids, old.language, old.copy_of, old.vector, old.lossy, old.fold_version, old.since, moment);
    else
      insert into quote_document_past (quote_id, article_id, speaker_id, kind, channel, standing, checked,
        visible_from, first_public_at, published_on, published_until, year, publication_id, section_id, topic_ids,
        author_ids, language, copy_of, vector, lossy, fold_version, since, until)
      values (old.quote_id, old.article_id, old.speaker_id, old.kind, old.channel, old.standing, old.checked,
        old.visible_from, old.first_public_at, old.published_on, old.published_until, old.year, old.publication_id,
        old.section_id, old.topic_ids, old.author_ids, old.language, old.copy_of, old.vector, old.lossy,
        old.fold_version, old.since, moment);
    end if;
  end if;
  return case tg_op when 'UPDATE' then new else old end;
end $$;

-- What stands gets its column in place: nothing that readers could see has changed.
alter table quote_document disable trigger user;
update quote_document d set channel = q.channel from articles_quote q
  where q.id = d.quote_id and q.channel <> d.channel;
alter table quote_document enable trigger user;
update quote_document_past p set channel = coalesce(
  (select e.channel from articles_quoteevent e where e.pgh_obj_id = p.quote_id and e.pgh_created_at > p.since
    order by e.pgh_created_at, e.pgh_id limit 1),
  (select q.channel from articles_quote q where q.id = p.quote_id), 'unknown');
