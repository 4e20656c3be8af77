//! What changes on the screen, each kind in one type.
//!
//! Every closure is a type of its own, and the code that follows it would be in
//! the module once for each. Behind these it is there once.

use web_sys::MouseEvent;

/// Words that follow the signals they are made from.
pub(crate) type Words = Box<dyn FnMut() -> String + Send>;

/// Something that is so or not, and follows the signals it is made from.
pub(crate) type Fact = Box<dyn FnMut() -> bool + Send>;

/// What a click does.
pub(crate) type Deed = Box<dyn FnMut(MouseEvent)>;

/// Does something with each click.
pub(crate) fn does(mut deed: impl FnMut() + 'static) -> Deed {
    Box::new(move |_| deed())
}

/// Shows words.
pub(crate) fn says(words: impl FnMut() -> String + Send + 'static) -> Words {
    Box::new(words)
}

/// Shows words that stay as they are.
pub(crate) fn words(words: String) -> Words {
    Box::new(move || words.clone())
}

/// The first of two classes while something is so, else the second.
pub(crate) fn class(
    [so, else_so]: [&'static str; 2],
    mut fact: impl FnMut() -> bool + Send + 'static,
) -> Words {
    Box::new(move || if fact() { so } else { else_so }.to_owned())
}

/// Shows whether something is so.
pub(crate) fn holds(fact: impl FnMut() -> bool + Send + 'static) -> Fact {
    Box::new(fact)
}

/// For attributes that want a word for it.
pub(crate) fn yes_or_no(mut fact: impl FnMut() -> bool + Send + 'static) -> Words {
    Box::new(move || if fact() { "true" } else { "false" }.to_owned())
}
