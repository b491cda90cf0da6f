-- The search documents as they once stood: whatever is changed or taken away is kept, with from when until when,
-- so that a search can be asked as of any instant. Times are those of transactions, as in the history.

-- Kept is what was there from one transaction to another; what came and went within one was never public.
create function archive_keep_past() returns trigger language plpgsql set search_path = public as $$
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

create trigger past_kept before update on search_document for each row
  when (old.written_at <> now() and old.* is distinct from new.*) execute function archive_keep_past();
create trigger past_kept_of_gone before delete on search_document for each row
  when (old.written_at <> now()) execute function archive_keep_past();
create trigger past_kept before update on quote_document for each row
  when (old.written_at <> now() and old.* is distinct from new.*) execute function archive_keep_past();
create trigger past_kept_of_gone before delete on quote_document for each row
  when (old.written_at <> now()) execute function archive_keep_past();

-- A document of what was public before stands since its last change, or since readers could last not see it; of
-- what came with the time of its first publication, and has no history, since that time.
create function archive_since_when() returns trigger language plpgsql set search_path = public as $$
declare
  changed timestamptz;
begin
  if tg_table_name = 'search_document' then
    changed := greatest(
      (select max(p.until) from search_document_past p where p.article_id = new.article_id),
      (select max(e.pgh_created_at) from articles_articleevent e
        where e.pgh_obj_id = new.article_id and e.status <> 'usable'));
  else
    changed := greatest(
      (select max(p.until) from quote_document_past p where p.quote_id = new.quote_id),
      (select max(e.pgh_created_at) from articles_quoteevent e
        where e.pgh_obj_id = new.quote_id and (e.status <> 'accepted' or e.standing = 'withdrawn')),
      (select max(e.pgh_created_at) from articles_articleevent e
        where e.pgh_obj_id = new.article_id and e.status <> 'usable'));
  end if;
  new.since := coalesce(changed, new.first_public_at);
  return new;
end $$;

create trigger since_when before insert on search_document for each row
  when (new.first_public_at < now()) execute function archive_since_when();
create trigger since_when before insert on quote_document for each row
  when (new.first_public_at < now()) execute function archive_since_when();

-- Events of a time onward: the tables only ever grow at their end, where blocks say all.
create index article_event_time on articles_articleevent using brin (pgh_created_at) with (pages_per_range = 16, autosummarize = on);
create index quote_event_time on articles_quoteevent using brin (pgh_created_at) with (pages_per_range = 16, autosummarize = on);
create index image_event_time on articles_imageevent using brin (pgh_created_at) with (pages_per_range = 16, autosummarize = on);
create index turn_event_time on articles_turnevent using brin (pgh_created_at) with (pages_per_range = 16, autosummarize = on);
