//! What follows from the rules now.

use saluda_protocol::{Millis, TriggerId};

/// What to do now, and when to ask again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// What to do.
    pub act: Act,
    /// When time alone could change the answer; not before. An event may change
    /// it sooner.
    pub wake_at: Option<Millis>,
    /// The earliest instant at which a greeting could be due by time alone, for
    /// whoever has to make one ready.
    pub greets_at: Option<Millis>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Act {
    /// Nothing.
    #[default]
    Rest,
    /// Show this trigger's greeting.
    Show {
        /// Which one.
        trigger: TriggerId,
        /// Which of its variants, counted from 0; the original if none.
        variant: Option<u8>,
    },
    /// Note that this trigger's greeting would show, and do not show it: the
    /// visitor is among those who see none.
    Hold {
        /// Which one.
        trigger: TriggerId,
    },
}
