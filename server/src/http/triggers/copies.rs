//! Triggers that are made of others, and the order among them.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use saluda_protocol::studio::{People, Ranked, TriggerList, TriggerOrder, WantedOrder};
use saluda_protocol::studio::{WantedClone, WantedRollback};
use saluda_protocol::{ErrorCode, limits};
use saluda_store::Trigger;

use super::answer::{self, row, whole};
use super::{Answer, edit, named};
use crate::app::App;
use crate::http::form;
use crate::http::guard::Asked;
use crate::refusal::Refusal;
use crate::triggers;

/// `POST /api/sites/{key}/triggers/{id}/clone`
pub(in crate::http) async fn clone(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let from = named(&id)?;
    let wanted = if body.is_empty() {
        WantedClone::default()
    } else {
        form::read(&body, "send the copy's `id` and its `name`, or nothing")?
    };
    let by = (asked.by, app.now());
    let copy = triggers::clone(&*app.store, &asked.site, &from, wanted, by).await?;
    let address = format!("/api/sites/{}/triggers/{}", asked.site.key, copy.id);
    let mut response = whole(&app, copy).await?;
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}

/// `POST /api/sites/{key}/triggers/{id}/rollback`
pub(in crate::http) async fn roll_back(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let hint = "send the `version` that it shall go back to";
    let wanted: WantedRollback = form::read(&body, hint)?;
    let edit = edit(&app, &asked, &headers, &id)?;
    let rolled = triggers::roll_back(&*app.store, &asked.site, edit, wanted.version).await?;
    whole(&app, rolled).await
}

/// `POST /api/sites/{key}/order`
pub(in crate::http) async fn order(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    body: Bytes,
) -> Answer {
    let hint = "send `order`, a list of triggers with their `id` and `revision`";
    let wanted: WantedOrder = form::read(&body, hint)?;
    let count = wanted.order.len();
    if count > limits::ORDERED_TRIGGERS {
        let most = limits::ORDERED_TRIGGERS;
        let message = format!("at most {most} triggers are put in order at once");
        return Err(Refusal::new(ErrorCode::TooLarge, message).into());
    }
    let mut ids: Vec<_> = wanted.order.iter().map(|placed| &placed.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < count {
        let message = "a trigger stands in this order twice";
        return Err(Refusal::new(ErrorCode::Malformed, message).into());
    }
    let ordered = triggers::order(&*app.store, &asked.site, wanted, asked.by, app.now()).await?;
    let order = ordered.into_iter().map(ranked).collect();
    Ok(answer::json(&TriggerOrder { order })?)
}

fn ranked(trigger: Trigger) -> Ranked {
    Ranked {
        id: trigger.id,
        priority: trigger.spec.priority,
        status: trigger.status,
        version: trigger.version,
        revision: trigger.revision,
    }
}

/// `POST /api/sites/{key}/starters`
pub(in crate::http) async fn starters(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
) -> Answer {
    let added = triggers::add_starters(&*app.store, &asked.site, asked.by, app.now()).await?;
    let triggers = added
        .iter()
        .map(|trigger| row(trigger, People::default()))
        .collect();
    Ok(answer::json(&TriggerList {
        triggers,
        next: None,
    })?)
}
