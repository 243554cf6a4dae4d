-- The road reads the streams of many commands at once now, by a statement of its own after the locks.
drop function kernel.take(text, text[], uuid, bytea);
