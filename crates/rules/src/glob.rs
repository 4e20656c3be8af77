//! Patterns for addresses: `/pricing/**`, `*.example.com`, `/blog/20??/*`.
//!
//! `*` stands for anything without a `/`, `**` for anything at all, `?` for one
//! character that is no `/`. A `/**` at the end also stands for nothing, so that
//! `/pricing/**` means the pricing page and all below it.

use alloc::string::String;

use crate::text::after;

/// At the end of a pattern: this folder and all below it.
const ALL_BELOW: &[u8] = b"/**";

/// A pattern. The whole text must fit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    pattern: String,
    /// How many bytes of it are before the first sign that stands for another,
    /// and before a `/**` at its end.
    plain: usize,
}

impl Glob {
    /// Takes a folded pattern. Every text is one.
    #[must_use]
    pub fn new(folded: String) -> Self {
        let bytes = folded.as_bytes();
        let bare = bytes.strip_suffix(ALL_BELOW).unwrap_or(bytes);
        let sign = bare.iter().position(|byte| matches!(byte, b'*' | b'?'));
        Self {
            plain: sign.unwrap_or(bare.len()),
            pattern: folded,
        }
    }

    /// The pattern.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether a folded text fits.
    ///
    /// Takes at most the product of both lengths.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let (plain, rest) = self.pattern.as_bytes().split_at(self.plain);
        after(text.as_bytes(), plain).is_some_and(|text| fits(rest, text))
    }
}

/// Where to go on when what was tried did not fit.
#[derive(Clone, Copy)]
struct Retry {
    pattern: usize,
    text: usize,
}

/// Matches greedily, and goes back to the last star that can take one more.
///
/// A later `*` may forget an earlier one: what the earlier could still take, up
/// to the next `/`, the later could take as well. A `**` may forget everything
/// before it for the same reason.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<Retry> = None;
    let mut stars: Option<Retry> = None;
    loop {
        match pattern.get(p) {
            Some(b'/')
                if pattern.get(p..) == Some(ALL_BELOW)
                    && text.get(t).is_none_or(|byte| *byte == b'/') =>
            {
                return true;
            }
            Some(b'*') if pattern.get(p + 1) == Some(&b'*') => {
                p += 2;
                stars = Some(Retry {
                    pattern: p,
                    text: t,
                });
                star = None;
                continue;
            }
            Some(b'*') => {
                p += 1;
                star = Some(Retry {
                    pattern: p,
                    text: t,
                });
                continue;
            }
            Some(b'?') if text.get(t).is_some_and(|byte| *byte != b'/') => {
                p += 1;
                t = next_character(text, t);
                continue;
            }
            Some(byte) if text.get(t) == Some(byte) && *byte != b'?' => {
                p += 1;
                t += 1;
                continue;
            }
            None if t == text.len() => return true,
            _ => {}
        }
        let again = match (star, stars) {
            (Some(retry), _) if text.get(retry.text).is_some_and(|byte| *byte != b'/') => {
                Some((&mut star, retry))
            }
            (_, Some(retry)) if retry.text < text.len() => {
                star = None;
                Some((&mut stars, retry))
            }
            _ => None,
        };
        let Some((slot, retry)) = again else {
            return false;
        };
        let retry = Retry {
            text: next_character(text, retry.text),
            ..retry
        };
        *slot = Some(retry);
        (p, t) = (retry.pattern, retry.text);
    }
}

/// The beginning of the character after the one that begins at `at`.
fn next_character(text: &[u8], at: usize) -> usize {
    let continues = |byte: &u8| byte & 0xC0 == 0x80;
    let mut next = at + 1;
    while text.get(next).is_some_and(continues) {
        next += 1;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, fit: &[&str], others: &[&str]) {
        let glob = Glob::new(pattern.to_owned());
        for text in fit {
            assert!(glob.fits(text), "{pattern} should fit {text}");
        }
        for text in others {
            assert!(!glob.fits(text), "{pattern} should not fit {text}");
        }
    }

    #[test]
    fn without_stars_it_is_the_text() {
        check("/plans", &["/plans"], &["/plans/", "/plan", "plans", ""]);
        check("", &[""], &["a"]);
    }

    #[test]
    fn one_star_stays_in_its_folder() {
        check("/blog/*", &["/blog/", "/blog/a"], &["/blog", "/blog/a/b"]);
        check("*.example.com", &["a.example.com"], &["example.com"]);
        check("/*/edit", &["/a/edit"], &["/a/b/edit", "/edit"]);
        check("/a*b*c", &["/abc", "/a1b2c", "/aabbcc"], &["/a/bc", "/acb"]);
    }

    #[test]
    fn two_stars_cross_folders() {
        check("/**/edit", &["/a/edit", "/a/b/edit"], &["/edit", "/a/b"]);
        check("**", &["", "/", "/a/b"], &[]);
        check("**/a*/z", &["x/y/ab/z", "/a/z"], &["/b/z", "/a/b/z"]);
    }

    #[test]
    fn a_folder_and_all_below_it() {
        let all = ["/pricing", "/pricing/", "/pricing/team/eu"];
        check("/pricing/**", &all, &["/pricings", "/", "/a/pricing"]);
    }

    #[test]
    fn a_question_mark_is_one_character() {
        check("/20??/x", &["/2026/x", "/20é1/x"], &["/202/x", "/20/6/x"]);
        check("?", &["?", "é"], &["", "/", "ab"]);
        check("a?", &["a?"], &["a"]);
    }

    #[test]
    fn the_worst_pattern_still_ends() {
        let pattern = "a*".repeat(250) + "b";
        let glob = Glob::new(pattern);
        assert!(!glob.fits(&"a".repeat(2_000)));
        let glob = Glob::new("**a".repeat(170) + "b");
        assert!(!glob.fits(&"a".repeat(2_000)));
    }

    #[test]
    fn it_agrees_with_a_slow_and_plain_definition() {
        fn slow(pattern: &[char], text: &[char]) -> bool {
            match pattern {
                [] => text.is_empty(),
                ['*', '*', rest @ ..] => (0..=text.len()).any(|at| slow(rest, &text[at..])),
                ['*', rest @ ..] => (0..=text.len())
                    .take_while(|at| !text[..*at].contains(&'/'))
                    .any(|at| slow(rest, &text[at..])),
                ['?', rest @ ..] => {
                    text.first().is_some_and(|c| *c != '/') && slow(rest, &text[1..])
                }
                [c, rest @ ..] => text.first() == Some(c) && slow(rest, &text[1..]),
            }
        }
        let words = |alphabet: &[char], length: u32| {
            let count = alphabet.len().pow(length);
            let alphabet = alphabet.to_vec();
            (0..count).map(move |mut index| {
                (0..length)
                    .map(|_| {
                        let c = alphabet[index % alphabet.len()];
                        index /= alphabet.len();
                        c
                    })
                    .collect::<Vec<_>>()
            })
        };
        let texts: Vec<Vec<char>> = (0..=5).flat_map(|n| words(&['a', '/'], n)).collect();
        for pattern in (0..=5).flat_map(|n| words(&['a', '/', '*', '?'], n)) {
            let text_of = |chars: &[char]| chars.iter().collect::<String>();
            for text in &texts {
                let bare = pattern.strip_suffix(&['/', '*', '*']);
                assert_eq!(
                    Glob::new(text_of(&pattern)).fits(&text_of(text)),
                    slow(&pattern, text) || bare.is_some_and(|bare| slow(bare, text)),
                    "{pattern:?} {text:?}"
                );
            }
        }
    }
}
