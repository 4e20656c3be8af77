//! Texts in several languages, with gaps for what is known of a visitor.

use saluda_protocol::trigger::Texts;

use super::facts;
use super::json::Node;
use super::mistake::{Complaint, MistakeKind};
use super::reader::{Path, Reader, short, words};
use super::value::{is_language, no_language};
use crate::variable;

/// Most languages of one text.
const LANGUAGES: usize = 50;

/// What a text may be.
#[derive(Clone, Copy)]
pub(super) enum Wording {
    /// At most so many characters. Gaps are filled in the page.
    WithGaps(usize),
    /// At most so many characters. Not written for one visitor: it is said by
    /// the server, which knows nothing of the page.
    Plain(usize),
    /// At most so many characters as people count them, on one line.
    Label(usize),
}

/// Reads a text in all its languages.
pub(super) fn read(
    reader: &mut Reader,
    path: &Path<'_>,
    node: &Node,
    wording: Wording,
) -> Option<Texts> {
    if let Node::Text(text) = node {
        let message = format!(
            "a text stands beside its language: `{{ \"en\": \"{}\" }}`",
            short(text)
        );
        return reader.refuse(path, MistakeKind::WrongType, message);
    }
    let entries = reader.entries(path, node)?;
    if entries.is_empty() {
        let message = "this text has no language; write one such as `{ \"en\": \"Hello\" }`";
        return reader.refuse(path, MistakeKind::Empty, message);
    }
    if entries.len() > LANGUAGES {
        let message = format!(
            "a text has at most {LANGUAGES} languages, this has {}",
            entries.len()
        );
        return reader.refuse(path, MistakeKind::TooMany, message);
    }
    let mut seen: Vec<String> = Vec::new();
    let all: Vec<_> = entries
        .iter()
        .map(|(language, node)| {
            let place = path.field(language);
            let tag = if is_language(language) {
                let folded = language.to_ascii_lowercase();
                let repeated = seen.contains(&folded) && !seen.contains(language);
                seen.push(folded);
                if repeated {
                    let message = format!("this language stands here twice; `{language}` and its like in other case are the same");
                    reader.refuse(&place, MistakeKind::Repeated, message)
                } else {
                    Some(language.clone())
                }
            } else {
                reader.complain(&place, no_language(language))
            };
            let text = one(reader, &place, node, wording);
            Some((tag?, text?))
        })
        .collect();
    all.into_iter().collect()
}

fn one(reader: &mut Reader, path: &Path<'_>, node: &Node, wording: Wording) -> Option<String> {
    let text = reader.text(path, node)?;
    let (Wording::WithGaps(most) | Wording::Plain(most) | Wording::Label(most)) = wording;
    let read = match wording {
        Wording::Label(_) => label(text, most),
        Wording::WithGaps(_) | Wording::Plain(_) => words(text, most),
    };
    let too_long = matches!(&read, Err(complaint) if complaint.kind == MistakeKind::TooLong);
    let read = reader.accept(path, read);
    let complaints = match wording {
        // There could be any number of gaps in it.
        Wording::WithGaps(_) if too_long => Vec::new(),
        Wording::WithGaps(_) => check_gaps(text),
        Wording::Plain(_) | Wording::Label(_) => no_gaps(text),
    };
    let sound = complaints.is_empty();
    for complaint in complaints {
        reader.complain::<()>(path, complaint);
    }
    read.filter(|_| sound)
}

/// A text that fits on a button.
fn label(text: &str, most: usize) -> Result<String, Complaint> {
    use unicode_segmentation::UnicodeSegmentation as _;

    if text.contains('\n') {
        return Err(Complaint::new(
            MistakeKind::ControlCharacter,
            "a label is one line, without line breaks",
        ));
    }
    let count = text.graphemes(true).count();
    if count > most {
        return Err(Complaint::new(
            MistakeKind::TooLong,
            format!("a label may have {most} characters, this one has {count}"),
        ));
    }
    // A character as people count it may be many, but not any number: a family
    // is seven.
    words(text, most * 20)
}

fn no_gaps(text: &str) -> Vec<Complaint> {
    if text.contains("{{") {
        vec![Complaint::new(
            MistakeKind::VariableNotAllowed,
            "only the text of a greeting can have a gap such as `{{visitor.attr.name|there}}`",
        )]
    } else {
        Vec::new()
    }
}

/// Looks at every gap: `{{fact|fallback}}`.
fn check_gaps(text: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((gap, behind)) = after.split_once("}}") else {
            complaints.push(Complaint::new(
                MistakeKind::InvalidVariable,
                "a gap is opened with `{{` and not closed with `}}`",
            ));
            return complaints;
        };
        plain.push_str(before);
        match check_gap(gap) {
            Ok(fallback) => plain.push_str(fallback),
            Err(complaint) => complaints.push(complaint),
        }
        rest = behind;
    }
    plain.push_str(rest);
    if rest.contains("}}") {
        complaints.push(Complaint::new(
            MistakeKind::InvalidVariable,
            "a gap is closed with `}}` and not opened with `{{`",
        ));
    }
    if complaints.is_empty() && plain.trim().is_empty() && !text.trim().is_empty() {
        complaints.push(Complaint::new(
            MistakeKind::Empty,
            "for a visitor of whom nothing is known, nothing would be left of this text",
        ));
    }
    complaints
}

/// Looks at what stands in a gap. Returns its fallback.
fn check_gap(gap: &str) -> Result<&str, Complaint> {
    if gap.contains("{{") {
        return Err(Complaint::new(
            MistakeKind::InvalidVariable,
            "a gap stands in another one; close the first with `}}`",
        ));
    }
    let (name, fallback) = match gap.split_once('|') {
        Some((name, fallback)) => (name, Some(fallback)),
        None => (gap, None),
    };
    let name = name.trim();
    if name.is_empty() {
        return Err(Complaint::new(
            MistakeKind::InvalidVariable,
            "this gap names no fact; write one such as `{{visitor.attr.name|there}}`",
        ));
    }
    facts::find(name)?;
    if variable::fact(name).is_none() {
        return Err(Complaint::new(
            MistakeKind::VariableNotAllowed,
            format!(
                "`{name}` cannot stand in a gap; `visitor.attr.<name>`, `page.title`, \
                 `page.path`, `page.query.<name>` and `visit.utm.<name>` can"
            ),
        ));
    }
    fallback.ok_or_else(|| {
        Complaint::new(
            MistakeKind::NoFallback,
            format!(
                "this gap does not say what stands there when `{name}` is missing; write \
                 `{{{{{name}|…}}}}`"
            ),
        )
    })
}
