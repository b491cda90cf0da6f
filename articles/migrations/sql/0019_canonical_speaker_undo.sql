-- Merges are followed one by one again.
drop function archive_keep_canonical() cascade;
drop function archive_merges_changed() cascade;
drop function archive_follow_merges(bigint[]);

create or replace function archive_is_public_speaker(speaker bigint) returns boolean
language sql stable set search_path = public as $$
  with recursive family (id) as (
    select speaker union select s.id from articles_speaker s join family f on s.merged_into_id = f.id)
  select exists (select from family f where
    exists (select from quote_document d where d.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_authorship w join search_document d using (article_id)
      where w.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_turn t join search_document d using (article_id)
      where t.speaker_id = f.id and d.visible_from <= statement_timestamp())
    or exists (select from articles_quote q join quote_document d on d.quote_id = q.id
      where q.credited_to_id = f.id and d.visible_from <= statement_timestamp()))
$$;
