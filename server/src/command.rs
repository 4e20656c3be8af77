//! The command line.

mod agent;
mod audit;
mod backup;
mod check;
mod demo;
mod hours;
mod input;
mod person;
mod serve;
mod site;
mod trigger;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use metrics_exporter_prometheus::PrometheusBuilder;
use saluda_protocol::SiteId;
use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_store::{AuditNote, Directory as _, SqliteStore, Store};
use tokio::sync::watch;

use crate::app::App;
use crate::assets::Assets;
use crate::bus::LocalBus;
use crate::clock::{Clock, SystemClock};
use crate::connected::Connected;
use crate::door::Door;
use crate::files::Files;
use crate::http::Configs;
use crate::mail::Mailer;
use crate::presence::Presence;
use crate::secret;
use crate::settings::{Settings, Source};

/// Someone who walks to another page is back within this time.
const PRESENCE_PAUSE: Duration = Duration::from_secs(5);

/// A self-hosted chat widget that speaks first.
#[derive(Parser)]
#[command(name = "saluda", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve visitors and agents
    Serve(#[command(flatten)] Source),
    /// Add or list sites
    Site(site::Site),
    /// Add or list agents
    Agent(agent::Agent),
    /// Check triggers, publish them, move them between files and sites
    Trigger(trigger::Trigger),
    /// Fill the database with a demo: a shop, three agents, some conversations
    Demo(demo::Demo),
    /// Look into opening hours
    Hours(hours::Hours),
    /// Find people, hand out what is kept of them, and erase it
    Person(person::Person),
    /// Show who did what, the latest first
    Audit(audit::Audit),
    /// Copy database and files into a folder, while the server goes on
    Backup(backup::Backup),
    /// Look whether what is kept makes sense, while the server goes on
    Check(check::Check),
}

/// Runs the command that was typed.
#[must_use]
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    let done = tokio::runtime::Runtime::new()
        .context("could not start")
        .and_then(|runtime| {
            runtime.block_on(async {
                match command {
                    Command::Serve(source) => serve::serve(source.load()?).await?,
                    Command::Site(site) => site.run().await?,
                    Command::Agent(agent) => agent.run().await?,
                    Command::Demo(demo) => demo.run().await?,
                    Command::Person(person) => person.run().await?,
                    Command::Audit(audit) => audit.run().await?,
                    Command::Backup(backup) => backup.run().await?,
                    Command::Check(check) => return check.run().await,
                    Command::Trigger(trigger) => return trigger.run().await,
                    Command::Hours(hours) => return Ok(hours.run()),
                }
                Ok(ExitCode::SUCCESS)
            })
        });
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("saluda: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the database.
async fn open(settings: &Settings) -> anyhow::Result<SqliteStore> {
    let epoch = secret::hash(&secret::new()?)[..16].to_owned();
    Ok(SqliteStore::open(&settings.database, &epoch).await?)
}

/// What the audit log says of something that is done here.
fn note(site: Option<SiteId>, what: Audited) -> AuditNote {
    AuditNote {
        site,
        by: Actor::CommandLine,
        what,
        at: SystemClock.now(),
    }
}

/// How many rows of a list are read at once.
const PAGE: u32 = 100;

/// All sites, in the order of their keys.
async fn all_sites(store: &SqliteStore) -> anyhow::Result<Vec<saluda_store::Site>> {
    let mut all: Vec<saluda_store::Site> = Vec::new();
    loop {
        let page = store.sites(all.last().map(|last| &last.key), PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// Puts a server together.
async fn assemble(
    settings: Settings,
    clock: Arc<dyn Clock>,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<App> {
    let store = open(&settings).await?;
    Ok(App {
        epoch: store.epoch().await?,
        store: Arc::new(store),
        bus: Arc::new(LocalBus::default()),
        presence: Presence::new(PRESENCE_PAUSE),
        configs: Configs::default(),
        connected: Connected::default(),
        clock,
        files: Files::open(&settings)?,
        assets: settings
            .assets
            .as_deref()
            .map_or_else(Assets::embedded, Assets::folder),
        mailer: Mailer::new(&settings.mail)?,
        door: Door::new(&settings),
        metrics: PrometheusBuilder::new()
            .install_recorder()
            .context("could not start the metrics")?,
        settings,
        stopping,
    })
}
