-- A session keeps the idle time that was in force for its unit when it was opened.
alter table kernel.session add column idle interval not null default interval '60 minutes';

drop function kernel.session_of(bytea, interval);
-- Who a session's token stands for, with the grants of this moment. Nothing when it is revoked, idle or over, or of an earlier password or second factor.
create function kernel.session_of(hash bytea)
returns table (account uuid, login text, name text, unit text, grants jsonb, ends_at timestamptz, factor uuid, recovery_left smallint)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select s.account, a.login, a.name, a.unit, a.grants, s.ends_at, c.factor, c.recovery_left
    from kernel.session s cross join lateral access.account(s.account) a
      join access.account c on c.id = s.account and c.credential = s.credential
    where s.token = hash and s.revoked_at is null and s.ends_at > now() and s.used_at > now() - s.idle
      and (c.factor is null or c.factor = any (s.proved));
end
$$;
revoke all on function kernel.session_of(bytea) from public;
grant execute on function kernel.session_of(bytea) to plumbline_app, plumbline_worker;
