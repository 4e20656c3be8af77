//! Which events results are made of.

use saluda_protocol::Millis;

/// From an instant up to another, which is not in it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first instant.
    pub from: Millis,
    /// The first instant after it.
    pub to: Millis,
}

/// What results can be told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The path of the page.
    Page,
    /// `desktop`, `tablet` or `phone`.
    Device,
}
