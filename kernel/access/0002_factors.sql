-- Which second factor an account has in force, and how many of its recovery codes are left.
alter table access.account add column factor uuid, add column recovery_left smallint not null default 0;
grant select (factor, recovery_left) on access.account to plumbline_app, plumbline_worker;

create function access.set_factor(the_id uuid, the_factor uuid, codes integer) returns void language sql security definer set search_path = '' as $$
  update access.account set factor = $2, recovery_left = $3 where id = $1;
$$;

create function access.use_recovery(the_id uuid) returns void language sql security definer set search_path = '' as $$
  update access.account set recovery_left = recovery_left - 1 where id = $1;
$$;

grant execute on function access.set_factor(uuid, uuid, integer), access.use_recovery(uuid) to plumbline_app, plumbline_worker;
