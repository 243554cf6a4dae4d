-- What the security administrator has set of the types of incident, dated, over those that the house comes with (rules/kinds.ts). Rows are only added.
create table dispatch.kind (
  code text not null,
  n int not null,
  starts date not null,
  row jsonb not null,
  primary key (code, n)
);
grant select, insert on dispatch.kind to plumbline_app, plumbline_worker;
