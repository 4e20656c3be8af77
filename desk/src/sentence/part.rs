//! The parts of a sentence.

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Holds the others together.
    Plain(String),
    /// Stands for something that the author chose.
    Chosen {
        /// Where it stands in the form, such as `rule.all[0]`.
        path: String,
        /// What it says.
        words: String,
    },
}

/// A sentence, or a part of one.
pub(crate) type Parts = Vec<Part>;

/// Words that stand for nothing.
pub(super) fn plain(words: impl Into<String>) -> Parts {
    vec![Part::Plain(words.into())]
}

/// Words that stand for what a path names.
pub(super) fn chosen(path: &str, words: impl Into<String>) -> Parts {
    vec![Part::Chosen {
        path: path.to_owned(),
        words: words.into(),
    }]
}

/// Puts parts in place of the `{names}` of a sentence. The order is the
/// sentence's, so each language has its own.
pub(super) fn weave(sentence: &str, slots: &[(&str, Parts)]) -> Parts {
    let mut woven = Parts::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            woven.extend(plain(before));
        }
        if let Some((_, parts)) = slots.iter().find(|(slot, _)| *slot == name) {
            woven.extend(parts.iter().cloned());
        }
        rest = after;
    }
    if !rest.is_empty() {
        woven.extend(plain(rest));
    }
    woven
}

/// Joins several with commas, and the last with a word.
pub(super) fn join(mut all: Vec<Parts>, word: &str) -> Parts {
    let last = all.pop().unwrap_or_default();
    let mut joined = Parts::new();
    for (at, parts) in all.into_iter().enumerate() {
        if at > 0 {
            joined.extend(plain(", "));
        }
        joined.extend(parts);
    }
    if !joined.is_empty() {
        joined.extend(plain(format!(" {word} ")));
    }
    joined.extend(last);
    joined
}
