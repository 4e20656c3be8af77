//! What widget and desk share: a conversation as a client holds it, and the
//! road to the server.
//!
//! The conversation, its rows, the links in them and the pauses between
//! attempts are pure; only [`socket`] touches the browser. How anything looks is
//! not in this crate.

pub mod backoff;
pub mod conversation;
pub mod links;
pub mod rows;
#[cfg(feature = "browser")]
pub mod socket;

pub use conversation::{Conversation, Greeting, Outcome, Pending};
pub use rows::{Delivery, Key, Row, Standing, rows};
