//! Reads a JSON object field by field, and complains of each that is missing, of
//! another type, or unknown.

use saluda_protocol::studio::Mistake;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::mistake;

/// The fields of an object that were not looked at yet.
pub(super) struct Fields<'m> {
    pub(super) found: &'m mut Vec<Mistake>,
    /// Where the object is.
    path: String,
    left: Map<String, Value>,
}

impl<'m> Fields<'m> {
    /// The fields of a value, if it is an object.
    pub(super) fn open(found: &'m mut Vec<Mistake>, path: &str, value: Value) -> Option<Self> {
        if let Value::Object(left) = value {
            let path = path.to_owned();
            return Some(Self { found, path, left });
        }
        found.push(mistake(path, "wrong_type", "this must be an object"));
        None
    }

    pub(super) fn place(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// A field that may be left out.
    pub(super) fn optional(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name)
    }

    /// A field that must be there.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        let value = self.optional(name);
        if value.is_none() {
            let message = format!("`{name}` is missing; send it, even if it stays as it was");
            let place = self.place(name);
            self.found.push(mistake(place, "missing_field", message));
        }
        value
    }

    /// Reads a field that must be there. `what` says what it must be.
    pub(super) fn put<T: DeserializeOwned>(&mut self, name: &str, what: &str, into: &mut T) {
        let Some(value) = self.take(name) else {
            return;
        };
        if let Ok(read) = serde_json::from_value(value) {
            *into = read;
        } else {
            let message = format!("`{name}` must be {what}");
            let place = self.place(name);
            self.found.push(mistake(place, "wrong_type", message));
        }
    }

    /// Reads a field that may be left out.
    pub(super) fn maybe<T: DeserializeOwned>(&mut self, name: &str, what: &str, into: &mut T) {
        if self.left.get(name).is_some_and(|value| !value.is_null()) {
            self.put(name, what, into);
        } else {
            self.left.remove(name);
        }
    }

    /// The fields of an object within.
    pub(super) fn inner(&mut self, name: &str) -> Option<Fields<'_>> {
        let value = self.take(name)?;
        let place = self.place(name);
        Fields::open(self.found, &place, value)
    }

    /// Complains of what is left.
    pub(super) fn close(self, known: &[&str]) {
        for name in self.left.keys() {
            let message = format!(
                "there is no field `{name}` here, only `{}`",
                known.join("`, `")
            );
            self.found
                .push(mistake(self.place(name), "unknown_field", message));
        }
    }
}
