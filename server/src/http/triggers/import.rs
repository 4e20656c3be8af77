//! Files of triggers that are sent together.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use saluda_protocol::ErrorCode;
use saluda_protocol::studio::{Mistake, WantedImport};
use saluda_protocol::trigger::SenderId;
use serde::Deserialize;
use tokio::sync::Semaphore;

use super::{Answer, No, answer, senseless};
use crate::app::App;
use crate::http::form;
use crate::http::guard::Asked;
use crate::refusal::Refusal;
use crate::triggers::{self, Arrival, Batch, File, Planned};

/// Most bytes of all files together. As JSON in JSON they take more than on disk.
pub(in crate::http) const BYTES: usize = 2 * 1024 * 1024;

/// Imports are read one after the other: thousands of expressions keep a core
/// busy, and conversations need the others.
static READING: Semaphore = Semaphore::const_new(1);

/// Whether it is only asked what would be done.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct How {
    #[serde(default)]
    dry_run: bool,
}

/// `POST /api/sites/{key}/import`
pub(in crate::http) async fn import(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    how: Result<Query<How>, QueryRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let Query(how) = how.map_err(senseless)?;
    let too_large = || Refusal::new(ErrorCode::TooLarge, "at most 2 MiB are imported at once");
    let body = body.map_err(|_| too_large())?;
    let hint = "send `files`, a list of files with their `name` and their `text`";
    let wanted: WantedImport = form::read(&body, hint)?;
    let senders = asked.site.settings.senders.clone();
    let turn = READING.acquire().await;
    // Its turn lasts until it is read, also when whoever asked has gone.
    let read = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        read(&wanted, &senders)
    });
    let read = read.await;
    let read = read.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "an import failed");
        Refusal::new(ErrorCode::Internal, "the files could not be read")
    })?;
    let Batch { coming, left } = read.map_err(No::Mistakes)?;
    let planned = triggers::plan(&*app.store, &asked.site, coming).await?;
    if !how.dry_run {
        let saved = triggers::save(&*app.store, &asked.site, &planned, &asked.by, app.now()).await;
        saved.map_err(|(_, why)| why)?;
    }
    Ok(answer::json(&Planned::told(&planned, left, !how.dry_run))?)
}

fn read(
    wanted: &WantedImport,
    senders: &BTreeMap<SenderId, String>,
) -> Result<Batch, Vec<Mistake>> {
    let files: Vec<File<'_>> = wanted
        .files
        .iter()
        .map(|file| File {
            name: &file.name,
            text: &file.text,
        })
        .collect();
    let language = wanted.language.as_deref().unwrap_or("en");
    triggers::batch(&files, wanted.from, Arrival { senders, language })
}
