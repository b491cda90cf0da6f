-- The words of the archive and in how many articles each stands, for «did you mean»; counted anew from time to time.
create table search_word (word text primary key, documents integer not null);
create index search_word_nearly on search_word using gin (word gin_trgm_ops);

-- The words of all public quotes and how often each stands in them, to compare one speaker's words with; counted
-- anew from time to time. A word that stands in a single quote is left out, the empty word is all of them.
create table quote_word (
  word text primary key, quotes integer not null, uses bigint not null, counted_at timestamptz not null default now());
