//! What visitors filled in, and how content they were.

pub(crate) const ATTRIBUTES: &str = "
    select name as id, answer, form from attribute
    where visitor_id = coalesce((select merged_into from visitor where id = $1), $1)
    order by at, place, name";
pub(crate) const SET_ATTRIBUTE: &str = "
    insert into attribute (visitor_id, name, answer, form, place, at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (visitor_id, name) do update set
        answer = excluded.answer, form = excluded.form, place = excluded.place, at = excluded.at";

/// Events are written as JSON with their kind first.
pub(crate) const LAST_CLOSE: &str = "
    select number from event
    where conversation_id = $1 and what like '{\"closed\":%'
    order by number desc limit 1";
pub(crate) const RATING: &str = "
    select conversation_id as id, closed, score, comment, times from rating
    where conversation_id = $1 and closed = $2";
pub(crate) const SET_RATING: &str = "
    insert into rating (conversation_id, closed, score, comment, times, at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (conversation_id, closed) do update set
        score = excluded.score, comment = excluded.comment, times = excluded.times,
        at = excluded.at";
