-- The audit log says on which page, or by which command, a change was made.

create or replace function archive_note_deed(kind text, about text, ids bigint[], what text, by bigint default null, act uuid default null)
returns void language plpgsql set search_path = public as $$
declare
  context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
  doer bigint := coalesce(by, (context ->> 'user')::bigint);
begin
  insert into articles_deed (at, user_id, who, through, page, kind, about, ids, rows, what, act) values (
    now(), doer, coalesce((select username from auth_user where id = doer), ''),
    coalesce(context ->> 'through', case when context ? 'url' then 'web' else '' end),
    left(coalesce(context ->> 'page', case when context ? 'url' then '' else current_setting('application_name') end), 100),
    kind, about, ids, cardinality(ids), what, coalesce(act, (context ->> 'act')::uuid));
end $$;

create or replace function archive_note_act(key uuid, label text)
returns void language sql set search_path = public as $$
  insert into articles_deed (at, user_id, who, through, page, kind, about, ids, rows, what, act)
  select now(), first.user_id, first.who, first.through, first.page, 'act', most.about, most.ids,
    cardinality(most.ids), label, key
  from (
    select d.about, array_agg(distinct one order by one) as ids from articles_deed d, unnest(d.ids) one
    where d.act = key and d.kind in ('add', 'change', 'delete') group by d.about
    order by count(distinct one) desc, d.about limit 1
  ) most, (select user_id, who, through, page from articles_deed where act = key order by id limit 1) first
$$;
