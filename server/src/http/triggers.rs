//! The triggers of a site.

pub(super) mod answer;
pub(super) mod copies;
pub(super) mod debug;
pub(super) mod export;
pub(super) mod history;
pub(super) mod import;
pub(super) mod results;
pub(super) mod seen;
#[cfg(test)]
mod tests;
pub(super) mod tried;

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::studio::{Mistake, TriggerList};
use saluda_protocol::{ErrorCode, TriggerId, TriggerSpec};
use saluda_store::{Edit, Unchanged};
use serde::Deserialize;

use self::answer::{No, page, row, whole};
use super::etag;
use super::guard::Asked;
use crate::app::App;
use crate::refusal::Refusal;
use crate::triggers;

/// Most triggers of one answer.
const TRIGGERS: u32 = 100;

type Answer = Result<Response, No>;

/// The trigger that a path names.
fn named(id: &str) -> Result<TriggerId, Refusal> {
    id.parse()
        .map_err(|invalid| Refusal::new(ErrorCode::NotFound, format!("{invalid}")))
}

/// A change to the trigger that a path names.
fn edit(app: &App, asked: &Asked, headers: &HeaderMap, id: &str) -> Result<Edit, No> {
    Ok(Edit {
        site: asked.site.id,
        trigger: named(id)?,
        expected: etag::expected(headers).ok_or(Unchanged::Conflict)?,
        by: asked.by.clone(),
        at: app.now(),
    })
}

/// Where a list goes on.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    after: Option<TriggerId>,
    limit: Option<u32>,
}

/// `GET /api/sites/{key}/triggers`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    query: Result<Query<After>, QueryRejection>,
) -> Answer {
    let Query(from) = query.map_err(senseless)?;
    let limit = from.limit.unwrap_or(TRIGGERS).clamp(1, TRIGGERS);
    let found = app
        .store
        .triggers(asked.site.id, from.after.as_ref(), limit)
        .await?;
    let triggers: Vec<_> = found
        .iter()
        .map(|(trigger, people)| row(trigger, *people))
        .collect();
    let next = page(&triggers, limit).map(|last| last.id.clone());
    Ok(answer::json(&TriggerList { triggers, next })?)
}

fn senseless(_: QueryRejection) -> Refusal {
    Refusal::new(ErrorCode::Malformed, "this query makes no sense")
}

/// `GET /api/sites/{key}/triggers/{id}`
pub(super) async fn one(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let found = app.store.trigger(asked.site.id, &named(&id)?).await?;
    whole(&app, found.ok_or(Unchanged::NotFound)?).await
}

/// The form in a body.
fn written(body: Result<Bytes, BytesRejection>) -> Result<TriggerSpec, No> {
    let too_large = || Refusal::new(ErrorCode::TooLarge, "a trigger has at most 64 kB");
    let body = body.map_err(|_| too_large())?;
    let text = std::str::from_utf8(&body)
        .map_err(|_| Refusal::new(ErrorCode::Malformed, "this is no text"))?;
    triggers::read(text).map_err(No::Mistakes)
}

/// `PUT /api/sites/{key}/triggers/{id}`
pub(super) async fn save(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let edit = edit(&app, &asked, &headers, &id)?;
    let mut spec = written(body)?;
    if spec.id.as_ref().is_some_and(|named| *named != edit.trigger) {
        return Err(No::Mistakes(vec![Mistake {
            path: "id".to_owned(),
            kind: "other_id".to_owned(),
            message: format!("the address says `{}`; leave the id out", edit.trigger),
        }]));
    }
    // It keeps its name here, whatever the team calls it later.
    spec.id = Some(edit.trigger.clone());
    let saved = app.store.save_trigger(edit, spec).await??;
    let mut response = whole(&app, saved.trigger).await?;
    if saved.new {
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}

/// `DELETE /api/sites/{key}/triggers/{id}`
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let edit = edit(&app, &asked, &headers, &id)?;
    triggers::delete(&*app.store, &asked.site, edit).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/sites/{key}/triggers/{id}/publish`
pub(super) async fn publish(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let edit = edit(&app, &asked, &headers, &id)?;
    let published = triggers::publish(&*app.store, &asked.site, edit).await?;
    whole(&app, published).await
}

/// `POST /api/sites/{key}/triggers/{id}/pause`
pub(super) async fn pause(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let edit = edit(&app, &asked, &headers, &id)?;
    let paused = app.store.pause_trigger(edit).await??;
    whole(&app, paused).await
}

/// `POST /api/sites/{key}/triggers/{id}/resume`
pub(super) async fn resume(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let edit = edit(&app, &asked, &headers, &id)?;
    let resumed = triggers::resume(&*app.store, &asked.site, edit).await?;
    whole(&app, resumed).await
}
