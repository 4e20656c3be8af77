//! What triggers achieved.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::ErrorCode;
use saluda_protocol::studio::TriggerResults;
use saluda_store::Unchanged;
use serde::Deserialize;

use super::answer;
use super::answer::No;
use super::{Answer, named, senseless};
use crate::app::App;
use crate::http::guard::Asked;
use crate::refusal::Refusal;
use crate::triggers::results::csv::{self, Rows};
use crate::triggers::results::days::{Days, NoDays};
use crate::triggers::results::{self, zone};

/// Which results.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct Wanted {
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    by: Rows,
}

impl From<NoDays> for No {
    fn from(why: NoDays) -> Self {
        Self::Refused(Refusal::new(ErrorCode::Malformed, why.to_string()))
    }
}

/// `GET /api/sites/{key}/triggers/{id}/results`
pub(in crate::http) async fn results(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Answer {
    let Query(wanted) = query.map_err(senseless)?;
    let found = find(&app, &asked, &id, &wanted).await?;
    Ok(answer::json(&found)?)
}

/// `GET /api/sites/{key}/triggers/{id}/results.csv`
pub(in crate::http) async fn table(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Answer {
    let Query(wanted) = query.map_err(senseless)?;
    let found = find(&app, &asked, &id, &wanted).await?;
    let table = csv::table(&found, wanted.by).map_err(Refusal::from)?;
    Ok(download(&found, &id, wanted.by, table))
}

async fn find(app: &App, asked: &Asked, id: &str, wanted: &Wanted) -> Result<TriggerResults, No> {
    let site = &asked.site;
    let trigger = app.store.trigger(site.id, &named(id)?).await?;
    let trigger = trigger.ok_or(Unchanged::NotFound)?;
    let (from, to) = (wanted.from.as_deref(), wanted.to.as_deref());
    let days = Days::read(from, to, zone(site), app.now())?;
    Ok(results::results(&*app.store, site, &trigger, &days).await?)
}

/// A file with a name, which no browser shows as anything else.
fn download(results: &TriggerResults, id: &str, by: Rows, table: Vec<u8>) -> Response {
    let TriggerResults { from, to, .. } = results;
    // An id and days are made of letters, digits and hyphens.
    let name = format!(
        "attachment; filename=\"{id}-{from}-{to}-{}.csv\"",
        by.as_str()
    );
    let name = HeaderValue::from_str(&name);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::CONTENT_DISPOSITION,
            name.unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    (headers, table).into_response()
}
