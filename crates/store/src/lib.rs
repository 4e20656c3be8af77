//! Keeps what was said: one trait of seven parts, its databases, one conformance suite.
//!
//! Every method of [`Store`] that writes is one transaction, and returns after
//! that transaction is on disk. "Not found" is an answer and not an error.
//!
//! To keep something new: add it to the migrations of every database, add the
//! type and the method to the trait, write its case in [`mod@conformance`], then
//! its SQL in `sql.rs`. Say in `tests/schema.rs` whether a new column is a person's.

#[cfg(feature = "conformance")]
pub mod conformance;
mod draft;
mod error;
mod records;
mod sql;
mod sqlite;
mod store;

pub use error::StoreError;
pub use records::{
    Agent, Allowance, Attribute, AuditNote, By, Change, Conversation, Edit, EditAll, Erased,
    Expected, FilledIn, FollowUp, Greeting, Identification, Identified, KeptFile, LiveTrigger,
    Period, Person, Post, Rank, Recorded, Saved, Secret, SeenOrigin, Sent, Session, Site,
    SiteSettings, To, Token, TooMuch, Trigger, Unchanged, Unposted, Unrated, Used, Visitor, With,
};
pub use sqlite::{Fault, Found, SqliteStore};
pub use store::{Audit, Conversations, Directory, Files, Identities, Persons, Store, Triggers};
