//! A form that is read once and asked for one value after the other.

use std::sync::Arc;

use super::scan::{self, Kind, Node};
use super::step;

/// A form that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Document {
    text: Arc<str>,
    /// Nothing if the text is no JSON.
    root: Option<Arc<Node>>,
}

impl Document {
    pub(crate) fn of(text: &str) -> Self {
        Self {
            text: text.into(),
            root: scan::read(text).map(Arc::new),
        }
    }

    /// Whether fields can be written below each of these: they are objects, or
    /// not there yet.
    pub(crate) fn takes_fields(&self, paths: &[&str]) -> bool {
        let is_object = |node: &Node| matches!(node.kind, Kind::Fields(_));
        self.root.as_deref().is_some_and(is_object)
            && paths
                .iter()
                .all(|path| self.node(path).is_none_or(is_object))
    }

    /// What stands at a path, as it is written. Nothing for `null`.
    pub(crate) fn raw(&self, path: &str) -> Option<&str> {
        let node = self.node(path)?;
        Some(&self.text[node.span.clone()])
    }

    /// The text at a path.
    pub(crate) fn string(&self, path: &str) -> Option<String> {
        serde_json::from_str(self.raw(path)?).ok()
    }

    /// How many items the list at a path has.
    pub(crate) fn len(&self, path: &str) -> usize {
        match self.node(path).map(|node| &node.kind) {
            Some(Kind::List(items)) => items.len(),
            _ => 0,
        }
    }

    /// The strings in the list at a path.
    pub(crate) fn strings(&self, path: &str) -> Vec<String> {
        let each = (0..self.len(path)).filter_map(|at| self.string(&format!("{path}[{at}]")));
        each.collect()
    }

    /// The names of the fields at a path, in their order.
    pub(crate) fn names(&self, path: &str) -> Vec<String> {
        match self.node(path).map(|node| &node.kind) {
            Some(Kind::Fields(fields)) => fields.iter().map(|(name, _)| name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    fn node(&self, path: &str) -> Option<&Node> {
        let (mut node, mut rest) = (self.root.as_deref()?, path);
        while !rest.is_empty() {
            (node, rest) = step(node, rest)?;
        }
        (&self.text[node.span.clone()] != "null").then_some(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_found_by_its_path() {
        let document = Document::of(
            r#"{ "tags": ["a", "b"], "goal": null, "limits": { "times": 3 },
                 "greeting": { "text": { "en": "Hi", "pt-BR": "Oi" } } }"#,
        );
        assert_eq!(document.raw("limits.times"), Some("3"));
        assert_eq!(document.raw("goal"), None);
        assert_eq!(document.raw("greeting.colour"), None);
        assert_eq!(
            document.string("greeting.text.pt-BR").as_deref(),
            Some("Oi")
        );
        assert_eq!(document.string("limits.times"), None, "no text");
        assert_eq!(document.strings("tags"), ["a", "b"]);
        assert_eq!(document.len("tags"), 2);
        assert_eq!(document.names("greeting.text"), ["en", "pt-BR"]);
        assert!(document.names("tags").is_empty());
    }

    #[test]
    fn fields_can_be_written_into_objects_and_into_nothing() {
        let document = Document::of(r#"{ "limits": { }, "goal": null, "schedule": 3 }"#);
        assert!(document.takes_fields(&["limits", "goal", "experiment"]));
        assert!(!document.takes_fields(&["limits", "schedule"]));
        assert!(!Document::of("{").takes_fields(&[]));
        assert!(!Document::of("[]").takes_fields(&[]));
    }
}
