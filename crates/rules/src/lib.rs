//! Decides: what a visit is and when it ends.
//!
//! Everything here is a pure function of what is remembered and of the instant
//! at which we are asked. There is no clock, no DOM and no storage in this
//! crate; the widget feeds those in.

#![deny(clippy::unwrap_used)]

pub mod visit;

pub use visit::Visit;
