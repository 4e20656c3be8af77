-- Nothing is left of them but that they were. Of a conversation the numbers stay, so
-- that no client sees a hole; a visitor stays for what refers to them.
alter table conversation add column erased integer not null default 0;
alter table visitor add column erased integer not null default 0;

-- For whom nobody has heard of for as long as a site keeps what was said.
drop index visitor_last_seen;
create index visitor_last_seen on visitor (site_id, last_seen) where erased = 0;
