//! Reasons a request was turned away.

use alloc::string::String;

/// What a client may act on. The words are contract, the sentences beside them
/// are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ErrorCode {
    /// The frame or request could not be read.
    Malformed,
    /// The frame or request is larger than allowed.
    TooLarge,
    /// Nobody is signed in, or the session ended.
    Unauthorized,
    /// The e-mail address and the password do not belong together.
    WrongPassword,
    /// Not allowed to this agent.
    Forbidden,
    /// The page's origin is not one of the site's.
    OriginRefused,
    /// There is nothing there, or nothing that this client may see.
    NotFound,
    /// The message holds nothing.
    TextEmpty,
    /// The message is too long.
    TextTooLong,
    /// The e-mail address could not receive mail.
    EmailInvalid,
    /// It is not the code that was sent there.
    CodeWrong,
    /// The file is of a kind that is not taken.
    FileRefused,
    /// A quick reply of that message was tapped before.
    TappedAlready,
    /// What a visitor is identified with is not signed by the site's owner, or
    /// makes no sense.
    IdentityInvalid,
    /// What a visitor is identified with is good no more.
    IdentityExpired,
    /// What a visitor is identified with was used before.
    IdentityUsed,
    /// The site's form is another by now.
    FormChanged,
    /// Someone else has changed it meanwhile, or it is not in a state in which
    /// this can be done.
    Conflict,
    /// What was written has mistakes; each is named.
    Mistakes,
    /// Too much at once; try again later.
    TooMany,
    /// The fault is ours. What was sent may be sent again.
    Internal,
    /// A reason this client does not know yet.
    #[cfg_attr(feature = "serde", serde(other))]
    Unknown,
}

/// An error on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorBody {
    /// For the client.
    pub code: ErrorCode,
    /// For the person who reads it: what happened, what to do.
    pub message: String,
    /// How long until it may be tried again, in milliseconds, if that is known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub retry_ms: Option<u64>,
}
