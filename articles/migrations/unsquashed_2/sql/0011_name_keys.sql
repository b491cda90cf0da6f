-- A name without accents, case, apostrophes, hyphens and spaces: names with one key are spellings of one name.
create function public.archive_name_key(name text) returns text
  language sql immutable strict parallel safe as $$ select replace(public.archive_fold(name), ' ', '') $$;

create index speaker_name_key on articles_speaker (public.archive_name_key(name));
create index alias_name_key on articles_alias (public.archive_name_key(name));
drop index speaker_folded_name;
drop index alias_folded_name;
