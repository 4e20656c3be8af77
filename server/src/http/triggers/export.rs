//! All triggers of a site as one file, as `saluda trigger export` prints it.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;
use saluda_protocol::ErrorCode;

use super::Answer;
use crate::app::App;
use crate::http::guard::Asked;
use crate::refusal::Refusal;
use crate::triggers;

/// `GET /api/sites/{key}/export`
pub(in crate::http) async fn export(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
) -> Answer {
    let all = triggers::all(&*app.store, &asked.site).await?;
    let specs: Vec<_> = all.iter().map(|(trigger, _)| &trigger.spec).collect();
    let file = serde_json::to_vec_pretty(&specs)
        .map_err(|_| Refusal::new(ErrorCode::Internal, "the triggers could not be written"))?;
    // A key is made of letters, digits and hyphens.
    let name = format!("attachment; filename=\"triggers-{}.json\"", asked.site.key);
    let name = HeaderValue::from_str(&name);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
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
    Ok((headers, file).into_response())
}
