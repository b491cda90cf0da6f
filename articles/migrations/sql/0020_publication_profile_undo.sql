-- Autosaved input without an article has no place in the former table.
delete from articles_unsaved where article_id is null;
drop trigger deed_added on articles_publicationprofile;
drop trigger deed_changed on articles_publicationprofile;
drop trigger deed_gone on articles_publicationprofile;
