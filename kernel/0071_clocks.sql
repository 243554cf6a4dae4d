-- What will be due of every stream, written in the transaction of its events: a projection like any view, which the sweep reads by time.
create table kernel.clock (
  module text not null,
  stream text not null,
  id text not null,
  unit text not null,
  rule text not null,
  -- The next point, and when it comes; null while the clock is paused.
  point text,
  due timestamptz(3),
  clock jsonb not null,
  primary key (module, stream, id)
);
create index on kernel.clock (due, module, stream, id) where due is not null;
grant select, insert, update, delete on kernel.clock to plumbline_app, plumbline_worker;

-- The house's time: every server sets its own clock by this one. A function, so that a drill or a test can move the time of a whole house.
create function kernel.now() returns timestamptz language sql volatile set search_path = '' as $$ select clock_timestamp() $$;
revoke all on function kernel.now() from public;
grant execute on function kernel.now() to plumbline_app, plumbline_worker;
