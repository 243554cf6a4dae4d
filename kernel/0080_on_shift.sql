-- Whoever has a desk's shift is not logged out while he has it: his screens lock, and ring on. Written by the module of the shifts, in the transaction of its events.
create table kernel.on_shift (account uuid primary key);
create function kernel.set_on_shift(account uuid, onshift boolean) returns void
language sql security definer set search_path = '' as $$
  delete from kernel.on_shift o where o.account = $1 and not $2;
  insert into kernel.on_shift select $1 where $2 on conflict do nothing;
$$;
revoke all on function kernel.set_on_shift(uuid, boolean) from public;
grant execute on function kernel.set_on_shift(uuid, boolean) to plumbline_app, plumbline_worker;

-- Since when a password is asked for before anything but listening; null: open.
alter table kernel.session add column locked_at timestamptz;

drop function kernel.session_of(bytea);
-- Who a session's token stands for, with the grants of this moment. Nothing when it is revoked or of an earlier password or second factor, or, off shift,
-- when it is idle or over: on shift it is locked then. `idle`: minutes.
create function kernel.session_of(hash bytea)
returns table (
  account uuid, login text, name text, unit text, grants jsonb, ends_at timestamptz, factor uuid, recovery_left smallint, on_shift boolean, locked boolean,
  idle integer
)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select s.account, a.login, a.name, a.unit, a.grants, s.ends_at, c.factor, c.recovery_left, o.account is not null,
      s.locked_at is not null or not kernel.fresh(s), (extract(epoch from s.idle) / 60)::integer
    from kernel.session s cross join lateral access.account(s.account) a
      join access.account c on c.id = s.account and c.credential = s.credential
      left join kernel.on_shift o on o.account = s.account
    where s.token = hash and s.revoked_at is null and (o.account is not null or kernel.fresh(s)) and (c.factor is null or c.factor = any (s.proved));
end
$$;
-- Neither left alone for too long nor too old.
create function kernel.fresh(s kernel.session) returns boolean language sql stable set search_path = '' as $$
  select s.ends_at > now() and s.used_at > now() - s.idle
$$;
revoke all on function kernel.session_of(bytea), kernel.fresh(kernel.session) from public;
grant execute on function kernel.session_of(bytea), kernel.fresh(kernel.session) to plumbline_app, plumbline_worker;
