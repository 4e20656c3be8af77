//! Finds what can be followed in a text.
//!
//! A message is whatever a stranger typed: only addresses of the web, of mail
//! and of a telephone ever become links, and the rule stands here alone.

use saluda_protocol::EmailAddress;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Only to be read.
    Plain(&'a str),
    /// To be followed.
    Link {
        /// Where to.
        address: String,
        /// As it was written.
        shown: &'a str,
    },
}

const WEB: [&str; 2] = ["https://", "http://"];
const MAIL: &str = "mailto:";
const CALL: &str = "tel:";

/// What may stand before a link without being part of it.
const OPENING: [char; 10] = ['(', '[', '{', '<', '"', '\'', '«', '“', '¿', '¡'];

/// Whether an address may become a link.
#[must_use]
pub fn may_follow(address: &str) -> bool {
    is_web_address(address) || [MAIL, CALL].iter().any(|scheme| begins(address, scheme))
}

/// Whether an address leads to a page.
#[must_use]
pub fn is_web_address(address: &str) -> bool {
    WEB.iter().any(|scheme| begins(address, scheme))
}

/// Cuts a text into what is read and what can be followed. Joined again, the
/// pieces are the text.
///
/// `address_of` says where a word leads: [`spelled_out`], which is all that a
/// page pays for, or [`any_address`].
#[must_use]
pub fn pieces(text: &str, address_of: fn(&str) -> Option<String>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut plain, mut word) = (0, 0);
    for part in text.split_inclusive(char::is_whitespace) {
        let begin = word + beginning(part);
        word += part.len();
        let shown = text.get(begin..word).map(without_stop).unwrap_or_default();
        let Some(address) = address_of(shown) else {
            continue;
        };
        pieces.extend(plain_piece(text, plain, begin));
        pieces.push(Piece::Link { address, shown });
        plain = begin + shown.len();
    }
    pieces.extend(plain_piece(text, plain, text.len()));
    pieces
}

fn plain_piece(text: &str, from: usize, to: usize) -> Option<Piece<'_>> {
    let plain = text.get(from..to)?;
    (!plain.is_empty()).then_some(Piece::Plain(plain))
}

/// Whether an address has this scheme, in any mix of capitals, and more.
fn begins(address: &str, scheme: &str) -> bool {
    address.len() > scheme.len()
        && address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Where in a word a link would begin: after brackets, or where an address of
/// the web stands behind something that is no letter of its own.
fn beginning(word: &str) -> usize {
    let bare = word.trim_start_matches(OPENING);
    let start = word.len() - bare.len();
    // By bytes: the search for a text in a text brings its panics along.
    let after_mark = bare
        .as_bytes()
        .windows(4)
        .enumerate()
        .position(|(place, four)| {
            let before = place
                .checked_sub(1)
                .and_then(|place| bare.as_bytes().get(place));
            four.eq_ignore_ascii_case(b"http")
                && before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
                && bare.get(place..).is_some_and(is_web_address)
        });
    start + after_mark.unwrap_or_default()
}

/// An address that is written with its scheme.
#[must_use]
pub fn spelled_out(word: &str) -> Option<String> {
    may_follow(word).then(|| word.to_owned())
}

/// An address as people write it: also `www.` and mail without their schemes.
#[must_use]
pub fn any_address(word: &str) -> Option<String> {
    if is_web_address(word) {
        return Some(word.to_owned());
    }
    let domain = word.get(4..).unwrap_or_default();
    if begins(word, "www.") && domain.contains('.') {
        return Some(["https://", word].concat());
    }
    let bare = if begins(word, MAIL) {
        word.get(MAIL.len()..)?
    } else {
        word
    };
    let address = EmailAddress::parse(bare).ok()?;
    // Between the parts of an address nothing may end the `mailto:` early.
    let whole = !address.as_str().contains(['?', '&', '#', '%']);
    whole.then(|| [MAIL, address.as_str()].concat())
}

/// Without the punctuation of the sentence around a link. A closing bracket
/// stays when its partner is inside, as in many wiki addresses.
fn without_stop(word: &str) -> &str {
    let mut word = word.trim_end();
    while let Some(last) = word.chars().next_back() {
        let open = match last {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '*' | '>' | '»' | '”' | '’' | '…' => {
                last
            }
            _ => break,
        };
        if open != last && word.matches(open).count() >= word.matches(last).count() {
            break;
        }
        word = word.strip_suffix(last).unwrap_or_default();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(text: &str) -> String {
        story_of(text, any_address)
    }

    fn story_of(text: &str, address_of: fn(&str) -> Option<String>) -> String {
        let pieces = pieces(text, address_of);
        let joined: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) => *text,
                Piece::Link { shown, .. } => *shown,
            })
            .collect();
        assert_eq!(joined, text, "nothing is lost");
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Plain(text) => (*text).to_owned(),
            Piece::Link { address, shown } if address == shown => format!("[{shown}]"),
            Piece::Link { address, shown } => format!("[{shown}]({address})"),
        });
        shown.collect()
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        assert_eq!(story("https://a.example"), "[https://a.example]");
        assert_eq!(
            story("see http://a.example/x?y=1#z and\nmailto:ines@a.pt now"),
            "see [http://a.example/x?y=1#z] and\n[mailto:ines@a.pt] now"
        );
        assert_eq!(story("HTTPS://A.example"), "[HTTPS://A.example]");
        assert_eq!(
            story("é https://münchen.de/ü é"),
            "é [https://münchen.de/ü] é"
        );
        assert_eq!(
            story("link:https://a.example/b"),
            "link:[https://a.example/b]"
        );
        assert_eq!(
            story("https://a.example/?to=http://b.example"),
            "[https://a.example/?to=http://b.example]"
        );
        assert_eq!(
            story("www.alba.example/b or ines@cafelargo.pt!"),
            "[www.alba.example/b](https://www.alba.example/b) or \
             [ines@cafelargo.pt](mailto:ines@cafelargo.pt)!"
        );
    }

    #[test]
    fn a_page_follows_only_what_is_spelled_out() {
        let spelled = |text| story_of(text, spelled_out);
        assert_eq!(
            spelled("(HTTPS://a.example/b), mailto:ines@a.pt!"),
            "([HTTPS://a.example/b]), [mailto:ines@a.pt]!"
        );
        for text in ["www.a.example", "ines@a.pt", "javascript:alert(1)"] {
            assert_eq!(spelled(text), text);
        }
    }

    #[test]
    fn links_end_where_the_sentence_goes_on() {
        assert_eq!(
            story("Is it https://a.example/b?"),
            "Is it [https://a.example/b]?"
        );
        assert_eq!(story("(https://a.example/b)."), "([https://a.example/b]).");
        assert_eq!(story("«https://a.example»"), "«[https://a.example]»");
        assert_eq!(
            story("See (https://a.example/x_(y)), thanks"),
            "See ([https://a.example/x_(y)]), thanks"
        );
    }

    #[test]
    fn nothing_but_web_and_mail_is_found() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
            "http://...",
            "xhttps://a.example",
            "ftp://a.example",
            "mailto:",
            "www.",
            "a@b",
            "mailto:x@y.example?bcc=z@y.example",
            "10:30... ok",
            "¿Sí?",
        ] {
            assert_eq!(story(text), text);
        }
    }

    #[test]
    fn text_stays_as_it_was() {
        for text in ["", " \n two  spaces\t", "((()", "é…"] {
            assert_eq!(story(text), text);
        }
    }

    #[test]
    fn only_four_schemes_are_followed() {
        for good in [
            "https://a.example",
            "HTTP://a.example",
            "mailto:ines@a.pt",
            "tel:+351210000000",
        ] {
            assert!(may_follow(good), "{good}");
        }
        for bad in [
            "",
            "tel:",
            "https://",
            "//a.example",
            "/path",
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.example",
        ] {
            assert!(!may_follow(bad), "{bad}");
        }
    }
}
