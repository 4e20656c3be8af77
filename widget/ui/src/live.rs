//! What changes on the screen, each kind in one type.
//!
//! Every closure is a type of its own, and the code that follows it would be in
//! the module once for each. Behind these it is there once.

/// Words that follow the signals they are made from.
pub(crate) type Words = Box<dyn FnMut() -> String + Send>;

/// Something that is so or not, and follows the signals it is made from.
pub(crate) type Fact = Box<dyn FnMut() -> bool + Send>;

/// Shows words.
pub(crate) fn says(words: impl FnMut() -> String + Send + 'static) -> Words {
    Box::new(words)
}

/// Shows whether something is so.
pub(crate) fn holds(fact: impl FnMut() -> bool + Send + 'static) -> Fact {
    Box::new(fact)
}

/// For attributes that want a word for it.
pub(crate) fn yes_or_no(mut fact: impl FnMut() -> bool + Send + 'static) -> Words {
    Box::new(move || if fact() { "true" } else { "false" }.to_owned())
}
