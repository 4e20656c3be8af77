//! Words both sides say: ids, frames, messages, error codes, limits.
//!
//! Nothing here decides and nothing here acts. A type is in this crate because
//! a page or a desk and the server must agree on it.
//!
//! **Invariant:** every type in this crate is a promise to browsers we cannot
//! update. Add variants and optional fields; never change what is there. The
//! lines in `samples/` must decode for ever.

// Half of it runs in a page, which does not carry the standard library.
#![cfg_attr(not(any(test, feature = "schema")), no_std)]

extern crate alloc;

pub mod agent;
pub mod audit;
pub mod color;
pub mod contact;
pub mod conversation;
pub mod error;
pub mod file;
pub mod form;
pub mod identity;
pub mod ids;
pub mod inbox;
pub mod limits;
pub mod message;
#[cfg(feature = "serde")]
pub mod number;
pub mod rating;
pub mod report;
#[cfg(test)]
mod samples;
pub mod settings;
pub mod site;
pub mod studio;
pub mod time;
pub mod token;
pub mod trigger;
pub mod visitor;

pub use agent::{AgentFrame, AgentUpdate};
pub use contact::{Claim, Contact, EmailAddress};
pub use conversation::{Cursor, Event, Mark, Marks, Number, Side, Slice, Status, What};
pub use error::{ErrorBody, ErrorCode};
pub use file::{File, Picture};
pub use form::{Answer, Form};
pub use identity::Identity;
pub use ids::{
    AgentId, ConversationId, FieldId, FileId, MessageId, SecretId, SiteId, SiteKey, TokenId,
    TriggerId, VisitorId,
};
pub use inbox::{Counts, Origin, Person, Preview, Summary, Tab};
pub use message::{Author, Body, Message};
pub use rating::Rating;
pub use site::SiteConfig;
pub use time::{Millis, Span};
pub use trigger::TriggerSpec;
pub use visitor::{Credentials, VisitorFrame, VisitorUpdate};

/// The version of the wire form that a client speaks in its `hello`.
///
/// A server that has learnt more since then says it to an older client in that
/// client's words.
pub const WIRE_VERSION: u32 = 4;
