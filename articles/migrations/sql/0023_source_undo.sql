drop trigger deed_added on articles_source;
drop trigger deed_changed on articles_source;
drop trigger deed_gone on articles_source;
