//! What an endpoint says of itself: what it does, takes and gives. It stands in
//! the table of routes beside the endpoint, and is where the OpenAPI document
//! comes from.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

/// What an endpoint says of itself.
#[derive(Clone, Copy)]
pub(super) struct Says {
    /// The name of what it does, for programs that are made of the document.
    pub(super) name: &'static str,
    /// What it does, in sentences.
    pub(super) does: &'static str,
    /// What may stand behind the `?`.
    pub(super) query: &'static [Query],
    /// What must stand in its headers.
    pub(super) headers: &'static [Query],
    /// Its body, if it has one of JSON.
    pub(super) takes: Option<Body>,
    /// Whether its body is a file, as it is.
    pub(super) takes_bytes: bool,
    /// Whether that body may be left out.
    pub(super) optional: bool,
    /// What is answered when it was done.
    pub(super) gives: &'static [Gives],
    /// What is answered besides when it was not done; what its gate answers is
    /// known already.
    pub(super) fails: &'static [u16],
    /// What it has to do with the revision of a trigger or of a site.
    pub(super) revision: Revision,
}

/// What an endpoint has to do with the revision of a trigger or of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Revision {
    /// Nothing.
    Ignored,
    /// Its answer carries it, in `ETag`.
    Told,
    /// The same, and the request may say which one it expects, in `If-Match`.
    Expected,
}

impl Says {
    /// What says nothing yet.
    pub(super) const NOTHING: Self = Self {
        name: "",
        does: "",
        query: &[],
        headers: &[],
        takes: None,
        takes_bytes: false,
        optional: false,
        gives: &[],
        fails: &[],
        revision: Revision::Ignored,
    };
}

/// A name in the query or the headers, what it means, and the schema of its value.
#[derive(Clone, Copy)]
pub(super) struct Query {
    pub(super) name: &'static str,
    pub(super) means: &'static str,
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
}

/// An answer of something that was done.
#[derive(Clone, Copy)]
pub(super) struct Gives {
    pub(super) status: u16,
    pub(super) means: &'static str,
    pub(super) body: Option<Body>,
}

/// A body of JSON: its type, and one that someone could send.
#[derive(Clone, Copy)]
pub(super) struct Body {
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
    pub(super) example: &'static str,
    /// Whether a text is such a body, as the server reads it.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a test asks it of each example")
    )]
    pub(super) reads: fn(&str) -> Result<(), serde_json::Error>,
}

/// A body of this type.
pub(super) const fn body<T: JsonSchema + DeserializeOwned>(example: &'static str) -> Body {
    Body {
        schema: schema::<T>,
        example,
        reads: |text| serde_json::from_str::<T>(text).map(|_| ()),
    }
}

/// Names the schema of a type, and adds it to the document.
pub(super) fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Schema {
    schemas.subschema_for::<T>()
}
