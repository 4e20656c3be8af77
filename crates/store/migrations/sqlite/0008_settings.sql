-- Grows with each change of what the owner chose, so that two people who change it
-- at once do not undo each other.
alter table site add column revision integer not null default 1;
