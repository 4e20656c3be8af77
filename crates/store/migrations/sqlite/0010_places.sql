-- Finds the visitors who were seen last, however many there are.
create index visitor_last_seen on visitor (site_id, last_seen);
