-- Who is named for which open incident: an officer's own are found by his account, and whether he is on another.
create table dispatch.duty (
  account text not null,
  incident text not null,
  primary key (account, incident)
);
create index on dispatch.duty (incident);
alter table dispatch.duty enable row level security;
create policy reader on dispatch.duty for select using (
  exists (select 1 from dispatch.incident i where i.id = incident) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.duty for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_delete on dispatch.duty for delete using ('*' = any ((select kernel.scope())::text[]));
grant select, insert, delete on dispatch.duty to plumbline_app, plumbline_worker;
