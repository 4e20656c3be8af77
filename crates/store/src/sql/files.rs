//! Files that were sent.

/// A visitor who turned out to be another sends what is that other's.
pub(crate) const ADD_FILE: &str = "
    insert into file (id, visitor_id, agent_id, file, bytes, at)
    values ($1, coalesce((select merged_into from visitor where id = $2), $2), $3, $4, $5, $6)";
pub(crate) const FILE: &str = "
    select id, visitor_id, agent_id, file, at from file where id = $1 and condemned = 0";
pub(crate) const SENT_SINCE: &str = "
    select count(*) as files, coalesce(sum(bytes), 0) as bytes from file
    where visitor_id = coalesce((select merged_into from visitor where id = $1), $1)
        and at >= $2 and agent_id is null";
/// Once, and by whoever sent it.
pub(crate) const TAKE_FILE: &str = "
    update file set posted = 1
    where id = $1 and visitor_id = $2 and coalesce(agent_id, '') = coalesce($3, '')
        and posted = 0 and condemned = 0
    returning id, file";
pub(crate) const CONDEMN_ORPHANS: &str = "
    update file set condemned = 1
    where id in (select id from file where posted = 0 and at < $1 order by at limit $2)
    returning id";
pub(crate) const FORGET_FILE: &str = "delete from file where id = $1 and condemned = 1";
