//! Single values of a text, by the paths that lead exactly there.

use super::scan::{self, Kind};
use super::{quote, step};

/// The value at a path, as it is written; nothing if there is none.
pub(crate) fn at<'t>(text: &'t str, path: &str) -> Option<&'t str> {
    let mut node = scan::read(text)?;
    let mut rest = path;
    while let Some((child, left)) = step(&node, rest) {
        rest = left;
        let child = child.clone();
        node = child;
    }
    rest.is_empty().then(|| &text[node.span])
}

/// The words at a path; nothing if there are none.
pub(crate) fn words(text: &str, path: &str) -> Option<String> {
    serde_json::from_str(at(text, path)?).ok()
}

/// The whole number at a path; nothing if there is none.
pub(crate) fn whole(text: &str, path: &str) -> Option<u64> {
    at(text, path)?.parse().ok()
}

/// The fields of an object at a path, each value as it is written.
pub(crate) fn entries<'t>(text: &'t str, path: &str) -> Vec<(String, &'t str)> {
    let Some(object) = at(text, path) else {
        return Vec::new();
    };
    match scan::read(object).map(|node| node.kind) {
        Some(Kind::Fields(fields)) => fields
            .into_iter()
            .map(|(name, value)| (name, &object[value.span]))
            .collect(),
        _ => Vec::new(),
    }
}

/// The texts of a list at a path.
pub(crate) fn texts(text: &str, path: &str) -> Vec<String> {
    let Some(list) = at(text, path) else {
        return Vec::new();
    };
    match scan::read(list).map(|node| node.kind) {
        Some(Kind::List(items)) => items
            .into_iter()
            .filter_map(|item| serde_json::from_str(&list[item.span]).ok())
            .collect(),
        _ => Vec::new(),
    }
}

/// The items of a list at a path, each as it is written.
pub(crate) fn items(text: &str, path: &str) -> Vec<String> {
    let Some(list) = at(text, path) else {
        return Vec::new();
    };
    match scan::read(list).map(|node| node.kind) {
        Some(Kind::List(items)) => items
            .into_iter()
            .map(|item| list[item.span].to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

/// A list of texts, as JSON.
pub(crate) fn list_of<T: AsRef<str>>(all: impl IntoIterator<Item = T>) -> String {
    let all = all.into_iter().map(|one| quote(one.as_ref()));
    format!("[{}]", all.collect::<Vec<_>>().join(","))
}

/// An object, as JSON, of names and of values that are JSON already.
pub(crate) fn object_of<N: AsRef<str>, V: AsRef<str>>(
    all: impl IntoIterator<Item = (N, V)>,
) -> String {
    let all = all
        .into_iter()
        .map(|(name, value)| format!("{}:{}", quote(name.as_ref()), value.as_ref()));
    format!("{{{}}}", all.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "name": "Alba \"1\"", "gap": 30, "hours": null,
        "origins": ["https://a.example", "*", 3], "senders": { "lucia": "Lucía" } }"#;

    #[test]
    fn a_path_leads_exactly_to_its_value() {
        assert_eq!(words(TEXT, "name").as_deref(), Some("Alba \"1\""));
        assert_eq!(whole(TEXT, "gap"), Some(30));
        assert_eq!(whole(TEXT, "name"), None);
        assert_eq!(at(TEXT, "hours"), Some("null"));
        assert_eq!(at(TEXT, "hours.zone"), None);
        assert_eq!(words(TEXT, "senders.lucia").as_deref(), Some("Lucía"));
        assert_eq!(words(TEXT, "senders.rui"), None);
        assert_eq!(at("{", "name"), None);
    }

    #[test]
    fn lists_and_objects_are_read_and_written() {
        assert_eq!(texts(TEXT, "origins"), ["https://a.example", "*"]);
        assert_eq!(texts(TEXT, "name"), Vec::<String>::new());
        assert_eq!(items(TEXT, "origins")[2], "3");
        assert_eq!(items(TEXT, "senders"), Vec::<String>::new());
        let senders = entries(TEXT, "senders");
        assert_eq!(senders, [("lucia".to_owned(), "\"Lucía\"")]);
        assert_eq!(object_of(senders), r#"{"lucia":"Lucía"}"#);
        assert_eq!(list_of(["a\"b", "c"]), r#"["a\"b","c"]"#);
    }
}
