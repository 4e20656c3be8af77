-- Finds the pages that greetings were on by leaps, one look-up for each, however
-- often they were there.
create index trigger_event_page on trigger_event (site_id, page);
