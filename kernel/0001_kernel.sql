-- The event table and what the road needs around it. Only `kernel.append` writes events; nobody updates or deletes one.
create schema kernel;
grant usage on schema kernel to plumbline_app, plumbline_worker;

-- One row, so that positions are in commit order: whoever moves it holds it until his commit.
create table kernel.counter (
  one boolean primary key default true check (one),
  position bigint not null
);
insert into kernel.counter values (true, 0);

create table kernel.event (
  position bigint primary key,
  module text not null,
  stream text not null,
  n integer not null check (n > 0),
  type text not null,
  version smallint not null,
  by jsonb not null,
  unit text,
  at timestamptz(3) not null,
  occurred_at timestamptz(3) not null,
  occurred_source text not null check (occurred_source in ('system', 'position', 'radio', 'typed', 'imported')),
  command_id uuid not null,
  command_n smallint not null,
  command_digest bytea not null,
  digest bytea not null,
  unique (module, stream, n),
  unique (command_id, command_n)
);

-- Apart from the event, so that content can be erased lawfully while the proof (digest) stays.
create table kernel.content (
  position bigint primary key references kernel.event,
  salt bytea not null,
  data jsonb,
  class text not null,
  sealed boolean not null default false,
  check (data is not null or sealed)
);

-- Nobody changes what was recorded, not even its owner by mistake: he would have to take this away first, which leaves a trace in the migrations.
create function kernel.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception '% on %: what was recorded is not changed', tg_op, tg_table_name using errcode = 'PL002';
end
$$;
create trigger only_grows before update or delete or truncate on kernel.event for each statement execute function kernel.refuse_change();
create trigger only_grows before delete or truncate on kernel.content for each statement execute function kernel.refuse_change();
create trigger only_erased before update on kernel.content for each row
  when (new.data is not null or not new.sealed or (new.position, new.salt, new.class) is distinct from (old.position, old.salt, old.class))
  execute function kernel.refuse_change();

create table kernel.session (
  token bytea primary key,
  account uuid not null,
  -- The password it was opened with: a new one ends every session.
  credential uuid not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  ends_at timestamptz not null,
  revoked_at timestamptz
);
create index on kernel.session (account) where revoked_at is null;

-- A secret never stands in an event; the event names its id. argon2id in PHC form.
create table kernel.secret (
  id uuid primary key,
  hash text not null
);

create table kernel.throttle (
  key text primary key,
  failures integer not null,
  until timestamptz not null
);

create table kernel.follower (
  name text primary key,
  position bigint not null
);

-- A reaction that failed 8 times: its stream stops here until someone looks.
create table kernel.parked (
  reaction text not null,
  stream text not null,
  position bigint not null,
  error text not null,
  parked_at timestamptz not null,
  primary key (reaction, stream)
);

-- The units whose rows this transaction may see; '*' is the road itself. Raises instead of showing nothing, so that a forgotten scope is found at once.
create function kernel.scope() returns text[] language plpgsql stable as $$
declare
  units text := current_setting('plumbline.scope', true);
begin
  if units is null or units = '' then
    raise exception 'no reader scope is set in this transaction' using errcode = 'PL001';
  end if;
  return string_to_array(units, ',');
end
$$;

alter table kernel.content enable row level security;
alter table kernel.content force row level security;
create policy road on kernel.content for select using ('*' = any ((select kernel.scope())::text[]));
create policy owner on kernel.content to plumbline_owner using (true) with check (true);

-- One event after the other into the streams they belong to; gives the last position. The caller sends `commit` in the same round trip.
create function kernel.append(events jsonb) returns bigint language plpgsql security definer set search_path = '' as $$
declare
  amount integer := jsonb_array_length(events);
  last bigint;
begin
  update kernel.counter set position = position + amount returning position into last;
  with given as (
    select last - amount + ordinality as position, item
    from jsonb_array_elements(events) with ordinality as list (item, ordinality)
  ), stored as (
    insert into kernel.event
    select position, item ->> 'module', item ->> 'stream', (item ->> 'n')::int, item ->> 'type', (item ->> 'version')::smallint, item -> 'by',
      item ->> 'unit', (item ->> 'at')::timestamptz, (item ->> 'occurredAt')::timestamptz, item ->> 'occurredSource', (item ->> 'commandId')::uuid,
      (item ->> 'commandN')::smallint, decode(item ->> 'commandDigest', 'hex'), decode(item ->> 'digest', 'hex')
    from given
  )
  insert into kernel.content select position, decode(item ->> 'salt', 'hex'), item -> 'data', item ->> 'class' from given;
  return last;
end
$$;

-- Streams lock in id order, so that two commands on the same streams wait for each other instead of deadlocking.
create function kernel.lock(module text, streams text[]) returns void language plpgsql set search_path = '' as $$
declare
  stream text;
begin
  for stream in select distinct item from unnest(streams) as list (item) order by item loop
    perform pg_advisory_xact_lock(hashtextextended(module || '/' || stream, 0));
  end loop;
end
$$;

-- The beginning of every command, in one call: the road's scope, the locks, then either the events that this command id has already made or the
-- streams as they stand. Each statement of a volatile function sees what was committed before it, so what is read after the lock is the truth.
create function kernel.take(which_module text, streams text[], command uuid, its_digest bytea)
returns table (
  repeated boolean, same boolean, "position" bigint, module text, stream text, n integer, type text, version smallint,
  at timestamptz, occurred_at timestamptz, occurred_source text, by jsonb, data jsonb
) language plpgsql volatile as $$
begin
  perform set_config('plumbline.scope', '*', true);
  perform kernel.lock(which_module, streams);
  return query
    select true, e.command_digest = its_digest, e.position, e.module, e.stream, e.n, e.type, e.version,
      e.at::timestamptz, e.occurred_at::timestamptz, e.occurred_source, e.by, null::jsonb
    from kernel.event e where e.command_id = command order by e.command_n;
  if found then
    return;
  end if;
  return query
    select false, false, e.position, e.module, e.stream, e.n, e.type, e.version,
      e.at::timestamptz, e.occurred_at::timestamptz, e.occurred_source, e.by,
      (select c.data from kernel.content c where c.position = e.position)
    from kernel.event e
    where e.module = which_module and e.stream = any (streams) order by e.stream, e.n;
end
$$;

-- The only way content leaves: lawful erasure, which the caller records as an event of its own.
create function kernel.erase(which bigint) returns void language sql security definer set search_path = '' as $$
  update kernel.content set data = null, sealed = true where position = which;
$$;

-- A stream's events for a reader whose view has already found the stream in the reader's scope.
create function kernel.trace(which_module text, which_stream text)
returns table (n integer, "position" bigint, type text, version smallint, at timestamptz, occurred_at timestamptz, occurred_source text, by jsonb, data jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform kernel.scope();
  return query
    select e.n, e.position, e.type, e.version, e.at, e.occurred_at, e.occurred_source, e.by,
      (select c.data from kernel.content c where c.position = e.position)
    from kernel.event e
    where e.module = which_module and e.stream = which_stream order by e.n;
end
$$;

-- Log-in attempts: after 5 failures each further one doubles the wait, 5 s to 15 min; an hour of quiet forgets them. Gives the seconds still to wait.
-- By the clock, not by the transaction's begin: that may lie before the begin of the one that counted last.
create function kernel.throttled(which text) returns integer language sql volatile security definer set search_path = '' as $$
  select coalesce((select greatest(0, ceil(extract(epoch from until - clock_timestamp())))::int from kernel.throttle where key = which), 0);
$$;
create function kernel.failed(which text) returns void language sql security definer set search_path = '' as $$
  insert into kernel.throttle as t values (which, 1, clock_timestamp())
  on conflict (key) do update set (failures, until) = (
    select counted, clock_timestamp() + case when counted < 5 then interval '0' else least(interval '15 minutes', interval '5 seconds' * power(2, least(counted - 5, 8))) end
    from (select case when t.until < now() - interval '1 hour' then 1 else t.failures + 1 end as counted) as attempt);
$$;
create function kernel.succeeded(which text) returns void language sql security definer set search_path = '' as $$
  delete from kernel.throttle where key = which;
$$;

-- Who a session's token stands for, with the grants of this moment. Nothing when it is revoked, idle or over.
create function kernel.session_of(hash bytea, idle interval)
returns table (account uuid, login text, name text, unit text, grants jsonb, ends_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select s.account, a.login, a.name, a.unit, a.grants, s.ends_at
    from kernel.session s cross join lateral access.account(s.account) a
    where s.token = hash and s.revoked_at is null and s.ends_at > now() and s.used_at > now() - idle
      and exists (select from access.account c where c.id = s.account and c.credential = s.credential);
end
$$;

revoke all on all functions in schema kernel from public;
grant execute on function kernel.scope(), kernel.append(jsonb), kernel.lock(text, text[]), kernel.take(text, text[], uuid, bytea), kernel.trace(text, text), kernel.session_of(bytea, interval)
  to plumbline_app, plumbline_worker;
grant execute on function kernel.throttled(text), kernel.failed(text), kernel.succeeded(text) to plumbline_app;
grant execute on function kernel.erase(bigint) to plumbline_worker;
grant select on kernel.counter, kernel.event, kernel.content to plumbline_app, plumbline_worker;
grant select, insert, update on kernel.session to plumbline_app;
grant select, insert, delete on kernel.secret to plumbline_app;
grant select, insert, update on kernel.follower, kernel.parked to plumbline_worker;
grant delete on kernel.parked to plumbline_worker;
