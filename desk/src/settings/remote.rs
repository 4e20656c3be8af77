//! What can be asked about the settings of a site (`docs/api.md`).
//!
//! Answers are read by the paths of what is needed, not as a whole: that weighs
//! less than a reader for each of their types.

use super::state::{Outcome, Saved};
use crate::api::{Ask, Expected};
use crate::form_text::{self, values};
use crate::triggers::requests::{Remote, Trouble};

/// A page's content policy has to allow this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyLine {
    pub(crate) directive: String,
    /// Nothing when it need not allow anything.
    pub(crate) sources: Vec<String>,
    /// In the server's words.
    pub(crate) why: String,
}

/// Whether pages of an origin have asked for the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Connection {
    pub(crate) origin: String,
    /// The hour in which one last did.
    pub(crate) last_at: Option<u64>,
}

/// How pages come by the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Embed {
    pub(crate) snippet: String,
    pub(crate) policy: Vec<PolicyLine>,
    pub(crate) connected: Vec<Connection>,
    /// Whether the server had to guess its own address.
    pub(crate) guessed: bool,
}

impl Remote {
    /// What was chosen.
    pub(super) async fn settings(&self) -> Result<Saved, Trouble> {
        let answer = self.done(Ask::get(self.place("settings"))).await?;
        Ok(saved_in(&answer.body))
    }

    /// Replaces it, if nobody else has meanwhile.
    pub(super) async fn choose(
        &self,
        form: String,
        revision: u64,
    ) -> Result<(Saved, Outcome), Trouble> {
        let ask = Ask {
            expected: Expected::Revision(revision),
            body: Some(form),
            ..Ask::to("PUT", self.place("settings"))
        };
        let body = self.done(ask).await?.body;
        Ok((saved_in(&body), outcome_in(&body)))
    }

    /// What hours mean for two weeks from now on.
    pub(super) async fn preview(&self, hours: &str) -> Result<String, Trouble> {
        let ask = Ask {
            body: Some(format!("{{\"hours\":{hours}}}")),
            ..Ask::to("POST", self.place("hours/preview"))
        };
        Ok(self.done(ask).await?.body)
    }

    /// What is pasted into pages, and where that was done.
    pub(super) async fn embed(&self) -> Result<Embed, Trouble> {
        let answer = self.done(Ask::get(self.place("embed"))).await?;
        Ok(embed_in(&answer.body))
    }

    /// An address of the site's own.
    pub(crate) fn place(&self, rest: &str) -> String {
        format!("/api/sites/{}/{rest}", self.site)
    }
}

fn saved_in(body: &str) -> Saved {
    Saved {
        text: form_text::lay_out(values::at(body, "settings").unwrap_or("{}")),
        revision: values::whole(body, "revision").unwrap_or_default(),
    }
}

fn outcome_in(body: &str) -> Outcome {
    let words = |one: &str, name| values::words(one, name).unwrap_or_default();
    let stopped = form_text::items(body, "stopped").into_iter();
    let warnings = form_text::items(body, "warnings").into_iter();
    let moved = warnings.filter(|one| words(one, "kind") == "dates_moved");
    Outcome {
        stopped: stopped
            .map(|one| ["id", "name", "reason"].map(|name| words(one, name)))
            .collect(),
        moved: moved
            .flat_map(|one| quoted(&words(one, "message")))
            .collect(),
    }
}

/// What stands between backticks.
fn quoted(sentence: &str) -> Vec<String> {
    let parts = sentence.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

fn embed_in(body: &str) -> Embed {
    let policy = form_text::items(body, "policy").into_iter();
    let connected = form_text::items(body, "connected").into_iter();
    let mut warnings = form_text::items(body, "warnings").into_iter();
    Embed {
        snippet: values::words(body, "snippet").unwrap_or_default(),
        policy: policy
            .map(|line| PolicyLine {
                directive: values::words(line, "directive").unwrap_or_default(),
                sources: values::texts(line, "sources"),
                why: values::words(line, "why").unwrap_or_default(),
            })
            .collect(),
        connected: connected
            .map(|one| Connection {
                origin: values::words(one, "origin").unwrap_or_default(),
                last_at: values::whole(one, "last_at"),
            })
            .collect(),
        guessed: warnings
            .any(|one| values::words(one, "kind").as_deref() == Some("address_guessed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use saluda_protocol::Millis;
    use saluda_protocol::settings;

    #[test]
    fn an_answer_is_read_as_the_server_writes_it() {
        let embed = settings::Embed {
            server: "https://chat.example".into(),
            snippet: "<script src=\"x\">".into(),
            policy: vec![settings::PolicyLine {
                directive: "script-src".into(),
                sources: vec!["https://chat.example".into()],
                why: "The loader.".into(),
            }],
            connected: vec![
                settings::Connection {
                    origin: "https://a.example".into(),
                    first_at: Some(Millis(1)),
                    last_at: Some(Millis(2)),
                },
                settings::Connection {
                    origin: "*".into(),
                    first_at: None,
                    last_at: None,
                },
            ],
            warnings: vec![],
        };
        let read = embed_in(&serde_json::to_string(&embed).unwrap());
        assert_eq!(read.snippet, embed.snippet);
        assert_eq!(read.policy[0].sources, embed.policy[0].sources);
        assert_eq!(read.policy[0].why, "The loader.");
        let last: Vec<_> = read.connected.iter().map(|one| one.last_at).collect();
        assert_eq!(last, [Some(2), None]);
        assert!(!read.guessed);
    }

    #[test]
    fn what_followed_from_saving_is_named() {
        let body = r#"{ "revision": 4, "settings": { "name": "Alba" },
            "stopped": [{ "id": "help", "name": "Help", "reason": "no such sender" }],
            "warnings": [{ "path": "hours.zone", "kind": "dates_moved", "message": "look at `a`, `b`" },
                { "path": "accent", "kind": "darkened", "message": "`#ffffff`" }] }"#;
        assert_eq!(saved_in(body).revision, 4);
        let outcome = outcome_in(body);
        assert_eq!(outcome.stopped[0][1], "Help");
        assert_eq!(outcome.moved, ["a", "b"]);
    }
}
