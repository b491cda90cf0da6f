-- Counts words that found nothing: one row a day for each kind of search, at most 500 new ones a day, none
-- older than half a year. It never fails and never waits: what cannot be counted, in a database that takes no
-- writes or behind another's lock, is not.
create function archive_note_failed_search(kind_ text, words_ text, day_ date) returns boolean
language plpgsql volatile set search_path = public set lock_timeout = '20ms' as $$
begin
  if current_setting('transaction_read_only')::boolean then return false; end if;
  update articles_failedsearch f set times = f.times + 1
    where f.day = day_ and f.kind = kind_ and f.words = words_;
  if found then return true; end if;
  if (select count(*) from articles_failedsearch f where f.day = day_) >= 500 then return false; end if;
  if not exists (select from articles_failedsearch f where f.day = day_) then
    delete from articles_failedsearch f where f.day < day_ - 183;
  end if;
  insert into articles_failedsearch (kind, words, day, times) values (kind_, words_, day_, 1)
    on conflict (day, kind, words) do update set times = articles_failedsearch.times + 1;
  return true;
exception when others then
  return false;
end $$;
