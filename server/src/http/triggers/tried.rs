//! A form that is tried before anyone sees it.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use saluda_protocol::{Millis, TriggerId};
use serde::Deserialize;

use super::answer::{self, No};
use super::{Answer, senseless, written};
use crate::app::App;
use crate::http::guard::Asked;
use crate::triggers::{self, Unsound};

/// Which trigger it is of, and when it is tried.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct About {
    id: Option<TriggerId>,
    at: Option<Millis>,
}

/// `POST /api/sites/{key}/try`
pub(in crate::http) async fn form(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    query: Result<Query<About>, QueryRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let Query(about) = query.map_err(senseless)?;
    let mut spec = written(body)?;
    let named = about.id.or_else(|| spec.id.clone());
    let id = named.or_else(|| TriggerId::from_name(&spec.name));
    let id = id.unwrap_or_else(|| TriggerId::trusted("trigger".to_owned()));
    spec.id = Some(id.clone());
    let site = &asked.site;
    let online = app.presence.has_agent(site.id);
    let at = about.at.unwrap_or_else(|| app.now());
    let tried = triggers::tried(&*app.store, site, &spec, id, online, at).await;
    let tried = tried.map_err(|why| match why {
        Unsound::Mistakes(mistakes) => No::Mistakes(mistakes),
        Unsound::Store(error) => error.into(),
    })?;
    Ok(answer::json(&tried)?)
}
