-- What does not fit between two boundaries: a row stands while both are drawn as they were. `share`: per cent of the unit's own area.
create table access.finding (
  unit text not null references access.unit,
  other text not null references access.unit,
  kind text not null check (kind in ('overlap', 'overhang')),
  share float8 not null,
  primary key (unit, other, kind)
);
create index on access.finding (other);
grant select on access.finding to plumbline_app, plumbline_worker;

create function access.put_finding(the_unit text, the_other text, the_kind text, the_share float8)
returns void language sql security definer set search_path = '' as $$
  insert into access.finding (unit, other, kind, share) values ($1, $2, $3, $4);
$$;
grant execute on function access.put_finding(text, text, text, float8) to plumbline_app, plumbline_worker;

-- A new boundary ends what was found about the old one; what is still so has been found again and follows.
create or replace function access.put_boundary(the_unit text, the_boundary jsonb, is_schematic boolean)
returns void language sql security definer set search_path = '' as $$
  update access.unit set schematic = $3 where code = $1;
  delete from access.finding where unit = $1 or other = $1;
  delete from access.area where unit = $1;
  insert into access.area (unit, part, bounds, outline, holes)
  select $1, part, box(access.ring(rings -> 0)), access.ring(rings -> 0),
    array(select access.ring(hole) from jsonb_array_elements(rings) with ordinality as list (hole, n) where n > 1 order by n)
  from jsonb_array_elements($2) with ordinality as list (rings, part);
$$;

create or replace function access.close_unit(the_code text) returns void language sql security definer set search_path = '' as $$
  update access.unit set closed = true where code = $1;
  delete from access.finding where unit = $1 or other = $1;
$$;
