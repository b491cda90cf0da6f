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
