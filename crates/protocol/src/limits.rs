//! How much is allowed. Checked where it is written, so that a person is told
//! early, and again on the server, because a client's word is a claim.

/// Most characters in what a visitor writes at once.
pub const VISITOR_TEXT_CHARS: usize = 2_000;

/// Most characters in what an agent writes at once, unless the site says
/// otherwise (S1.20).
pub const AGENT_TEXT_CHARS: usize = 512;

/// Most bytes in an e-mail address (RFC 5321, 4.5.3.1.3: a path of 256 with
/// its brackets).
pub const EMAIL_BYTES: usize = 254;

/// Most characters of a person's name.
pub const NAME_CHARS: usize = 100;

/// Most characters of a page's title, address or referrer that are kept.
pub const PAGE_TEXT_CHARS: usize = 1_000;

/// Most characters of a language or time-zone name.
pub const LOCALE_CHARS: usize = 64;

/// Most bytes in one frame.
pub const FRAME_BYTES: usize = 64 * 1024;

/// Most bytes in a frame before the other side has said who it is.
pub const FIRST_FRAME_BYTES: usize = 4 * 1024;

/// Most events that one update carries.
pub const EVENTS_PER_UPDATE: u32 = 100;

/// Most conversations that one update carries.
pub const SUMMARIES_PER_UPDATE: u32 = 50;

/// Characters of the last message that the inbox shows.
pub const PREVIEW_CHARS: usize = 120;

/// While someone types, they say so at most this often.
pub const TYPING_EVERY_MS: u64 = 3_000;

/// Typing that was not repeated for this long is over.
pub const TYPING_LASTS_MS: u64 = 6_000;

/// The server lets something be heard at least this often.
pub const HEARTBEAT_MS: u64 = 25_000;

/// A connection that was silent for this long is dead (both sides).
pub const SILENCE_MS: u64 = 35_000;
