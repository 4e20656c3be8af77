//! Any error on its way out to a client.
//!
//! This is the one place where an error stops travelling: what is our fault is
//! logged here, once, and the client is told nothing but the code.

use std::error::Error;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saluda_protocol::{ErrorBody, ErrorCode};
use saluda_store::{StoreError, Unchanged};

use crate::chat::ChatError;
use crate::chat::forms::{FillError, RateError};
use crate::chat::post::PostError;
use crate::door::TooMany;
use crate::files::PlaceError;
use crate::files::receive::SendError;
use crate::mail::MailError;
use crate::password::PasswordError;
use crate::person::Unerased;
use crate::secret::{NoKey, NoRandomness};
use crate::transcript::Unsent;

/// What whoever sends a file hears when it is not theirs to mend.
const UNKEPT: &str = "the file could not be kept; nothing of it was, so send it again in a while";

/// An error as a client sees it.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) ErrorBody);

impl Refusal {
    /// A reason the client can do something about.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(ErrorBody {
            code,
            message: message.into(),
            retry_ms: None,
        })
    }

    /// Our fault: logged here and nowhere else.
    fn internal(error: &(dyn Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        metrics::counter!("saluda_failures_total").increment(1);
        Self::new(
            ErrorCode::Internal,
            "something went wrong on the server; try again",
        )
    }

    fn status(&self) -> StatusCode {
        match self.0.code {
            ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::Unauthorized | ErrorCode::WrongPassword => StatusCode::UNAUTHORIZED,
            ErrorCode::Forbidden | ErrorCode::OriginRefused | ErrorCode::CodeWrong => {
                StatusCode::FORBIDDEN
            }
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::FileRefused => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Conflict | ErrorCode::FormChanged | ErrorCode::TappedAlready => {
                StatusCode::CONFLICT
            }
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::TextEmpty
            | ErrorCode::TextTooLong
            | ErrorCode::EmailInvalid
            | ErrorCode::IdentityInvalid
            | ErrorCode::IdentityExpired
            | ErrorCode::IdentityUsed
            | ErrorCode::Mistakes => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

/// Logs an error that no client waits for.
pub(crate) fn unheard(error: impl Into<Refusal>) {
    let _: Refusal = error.into();
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let wait = self.0.retry_ms;
        let mut response = (status, Json(self.0)).into_response();
        if let Some(wait_ms) = wait {
            let seconds = HeaderValue::from(wait_ms.div_ceil(1_000));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<TooMany> for Refusal {
    fn from(why: TooMany) -> Self {
        metrics::counter!("saluda_limited_total").increment(1);
        Self(ErrorBody {
            code: ErrorCode::TooMany,
            message: why.to_string(),
            retry_ms: Some(why.wait_ms),
        })
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl From<PlaceError> for Refusal {
    fn from(error: PlaceError) -> Self {
        Self::internal(&error)
    }
}

impl From<NoRandomness> for Refusal {
    fn from(error: NoRandomness) -> Self {
        Self::internal(&error)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<csv::Error> for Refusal {
    fn from(error: csv::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy(why) => why.into(),
            PasswordError::Failed(_) => Self::internal(&error),
        }
    }
}

impl From<Unchanged> for Refusal {
    fn from(why: Unchanged) -> Self {
        let code = match why {
            Unchanged::NotFound | Unchanged::NoVersion(_) => ErrorCode::NotFound,
            Unchanged::Conflict | Unchanged::Status(_) | Unchanged::TooMany => ErrorCode::Conflict,
        };
        Self::new(code, why.to_string())
    }
}

impl From<ChatError> for Refusal {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::NotFound => Self::new(ErrorCode::NotFound, error.to_string()),
            ChatError::Forbidden(why) => why.into(),
            ChatError::Store(error) => error.into(),
        }
    }
}

impl From<FillError> for Refusal {
    fn from(error: FillError) -> Self {
        let code = match error {
            FillError::Mistakes(_) => ErrorCode::Mistakes,
            FillError::Changed => ErrorCode::FormChanged,
            FillError::Store(error) => return error.into(),
        };
        Self::new(code, error.to_string())
    }
}

impl From<RateError> for Refusal {
    fn from(error: RateError) -> Self {
        let code = match error {
            RateError::NoScore => ErrorCode::Malformed,
            RateError::TooLong { .. } => ErrorCode::TextTooLong,
            RateError::NotClosed | RateError::ChangedBefore | RateError::NotAsked => {
                ErrorCode::Conflict
            }
            RateError::Store(error) => return error.into(),
        };
        Self::new(code, error.to_string())
    }
}

impl From<SendError> for Refusal {
    fn from(error: SendError) -> Self {
        let code = match error {
            SendError::TooLarge => ErrorCode::TooLarge,
            SendError::Empty | SendError::Program => ErrorCode::FileRefused,
            SendError::TooMuch => ErrorCode::TooMany,
            SendError::Cut => ErrorCode::Malformed,
            SendError::Disk(_) | SendError::Place(_) => {
                let mut refusal = Self::internal(&error);
                UNKEPT.clone_into(&mut refusal.0.message);
                return refusal;
            }
            SendError::Store(error) => return error.into(),
            SendError::Random(error) => return error.into(),
        };
        Self::new(code, error.to_string())
    }
}

impl From<Unsent> for Refusal {
    fn from(error: Unsent) -> Self {
        let code = match error {
            Unsent::Email(_) | Unsent::Mail(MailError::Address) => ErrorCode::Malformed,
            Unsent::Nothing => ErrorCode::NotFound,
            Unsent::Code => ErrorCode::CodeWrong,
            Unsent::TooMany(why) => return why.into(),
            Unsent::Mail(error) => return Self::internal(&error),
            Unsent::Key(error) => return error.into(),
            Unsent::Store(error) => return error.into(),
        };
        Self::new(code, error.to_string())
    }
}

impl From<Unerased> for Refusal {
    fn from(error: Unerased) -> Self {
        match error {
            Unerased::Nobody => Self::new(ErrorCode::NotFound, error.to_string()),
            Unerased::Store(error) => error.into(),
            Unerased::File(_) | Unerased::Mail(_) => Self::internal(&error),
        }
    }
}

impl From<NoKey> for Refusal {
    fn from(error: NoKey) -> Self {
        match error {
            NoKey::Store(error) => error.into(),
            NoKey::Random(error) => error.into(),
        }
    }
}

impl From<PostError> for Refusal {
    fn from(error: PostError) -> Self {
        let code = match error {
            PostError::Empty => ErrorCode::TextEmpty,
            PostError::TooLong { .. } => ErrorCode::TextTooLong,
            PostError::WrongKind => ErrorCode::Malformed,
            PostError::NotFound
            | PostError::NoSuchReply
            | PostError::NoSuchFile
            | PostError::NoSuchGreeting => ErrorCode::NotFound,
            PostError::TappedAlready => ErrorCode::TappedAlready,
            PostError::TooMany(why) => return why.into(),
            PostError::Store(error) => return error.into(),
            PostError::Random(error) => return error.into(),
        };
        Self::new(code, error.to_string())
    }
}
