-- Who there is: units with their areas, accounts, grants. Made from the events of the module `staff`; written only through the functions below, whoever may
-- call them can do nothing else to these tables.
create schema access;
grant usage on schema access to plumbline_app, plumbline_worker;

create table access.unit (
  code text primary key,
  kind text not null check (kind in ('bureau', 'subBureau', 'station', 'centre', 'squad', 'corps')),
  name text not null,
  parent text references access.unit,
  -- The nearest bureau at or above: whose call-taking centre the unit belongs to.
  bureau text not null,
  -- Codes from the root to the unit itself. Units do not move, so neither does it.
  path text[] not null,
  position point,
  schematic boolean not null,
  closed boolean not null default false
);
create index on access.unit (bureau);
create index on access.unit (parent);

-- One row for each polygon of a boundary; degrees, longitude first.
create table access.area (
  unit text not null references access.unit,
  part integer not null,
  bounds box not null,
  outline polygon not null,
  holes polygon[] not null,
  primary key (unit, part)
);
create index on access.area using gist (bounds);

create table access.account (
  id uuid primary key,
  login text not null constraint login_taken unique,
  name text not null,
  unit text not null references access.unit,
  credential uuid not null,
  closed boolean not null default false
);
create index on access.account (unit);

-- A grant stands here while it holds; what was is in the events.
create table access.grant_ (
  account uuid not null references access.account,
  role text not null,
  unit text not null references access.unit,
  primary key (account, role, unit)
);
create index on access.grant_ (unit, role);
-- One office of the three at one unit: so no account ever holds two of them, whatever a decision may overlook.
create unique index one_administrator on access.grant_ (account)
  where role in ('systemAdministrator', 'securityAdministrator', 'auditAdministrator');

-- Names of units are no secret; people are seen by those whose scope lies on the way from the root to them.
alter table access.account enable row level security;
alter table access.grant_ enable row level security;
create policy scope on access.account for select to plumbline_app, plumbline_worker using (
  '*' = any ((select kernel.scope())::text[])
  or exists (select from access.unit u where u.code = account.unit and u.path && (select kernel.scope()))
);
create policy scope on access.grant_ for select to plumbline_app, plumbline_worker using (
  exists (select from access.account a where a.id = grant_.account)
);
grant select on access.unit, access.area, access.grant_ to plumbline_app, plumbline_worker;
grant select (id, login, name, unit, closed) on access.account to plumbline_app, plumbline_worker;

create function access.put_unit(
  the_code text, the_kind text, the_name text, the_path text[], lon float8, lat float8, is_schematic boolean
) returns void language sql security definer set search_path = '' as $$
  insert into access.unit (code, kind, name, parent, bureau, path, position, schematic)
  select $1, $2, $3, p.code, case when $2 = 'bureau' then $1 else p.bureau end, $4, point($5, $6), $7
  from (values (1)) as one left join access.unit p on p.code = ($4)[cardinality($4) - 1];
$$;

create function access.rename_unit(the_code text, the_name text) returns void language sql security definer set search_path = '' as $$
  update access.unit set name = $2 where code = $1;
$$;

create function access.close_unit(the_code text) returns void language sql security definer set search_path = '' as $$
  update access.unit set closed = true where code = $1;
$$;

-- The text of a ring is that of a polygon but for its brackets, and keeps every digit.
create function access.ring(points jsonb) returns polygon language sql immutable strict set search_path = '' as $$
  select translate(points::text, '[]', '()')::polygon;
$$;

create function access.put_boundary(the_unit text, the_boundary jsonb, is_schematic boolean)
returns void language sql security definer set search_path = '' as $$
  update access.unit set schematic = $3 where code = $1;
  delete from access.area where unit = $1;
  insert into access.area (unit, part, bounds, outline, holes)
  select $1, part, box(access.ring(rings -> 0)), access.ring(rings -> 0),
    array(select access.ring(hole) from jsonb_array_elements(rings) with ordinality as list (hole, n) where n > 1 order by n)
  from jsonb_array_elements($2) with ordinality as list (rings, part);
$$;

create function access.put_account(the_id uuid, the_login text, the_name text, the_unit text, the_credential uuid)
returns void language sql security definer set search_path = '' as $$
  insert into access.account (id, login, name, unit, credential) values ($1, $2, $3, $4, $5);
$$;

create function access.set_credential(the_id uuid, the_credential uuid) returns void language sql security definer set search_path = '' as $$
  update access.account set credential = $2 where id = $1;
$$;

create function access.close_account(the_id uuid) returns void language sql security definer set search_path = '' as $$
  delete from access.grant_ where account = $1;
  update access.account set closed = true where id = $1;
$$;

create function access.put_grant(the_account uuid, the_role text, the_unit text)
returns void language sql security definer set search_path = '' as $$
  insert into access.grant_ (account, role, unit) values ($1, $2, $3);
$$;

create function access.end_grant(the_account uuid, the_role text, the_unit text)
returns void language sql security definer set search_path = '' as $$
  delete from access.grant_ where account = $1 and role = $2 and unit = $3;
$$;

-- Who is responsible at a point, among the open units of one bureau. A bureau without any area of its own or below it is everywhere.
create function access.unit_at(lon float8, lat float8, the_bureau text)
returns table (station text, sub_bureau text, in_bureau boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  spot point := point(lon, lat);
  hits text[];
begin
  hits := array(
    select distinct u.code from access.area a join access.unit u on u.code = a.unit
    where a.bounds @> box(spot, spot) and u.bureau = the_bureau and not u.closed
      and a.outline @> spot and not exists (select from unnest(a.holes) as list (hole) where hole @> spot)
  );
  select u.code, s.code into station, sub_bureau
  from access.unit u left join access.unit s on s.code = any (u.path) and s.kind = 'subBureau'
  where u.code = any (hits) and u.kind = 'station' order by u.code limit 1;
  if station is null then
    select u.code into sub_bureau from access.unit u where u.code = any (hits) and u.kind = 'subBureau' order by u.code limit 1;
  end if;
  in_bureau := cardinality(hits) > 0
    or not exists (select from access.area a join access.unit u on u.code = a.unit where u.bureau = the_bureau and not u.closed);
  return next;
end
$$;

create function access.unit_of(the_code text)
returns table (code text, kind text, name text, parent text, bureau text, path text[], closed boolean)
language sql stable security definer set search_path = '' as $$
  select u.code, u.kind, u.name, u.parent, u.bureau, u.path, u.closed from access.unit u where u.code = $1;
$$;

create function access.grants_of(the_account uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'unit', g.unit) order by g.role, g.unit), '[]')
  from access.grant_ g where g.account = $1;
$$;

-- For log-in, before anybody has a scope. A closed account is none.
create function access.account_for(the_login text) returns table (id uuid, name text, unit text, credential uuid, grants jsonb)
language sql stable security definer set search_path = '' as $$
  select a.id, a.name, a.unit, a.credential, access.grants_of(a.id) from access.account a where a.login = $1 and not a.closed;
$$;

-- For a session that has been found. A closed account is none, so its sessions are over.
create function access.account(the_id uuid) returns table (id uuid, login text, name text, unit text, grants jsonb)
language sql stable security definer set search_path = '' as $$
  select a.id, a.login, a.name, a.unit, access.grants_of(a.id) from access.account a where a.id = $1 and not a.closed;
$$;

grant execute on function
  access.put_unit(text, text, text, text[], float8, float8, boolean),
  access.rename_unit(text, text),
  access.close_unit(text),
  access.put_boundary(text, jsonb, boolean),
  access.put_account(uuid, text, text, text, uuid),
  access.set_credential(uuid, uuid),
  access.close_account(uuid),
  access.put_grant(uuid, text, text),
  access.end_grant(uuid, text, text),
  access.unit_at(float8, float8, text),
  access.unit_of(text),
  access.grants_of(uuid),
  access.account_for(text),
  access.account(uuid)
  to plumbline_app, plumbline_worker;
