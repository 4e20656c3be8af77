//! The small module in every page: decides who is greeted when.
//!
//! It holds the rules and the visit, and nothing of the page: the scripts in
//! `page/` watch, keep and show. Both sides speak in rows of words, numbers and
//! texts: the scripts write what has happened into this module's memory, and
//! read from it what follows. `page/engine.js` is the other end.
//!
//! Written without the standard library and without generated bindings, for
//! every page view pays for each byte of it.

#![cfg_attr(feature = "module", no_std)]
#![deny(clippy::unwrap_used, clippy::expect_used)]

extern crate alloc;

#[cfg(feature = "module")]
mod abi;
#[cfg(feature = "module")]
mod heap;
#[cfg(feature = "measure")]
mod measure;
pub mod page;

pub use page::Page;
