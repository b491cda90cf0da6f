-- Who did what, when and through which door: the log that nobody can change.

-- Writes one deed, signed as the history is; `by` says who did it where the request does not know yet.
create function archive_note_deed(kind text, about text, ids bigint[], what text, by bigint default null, act uuid default null)
returns void language plpgsql set search_path = public as $$
declare
  context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
  doer bigint := coalesce(by, (context ->> 'user')::bigint);
begin
  insert into articles_deed (at, user_id, who, through, kind, about, ids, rows, what, act) values (
    now(), doer, coalesce((select username from auth_user where id = doer), ''),
    coalesce(context ->> 'through', case when context ? 'url' then 'web' else '' end),
    kind, about, ids, cardinality(ids), what, coalesce(act, (context ->> 'act')::uuid));
end $$;

-- Says in one deed what was done together, once it is done; an act that changed nothing is none.
create function archive_note_act(key uuid, label text)
returns void language sql set search_path = public as $$
  insert into articles_deed (at, user_id, who, through, kind, about, ids, rows, what, act)
  select now(), first.user_id, first.who, first.through, 'act', most.about, most.ids, cardinality(most.ids), label, key
  from (
    select d.about, array_agg(distinct one order by one) as ids from articles_deed d, unnest(d.ids) one
    where d.act = key and d.kind in ('add', 'change', 'delete') group by d.about
    order by count(distinct one) desc, d.about limit 1
  ) most, (select user_id, who, through from articles_deed where act = key order by id limit 1) first
$$;

create function archive_note_taken_back(key uuid)
returns void language sql set search_path = public as $$
  select archive_note_deed('taken back', about, ids, what, null, key)
  from articles_deed where act = key and kind = 'act' order by id limit 1
$$;

-- The arguments are columns that say nothing of what was done.
create function archive_note_rows() returns trigger language plpgsql set search_path = public as $$
declare
  context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
  silent text[] := coalesce(tg_argv, '{}');
  about text := substr(tg_table_name, char_length('articles_') + 1);
  found bigint[];
  columns text := '';
begin
  -- What follows of itself from another change is nobody's deed; an import is told by its batch.
  if pg_trigger_depth() > 1 or context ->> 'through' in ('import', 'proposals') then
    return null;
  end if;
  if tg_op = 'INSERT' then
    select array_agg(id order by id) into found from added;
  elsif tg_op = 'DELETE' then
    select array_agg(id order by id) into found from gone;
  else
    select array_agg(distinct n.id order by n.id), string_agg(distinct regexp_replace(e.key, '_id$', ''), ', ')
      into found, columns
    from added n join gone o on o.id = n.id
    cross join lateral (select to_jsonb(n) as is_now, to_jsonb(o) as was offset 0) both_
    cross join lateral jsonb_each(both_.is_now) e
    where e.value is distinct from both_.was -> e.key and not e.key = any (silent);
  end if;
  if found is not null then
    perform archive_note_deed(
      case tg_op when 'INSERT' then 'add' when 'DELETE' then 'delete' else 'change' end, about, found, columns);
  end if;
  return null;
end $$;

do $$
declare
  one text;
begin
  foreach one in array array[
    'article', 'articletopic', 'authorship', 'image', 'turn', 'note', 'quote', 'notice', 'publication', 'section',
    'topic', 'speaker', 'alias', 'role', 'namedecision', 'ruleswitch', 'toldapart', 'speakerstoldapart',
    'creditdecision', 'report', 'suggestedsearch'
  ] loop
    -- A report comes from a reader, of whom nothing is kept.
    if one <> 'report' then
      execute format('create trigger deed_added after insert on articles_%s referencing new table as added'
        ' for each statement execute function archive_note_rows()', one);
    end if;
    execute format('create trigger deed_changed after update on articles_%s'
      ' referencing new table as added old table as gone'
      ' for each statement execute function archive_note_rows(%s)', one,
      case one when 'article' then '''version'', ''modified_at''' else '' end);
    execute format('create trigger deed_gone after delete on articles_%s referencing old table as gone'
      ' for each statement execute function archive_note_rows()', one);
  end loop;
end $$;

create function archive_note_import() returns trigger language plpgsql set search_path = public as $$
begin
  perform archive_note_deed('import', 'importbatch', array[new.id],
    case tg_op when 'INSERT' then new.source else 'undone: ' || new.source end, new.started_by_id);
  return null;
end $$;
create trigger deed_added after insert on articles_importbatch
  for each row execute function archive_note_import();
create trigger deed_changed after update on articles_importbatch for each row
  when (old.undone_at is null and new.undone_at is not null) execute function archive_note_import();

create function archive_note_account() returns trigger language plpgsql set search_path = public as $$
declare
  is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
  name text := coalesce(is_now ->> 'username', was ->> 'username');
  columns text[] := array(
    select key from jsonb_each(is_now) e where e.value is distinct from was -> e.key order by key);
begin
  if tg_op = 'UPDATE' and columns = '{last_login}' then
    perform archive_note_deed('login', 'user', array[new.id], '', new.id);
  elsif tg_op = 'UPDATE' and columns <> '{}' then
    perform archive_note_deed('account', 'user', array[new.id], name || ': ' || array_to_string(columns, ', '));
  elsif tg_op = 'INSERT' then
    perform archive_note_deed('account', 'user', array[new.id], name || ': made');
  elsif tg_op = 'DELETE' then
    perform archive_note_deed('account', 'user', array[old.id], name || ': deleted');
  end if;
  return null;
end $$;
create trigger deed_done after insert or update or delete on auth_user
  for each row execute function archive_note_account();

-- Of whom, which right, and whether it was given or taken.
create function archive_note_right() returns trigger language plpgsql set search_path = public as $$
declare
  held jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  who bigint := coalesce(held ->> 'user_id', held ->> 'group_id')::bigint;
  holder text := case when held ? 'user_id' then (select username from auth_user where id = who)
    else (select name from auth_group where id = who) end;
  given text := case when held ? 'permission_id'
    then (select codename from auth_permission where id = (held ->> 'permission_id')::bigint)
    else (select name from auth_group where id = (held ->> 'group_id')::bigint) end;
begin
  perform archive_note_deed('role', case when held ? 'user_id' then 'user' else 'group' end, array[who],
    format('%s: %s %s', coalesce(holder, who::text), coalesce(given, 'a right that is gone'),
      case tg_op when 'DELETE' then 'taken' else 'given' end));
  return null;
end $$;
create trigger deed_done after insert or delete on auth_user_groups
  for each row execute function archive_note_right();
create trigger deed_done after insert or delete on auth_user_user_permissions
  for each row execute function archive_note_right();
create trigger deed_done after insert or delete on auth_group_permissions
  for each row execute function archive_note_right();

create function archive_deeds_stay() returns trigger language plpgsql as $$
begin
  raise exception 'the log of deeds is only ever added to';
end $$;
create trigger deed_stays before update or delete on articles_deed
  for each statement execute function archive_deeds_stay();

-- Draws and judgements of the random sample are only ever added. Who has a quote open is not logged.
create trigger deed_added after insert on articles_sampledquote referencing new table as added
  for each statement execute function archive_note_rows();
create trigger deed_added after insert on articles_judgement referencing new table as added
  for each statement execute function archive_note_rows();
