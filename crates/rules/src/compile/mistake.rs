//! What a person got wrong, and where.

use std::fmt;

use crate::kinds::kinds;

/// One mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Mistake {
    /// Where it is, such as `rule.all[2].value`; empty for the whole file.
    pub path: String,
    /// What kind of mistake it is.
    pub kind: MistakeKind,
    /// What is wrong and what to write instead, for its author.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

impl std::error::Error for Mistake {}

/// A mistake before it is known where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) kind: MistakeKind,
    pub(crate) message: String,
}

impl Complaint {
    pub(crate) fn new(kind: MistakeKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

kinds! {
    /// What kind of mistake it is. The words are for programs and stay; sentences
    /// may change.
    pub enum MistakeKind {
        /// The text is no JSON.
        InvalidJson = "invalid_json",
        /// The file has too many bytes.
        FileTooLarge = "file_too_large",
        /// There are more mistakes than are listed.
        More = "more",
        /// A field stands there twice.
        DuplicateField = "duplicate_field",
        /// A field that does not exist.
        UnknownField = "unknown_field",
        /// A field that must be there is not.
        MissingField = "missing_field",
        /// A text where a number belongs, and the like.
        WrongType = "wrong_type",
        /// Nothing where something belongs.
        Empty = "empty",
        /// A text with too many characters.
        TooLong = "too_long",
        /// A list with too many entries, or a rule with too many conditions.
        TooMany = "too_many",
        /// A rule with too many levels.
        TooDeep = "too_deep",
        /// A number or a length of time that is too small or too large.
        OutOfRange = "out_of_range",
        /// A fraction where a whole number belongs.
        NotWhole = "not_whole",
        /// The same thing twice in a list.
        Repeated = "repeated",
        /// A character that cannot be shown.
        ControlCharacter = "control_character",
        /// A word that is none of those that may stand there.
        UnknownWord = "unknown_word",
        /// A text that cannot be the id of a trigger.
        InvalidId = "invalid_id",
        /// A trigger whose name gives no id.
        NoId = "no_id",
        /// A rule that is neither a condition nor conditions joined.
        NotARule = "not_a_rule",
        /// A rule that is two things at once.
        AmbiguousRule = "ambiguous_rule",
        /// A fact that does not exist.
        UnknownFact = "unknown_fact",
        /// An operator that does not exist.
        UnknownOperator = "unknown_operator",
        /// An operator that this fact does not take.
        WrongOperator = "wrong_operator",
        /// A condition without the value it needs.
        MissingValue = "missing_value",
        /// A value that this fact cannot have.
        WrongValue = "wrong_value",
        /// A value that this fact never has, so that the condition decides nothing.
        NeverFits = "never_fits",
        /// A text that is no length of time.
        InvalidSpan = "invalid_span",
        /// A text that is no time of day.
        InvalidTimeOfDay = "invalid_time_of_day",
        /// A text that is no day of the week.
        InvalidWeekday = "invalid_weekday",
        /// A text that is no kind of device.
        InvalidDevice = "invalid_device",
        /// A text that is no language tag.
        InvalidLanguage = "invalid_language",
        /// A text that is no selector.
        InvalidSelector = "invalid_selector",
        /// A text that is no pattern.
        InvalidGlob = "invalid_glob",
        /// A text that is no regular expression.
        InvalidExpression = "invalid_expression",
        /// A regular expression with a part that is not available.
        UnsupportedExpression = "unsupported_expression",
        /// A regular expression whose table would be too large.
        ExpressionTooLarge = "expression_too_large",
        /// A gap in a text that is not closed, or without a fact.
        InvalidVariable = "invalid_variable",
        /// A gap in a text that does not say what stands there for a stranger.
        NoFallback = "no_fallback",
        /// A gap where none may be, or for a fact that is nothing to read.
        VariableNotAllowed = "variable_not_allowed",
        /// Quick replies beside calls to action.
        MixedButtons = "mixed_buttons",
        /// A button that leads to a page and calls a number.
        AmbiguousButton = "ambiguous_button",
        /// A call to action with an answer.
        AnswerOnAction = "answer_on_action",
        /// An address that a button cannot open.
        InvalidUrl = "invalid_url",
        /// A number that a button cannot call.
        InvalidPhone = "invalid_phone",
        /// A name that is taken.
        ReservedName = "reserved_name",
        /// Shares that are more than the whole.
        SharesOverHundred = "shares_over_hundred",
        /// A text that is no wall-clock time.
        InvalidWallClock = "invalid_wall_clock",
        /// An end that is not after its beginning.
        EndsBeforeItBegins = "ends_before_it_begins",
        /// A time zone that does not exist.
        UnknownZone = "unknown_zone",
        /// A text that is no date.
        InvalidDate = "invalid_date",
        /// A text that is no window of opening hours.
        InvalidWindow = "invalid_window",
        /// Two triggers of one file with the same id.
        DuplicateId = "duplicate_id",
    }
}
