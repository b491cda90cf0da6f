-- Changes of a source are in the audit log; what a run finds is not.
create trigger deed_added after insert on articles_source referencing new table as added
  for each statement execute function archive_note_rows();
create trigger deed_changed after update on articles_source
  referencing new table as added old table as gone for each statement execute function archive_note_rows();
create trigger deed_gone after delete on articles_source referencing old table as gone
  for each statement execute function archive_note_rows();
-- Its history is only added to.
create trigger never_emptied before truncate on articles_sourceevent
  for each statement execute function archive_never_emptied();
