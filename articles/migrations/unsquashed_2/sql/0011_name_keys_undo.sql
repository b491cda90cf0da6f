create index alias_folded_name on articles_alias (public.archive_fold(name));
create index speaker_folded_name on articles_speaker (public.archive_fold(name));
drop index alias_name_key;
drop index speaker_name_key;
drop function public.archive_name_key(text);
