//! Reads JSON with the place of every value in it.

use std::ops::Range;

/// Deeper than this, it is nobody's trigger.
const DEPTH: usize = 128;

/// A value, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text, a number, `true`, `false` or `null`.
    Plain,
    List(Vec<Node>),
    Fields(Vec<(String, Node)>),
}

/// Reads a text; nothing if it is no JSON.
pub(super) fn read(text: &str) -> Option<Node> {
    let mut scan = Scan { text, at: 0 };
    let node = scan.value(0)?;
    scan.skip_space();
    (scan.at == text.len()).then_some(node)
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > DEPTH {
            return None;
        }
        self.skip_space();
        let from = self.at;
        let kind = match self.next()? {
            '{' => self.fields(depth)?,
            '[' => self.list(depth)?,
            '"' => {
                self.string()?;
                Kind::Plain
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}' | ':');
                let left = &self.text[self.at..];
                self.at += left.find(ends).unwrap_or(left.len());
                // Numbers and words are short; the parser knows them all.
                let word = &self.text[from..self.at];
                serde_json::from_str::<serde::de::IgnoredAny>(word).ok()?;
                Kind::Plain
            }
        };
        Some(Node {
            span: from..self.at,
            kind,
        })
    }

    fn list(&mut self, depth: usize) -> Option<Kind> {
        let mut items = Vec::new();
        if self.takes(']') {
            return Some(Kind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.takes(',') {
                return self.takes(']').then_some(Kind::List(items));
            }
        }
    }

    fn fields(&mut self, depth: usize) -> Option<Kind> {
        let mut fields = Vec::new();
        if self.takes('}') {
            return Some(Kind::Fields(fields));
        }
        loop {
            self.skip_space();
            let from = self.at;
            if self.next()? != '"' {
                return None;
            }
            self.string()?;
            let name: String = serde_json::from_str(&self.text[from..self.at]).ok()?;
            if !self.takes(':') {
                return None;
            }
            fields.push((name, self.value(depth + 1)?));
            if !self.takes(',') {
                return self.takes('}').then_some(Kind::Fields(fields));
            }
        }
    }

    /// The rest of a text, its end included.
    fn string(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                '"' => return Some(()),
                '\\' => {
                    self.next()?;
                }
                _ => {}
            }
        }
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.skip_space();
        let takes = self.text[self.at..].starts_with(wanted);
        if takes {
            self.at += wanted.len_utf8();
        }
        takes
    }

    fn skip_space(&mut self) {
        let left = &self.text[self.at..];
        self.at += left.len() - left.trim_start().len();
    }

    fn next(&mut self) -> Option<char> {
        let next = self.text[self.at..].chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_is_read() {
        for good in [
            "{}",
            " [1, -2.5e3, true, null] ",
            "\"a\\\"b\"",
            "{\"a\": {\"b\": []}}",
        ] {
            assert!(read(good).is_some(), "{good}");
        }
        let deep = "[".repeat(1000);
        for bad in [
            "", "{", "{\"a\"}", "[1,]", "{a: 1}", "[1] 2", "\"", "yes", &deep,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
