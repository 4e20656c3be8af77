//! Walks through a file and notes every mistake with its path.

use std::fmt;

use super::json::Node;
use super::mistake::{Complaint, Mistake, MistakeKind};
use super::nearest::meant;

/// Most mistakes that are listed. The rest is counted.
const MISTAKES: usize = 100;

/// Where something stands: the way to it from the top of the file.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    before: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Top,
    Field(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    pub(crate) const TOP: Self = Self {
        before: None,
        step: Step::Top,
    };

    pub(crate) fn field(&'a self, name: &'a str) -> Self {
        Self {
            before: Some(self),
            step: Step::Field(name),
        }
    }

    pub(crate) fn item(&'a self, index: usize) -> Self {
        Self {
            before: Some(self),
            step: Step::Item(index),
        }
    }

    fn is_top(&self) -> bool {
        matches!(self.step, Step::Top)
    }
}

/// As `rule.all[2].value`. A name that would be misread stands in quotes.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(before) = self.before {
            before.fmt(f)?;
        }
        match self.step {
            Step::Top => Ok(()),
            Step::Item(index) => write!(f, "[{index}]"),
            Step::Field(name) => {
                let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                if name.is_empty() || name.len() > 60 || !name.chars().all(plain) {
                    let short: String = name.chars().take(60).collect();
                    write!(f, "[{short:?}]")
                } else if self.before.is_none_or(Path::is_top) {
                    f.write_str(name)
                } else {
                    write!(f, ".{name}")
                }
            }
        }
    }
}

/// Collects mistakes.
#[derive(Default)]
pub(crate) struct Reader {
    mistakes: Vec<Mistake>,
    more: usize,
}

impl Reader {
    /// Notes a mistake. Returns nothing, in place of what could not be read.
    pub(crate) fn refuse<T>(
        &mut self,
        path: &Path<'_>,
        kind: MistakeKind,
        message: impl Into<String>,
    ) -> Option<T> {
        self.complain(path, Complaint::new(kind, message))
    }

    /// Notes what is wrong at a place.
    pub(crate) fn complain<T>(&mut self, path: &Path<'_>, complaint: Complaint) -> Option<T> {
        if self.mistakes.len() < MISTAKES {
            self.mistakes.push(Mistake {
                path: path.to_string(),
                kind: complaint.kind,
                message: complaint.message,
            });
        } else {
            self.more += 1;
        }
        None
    }

    /// Takes a result apart: the good part, or nothing and a note.
    pub(crate) fn accept<T>(&mut self, path: &Path<'_>, read: Result<T, Complaint>) -> Option<T> {
        read.map_or_else(|complaint| self.complain(path, complaint), Some)
    }

    /// What was read, unless there was a mistake.
    pub(crate) fn finish<T>(mut self, read: Option<T>) -> Result<T, Vec<Mistake>> {
        if self.more > 0 {
            self.mistakes.push(Mistake {
                path: String::new(),
                kind: MistakeKind::More,
                message: format!("there are {} mistakes more", self.more),
            });
        }
        match read {
            Some(read) if self.mistakes.is_empty() => Ok(read),
            _ => Err(self.mistakes),
        }
    }

    /// Opens an object of which the names of all fields are known.
    pub(crate) fn open<'n>(
        &mut self,
        path: &Path<'_>,
        node: &'n Node,
        names: &[&str],
    ) -> Option<Fields<'n>> {
        let fields = self.entries(path, node)?;
        for (name, _) in fields {
            if !names.contains(&name.as_str()) {
                self.unknown(path, name, names);
            }
        }
        Some(Fields(fields))
    }

    /// Notes a field that does not exist.
    fn unknown(&mut self, path: &Path<'_>, name: &str, names: &[&str]) {
        if self.mistakes.len() >= MISTAKES {
            // No one will read what may have been meant.
            self.more += 1;
            return;
        }
        let hint = match meant(name, names.iter().copied()) {
            none if none.is_empty() => match names {
                [only] => format!("; there is only `{only}`"),
                names => format!("; there are {}", listed(names)),
            },
            hint => hint,
        };
        let message = format!("there is no field `{}` here{hint}", short(name));
        self.refuse::<()>(&path.field(name), MistakeKind::UnknownField, message);
    }

    /// The entries of an object whose names are free. Notes those that stand
    /// there twice.
    pub(crate) fn entries<'n>(
        &mut self,
        path: &Path<'_>,
        node: &'n Node,
    ) -> Option<&'n [(String, Node)]> {
        let Node::Fields(fields) = node else {
            return self.wrong_type(path, "an object", node);
        };
        let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        for alike in names.chunk_by(PartialEq::eq) {
            if let [name, _, ..] = alike {
                let message = format!(
                    "`{}` stands here {} times; keep one of them",
                    short(name),
                    alike.len()
                );
                self.refuse::<()>(&path.field(name), MistakeKind::DuplicateField, message);
            }
        }
        Some(fields)
    }

    /// A list with at most so many entries.
    pub(crate) fn list<'n>(
        &mut self,
        path: &Path<'_>,
        node: &'n Node,
        most: usize,
    ) -> Option<&'n [Node]> {
        let Node::List(items) = node else {
            return self.wrong_type(path, "a list", node);
        };
        if items.len() > most {
            let message = format!("at most {most} may stand here, these are {}", items.len());
            return self.refuse(path, MistakeKind::TooMany, message);
        }
        Some(items)
    }

    pub(crate) fn flag(&mut self, path: &Path<'_>, node: &Node) -> Option<bool> {
        match node {
            Node::Flag(flag) => Some(*flag),
            _ => self.wrong_type(path, "`true` or `false`", node),
        }
    }

    pub(crate) fn text<'n>(&mut self, path: &Path<'_>, node: &'n Node) -> Option<&'n str> {
        match node {
            Node::Text(text) => Some(text),
            _ => self.wrong_type(path, "a text", node),
        }
    }

    /// A text with something in it, not too long and fit to be shown.
    pub(crate) fn words(&mut self, path: &Path<'_>, node: &Node, most: usize) -> Option<String> {
        let text = self.text(path, node)?;
        let read = words(text, most);
        self.accept(path, read)
    }

    /// A whole number from one bound to the other.
    pub(crate) fn whole(
        &mut self,
        path: &Path<'_>,
        node: &Node,
        least: i32,
        most: i32,
    ) -> Option<i32> {
        let Node::Number(number) = node else {
            return self.wrong_type(path, "a number", node);
        };
        let read = whole(*number, least, most);
        self.accept(path, read)
    }

    /// One of some words.
    pub(crate) fn word<T: Copy>(
        &mut self,
        path: &Path<'_>,
        node: &Node,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(path, node)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("`{}` is none of {}", short(text), listed(&names));
        self.refuse(path, MistakeKind::UnknownWord, message)
    }

    pub(crate) fn missing<T>(&mut self, path: &Path<'_>, name: &str, what: &str) -> Option<T> {
        let message = format!("`{name}` is missing: {what}");
        self.refuse(path, MistakeKind::MissingField, message)
    }

    pub(crate) fn wrong_type<T>(
        &mut self,
        path: &Path<'_>,
        expected: &str,
        node: &Node,
    ) -> Option<T> {
        let message = format!("this should be {expected}, not {}", node.described());
        self.refuse(path, MistakeKind::WrongType, message)
    }
}

/// Something is there and could not be read: a mistake was noted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unread;

/// The fields of an object.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n>(&'n [(String, Node)]);

impl<'n> Fields<'n> {
    /// The field of that name; the first, should it stand there twice.
    pub(crate) fn get(self, name: &str) -> Option<&'n Node> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, node)| node)
    }

    /// Reads a field that may be left out, or be `null`, which is the same.
    pub(crate) fn optional<T>(
        self,
        name: &str,
        read: impl FnOnce(&'n Node) -> Option<T>,
    ) -> Result<Option<T>, Unread> {
        match self.given(name) {
            Some(node) => read(node).map(Some).ok_or(Unread),
            None => Ok(None),
        }
    }

    /// The same as [`Fields::get`] for a field that may be `null`, which is as
    /// if it were not there.
    pub(crate) fn given(self, name: &str) -> Option<&'n Node> {
        self.get(name).filter(|node| **node != Node::Null)
    }
}

/// A text with something in it, at most so long and fit to be shown.
pub(crate) fn words(text: &str, most: usize) -> Result<String, Complaint> {
    let chars = text.chars().count();
    if text.trim().is_empty() {
        Err(Complaint::new(
            MistakeKind::Empty,
            "there must be something in this text",
        ))
    } else if chars > most {
        Err(Complaint::new(
            MistakeKind::TooLong,
            format!("this text may have {most} characters and has {chars}"),
        ))
    } else if let Some(c) = text.chars().find(|c| c.is_control() && *c != '\n') {
        Err(Complaint::new(
            MistakeKind::ControlCharacter,
            format!(
                "this text has a control character in it (U+{:04X}); take it out",
                u32::from(c)
            ),
        ))
    } else {
        Ok(text.to_owned())
    }
}

/// A whole number from one bound to the other.
pub(crate) fn whole(number: f64, least: i32, most: i32) -> Result<i32, Complaint> {
    if number.fract() != 0.0 {
        return Err(Complaint::new(
            MistakeKind::NotWhole,
            format!(
                "this should be a whole number, not {}",
                plain_number(number)
            ),
        ));
    }
    if number < f64::from(least) || number > f64::from(most) {
        return Err(Complaint::new(
            MistakeKind::OutOfRange,
            format!(
                "this should be from {least} to {most}, not {}",
                plain_number(number)
            ),
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is whole and between two that fit"
    )]
    Ok(number as i32)
}

/// A number in a sentence.
pub(crate) fn plain_number(number: f64) -> String {
    if number.abs() < 1e15 {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// Names in a sentence: `one`, `two` and `three`.
pub(crate) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

/// As much of a text as fits into a sentence.
pub(crate) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars
        .by_ref()
        .take(40)
        .filter(|c| !c.is_control())
        .collect();
    if chars.next().is_some() {
        format!("{start}…")
    } else {
        start
    }
}
