-- Draws and judgements are in the audit log, and neither table can be emptied. Who has a quote open is not logged.
create trigger deed_added after insert on articles_sampledquote referencing new table as added
  for each statement execute function archive_note_rows();
create trigger deed_added after insert on articles_judgement referencing new table as added
  for each statement execute function archive_note_rows();
create trigger never_emptied before truncate on articles_sampledquote
  for each statement execute function archive_never_emptied();
create trigger never_emptied before truncate on articles_judgement
  for each statement execute function archive_never_emptied();
