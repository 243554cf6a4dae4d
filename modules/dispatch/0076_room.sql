-- An incident's row is written anew at each of its events and read by every screen: packing it (beyond 2 kB, by default) took more than half of the writing. It lies
-- as it is, up to a page, and a page is left room for the next version, so that no index needs to hear of it.
alter table dispatch.incident set (toast_tuple_target = 8160, fillfactor = 70);
