//! Lists and objects of the form as text: moved, added to and taken from as they
//! are written, so that what this desk does not know of stays.

use leptos::prelude::*;
use saluda_protocol::form::Kind;

use crate::form_text::{quote, values};
use crate::state::Desk;

/// The members of a field, in the order in which the server writes them: what is
/// put back is no change then.
const ORDER: [&str; 10] = [
    "id", "kind", "label", "hint", "required", "options", "min", "max", "earliest", "latest",
];

/// The items of a list of the form.
#[derive(Clone, Copy)]
pub(super) struct Items {
    desk: Desk,
    path: StoredValue<String>,
}

impl Items {
    pub(super) fn at(desk: Desk, path: &str) -> Self {
        let path = StoredValue::new(path.to_owned());
        Self { desk, path }
    }

    /// The items as they are written.
    pub(super) fn all(self) -> Vec<String> {
        let settings = self.desk.settings;
        let of = |text: &String| self.path.with_value(|path| values::items(text, path));
        settings.text.with(of)
    }

    pub(super) fn count(self) -> usize {
        self.all().len()
    }

    /// The words under a name, of each item.
    pub(super) fn words(self, name: &str) -> Vec<String> {
        let all = self.all().into_iter();
        all.map(|item| values::words(&item, name).unwrap_or_default())
            .collect()
    }

    pub(super) fn push(self, item: String) {
        self.change(|all| all.push(item));
    }

    pub(super) fn remove(self, at: usize) {
        self.change(|all| {
            if at < all.len() {
                all.remove(at);
            }
        });
    }

    pub(super) fn swap(self, one: usize, other: usize) {
        self.change(|all| {
            if one.max(other) < all.len() {
                all.swap(one, other);
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut Vec<String>)) {
        let mut all = untrack(|| self.all());
        change(&mut all);
        let list = format!("[{}]", all.join(","));
        self.path
            .with_value(|path| self.desk.settings.put(path, &list));
    }
}

/// Puts a member of an object, or takes it out.
pub(super) fn put_member(desk: Desk, path: &str, name: &str, json: Option<&str>) {
    let members = untrack(|| {
        desk.settings
            .text
            .with(|text| with_member(text, path, name, json))
    });
    desk.settings.put(path, &members);
}

fn with_member(text: &str, path: &str, name: &str, json: Option<&str>) -> String {
    let all = values::entries(text, path).into_iter();
    let mut all: Vec<_> = all.map(|(name, json)| (name, json.to_owned())).collect();
    all.retain(|(known, _)| known != name);
    all.extend(json.map(|json| (name.to_owned(), json.to_owned())));
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    all.sort_by(|(one, _), (other, _)| (place(one), one).cmp(&(place(other), other)));
    values::object_of(all)
}

/// A field of another kind: without what only the kind before had.
pub(super) fn of_kind(desk: Desk, path: &str, kind: Kind, options: &str) {
    let all = untrack(|| {
        desk.settings.text.with(|text| {
            let all = values::entries(text, path).into_iter();
            all.map(|(name, json)| (name, json.to_owned()))
                .collect::<Vec<_>>()
        })
    });
    let keeps = |name: &str| match name {
        "options" => kind == Kind::Choice,
        "min" | "max" | "earliest" | "latest" | "kind" => false,
        _ => true,
    };
    let has_options = all.iter().any(|(name, _)| name == "options");
    let mut kept: Vec<_> = all.into_iter().filter(|(name, _)| keeps(name)).collect();
    kept.push(("kind".to_owned(), quote(kind.word())));
    if kind == Kind::Choice && !has_options {
        kept.push(("options".to_owned(), options.to_owned()));
    }
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    kept.sort_by_key(|(name, _)| place(name));
    desk.settings.put(path, &values::object_of(kept));
}

/// A new field, as it is written.
pub(super) fn field_named(id: &str, kind: Kind, language: &str, label: &str) -> String {
    let options = if kind == Kind::Choice {
        format!(r#","options":{}"#, two_options())
    } else {
        String::new()
    };
    format!(
        r#"{{"id":{},"kind":{},"label":{{{}:{}}},"required":false{options}}}"#,
        quote(id),
        quote(kind.word()),
        quote(language),
        quote(label),
    )
}

/// The options that a choice begins with: nothing is written on them yet.
pub(super) fn two_options() -> String {
    r#"[{"id":"option-1","label":{}},{"id":"option-2","label":{}}]"#.to_owned()
}

/// An id that none has yet: the word itself, or with a number.
pub(super) fn free_id(word: &str, taken: &[String]) -> String {
    let numbered = (2..).map(|number: u32| format!("{word}-{number}"));
    let mut ids = std::iter::once(word.to_owned()).chain(numbered);
    let free = ids.find(|id| !taken.contains(id));
    free.unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_field_gets_an_id_that_is_free() {
        let taken = ["email".to_owned(), "email-2".to_owned()];
        assert_eq!(free_id("email", &taken), "email-3");
        assert_eq!(free_id("phone", &taken), "phone");
    }

    #[test]
    fn a_member_stands_where_the_server_writes_it_and_what_is_unknown_stays() {
        let text = r#"{"f":{"id":"x","kind":"text","label":{},"required":false,"odd":1}}"#;
        let with = with_member(text, "f", "hint", Some("{}"));
        let wanted = r#"{"odd":1,"id":"x","kind":"text","label":{},"hint":{},"required":false}"#;
        assert_eq!(with, wanted);
        let without = with_member(&format!(r#"{{"f":{with}}}"#), "f", "hint", None);
        assert!(!without.contains("hint") && without.contains("\"odd\":1"));
    }

    #[test]
    fn a_new_field_can_be_read() {
        let choice = field_named("grind", Kind::Choice, "en", "Grind \"it\"");
        let read: saluda_protocol::form::Field = serde_json::from_str(&choice).unwrap();
        assert_eq!(read.options.len(), 2);
        assert_eq!(read.label["en"], "Grind \"it\"");
    }
}
