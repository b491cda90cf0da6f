-- Changes of a profile are in the audit log, like those of the publication.
create trigger deed_added after insert on articles_publicationprofile referencing new table as added
  for each statement execute function archive_note_rows();
create trigger deed_changed after update on articles_publicationprofile
  referencing new table as added old table as gone for each statement execute function archive_note_rows();
create trigger deed_gone after delete on articles_publicationprofile referencing old table as gone
  for each statement execute function archive_note_rows();
-- Its history is only added to.
create trigger never_emptied before truncate on articles_publicationprofileevent
  for each statement execute function archive_never_emptied();
