//! The linter: what it says of triggers that are strange, that it says nothing
//! of others, and that what it says is so.
#![cfg(feature = "compile")]

#[path = "../laws/any.rs"]
mod any;
mod catalogue;
mod hostile;
mod laws;
mod real;
