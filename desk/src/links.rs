//! Finds what can be followed in a text. Only `http`, `https` and `mailto`
//! ever become addresses: a message is whatever a stranger typed.

use saluda_protocol::EmailAddress;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Only to be read.
    Plain(String),
    /// To be followed.
    Link {
        /// Where to.
        address: String,
        /// As it was written.
        shown: String,
    },
}

/// Cuts a text into what is read and what can be followed.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let core = word.trim_start_matches(['(', '[', '{', '<', '"', '\'', '«', '“', '¿', '¡']);
        let core = without_stop(core.trim_end());
        let Some(address) = address_of(core) else {
            plain.push_str(word);
            continue;
        };
        let start = word.find(core).unwrap_or_default();
        plain.push_str(&word[..start]);
        if !plain.is_empty() {
            pieces.push(Piece::Plain(std::mem::take(&mut plain)));
        }
        plain.push_str(&word[start + core.len()..]);
        pieces.push(Piece::Link {
            address,
            shown: core.to_owned(),
        });
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// Whether an address may be followed as it is.
pub(crate) fn is_web_address(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme) && address.len() > scheme.len())
    })
}

fn address_of(word: &str) -> Option<String> {
    let starts = |prefix: &str| {
        word.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if is_web_address(word) {
        Some(word.to_owned())
    } else if starts("www.") && word.len() > 5 && word[4..].contains('.') {
        Some(format!("https://{word}"))
    } else {
        let address = if starts("mailto:") {
            &word["mailto:".len()..]
        } else {
            word
        };
        // Between the parts of an address nothing may end the `mailto:` early.
        EmailAddress::parse(address)
            .ok()
            .filter(|address| !address.as_str().contains(['?', '&', '#', '%']))
            .map(|address| format!("mailto:{}", address.as_str()))
    }
}

/// Without the punctuation that belongs to the sentence around a link. A
/// closing bracket stays when its partner is inside, as in many wiki addresses.
fn without_stop(mut word: &str) -> &str {
    while let Some(last) = word.chars().next_back() {
        let open = match last {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '>' | '»' | '”' | '…' => last,
            _ => break,
        };
        if open != last && word.matches(open).count() >= word.matches(last).count() {
            break;
        }
        word = &word[..word.len() - last.len_utf8()];
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(text: &str) -> String {
        let shown: Vec<_> = pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) => text,
                Piece::Link { address, shown } => format!("[{shown}]({address})"),
            })
            .collect();
        shown.concat()
    }

    #[test]
    fn links_end_where_the_sentence_goes_on() {
        assert_eq!(
            story("See (https://a.example/x_(y)), or www.alba.example/b.\nThanks"),
            "See ([https://a.example/x_(y)](https://a.example/x_(y))), or \
             [www.alba.example/b](https://www.alba.example/b).\nThanks"
        );
        assert_eq!(
            story("Write to ines@cafelargo.pt!"),
            "Write to [ines@cafelargo.pt](mailto:ines@cafelargo.pt)!"
        );
    }

    #[test]
    fn nothing_but_web_and_mail_is_followed() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
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
}
