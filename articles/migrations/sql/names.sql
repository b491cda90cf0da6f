-- Names as they are looked up: in any spelling of their letters, half remembered, and in the order of an index of names.

create index speaker_name_nearly on articles_speaker using gin (public.archive_fold(name) gin_trgm_ops);
create index alias_name_nearly on articles_alias using gin (public.archive_fold(name) gin_trgm_ops);

-- All that an index of names looks at: folding thousands of names takes a second.
create index speaker_filed on articles_speaker (
  left(archive_fold(case when sort_name = '' then name else sort_name end), 1),
  archive_fold(case when sort_name = '' then name else sort_name end),
  id) include (name, sort_name, merged_into_id);

-- A name without accents, case, apostrophes, hyphens and spaces: names with one key are spellings of one name.
create function public.archive_name_key(name text) returns text
  language sql immutable strict parallel safe as $$ select replace(public.archive_fold(name), ' ', '') $$;

create index speaker_name_key on articles_speaker (public.archive_name_key(name));
create index alias_name_key on articles_alias (public.archive_name_key(name));
