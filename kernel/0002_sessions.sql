-- What the browser called itself when it logged in, for its owner's own list; sessions from before it have none.
alter table kernel.session add column device text not null default '';
