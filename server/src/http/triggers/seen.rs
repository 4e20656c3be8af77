//! What a site has seen.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;

use super::{Answer, answer};
use crate::app::App;
use crate::http::guard::Asked;
use crate::triggers;

/// `GET /api/sites/{key}/seen`
pub(in crate::http) async fn seen(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
) -> Answer {
    let seen = triggers::seen(&*app.store, &asked.site).await?;
    Ok(answer::json(&seen)?)
}
