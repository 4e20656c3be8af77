//! Two people change the settings of one site: what only one of them touched is
//! kept as they left it, and what both did is somebody's to decide.

use crate::form_text::{self, values};

/// What two people made of one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Merged {
    /// The form with mine where both changed the same.
    pub(crate) mine: String,
    /// The form with theirs there.
    pub(crate) theirs: String,
    /// The fields that both changed, each in another way.
    pub(crate) clashes: Vec<String>,
}

/// Brings together what two made of `base`, field by field.
pub(crate) fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let mut merged = Merged {
        mine: theirs.to_owned(),
        theirs: theirs.to_owned(),
        clashes: Vec::new(),
    };
    for (name, my_value) in values::entries(mine, "") {
        let before = values::at(base, &name);
        if before == Some(my_value) {
            continue;
        }
        let their_value = values::at(theirs, &name);
        if let Some(kept) = form_text::replace(&merged.mine, &name, my_value) {
            merged.mine = kept;
        }
        if their_value == Some(my_value) {
            continue;
        }
        if their_value == before {
            // They left it alone: it stays mine, whoever's the rest is.
            if let Some(kept) = form_text::replace(&merged.theirs, &name, my_value) {
                merged.theirs = kept;
            }
        } else {
            merged.clashes.push(name);
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, accent: &str, hours: &str) -> String {
        let text = format!(r#"{{"name":"{name}","accent":"{accent}","hours":{hours}}}"#);
        form_text::lay_out(&text)
    }

    #[test]
    fn what_one_of_two_changed_is_kept() {
        let base = form("Alba", "#000000", "null");
        let mine = form("Alba Coffee", "#000000", "null");
        let theirs = form("Alba", "#0b6e76", r#"{"zone":"UTC"}"#);
        let merged = merge(&base, &mine, &theirs);
        let both = form("Alba Coffee", "#0b6e76", r#"{"zone":"UTC"}"#);
        assert_eq!(merged.mine, both);
        assert_eq!(merged.theirs, both);
        assert!(merged.clashes.is_empty());
    }

    #[test]
    fn what_both_changed_is_asked_and_the_rest_is_not() {
        let base = form("Alba", "#000000", "null");
        let mine = form("Alba Coffee", "#111111", "null");
        let theirs = form("Alba Roasters", "#000000", "null");
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.clashes, ["name"]);
        assert_eq!(merged.mine, form("Alba Coffee", "#111111", "null"));
        assert_eq!(merged.theirs, form("Alba Roasters", "#111111", "null"));
    }

    #[test]
    fn the_same_change_is_no_clash() {
        let base = form("Alba", "#000000", "null");
        let same = form("Alba Coffee", "#000000", "null");
        let merged = merge(&base, &same, &same);
        assert_eq!(merged.mine, same);
        assert!(merged.clashes.is_empty());
    }
}
