//! What is added to the audit log.

use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::{Millis, SiteId};

/// An entry that is written together with what it tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditNote {
    /// On which site; none when it concerns an agent and no site.
    pub site: Option<SiteId>,
    /// Who did it.
    pub by: Actor,
    /// What.
    pub what: Audited,
    /// When.
    pub at: Millis,
}
