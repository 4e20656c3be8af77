//! What the server's refusals mean to the person at the desk.

use saluda_protocol::{ErrorBody, ErrorCode};

use crate::texts::text;

/// A sentence in the agent's language: what happened, what to do.
///
/// A reason this desk does not know is told in the server's words.
pub(crate) fn sentence(error: &ErrorBody) -> String {
    match error.code {
        ErrorCode::WrongPassword => text("error.wrong_password"),
        ErrorCode::Unauthorized => text("error.unauthorized"),
        ErrorCode::Forbidden => text("error.forbidden"),
        ErrorCode::NotFound => text("error.not_found"),
        ErrorCode::TextEmpty => text("error.text_empty"),
        ErrorCode::TextTooLong | ErrorCode::TooLarge => text("error.text_too_long"),
        ErrorCode::EmailInvalid => text("error.email_invalid"),
        ErrorCode::TooMany => text("error.too_many"),
        ErrorCode::OriginRefused => text("error.origin_refused"),
        ErrorCode::Conflict => text("error.conflict"),
        ErrorCode::Mistakes => text("error.mistakes"),
        _ if error.message.is_empty() || error.code == ErrorCode::Internal => {
            text("error.internal")
        }
        _ => error.message.clone(),
    }
}
