-- What is still to be done outside the house because of an event (a bell, a letter), written in the transaction of that event: a projection like kernel.clock.
create table kernel.effect (
  module text not null,
  stream text not null,
  id text not null,
  -- The event it follows: its position gives the order.
  n integer not null,
  -- Where it goes: within one target one after the other.
  target text not null,
  effect jsonb not null,
  primary key (module, stream, id)
);
create index on kernel.effect (module, target);
grant select, insert, update, delete on kernel.effect to plumbline_app, plumbline_worker;

-- How it goes with each target: no projection, the worker's own notes.
create table kernel.effect_target (
  module text not null,
  target text not null,
  -- Attempts at what is first in line, and what the last one came to.
  tries integer not null default 0,
  error text,
  -- Not before this.
  next_at timestamptz(3) not null,
  -- Which server is at it; one that was killed holds it no longer than until then.
  held_by uuid,
  held_until timestamptz(3),
  primary key (module, target)
);
grant select, insert, update on kernel.effect_target to plumbline_worker;

-- Ed25519, by which a receiver knows that a message is this house's. Only the worker reads the private half.
create table kernel.signing_key (
  one boolean primary key default true check (one),
  private bytea not null,
  public bytea not null
);
grant select, insert on kernel.signing_key to plumbline_worker;

create function kernel.signing_public() returns bytea language sql stable security definer set search_path = '' as $$
  select public from kernel.signing_key
$$;

-- What waits for each of these targets of a module: how many, since when the first, its attempts, the last failure and when the next attempt is.
create function kernel.effects_waiting(which_module text, targets text[])
returns table (target text, waiting integer, since timestamptz, tries integer, error text, next_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select f.target, count(*)::int, min(e.at)::timestamptz, coalesce(max(t.tries), 0), max(t.error), max(t.next_at)::timestamptz
  from kernel.effect f
    join kernel.event e on e.module = f.module and e.stream = f.stream and e.n = f.n
    left join kernel.effect_target t on t.module = f.module and t.target = f.target
  where f.module = which_module and f.target = any (targets)
  group by f.target
$$;

-- The same of all together: what waits, how many targets fail, and since when the oldest waits.
create function kernel.effects_figures() returns table (waiting integer, failing integer, oldest timestamptz)
language sql stable security definer set search_path = '' as $$
  select count(*)::int, count(distinct (f.module, f.target)) filter (where t.tries > 0)::int, min(e.at)::timestamptz
  from kernel.effect f
    join kernel.event e on e.module = f.module and e.stream = f.stream and e.n = f.n
    left join kernel.effect_target t on t.module = f.module and t.target = f.target
$$;

revoke all on function kernel.signing_public(), kernel.effects_waiting(text, text[]), kernel.effects_figures() from public;
grant execute on function kernel.signing_public(), kernel.effects_waiting(text, text[]), kernel.effects_figures() to plumbline_app, plumbline_worker;
