//! The gaps of a greeting's text: `{{fact|fallback}}`.
//!
//! What stands in a gap is the page's word. The page that shows a greeting and
//! the server that writes it down fill the same text with the same values, here
//! and nowhere else, so that the visitor finds in the conversation what was on
//! the screen.

use alloc::string::String;

use crate::limits;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Stands as it is.
    Text(&'t str),
    /// Stands for something that is known of the visitor.
    Gap {
        /// What is known, such as `visitor.attr.name`.
        fact: &'t str,
        /// What stands there when it is not known. Without any, it is written
        /// `{{fact|}}`: a text that goes wrong without a value must show.
        fallback: &'t str,
    },
    /// Begins like a gap and is none: it is not closed, or it lacks a fact or a
    /// fallback. From `{{` to `}}`, or to the end of the text.
    Broken(&'t str),
}

/// The parts of a text, in order. Spaces around fact and fallback do not count.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, left) = split(rest);
        rest = left;
        Some(piece)
    })
}

/// The first part of a text that is not empty, and what follows it.
fn split(text: &str) -> (Piece<'_>, &str) {
    match text.find("{{") {
        Some(0) => {}
        Some(at) => return (Piece::Text(&text[..at]), &text[at..]),
        None => return (Piece::Text(text), ""),
    }
    let Some(end) = text.find("}}") else {
        return (Piece::Broken(text), "");
    };
    let inner = &text[2..end];
    let (whole, left) = text.split_at(end + 2);
    let gap = inner
        .split_once('|')
        .filter(|(fact, _)| !fact.trim().is_empty() && !inner.contains("{{"));
    let piece = gap.map_or(Piece::Broken(whole), |(fact, fallback)| Piece::Gap {
        fact: fact.trim(),
        fallback: fallback.trim(),
    });
    (piece, left)
}

/// Fills the gaps of a text. `value` is asked for each of them in order; one
/// that gives nothing, or nothing but spaces, has its fallback.
///
/// A value loses its control characters and what goes beyond
/// [`limits::GAP_CHARS`].
pub fn fill<'t>(text: &'t str, mut value: impl FnMut(&'t str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) | Piece::Broken(text) => filled.push_str(text),
            Piece::Gap { fact, fallback } => {
                let value = value(fact).unwrap_or_default();
                let plain = value.trim().chars().filter(|c| !c.is_control());
                let before = filled.len();
                filled.extend(plain.take(limits::GAP_CHARS));
                if filled.len() == before {
                    filled.push_str(fallback);
                }
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Piece<'_>> {
        pieces(text).collect()
    }

    fn gap<'t>(fact: &'t str, fallback: &'t str) -> Piece<'t> {
        Piece::Gap { fact, fallback }
    }

    #[test]
    fn a_text_without_gaps_is_one_piece() {
        assert_eq!(all(""), []);
        assert_eq!(all("a { b } }} c"), [Piece::Text("a { b } }} c")]);
    }

    #[test]
    fn gaps_stand_between_texts() {
        assert_eq!(
            all("Hi {{ visitor.attr.name | there }}, {{page.title|}}"),
            [
                Piece::Text("Hi "),
                gap("visitor.attr.name", "there"),
                Piece::Text(", "),
                gap("page.title", ""),
            ]
        );
    }

    #[test]
    fn what_begins_like_a_gap_and_is_none_is_named() {
        assert_eq!(all("{{name"), [Piece::Broken("{{name")]);
        assert_eq!(
            all("{{name}}!"),
            [Piece::Broken("{{name}}"), Piece::Text("!")]
        );
        assert_eq!(all("{{|x}}"), [Piece::Broken("{{|x}}")]);
        assert_eq!(all("{{a|{{b|c}}"), [Piece::Broken("{{a|{{b|c}}")]);
        assert_eq!(all("{{}"), [Piece::Broken("{{}")]);
    }

    #[test]
    fn every_piece_has_its_place_in_the_text() {
        for text in ["é{{a|é}}é", "{{{a|b}}}", "}}{{", "{{a|b|c}}{{a|b}}"] {
            assert!(all(text).len() <= 3, "{text}");
            assert!(!fill(text, |_| None).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_gap_is_filled_or_falls_back() {
        let text = "Hi {{name|there}}, {{page|you}}!";
        let mut values = ["Inês".to_owned(), "\n ".to_owned()].into_iter();
        assert_eq!(fill(text, |_| values.next()), "Hi Inês, you!");
        assert_eq!(fill(text, |_| None), "Hi there, you!");
        assert_eq!(fill("{{a|b}}", |_| Some("{{x|y}}\u{1b}".into())), "{{x|y}}");
        let long = fill("{{a|b}}", |_| Some("é".repeat(500)));
        assert_eq!(long.chars().count(), limits::GAP_CHARS);
    }
}
