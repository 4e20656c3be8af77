//! What can be asked about the triggers of a site (`docs/api.md`), and what the
//! answers mean.

pub(crate) mod look;
pub(crate) mod trying;

use saluda_protocol::studio::{
    History, Mistake, Placed, Seen, TriggerList, TriggerOrder, TriggerResult, TriggerResults,
    TriggerRow, WantedOrder, Warning,
};
use saluda_protocol::{AgentId, ErrorBody, ErrorCode, Millis, SiteKey, TriggerId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::api::{Answer, Ask, Errand, Expected};
use crate::form_text;
use crate::refusal;
use crate::texts::text;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The server did not answer.
    Unreachable,
    /// Someone else has changed the trigger meanwhile.
    Stale,
    /// What was written has mistakes.
    Mistakes(Vec<Mistake>),
    /// For one reason.
    Refused(ErrorBody),
}

impl Trouble {
    /// What happened and what to do, for the agent.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Unreachable => text("error.unreachable"),
            Self::Stale => text("error.conflict"),
            Self::Mistakes(_) => text("error.mistakes"),
            Self::Refused(error) => refusal::sentence(error),
        }
    }

    /// Whether the server gave this reason.
    pub(crate) fn is(&self, code: ErrorCode) -> bool {
        matches!(self, Self::Refused(error) if error.code == code)
    }
}

/// What is done to a trigger as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    Publish,
    Pause,
    Resume,
}

/// A trigger as it is edited. Its form stays text: it is shown and changed as
/// such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Detail {
    pub(crate) row: TriggerRow,
    /// The form, laid out.
    pub(crate) form: String,
    /// How many people, by version and variant.
    pub(crate) results: Vec<TriggerResult>,
    /// What its author may not have meant.
    pub(crate) warnings: Vec<Warning>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) published: Published,
    /// What was published, laid out.
    pub(crate) form: String,
}

/// When and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Published {
    pub(crate) version: u32,
    #[serde(rename = "published_at")]
    pub(crate) at: Millis,
    #[serde(rename = "published_by")]
    pub(crate) by: Option<AgentId>,
}

/// How a list of publications goes on.
#[derive(Deserialize)]
struct Page {
    next: Option<u32>,
}

/// A page of publications, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Versions {
    pub(crate) versions: Vec<Version>,
    pub(crate) next: Option<u32>,
}

/// A link that opens the explain panel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Link {
    pub(crate) url: String,
    pub(crate) expires_at: Millis,
}

/// The triggers of one site, on the server.
#[derive(Clone)]
pub(crate) struct Remote {
    pub(crate) errand: Errand,
    pub(crate) site: SiteKey,
}

impl Remote {
    /// All of them, however many answers that takes.
    pub(crate) async fn list(&self) -> Result<Vec<TriggerRow>, Trouble> {
        let mut all = Vec::new();
        let mut after = None::<TriggerId>;
        loop {
            let query = after.map_or_else(String::new, |id| format!("?after={id}"));
            let page: TriggerList = self.read(Ask::get(self.path(&query))).await?;
            all.extend(page.triggers);
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(all),
            }
        }
    }

    /// The drafts that a site without triggers begins with. None if it has
    /// triggers, or had these before.
    pub(crate) async fn starters(&self) -> Result<Vec<TriggerRow>, Trouble> {
        let path = format!("/api/sites/{}/starters", self.site);
        let given: TriggerList = self.read(Ask::to("POST", path)).await?;
        Ok(given.triggers)
    }

    /// One of them, as it is edited.
    pub(crate) async fn one(&self, id: &TriggerId) -> Result<Detail, Trouble> {
        self.detail(Ask::get(self.path(&format!("/{id}")))).await
    }

    /// Saves a form as the draft.
    pub(crate) async fn save(
        &self,
        id: &TriggerId,
        expected: Expected,
        json: String,
    ) -> Result<Detail, Trouble> {
        let ask = Ask {
            expected,
            body: Some(json),
            ..Ask::to("PUT", self.path(&format!("/{id}")))
        };
        self.detail(ask).await
    }

    /// Publishes, pauses or resumes it.
    pub(crate) async fn act(
        &self,
        id: &TriggerId,
        verb: Verb,
        revision: u64,
    ) -> Result<Detail, Trouble> {
        let word = match verb {
            Verb::Publish => "publish",
            Verb::Pause => "pause",
            Verb::Resume => "resume",
        };
        let ask = Ask {
            expected: Expected::Revision(revision),
            ..Ask::to("POST", self.path(&format!("/{id}/{word}")))
        };
        self.detail(ask).await
    }

    /// Lets it say again what it said in a version.
    pub(crate) async fn roll_back(
        &self,
        id: &TriggerId,
        version: u32,
        revision: u64,
    ) -> Result<Detail, Trouble> {
        let ask = Ask {
            expected: Expected::Revision(revision),
            body: Some(format!("{{\"version\":{version}}}")),
            ..Ask::to("POST", self.path(&format!("/{id}/rollback")))
        };
        self.detail(ask).await
    }

    /// Makes a draft of it, under this name and a free id.
    pub(crate) async fn copy(&self, id: &TriggerId, name: &str) -> Result<Detail, Trouble> {
        let ask = Ask {
            body: Some(format!("{{\"name\":{}}}", form_text::quote(name))),
            ..Ask::to("POST", self.path(&format!("/{id}/clone")))
        };
        self.detail(ask).await
    }

    /// Lets triggers go first in this order, all of them or none.
    pub(crate) async fn order(&self, order: Vec<Placed>) -> Result<TriggerOrder, Trouble> {
        let body = serde_json::to_string(&WantedOrder { order });
        let ask = Ask {
            body: body.ok(),
            ..Ask::to("POST", format!("/api/sites/{}/order", self.site))
        };
        self.read(ask).await
    }

    /// What it achieved from a day to a day; in the last four weeks without.
    pub(crate) async fn results(
        &self,
        id: &TriggerId,
        days: Option<(String, String)>,
    ) -> Result<TriggerResults, Trouble> {
        let days = days.map(|(from, to)| format!("?from={from}&to={to}"));
        let rest = format!("/{id}/results{}", days.unwrap_or_default());
        self.read(Ask::get(self.path(&rest))).await
    }

    /// Deletes it for good.
    pub(crate) async fn delete(&self, id: &TriggerId, revision: u64) -> Result<(), Trouble> {
        let ask = Ask {
            expected: Expected::Revision(revision),
            ..Ask::to("DELETE", self.path(&format!("/{id}")))
        };
        self.done(ask).await.map(drop)
    }

    /// What was published, the latest first, before this version.
    pub(crate) async fn versions(
        &self,
        id: &TriggerId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Versions, Trouble> {
        let before = before.map_or_else(String::new, |version| format!("&before={version}"));
        let path = self.path(&format!("/{id}/versions?limit={limit}{before}"));
        let body = self.done(Ask::get(path)).await?.body;
        let Page { next } = parse(&body)?;
        let versions = form_text::items(&body, "versions").into_iter().map(|one| {
            Ok(Version {
                published: parse(one)?,
                form: form_in(one),
            })
        });
        let versions = versions.collect::<Result<_, Trouble>>()?;
        Ok(Versions { versions, next })
    }

    /// Who changed it, the latest first, before this change.
    pub(crate) async fn history(
        &self,
        id: &TriggerId,
        before: Option<u64>,
    ) -> Result<History, Trouble> {
        let before = before.map_or_else(String::new, |number| format!("&before={number}"));
        let rest = format!("/{id}/history?limit=10{before}");
        self.read(Ask::get(self.path(&rest))).await
    }

    /// What the site has seen.
    pub(crate) async fn seen(&self) -> Result<Seen, Trouble> {
        self.read(Ask::get(format!("/api/sites/{}/seen", self.site)))
            .await
    }

    /// Makes a link that opens the explain panel on a page.
    pub(crate) async fn link(&self, page: &str) -> Result<Link, Trouble> {
        let body = format!("{{\"page\":{}}}", form_text::quote(page));
        let path = format!("/api/sites/{}/debug", self.site);
        let ask = Ask {
            body: Some(body),
            ..Ask::to("POST", path)
        };
        self.read(ask).await
    }

    /// What files of triggers would change, or, unless someone only looks, what
    /// they have changed.
    pub(crate) async fn import(&self, body: String, only_look: bool) -> Result<String, Trouble> {
        let query = if only_look { "?dry_run=true" } else { "" };
        let ask = Ask {
            body: Some(body),
            ..Ask::to("POST", format!("/api/sites/{}/import{query}", self.site))
        };
        Ok(self.done(ask).await?.body)
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/sites/{}/triggers{rest}", self.site)
    }

    pub(crate) async fn read<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, Trouble> {
        parse(&self.done(ask).await?.body)
    }

    async fn detail(&self, ask: Ask) -> Result<Detail, Trouble> {
        #[derive(Deserialize)]
        struct Achieved {
            results: Vec<TriggerResult>,
            #[serde(default)]
            warnings: Vec<Warning>,
        }
        let body = self.done(ask).await?.body;
        let Achieved { results, warnings } = parse(&body)?;
        Ok(Detail {
            row: parse(&body)?,
            form: form_in(&body),
            results,
            warnings,
        })
    }

    pub(crate) async fn done(&self, ask: Ask) -> Result<Answer, Trouble> {
        let answer = (self.errand)(ask).await.ok_or(Trouble::Unreachable)?;
        if answer.is_done() {
            Ok(answer)
        } else {
            Err(trouble(&answer))
        }
    }
}

/// The form in an answer, laid out.
fn form_in(body: &str) -> String {
    form_text::lay_out(&body[form_text::find(body, "spec")])
}

fn parse<T: DeserializeOwned>(body: &str) -> Result<T, Trouble> {
    serde_json::from_str(body).map_err(|error| {
        Trouble::Refused(ErrorBody {
            code: ErrorCode::Internal,
            message: error.to_string(),
            retry_ms: None,
        })
    })
}

/// Why an answer says that it was not done.
pub(crate) fn trouble(answer: &Answer) -> Trouble {
    #[derive(Deserialize)]
    struct Mistaken {
        mistakes: Vec<Mistake>,
    }
    match answer.status {
        412 => Trouble::Stale,
        422 => serde_json::from_str(&answer.body).map_or_else(
            |_| Trouble::Refused(answer.error()),
            |Mistaken { mistakes }| Trouble::Mistakes(mistakes),
        ),
        _ => Trouble::Refused(answer.error()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Trouble {
        trouble(&Answer {
            status,
            body: body.to_owned(),
        })
    }

    #[test]
    fn an_answer_says_why_it_was_not_done() {
        let stale = r#"{"code":"conflict","message":"…"}"#;
        assert_eq!(answered(412, stale), Trouble::Stale);
        assert!(answered(409, stale).is(ErrorCode::Conflict));
        let mistakes = r#"{"code":"mistakes","message":"…","mistakes":
            [{"path":"rule.fact","kind":"unknown_fact","message":"there is no such fact"}]}"#;
        let Trouble::Mistakes(found) = answered(422, mistakes) else {
            panic!("mistakes")
        };
        assert_eq!(found[0].path, "rule.fact");
        assert!(answered(502, "<html>bad gateway").is(ErrorCode::Internal));
        assert!(answered(403, "").is(ErrorCode::Forbidden));
    }
}
