//! The parts of an address that rules ask for.
//!
//! The browser has read the address already; this only cuts it. A text that is
//! no address has a path and nothing else.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Bound;

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
        let (rest, fragment) = cut(url, b'#');
        let (rest, query) = cut(rest, b'?');
        let Some(rest) = cut(rest, b':').1.strip_prefix("//") else {
            return Self {
                host: "",
                path: rest,
                query,
                fragment,
            };
        };
        let (authority, _) = cut(rest, b'/');
        let path = rest.get(authority.len()..).unwrap_or_default();
        let (before, host) = cut(authority, b'@');
        Self {
            host: if host.is_empty() { before } else { host },
            path: if path.is_empty() { "/" } else { path },
            query,
            fragment,
        }
    }

    /// The first parameter of this name, decoded.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.query;
        while !rest.is_empty() {
            let pair;
            (pair, rest) = cut(rest, b'&');
            let (key, value) = cut(pair, b'=');
            if !key.is_empty() && decode(key, true) == name {
                return Some(decode(value, true));
            }
        }
        None
    }
}

/// What stands before and after the first of a character of ASCII. Without one,
/// nothing stands after it.
fn cut(text: &str, at: u8) -> (&str, &str) {
    let mut bytes = text.bytes();
    let found = bytes.position(|byte| byte == at).unwrap_or(text.len());
    let part = |range: (Bound<usize>, Bound<usize>)| text.get(range).unwrap_or_default();
    (
        part((Bound::Unbounded, Bound::Excluded(found))),
        part((Bound::Excluded(found), Bound::Unbounded)),
    )
}

/// Decodes `%41` as far as it is sound, and in a query `+` as well; what is not
/// UTF-8 stays as it stands.
#[must_use]
pub fn decode(text: &str, query: bool) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (*byte == b'%').then(|| Some((hex(bytes, at + 1)?, hex(bytes, at + 2)?)));
        if let Some(Some((high, low))) = pair {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            let space = query && *byte == b'+';
            decoded.push(if space { b' ' } else { *byte });
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
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
