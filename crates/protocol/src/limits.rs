//! How much is allowed. Checked where it is written, so that a person is told
//! early, and again on the server, because a client's word is a claim.

/// Most characters in what a visitor writes at once.
pub const VISITOR_TEXT_CHARS: usize = 2_000;

/// Most characters in what an agent writes at once, unless the site says
/// otherwise (S1.20).
pub const AGENT_TEXT_CHARS: usize = 512;

/// The most that a site may say.
pub const AGENT_TEXT_CHARS_MOST: u32 = 5_000;

/// For how many days someone can be kept who is not heard of any more, unless it
/// is for ever.
pub const RETENTION_DAYS: core::ops::RangeInclusive<u32> = 1..=3_650;

/// Most characters of a site's name, and of a sender's.
pub const SITE_NAME_CHARS: usize = 80;

/// Most origins of a site.
pub const ORIGINS: usize = 50;

/// Most senders of a site.
pub const SENDERS: usize = 100;

/// Most characters of a sender's id.
pub const SENDER_ID_CHARS: usize = 40;

/// The longest span of time among a site's settings: 30 days.
pub const SETTING_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// Most greetings of a visit or a day that can be asked for.
pub const GREETINGS: u32 = 1_000;

/// How many of a hundred visitors see no greeting, at most: of more, too few
/// would be left to learn from.
pub const HOLDOUT: u8 = 90;

/// Most bytes in an e-mail address (RFC 5321, 4.5.3.1.3: a path of 256 with
/// its brackets).
pub const EMAIL_BYTES: usize = 254;

/// Most characters of a person's name.
pub const NAME_CHARS: usize = 100;

/// Most characters of a telephone number, as it was typed.
pub const PHONE_CHARS: usize = 32;

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

/// Most tokens of one agent.
pub const TOKENS: usize = 20;

/// Most characters in the name of a token.
pub const TOKEN_NAME_CHARS: usize = 60;

/// Longest time for which a token that expires is good: ten years.
pub const TOKEN_SPAN_MS: u64 = 10 * 366 * 24 * 60 * 60 * 1000;

/// Most triggers that a site has live.
pub const LIVE_TRIGGERS: usize = 500;

/// Most triggers that are put in order at once.
pub const ORDERED_TRIGGERS: usize = 1_000;

/// The priorities of a trigger, from the last to the first.
pub const PRIORITIES: core::ops::RangeInclusive<i32> = -1_000..=1_000;

/// Most conditions in one rule.
pub const RULE_CONDITIONS: usize = 200;

/// Most levels of a rule, the outermost being the first.
pub const RULE_DEPTH: usize = 32;

/// Most values in a list of a condition.
pub const LIST_VALUES: usize = 200;

/// Most characters of a text in a condition, of a pattern, and of a name.
pub const PATTERN_CHARS: usize = 512;

/// Most times an event is counted.
pub const EVENT_COUNT: u32 = 100;

/// Most characters of a trigger's name.
pub const TRIGGER_NAME_CHARS: usize = 100;

/// Most characters of a greeting, of its answers and of its follow-up.
pub const GREETING_CHARS: usize = 300;

/// Letters of one line in the bubble of a greeting. Those of Chinese, Japanese
/// and Korean, and emoji, count as two. Narrower or wider letters make it a few
/// more or less.
pub const BUBBLE_LINE: usize = 37;

/// Lines that the bubble of a greeting without buttons shows. What is beyond has
/// to be scrolled for.
pub const BUBBLE_LINES: usize = 13;

/// Most characters of what stands in a gap of a greeting's text.
pub const GAP_CHARS: usize = 100;

/// Most buttons of a greeting (S0.5).
pub const BUTTONS: usize = 3;

/// Most characters, as people count them, on a button (S0.4).
pub const BUTTON_LABEL_GRAPHEMES: usize = 25;

/// Most tags of a trigger.
pub const TRIGGER_TAGS: usize = 10;

/// Most characters of a tag.
pub const TAG_CHARS: usize = 40;

/// Most variants of a greeting besides its own.
pub const VARIANTS: usize = 5;

/// Most fields of a form.
pub const FORM_FIELDS: usize = 12;

/// Most characters of a form's title, and of a question in it.
pub const FIELD_LABEL_CHARS: usize = 100;

/// Most characters of the words under a form's title.
pub const FORM_INTRO_CHARS: usize = 300;

/// Most characters of the help beside a field.
pub const FIELD_HINT_CHARS: usize = 200;

/// How many options a choice has.
pub const FIELD_OPTIONS: core::ops::RangeInclusive<usize> = 2..=30;

/// Most characters of an option.
pub const OPTION_LABEL_CHARS: usize = 60;

/// Most characters of a line that is filled in.
pub const FIELD_TEXT_CHARS: usize = 200;

/// Most characters of a longer text that is filled in: so many that a frame
/// holds a form full of them.
pub const FIELD_LONG_TEXT_CHARS: usize = 1_000;

/// The numbers that can be filled in: those that every client can count to.
pub const FIELD_NUMBERS: core::ops::RangeInclusive<i64> =
    -9_007_199_254_740_991..=9_007_199_254_740_991;

/// How many digits a telephone number has with its country.
pub const PHONE_DIGITS: core::ops::RangeInclusive<usize> = 7..=15;

/// Most characters in what a visitor says about a score.
pub const RATING_COMMENT_CHARS: usize = 500;

/// Most bytes of a file (S1.22).
pub const FILE_BYTES: u64 = 20_000_000;

/// Most characters in the name of a file.
pub const FILE_NAME_CHARS: usize = 120;

/// Most files that a visitor sends within a day.
pub const FILES_A_DAY: u32 = 50;

/// Most bytes of files that a visitor sends within a day.
pub const FILE_BYTES_A_DAY: u64 = 200_000_000;

/// Most pixels of a picture that is shown. One that has more is a file like any
/// other: it would take a browser's memory.
pub const PICTURE_PIXELS: u64 = 50_000_000;

/// A file that was sent and became no message is removed after this long.
pub const ORPHAN_MS: u64 = 24 * 60 * 60 * 1000;

/// Most languages of a text.
pub const LANGUAGES: usize = 50;

/// Most events in one report of a page.
pub const REPORTED_EVENTS: usize = 50;

/// Most bytes in one report of a page.
pub const REPORT_BYTES: usize = 16 * 1024;

/// Most characters of a page's path in a report; what is beyond is cut.
pub const REPORTED_PAGE_CHARS: usize = 200;

/// No greetings for this long after an agent wrote (S1.24).
pub const AGENT_PAUSE_MS: u64 = 60 * 60 * 1000;

/// Most secrets of a site with which its owner signs: one, and the next.
pub const SECRETS: usize = 2;

/// A token that identifies a visitor is good for at most so long.
pub const IDENTITY_SPAN_MS: u64 = 60 * 60 * 1000;

/// Bytes of such a token.
pub const IDENTITY_BYTES: usize = 4 * 1024;

/// Characters of what the owner's server calls a visitor, and of the id of a
/// token.
pub const USER_CHARS: usize = 200;

/// Most attributes of an identity.
pub const ATTRIBUTES: usize = 20;

/// Characters of an attribute's name and of its value.
pub const ATTRIBUTE_CHARS: usize = 200;

/// Most browsers in which a known visitor is known at once.
pub const BROWSERS: usize = 20;
