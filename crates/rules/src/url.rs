//! The parts of an address that rules ask for.
//!
//! The browser has read the address already; this only cuts it. A text that is
//! no address has a path and nothing else.

/// An address, cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts<'a> {
    /// Host, with a port that is not the scheme's own.
    pub host: &'a str,
    /// Path, not decoded.
    pub path: &'a str,
    /// Query without `?`.
    pub query: &'a str,
    /// Fragment without `#`.
    pub fragment: &'a str,
}

impl<'a> Parts<'a> {
    /// Cuts an address.
    #[must_use]
    pub fn of(url: &'a str) -> Self {
        let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let Some((_, rest)) = rest.split_once("://") else {
            return Self {
                host: "",
                path: rest,
                query,
                fragment,
            };
        };
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        Self {
            host,
            path: if path.is_empty() { "/" } else { path },
            query,
            fragment,
        }
    }

    /// The first parameter of this name, decoded.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode_form(key) == name && !key.is_empty()).then(|| decode_form(value))
        })
    }
}

/// Decodes `%41` as far as it is sound; what is not UTF-8 stays as it stands.
#[must_use]
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (*byte == b'%').then(|| Some((hex(bytes, at + 1)?, hex(bytes, at + 2)?)));
        if let Some(Some((high, low))) = pair {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            decoded.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

fn decode_form(text: &str) -> String {
    decode(&text.replace('+', " "))
}

fn hex(bytes: &[u8], at: usize) -> Option<u8> {
    match bytes.get(at)? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        letter @ (b'a'..=b'f' | b'A'..=b'F') => Some((letter | 0x20) - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> [&str; 4] {
        let parts = Parts::of(url);
        [parts.host, parts.path, parts.query, parts.fragment]
    }

    #[test]
    fn an_address_is_cut() {
        assert_eq!(
            parts("https://shop.example:8443/a/b?c=1&d#e?f#g"),
            ["shop.example:8443", "/a/b", "c=1&d", "e?f#g"]
        );
        assert_eq!(parts("https://shop.example"), ["shop.example", "/", "", ""]);
        assert_eq!(parts("https://me:secret@a.example/x")[0], "a.example");
        assert_eq!(
            parts("https://a.example?q=x://y/z"),
            ["a.example", "/", "q=x://y/z", ""]
        );
    }

    #[test]
    fn anything_else_is_a_path() {
        assert_eq!(parts(""), ["", "", "", ""]);
        assert_eq!(parts("about:blank"), ["", "about:blank", "", ""]);
        assert_eq!(parts("#x"), ["", "", "", "x"]);
    }

    #[test]
    fn a_parameter_is_found_and_decoded() {
        let parts = Parts::of("https://a.example/?a=1&a=2&b+c=%C3%A9+%26&d&=e&f=%zz%C3");
        assert_eq!(parts.parameter("a").as_deref(), Some("1"));
        assert_eq!(parts.parameter("b c").as_deref(), Some("é &"));
        assert_eq!(parts.parameter("d").as_deref(), Some(""));
        assert_eq!(parts.parameter("f").as_deref(), Some("%zz%C3"));
        assert_eq!(parts.parameter(""), None);
        assert_eq!(parts.parameter("g"), None);
    }
}
