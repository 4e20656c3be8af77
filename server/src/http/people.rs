//! People's rights, for administrators. No token reaches these endpoints.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::{ErrorCode, Millis, VisitorId};
use saluda_store::Visitor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::guard::Asked;
use super::triggers::answer::json;
use crate::app::App;
use crate::chat;
use crate::person::{self, Export, Unerased};
use crate::refusal::Refusal;

/// Whom to look for.
#[derive(Debug, Deserialize)]
pub(super) struct Who {
    who: String,
}

/// Someone who may be meant.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct PersonRow {
    /// Their id.
    pub(super) id: String,
    /// What they, or the owner's server, called them.
    pub(super) name: Option<String>,
    /// The address that they, or the owner's server, named.
    pub(super) email: Option<String>,
    /// What the owner's server calls them; none if it does not know them.
    pub(super) user: Option<String>,
    /// When they were first here, in milliseconds since 1970.
    pub(super) first_seen: u64,
    /// When they were last here.
    pub(super) last_seen: u64,
}

/// Everyone who may be meant.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct PersonList {
    /// Those who were here first come first.
    pub(super) people: Vec<PersonRow>,
}

impl From<Visitor> for PersonRow {
    fn from(visitor: Visitor) -> Self {
        let Millis(first_seen) = visitor.first_seen;
        let Millis(last_seen) = visitor.last_seen;
        Self {
            id: visitor.id.to_string(),
            name: visitor.contact.name,
            email: visitor.contact.email.map(|email| email.as_str().to_owned()),
            user: visitor.identity.map(|identity| identity.user),
            first_seen,
            last_seen,
        }
    }
}

/// `GET /api/sites/{key}/people?who=`
pub(super) async fn find(
    State(app): State<Arc<App>>,
    Extension(Asked { site, .. }): Extension<Asked>,
    query: Result<Query<Who>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Query(Who { who })) = query else {
        let message = "say in `who` whom you mean: an id, an e-mail address, or what the owner's \
             server calls them";
        return Err(Refusal::new(ErrorCode::Malformed, message));
    };
    let found = app.store.people(site.id, who.trim()).await?;
    json(&PersonList {
        people: found.into_iter().map(PersonRow::from).collect(),
    })
}

fn nobody() -> Refusal {
    Refusal::new(ErrorCode::NotFound, Unerased::Nobody.to_string())
}

/// `GET /api/sites/{key}/people/{visitor}`
pub(super) async fn export(
    State(app): State<Arc<App>>,
    Extension(Asked { site, by }): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: VisitorId = id.parse().map_err(|_| nobody())?;
    let (store, now) = (&*app.store, app.now());
    let person = person::hand_out(store, site.id, id, by, now).await?;
    json(&Export::from(person.ok_or_else(nobody)?))
}

/// `DELETE /api/sites/{key}/people/{visitor}`
pub(super) async fn erase(
    State(app): State<Arc<App>>,
    Extension(Asked { site, by }): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: VisitorId = id.parse().map_err(|_| nobody())?;
    chat::erase(&app, site.id, id, Some(by)).await?;
    // What cannot be done at this moment, the sweep does within the hour.
    app.store.clear_log().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests;
