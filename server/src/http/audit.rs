//! Who did what.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use saluda_protocol::ErrorCode;
use saluda_protocol::audit::AuditLog;
use serde::Deserialize;

use super::guard::Asked;
use super::triggers::answer::json;
use crate::app::App;
use crate::refusal::Refusal;

/// Most entries at once.
const MOST: u32 = 100;

/// Which part of the log.
#[derive(Debug, Deserialize)]
pub(super) struct Part {
    before: Option<u64>,
    limit: Option<u32>,
}

/// `GET /api/sites/{key}/audit`
pub(super) async fn log(
    State(app): State<Arc<App>>,
    Extension(Asked { site, .. }): Extension<Asked>,
    part: Result<Query<Part>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Query(Part { before, limit })) = part else {
        let message = "`before` and `limit` are numbers";
        return Err(Refusal::new(ErrorCode::Malformed, message));
    };
    let limit = limit.unwrap_or(MOST).clamp(1, MOST);
    // One more says whether there are more.
    let mut entries = app
        .store
        .audit_log(Some(site.id), before, limit + 1)
        .await?;
    let limit = limit as usize;
    let next = (entries.len() > limit).then(|| entries[limit - 1].number);
    entries.truncate(limit);
    json(&AuditLog { entries, next })
}
