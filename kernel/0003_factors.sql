-- The second factor (RFC 6238). Its secret must be readable to check a code, so it cannot be a hash: nobody may select these tables, the functions below
-- give one secret to whoever names its id. Why the database holds it: docs/decisions/0004-second-factor.md.
create table kernel.factor (
  id uuid primary key,
  account uuid not null,
  secret text not null,
  -- The last time step that was used: no code is good twice (RFC 6238 section 5.2).
  step bigint not null default 0,
  made_at timestamptz not null default now()
);
create index on kernel.factor (account);

-- 80 random bits each: a plain digest of them cannot be searched. That one was used is an event of its account.
create table kernel.recovery (
  id uuid primary key,
  factor uuid not null references kernel.factor on delete cascade,
  digest bytea not null,
  unique (factor, digest)
);

-- The factors that this session has shown. A session that has not shown the account's present one is over, as with a new password.
alter table kernel.session add column proved uuid[] not null default '{}';

-- The way in before there is anybody: the digest of the code that stands on the console.
create table kernel.first_code (
  one boolean primary key default true check (one),
  digest bytea not null,
  until timestamptz not null
);

-- A new one, not in force until its first code has been given; earlier ones that are not in force are gone.
create function kernel.put_factor(the_id uuid, the_account uuid, the_secret text, codes uuid[], digests bytea[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from kernel.factor f
  where f.account = the_account and not exists (select from access.account a where a.id = the_account and a.factor = f.id);
  insert into kernel.factor (id, account, secret) values (the_id, the_account, the_secret);
  insert into kernel.recovery (id, factor, digest) select code, the_id, digest from unnest(codes, digests) as list (code, digest);
end
$$;

create function kernel.secret_of(the_factor uuid, the_account uuid) returns text language sql stable security definer set search_path = '' as $$
  select secret from kernel.factor where id = the_factor and account = the_account;
$$;

-- Whether nobody has used this time step or a later one: of many at once one is told so.
create function kernel.use_step(the_factor uuid, the_step bigint) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update kernel.factor set step = the_step where id = the_factor and step < the_step;
  return found;
end
$$;

create function kernel.recovery_of(the_factor uuid, the_digest bytea) returns uuid language sql stable security definer set search_path = '' as $$
  select id from kernel.recovery where factor = the_factor and digest = the_digest;
$$;

drop function kernel.session_of(bytea, interval);
-- Who a session's token stands for, with the grants of this moment. Nothing when it is revoked, idle or over, or of an earlier password or second factor.
create function kernel.session_of(hash bytea, idle interval)
returns table (account uuid, login text, name text, unit text, grants jsonb, ends_at timestamptz, factor uuid, recovery_left smallint)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select s.account, a.login, a.name, a.unit, a.grants, s.ends_at, c.factor, c.recovery_left
    from kernel.session s cross join lateral access.account(s.account) a
      join access.account c on c.id = s.account and c.credential = s.credential
    where s.token = hash and s.revoked_at is null and s.ends_at > now() and s.used_at > now() - idle
      and (c.factor is null or c.factor = any (s.proved));
end
$$;

revoke all on function kernel.put_factor(uuid, uuid, text, uuid[], bytea[]), kernel.secret_of(uuid, uuid), kernel.use_step(uuid, bigint),
  kernel.recovery_of(uuid, bytea), kernel.session_of(bytea, interval) from public;
grant execute on function kernel.session_of(bytea, interval) to plumbline_app, plumbline_worker;
grant execute on function kernel.put_factor(uuid, uuid, text, uuid[], bytea[]), kernel.secret_of(uuid, uuid), kernel.use_step(uuid, bigint),
  kernel.recovery_of(uuid, bytea) to plumbline_app;
grant select, insert, update, delete on kernel.first_code to plumbline_app;
