//! The wire form, read and written through the browser's own `JSON`.
//!
//! Every name here stands in `saluda-protocol` too, where it is derived. Doing it
//! by hand is worth that: what is derived is as large as all our views. A test in
//! the browser holds the two equal.

pub mod form;
mod node;
mod read;
mod write;

use saluda_protocol::ErrorCode;

pub(crate) use node::Node;
pub(crate) use read::{Site, fields, file, greeting, kept_contact, site};
pub use read::{pending, update};
pub(crate) use write::{code, write_kept_contact};
pub use write::{frame, write_pending};

/// The codes that this side can do something about.
const CODES: [(&str, ErrorCode); 13] = [
    ("conflict", ErrorCode::Conflict),
    ("form_changed", ErrorCode::FormChanged),
    ("not_found", ErrorCode::NotFound),
    ("tapped_already", ErrorCode::TappedAlready),
    ("text_empty", ErrorCode::TextEmpty),
    ("text_too_long", ErrorCode::TextTooLong),
    ("too_large", ErrorCode::TooLarge),
    ("email_invalid", ErrorCode::EmailInvalid),
    ("identity_invalid", ErrorCode::IdentityInvalid),
    ("identity_expired", ErrorCode::IdentityExpired),
    ("identity_used", ErrorCode::IdentityUsed),
    ("too_many", ErrorCode::TooMany),
    ("internal", ErrorCode::Internal),
];
