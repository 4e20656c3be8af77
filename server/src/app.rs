//! What every request shares.

use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use saluda_protocol::Millis;
use saluda_store::Store;
use tokio::sync::watch;

use crate::assets::Assets;
use crate::bus::Bus;
use crate::clock::Clock;
use crate::connected::Connected;
use crate::door::Door;
use crate::files::Files;
use crate::http::Configs;
use crate::mail::Mailer;
use crate::presence::Presence;
use crate::settings::Settings;

/// The parts of a running server.
pub(crate) struct App {
    pub(crate) store: Arc<dyn Store>,
    /// The name of the database; see [`Store::epoch`].
    pub(crate) epoch: String,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) presence: Presence,
    /// What pages were told last.
    pub(crate) configs: Configs,
    /// On which origins the widget was seen in this hour.
    pub(crate) connected: Connected,
    pub(crate) clock: Arc<dyn Clock>,
    /// Where files lie that were sent.
    pub(crate) files: Files,
    pub(crate) assets: Assets,
    pub(crate) mailer: Mailer,
    /// Keeps the limits.
    pub(crate) door: Door,
    pub(crate) settings: Settings,
    pub(crate) metrics: PrometheusHandle,
    /// Becomes true when the server is about to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl App {
    /// The instant now.
    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Returns when the server is about to stop.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error means that whoever could have stopped us is gone.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }
}
