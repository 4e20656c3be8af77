//! What triggers were, and who changed them.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{History, TriggerVersions};
use saluda_store::Unchanged;
use serde::Deserialize;

use super::answer::{self, No, page};
use super::{Answer, named, senseless};
use crate::app::App;
use crate::http::guard::Asked;

/// Most versions, and most changes, of one answer.
const VERSIONS: u32 = 20;
const CHANGES: u32 = 100;

/// Where a list of versions goes on.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct Before {
    before: Option<u32>,
    limit: Option<u32>,
}

/// `GET /api/sites/{key}/triggers/{id}/versions`
pub(in crate::http) async fn versions(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    query: Result<Query<Before>, QueryRejection>,
) -> Answer {
    let id = named(&id)?;
    let Query(from) = query.map_err(senseless)?;
    let limit = from.limit.unwrap_or(VERSIONS).clamp(1, VERSIONS);
    exists(&app, &asked, &id).await?;
    let versions = app
        .store
        .trigger_versions(asked.site.id, &id, from.before, limit)
        .await?;
    let next = page(&versions, limit).map(|last| last.version);
    Ok(answer::json(&TriggerVersions { versions, next })?)
}

async fn exists(app: &App, asked: &Asked, id: &TriggerId) -> Result<(), No> {
    let found = app.store.trigger(asked.site.id, id).await?;
    found.map(|_| ()).ok_or(Unchanged::NotFound.into())
}

/// Where a list of changes goes on.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct Earlier {
    before: Option<u64>,
    limit: Option<u32>,
}

/// `GET /api/sites/{key}/triggers/{id}/history`
pub(in crate::http) async fn of_trigger(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    query: Result<Query<Earlier>, QueryRejection>,
) -> Answer {
    let id = named(&id)?;
    let Query(from) = query.map_err(senseless)?;
    let history = history(&app, &asked, Some(&id), &from).await?;
    // What was deleted is gone, and its history says so.
    if history.entries.is_empty() {
        exists(&app, &asked, &id).await?;
    }
    Ok(answer::json(&history)?)
}

/// `GET /api/sites/{key}/history`
pub(in crate::http) async fn of_site(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    query: Result<Query<Earlier>, QueryRejection>,
) -> Answer {
    let Query(from) = query.map_err(senseless)?;
    Ok(answer::json(&history(&app, &asked, None, &from).await?)?)
}

async fn history(
    app: &App,
    asked: &Asked,
    id: Option<&TriggerId>,
    from: &Earlier,
) -> Result<History, No> {
    let limit = from.limit.unwrap_or(CHANGES).clamp(1, CHANGES);
    let entries = app
        .store
        .trigger_history(asked.site.id, id, from.before, limit)
        .await?;
    let next = page(&entries, limit).map(|last| last.number);
    Ok(History { entries, next })
}
