//! What is asked to try a form: what the engine would decide by.

use saluda_protocol::TriggerId;

use super::{Remote, Trouble};
use crate::api::Ask;
use crate::form_text;

/// What the engine would decide by, as `docs/api.md` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tried {
    pub(crate) id: TriggerId,
    /// The answer as it came.
    body: String,
}

impl Tried {
    fn read(body: String) -> Option<Self> {
        form_text::value(&body, "pack")?;
        let id = form_text::words(&body, "id")?.parse().ok()?;
        Some(Self { id, body })
    }

    /// What the engine takes: with the other triggers that are live, or without.
    pub(crate) fn pack(&self, alone: bool) -> &str {
        self.field(if alone { "alone" } else { "pack" })
    }

    /// A field as it is written.
    pub(crate) fn field(&self, name: &str) -> &str {
        form_text::value(&self.body, name).unwrap_or("null")
    }

    /// The other triggers that are live: ids and names.
    pub(crate) fn others(&self) -> Vec<(String, String)> {
        let others = form_text::items(&self.body, "others").into_iter();
        others
            .filter_map(|it| Some((form_text::words(it, "id")?, form_text::words(it, "name")?)))
            .collect()
    }
}

impl Remote {
    /// Lays out what a form would do around an instant.
    pub(crate) async fn attempt(
        &self,
        id: Option<&TriggerId>,
        at_ms: u64,
        form: String,
    ) -> Result<Tried, Trouble> {
        let id = id.map_or_else(String::new, |id| format!("&id={id}"));
        let ask = Ask {
            body: Some(form),
            ..Ask::to(
                "POST",
                format!("/api/sites/{}/try?at={at_ms}{id}", self.site),
            )
        };
        Tried::read(self.done(ask).await?.body).ok_or(Trouble::Unreachable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packs_are_handed_on_as_they_came() {
        let body =
            r#"{"id":"help","others":[{"id":"cart","name":"Cart"}],"pack":[1,"a]"],"alone":[2]}"#;
        let tried = Tried::read(body.to_owned()).unwrap();
        assert_eq!((tried.pack(false), tried.pack(true)), ("[1,\"a]\"]", "[2]"));
        assert_eq!(tried.others(), [("cart".to_owned(), "Cart".to_owned())]);
        assert_eq!(tried.field("hours"), "null");
        assert_eq!(Tried::read("{}".to_owned()), None);
    }
}
