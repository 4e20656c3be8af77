//! A value as the browser read it, for whoever knows what it should be.

use std::str::FromStr;

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// A value as the browser read it.
pub(crate) struct Node(pub(crate) JsValue);

impl Node {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// A member that is there and not null.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Reflect::get(&self.0, &JsValue::from_str(key))
            .ok()
            .filter(|value| !value.is_undefined() && !value.is_null())
            .map(Self)
    }

    /// The name of a variant and what it holds; one that holds nothing is only
    /// a name.
    pub(super) fn variant(self) -> Option<(String, Self)> {
        if let Some(name) = self.0.as_string() {
            return Some((name, self));
        }
        let name = Object::keys(self.0.dyn_ref::<Object>()?)
            .get(0)
            .as_string()?;
        let held = self.get(&name)?;
        Some((name, held))
    }

    pub(super) fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    pub(super) fn as_number(&self) -> Option<u64> {
        let number = self.0.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a number that is out of range stops at the end of it"
        )]
        (number >= 0.0).then_some(number as u64)
    }

    /// A whole number, which may be below zero.
    pub(super) fn whole(&self, key: &str) -> Option<i64> {
        let number = self.get(key)?.0.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast of a number that is out of range stops at the end of it"
        )]
        Some(number as i64)
    }

    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    pub(super) fn number(&self, key: &str) -> Option<u64> {
        self.get(key)?.as_number()
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.0.as_bool()
    }

    pub(super) fn id<I: FromStr>(&self, key: &str) -> Option<I> {
        self.text(key)?.parse().ok()
    }

    /// Reads each item as an id.
    pub(super) fn ids<I: FromStr>(&self) -> Option<Vec<I>> {
        self.list(|item| item.as_text()?.parse().ok())
    }

    pub(super) fn texts(&self, key: &str) -> Option<Vec<String>> {
        self.get(key)?.list(Self::as_text)
    }

    /// Reads each item; none if one of them cannot be read.
    pub(super) fn list<T>(&self, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let list: &Array = self.0.dyn_ref()?;
        let mut all = Vec::new();
        for place in 0..list.length() {
            all.push(read(&Self(list.get(place)))?);
        }
        Some(all)
    }
}
