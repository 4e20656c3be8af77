-- What signs the links that open a site's explain panel. Made with the first of
-- them; set to null, every link is void.
alter table site add column explain_key text;
