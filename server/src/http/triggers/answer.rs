//! What is answered about triggers.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saluda_protocol::studio::{Mistake, People, TriggerDetail, TriggerRow};
use saluda_store::{StoreError, Trigger, Unchanged};
use serde::Serialize;

use super::Answer;
use crate::app::App;
use crate::http::{etag, mistaken};
use crate::refusal::Refusal;
use crate::triggers::{self, NotDone};

/// Why a request was not done.
pub(in crate::http) enum No {
    /// For one reason.
    Refused(Refusal),
    /// Someone else has changed it.
    Stale,
    /// What was written has mistakes.
    Mistakes(Vec<Mistake>),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for No {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Unchanged> for No {
    fn from(why: Unchanged) -> Self {
        match why {
            Unchanged::Conflict => Self::Stale,
            other => Self::Refused(other.into()),
        }
    }
}

impl From<NotDone> for No {
    fn from(why: NotDone) -> Self {
        match why {
            NotDone::Unchanged(why) => why.into(),
            NotDone::Mistakes(mistakes) => Self::Mistakes(mistakes),
            NotDone::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => refusal.into_response(),
            Self::Stale => {
                let refusal = Refusal::from(Unchanged::Conflict);
                (StatusCode::PRECONDITION_FAILED, Json(refusal.0)).into_response()
            }
            Self::Mistakes(mistakes) => {
                mistaken::answer("the trigger has mistakes; nothing was changed", mistakes)
            }
        }
    }
}

/// An answer that nobody keeps.
pub(in crate::http) fn json(value: &impl Serialize) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(value)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, body).into_response())
}

/// The last one of a full page: there may be more after it.
pub(super) fn page<T>(found: &[T], limit: u32) -> Option<&T> {
    let full = usize::try_from(limit).is_ok_and(|limit| found.len() >= limit);
    found.last().filter(|_| full)
}

/// A trigger as the list shows it.
pub(super) fn row(trigger: &Trigger, people: People) -> TriggerRow {
    TriggerRow {
        id: trigger.id.clone(),
        name: trigger.spec.name.clone(),
        priority: trigger.spec.priority,
        status: trigger.status,
        reason: trigger.reason.clone(),
        version: trigger.version,
        edited: trigger.edited,
        revision: trigger.revision,
        created_at: trigger.created_at,
        updated_at: trigger.updated_at,
        people,
    }
}

/// A trigger as it is edited, under the tag of its revision.
pub(super) async fn whole(app: &App, trigger: Trigger) -> Answer {
    let (people, results) = app.store.trigger_results(trigger.site, &trigger.id).await?;
    let warnings = triggers::warnings(&*app.store, &trigger, app.now()).await?;
    let revision = trigger.revision;
    let mut response = json(&TriggerDetail {
        row: row(&trigger, people),
        spec: trigger.spec,
        results,
        warnings,
    })?;
    if let Some(tag) = etag::of_revision(revision) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
