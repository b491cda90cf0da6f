-- Before the files of the former release are run again: their functions, triggers, tables, indexes and columns. The
-- vectors are empty until `reindex --all` of that release has run.
do $$ declare gone record; begin
  for gone in select oid::regprocedure::text as name from pg_proc
    where pronamespace = 'public'::regnamespace and proname = any (array[
      'archive_period_end', 'archive_documents', 'archive_rebuild', 'archive_quote_documents', 'archive_rebuild_quotes',
      'archive_articles_added', 'archive_articles_changed', 'archive_articles_gone', 'archive_images_changed',
      'archive_filters_changed', 'archive_quotes_changed', 'archive_keep_past', 'archive_since_when',
      'archive_note_quotes'])
  loop
    execute 'drop function ' || gone.name || ' cascade';
  end loop;
end $$;
create trigger noted_changed after update on articles_quote
  referencing new table as added old table as gone for each statement execute function archive_note_parts('true');
drop index search_document_language, article_event_time, quote_event_time, image_event_time,
  turn_event_time;
drop table search_word, quote_word;
do $$ declare name text; begin
  foreach name in array array['search_document', 'quote_document', 'search_document_past', 'quote_document_past'] loop
    execute format('alter table %I add column vector tsvector not null default '''',
      add column lossy boolean not null default false, add column fold_version smallint not null default 0', name);
    execute format('alter table %I alter column vector drop default, alter column lossy drop default,
      alter column fold_version drop default', name);
    execute format('create index %I on %I using gin (vector)%s', name || '_vector', name,
      case when name like '%\_past' then '' else ' with (fastupdate = off)' end);
  end loop;
end $$;
