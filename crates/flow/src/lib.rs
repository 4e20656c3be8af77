//! Drives what a conversation asks by itself.
//!
//! Pure: what is known and the instant are arguments, and what to do is the
//! answer. There is no clock, no DOM and no storage in this crate.

#![deny(clippy::unwrap_used)]

pub mod capture;
