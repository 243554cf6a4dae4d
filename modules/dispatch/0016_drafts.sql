-- What stands unsent in a call taker's form: a signal, last value only, and personal data of a caller. It is read and written by its own account alone,
-- and not kept longer than a day.
create table dispatch.signal_draft (
  account text primary key,
  incident text not null,
  content jsonb not null,
  at timestamptz(3) not null
);

-- Whose draft this transaction is about; forgetting to say so is an error, not an empty answer.
create function dispatch.drafter() returns text language plpgsql stable set search_path = '' as $$
declare
  account text := current_setting('plumbline.drafter', true);
begin
  if account is null or account = '' then
    raise exception 'no account of a draft is set in this transaction' using errcode = 'PL001';
  end if;
  return account;
end
$$;
alter table dispatch.signal_draft enable row level security;
create policy own on dispatch.signal_draft using (account = (select dispatch.drafter())) with check (account = (select dispatch.drafter()));

-- Everybody's: whoever never comes back leaves no draft behind.
create function dispatch.forget_drafts(before timestamptz) returns void language sql security definer set search_path = '' as $$
  delete from dispatch.signal_draft where at < before;
$$;
revoke all on function dispatch.drafter(), dispatch.forget_drafts(timestamptz) from public;
grant execute on function dispatch.drafter(), dispatch.forget_drafts(timestamptz) to plumbline_app;
grant select, insert, update, delete on dispatch.signal_draft to plumbline_app;
create index on dispatch.signal_draft (at);
