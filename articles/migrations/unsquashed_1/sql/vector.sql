-- From words to a vector. Needs archive_fold(text) and archive_fold_version(), which are written from
-- the table in articles/querylang. Every function is found by its full name or a fixed search path,
-- so that a restored dump works.

-- The server's own stemmers, without their lists of stop words: every word counts.
create text search dictionary public.archive_da (template = pg_catalog.snowball, language = danish);
create text search dictionary public.archive_de (template = pg_catalog.snowball, language = german);
create text search dictionary public.archive_en (template = pg_catalog.snowball, language = english);
create text search dictionary public.archive_es (template = pg_catalog.snowball, language = spanish);
create text search dictionary public.archive_fi (template = pg_catalog.snowball, language = finnish);
create text search dictionary public.archive_fr (template = pg_catalog.snowball, language = french);
create text search dictionary public.archive_hu (template = pg_catalog.snowball, language = hungarian);
create text search dictionary public.archive_it (template = pg_catalog.snowball, language = italian);
create text search dictionary public.archive_nl (template = pg_catalog.snowball, language = dutch);
create text search dictionary public.archive_no (template = pg_catalog.snowball, language = norwegian);
create text search dictionary public.archive_pt (template = pg_catalog.snowball, language = portuguese);
create text search dictionary public.archive_ro (template = pg_catalog.snowball, language = romanian);
create text search dictionary public.archive_ru (template = pg_catalog.snowball, language = russian);
create text search dictionary public.archive_sv (template = pg_catalog.snowball, language = swedish);

-- The stemmer of a language tag; of a language without one, and of an unknown one, the word itself.
create function archive_stemmer(language text) returns regdictionary
language sql immutable strict parallel safe as $$
  select case split_part(lower(language), '-', 1)
    when 'da' then 'public.archive_da'::regdictionary
    when 'de' then 'public.archive_de'::regdictionary
    when 'en' then 'public.archive_en'::regdictionary
    when 'es' then 'public.archive_es'::regdictionary
    when 'fi' then 'public.archive_fi'::regdictionary
    when 'fr' then 'public.archive_fr'::regdictionary
    when 'hu' then 'public.archive_hu'::regdictionary
    when 'it' then 'public.archive_it'::regdictionary
    when 'nl' then 'public.archive_nl'::regdictionary
    when 'nb' then 'public.archive_no'::regdictionary
    when 'nn' then 'public.archive_no'::regdictionary
    when 'no' then 'public.archive_no'::regdictionary
    when 'pt' then 'public.archive_pt'::regdictionary
    when 'ro' then 'public.archive_ro'::regdictionary
    when 'ru' then 'public.archive_ru'::regdictionary
    when 'sv' then 'public.archive_sv'::regdictionary
    else 'pg_catalog.simple'::regdictionary
  end $$;

-- The stem of one folded word in a language. A word is known by its first 255 characters.
create function archive_stem(word text, language text) returns text
language sql stable strict parallel safe as $$
  select coalesce((ts_lexize(public.archive_stemmer(language), left(word, 255)))[1], left(word, 255)) $$;

-- The lexemes of one part, as text: each word's stem, and the word itself marked with '=', at the same
-- positions; where the part is a family (h headline, b byline, k kicker, c caption), both again under its letter.
create function archive_part(words text[], label text, family text, stemmer regdictionary, shift int)
returns text language sql stable parallel safe as $$
  select string_agg(
      '''=' || w || '''' || p || ' ''' || stem || '''' || p
      || case when family = '' then '' else
           ' ''' || family || '=' || w || '''' || p || ' ''' || family || ':' || stem || '''' || p end, ' ')
  from (
    select w, coalesce(':' || places, '') as p, coalesce((ts_lexize(stemmer, w))[1], w) as stem
    from (
      select left(word, 255) as w,
             string_agg((n + shift)::text || label, ',') filter (where n + shift < 16383) as places
      from unnest(words) with ordinality as u (word, n) group by 1
    ) as placed
  ) as stemmed $$;

-- The vector of a text in parts, and whether it is lossy: a word keeps 255 positions and none past
-- 16,383, and what does not fit must be decided on the text. Between parts lies a gap wider than any
-- NEAR, so that no phrase and no NEAR crosses it. It never raises: a text with too many different words
-- for one vector loses the positions, and as a last resort its rarest words (check_archive names those).
create function archive_vector(texts text[], labels text[], families text[], language text,
                               out vector tsvector, out lossy boolean)
language plpgsql stable set search_path = public as $$
declare
  stemmer regdictionary := archive_stemmer(language);
  words text[];
  lexemes text := '';
  shift int := 0;
begin
  for i in 1 .. coalesce(cardinality(texts), 0) loop
    words := string_to_array(nullif(archive_fold(texts[i]), ''), ' ');
    continue when words is null;
    lexemes := concat_ws(' ', lexemes, archive_part(words, labels[i], families[i], stemmer, shift));
    shift := shift + cardinality(words) + 100;
  end loop;
  begin
    vector := lexemes::tsvector;
  exception when program_limit_exceeded then
    begin
      select string_agg(distinct '''=' || left(w, 255) || ''' ''' || archive_stem(w, language) || '''', ' ')::tsvector
        into vector from unnest(texts) t, unnest(string_to_array(nullif(archive_fold(t), ''), ' ')) w;
    exception when program_limit_exceeded then
      select string_agg('''=' || w || '''', ' ')::tsvector into vector from (
        select left(w, 40) as w from unnest(texts) t, unnest(string_to_array(nullif(archive_fold(t), ''), ' ')) w
        group by 1 order by count(*) desc, 1 limit 20000) as kept;
      vector := vector || array_to_tsvector(array['#cut']);
    end;
  end;
  vector := coalesce(vector, ''::tsvector);
  -- Past the last position a word may be lost without a trace, where it stands earlier in the text too.
  -- In so few words none stands 255 times: most quotes need not be unpacked to see it.
  lossy := shift - 100 >= 16383 or shift >= 255
    and exists (select from unnest(vector) where positions is null or cardinality(positions) >= 255);
end $$;
