//! Finds addresses in what was said, so that they can be followed.
//!
//! Only `http`, `https` and `mailto`: whatever else a text may hold, such as
//! `javascript:`, stays text.

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Nothing to follow.
    Text(&'a str),
    /// An address, as it was written.
    Link(&'a str),
}

const BEGINNINGS: [&str; 3] = ["https://", "http://", "mailto:"];

/// Splits a text at its addresses. Joined again, the pieces are the text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, end)) = next_link(rest) {
        // Both lie between characters; asking again is smaller than panicking.
        let (Some(before), Some(link), Some(after)) =
            (rest.get(..start), rest.get(start..end), rest.get(end..))
        else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Link(link));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where the next address begins and ends.
fn next_link(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let (start, beginning) = BEGINNINGS
            .iter()
            .filter_map(|beginning| Some((from + find(text.get(from..)?, beginning)?, beginning)))
            .min()?;
        let end = end_of_link(text, start);
        let alone = text
            .get(..start)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|c| !c.is_ascii_alphanumeric());
        if alone && end > start + beginning.len() {
            return Some((start, end));
        }
        from = start + beginning.len();
    }
}

/// Finds a beginning in any mix of capitals.
fn find(text: &str, beginning: &str) -> Option<usize> {
    text.as_bytes()
        .windows(beginning.len())
        .position(|window| window.eq_ignore_ascii_case(beginning.as_bytes()))
}

/// An address ends with the first space, and before the punctuation of the
/// sentence it stands in; a bracket belongs to it if it was opened in it.
fn end_of_link(text: &str, start: usize) -> usize {
    let Some(rest) = text.get(start..) else {
        return start;
    };
    let mut link = rest
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
        .next()
        .unwrap_or_default();
    while let Some(last) = link.chars().next_back() {
        let belongs = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '»' | '”' | '’' => false,
            ')' => link.matches('(').count() >= link.matches(')').count(),
            ']' => link.matches('[').count() >= link.matches(']').count(),
            _ => true,
        };
        if belongs {
            break;
        }
        link = link.strip_suffix(last).unwrap_or_default();
    }
    start + link.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        let pieces = pieces(text);
        let joined: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Link(text) => *text,
            })
            .collect();
        assert_eq!(joined, text, "nothing is lost");
        pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Link(link) => Some(link),
                Piece::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        assert_eq!(links("https://a.example"), ["https://a.example"]);
        assert_eq!(
            links("see http://a.example/x?y=1#z and\nmailto:ines@a.pt now"),
            ["http://a.example/x?y=1#z", "mailto:ines@a.pt"]
        );
        assert_eq!(links("HTTPS://A.example"), ["HTTPS://A.example"]);
        assert_eq!(links("é https://münchen.de/ü é"), ["https://münchen.de/ü"]);
    }

    #[test]
    fn the_sentence_around_it_stays_out() {
        assert_eq!(links("Is it https://a.example/b?"), ["https://a.example/b"]);
        assert_eq!(links("(https://a.example/b)."), ["https://a.example/b"]);
        assert_eq!(
            links("https://a.example/wiki/X_(Y)."),
            ["https://a.example/wiki/X_(Y)"]
        );
        assert_eq!(links("«https://a.example»"), ["https://a.example"]);
    }

    #[test]
    fn nothing_else_can_be_followed() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "mailto:",
            "http://...",
            "xhttps://a.example",
            "ftp://a.example www.a.example",
            "",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }
}
