//! Links that open the explain panel.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use saluda_protocol::ErrorCode;

use super::answer;
use crate::app::App;
use crate::http::form;
use crate::http::guard::Asked;
use crate::refusal::Refusal;
use crate::triggers::debug::{self, NoLink, Wanted};

/// `POST /api/sites/{key}/debug`
pub(in crate::http) async fn debug(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let hint = "send a `page`, and how long the link is good in `for`, such as `1h`";
    let wanted: Wanted = form::read(&body, hint)?;
    let store = &*app.store;
    let link = debug::link(store, &asked.site, &wanted.page, wanted.span.0, app.now()).await?;
    answer::json(&link)
}

impl From<NoLink> for Refusal {
    fn from(why: NoLink) -> Self {
        match why {
            NoLink::Span | NoLink::NoPage | NoLink::Foreign(_) => {
                Self::new(ErrorCode::Malformed, why.to_string())
            }
            NoLink::Key(error) => error.into(),
        }
    }
}
