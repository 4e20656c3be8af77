-- Results of some days: by when, and with all that is counted, so that no row of
-- the table itself has to be read.
create index trigger_event_time
on trigger_event (site_id, trigger_id, at, kind, person, version, variant, page, device);
