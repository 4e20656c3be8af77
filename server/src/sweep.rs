//! Removes now and then what nobody has any more, or nobody wants to be kept.

pub(crate) mod files;
mod people;

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::refusal;

/// How often it is done.
const EVERY: Duration = Duration::from_hours(1);

/// Sweeps now and then until the server stops.
pub(crate) async fn sweeping(app: Arc<App>) {
    let mut now_and_then = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = now_and_then.tick() => {}
            () = app.stopped() => return,
        }
        if let Err(error) = files::sweep(&app, app.now()).await {
            refusal::unheard(error);
        }
        if let Err(error) = people::expire(&app, app.now()).await {
            refusal::unheard(error);
        }
        // What was erased in this hour or before, while someone read on.
        if let Err(error) = app.store.clear_log().await {
            refusal::unheard(error);
        }
    }
}
