//! `saluda serve`

use std::io::IsTerminal as _;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::assemble;
use crate::app::App;
use crate::clock::SystemClock;
use crate::serve::{self, HEADERS_TIMEOUT};
use crate::settings::{LogFormat, Settings};
use crate::{http, sweep};

pub(super) async fn serve(settings: Settings) -> anyhow::Result<()> {
    start_log(&settings)?;
    let (stop, stopping) = watch::channel(false);
    let address = settings.listen;
    let app = Arc::new(assemble(settings, Arc::new(SystemClock), stopping).await?);
    can_keep_files(&app).await?;
    let listener = serve::listen(address).with_context(|| {
        format!("could not listen on {address}; is something else there? choose with `--listen`")
    })?;
    if app.store.agents(None, 1).await?.is_empty() {
        tracing::warn!(
            "nobody can sign in yet: add a site with `saluda site add` \
             and an agent with `saluda agent add`"
        );
    }
    // Whoever started us may wait for this line, and read the port from it.
    println!("listening on http://{}", listener.local_addr()?);

    let mut terminate = signal(SignalKind::terminate())?;
    let told = async {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
        stop.send_replace(true);
    };
    let sweeping = tokio::spawn(sweep::sweeping(Arc::clone(&app)));
    let connections = Arc::clone(&app.door.connections);
    let router = http::router(app);
    serve::serve(listener, router, &connections, HEADERS_TIMEOUT, told).await;
    sweeping.await.context("the sweep broke off")?;
    Ok(())
}

/// Whether files can be kept where the settings say.
///
/// Who is refused by a bucket, or misspelt it, hears so before anyone can send a file.
/// A bucket that does not answer stops nothing: conversations do not need it, and
/// files go on once it is back.
async fn can_keep_files(app: &App) -> anyhow::Result<()> {
    match app.files.probe().await {
        Err(error) if error.is_outage() => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(
                error,
                "files can be neither sent nor fetched until it is back"
            );
            Ok(())
        }
        probed => probed.context("files cannot be kept"),
    }
}

fn start_log(settings: &Settings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log)
        .with_context(|| format!("`log` makes no sense: `{}`", settings.log))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Colours are for a terminal; in a file they are noise.
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}
