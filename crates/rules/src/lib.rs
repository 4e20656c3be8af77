//! Decides: which greeting a visitor should see, when to look again, and why.
//!
//! Everything here is a pure function of the published triggers, of what the
//! visit has done so far, and of the instant at which we are asked. There is no
//! clock, no DOM and no storage in this crate; the widget feeds those in, and
//! the server and the command line run the same code.
//!
//! **Invariant:** evaluation never fails. A trigger that makes no sense is turned
//! away when it is compiled, long before a visitor is involved.

// What runs in a page does not carry the standard library.
#![cfg_attr(not(any(test, feature = "compile")), no_std)]
#![deny(clippy::unwrap_used)]

extern crate alloc;

mod answers;
mod apply;
#[cfg(feature = "compile")]
pub mod compile;
pub mod decision;
pub mod engine;
mod evaluate;
pub mod event;
pub mod experiment;
pub mod explain;
pub mod expression;
mod facts;
pub mod gates;
pub mod glob;
mod hash;
pub mod hours;
#[cfg(feature = "compile")]
mod kinds;
#[cfg(feature = "compile")]
pub mod lint;
pub mod memory;
pub mod needs;
pub mod pack;
pub mod plan;
mod set;
pub mod stay;
pub mod text;
#[cfg(feature = "compile")]
pub mod trace;
pub mod trigger;
pub mod url;
#[cfg(feature = "compile")]
pub mod variable;
pub mod visit;

pub use decision::{Act, Decision};
pub use engine::Engine;
pub use event::Event;
pub use explain::Explanation;
pub use gates::Gate;
pub use memory::Memory;
pub use needs::Needs;
pub use pack::{Row, Words};
pub use plan::{Plan, SiteRules};
pub use saluda_protocol::site::Attention;
pub use stay::Stay;
pub use trigger::Trigger;
pub use visit::Start;
