//! `cargo xtask run`: a stranger's shop with the widget in it, and the desk.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::cargo::{self, cargo};
use crate::children::Running;
use crate::wasm::Profile;
use crate::watch::{self, Affected};
use crate::{assets, process, progress, workspace};

/// Of the site that `saluda demo` makes.
pub(crate) const SITE: &str = "demo";
/// The administrator that `saluda demo` makes.
pub(crate) const EMAIL: &str = "lucia@alba.example";
pub(crate) const PASSWORD: &str = "saluda-demo";

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Build again whenever a file is saved
    #[arg(long)]
    watch: bool,
    /// Build what would be shipped: slower to build, smaller and faster
    #[arg(long)]
    release: bool,
    /// Port of the chat server; the shop takes the next one
    #[arg(long, default_value_t = 4180, value_parser = clap::value_parser!(u16).range(1..65535))]
    port: u16,
}

/// What can happen while everything runs.
#[derive(Debug)]
pub(crate) enum Event {
    /// Ctrl-C, or another wish to end.
    Stop,
    /// A program ended by itself, or was replaced.
    Ended { name: &'static str, number: u32 },
    /// A file was saved.
    Saved(PathBuf),
}

/// Builds, seeds, serves, and stays until it is stopped.
pub(crate) fn run(options: &Options) -> Result<()> {
    let start = Instant::now();
    for port in [options.port, options.port + 1] {
        require_free(port)?;
    }
    let (sender, events) = mpsc::channel();
    let signals = sender.clone();
    ctrlc::set_handler(move || drop(signals.send(Event::Stop)))
        .context("cannot listen for Ctrl-C")?;

    let built = Built::build(options)?;
    built.seed()?;
    let mut server = built.start_server(&sender)?;
    let mut shop = built.start_shop(&sender)?;
    progress::done("all", "ready", start);
    println!("{}", built.summary(options.watch));

    let _watcher = if options.watch {
        Some(watch::start(&sender)?)
    } else {
        None
    };
    loop {
        match next(&events)? {
            Event::Stop => break,
            // Those that were replaced end as well.
            Event::Ended { number, .. } if ![server.number, shop.number].contains(&number) => {}
            Event::Ended { name, .. } if options.watch => {
                progress::note(name, "ended by itself; waiting for the next save");
            }
            Event::Ended { name, .. } => {
                bail!("the {name} ended by itself; its own words are above")
            }
            Event::Saved(path) => {
                let Some(affected) = watch::settle(&path, &events) else {
                    break;
                };
                if let Err(error) = built.renew(affected, &sender, &mut server, &mut shop) {
                    eprintln!("\n  {error:#}\n  Waiting for the next save.");
                }
            }
        }
    }
    drop((server, shop));
    println!("\n  Stopped.");
    Ok(())
}

fn next(events: &Receiver<Event>) -> Result<Event> {
    events.recv().context("nothing is left to wait for")
}

/// A clear word before minutes of building, not after.
fn require_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!(
            "port {port} cannot be used ({error}): end the program that uses it, or choose two others with \
             `cargo xtask run --port {}`",
            if port < 5_000 { 5180 } else { 4180 }
        ),
    }
}

/// Everything that was built, and where it will be found.
struct Built {
    release: bool,
    port: u16,
    server: PathBuf,
    shop: PathBuf,
    database: PathBuf,
}

impl Built {
    fn build(options: &Options) -> Result<Self> {
        assets::build(profile(options.release))?;
        let (server, shop) = build_programs(options.release)?;
        let database = workspace::target().join("demo/saluda.db");
        std::fs::create_dir_all(workspace::target().join("demo"))?;
        Ok(Self {
            release: options.release,
            port: options.port,
            server,
            shop,
            database,
        })
    }

    /// Address of the chat server, or with 1 added that of the shop.
    fn address(&self, offset: u16) -> String {
        format!("http://localhost:{}", self.port + offset)
    }

    /// The demo's site, agents and conversations. Doing it again adds nothing.
    fn seed(&self) -> Result<()> {
        let start = Instant::now();
        let shop = self.port + 1;
        process::run(
            process::command(&self.server)
                .arg("demo")
                .args([
                    "--origin",
                    &self.address(1),
                    "--origin",
                    &format!("http://127.0.0.1:{shop}"),
                ])
                .arg("--database")
                .arg(&self.database),
        )?;
        progress::done("demo", "seeded", start);
        Ok(())
    }

    fn start_server(&self, events: &Sender<Event>) -> Result<Running> {
        let mut command = process::command(&self.server);
        command
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)])
            .args(["--public-url", &self.address(0)])
            .arg("--database")
            .arg(&self.database);
        if !self.release {
            // A release holds its assets.
            command.arg("--assets").arg(workspace::dist());
        }
        Running::start("server", &mut command, events)
    }

    fn start_shop(&self, events: &Sender<Event>) -> Result<Running> {
        let mut command: Command = process::command(&self.shop);
        command
            .args(["--listen", &format!("127.0.0.1:{}", self.port + 1)])
            .args(["--chat", &self.address(0), "--site", SITE])
            .arg("--folder")
            .arg(workspace::path("demo/site"));
        Running::start("shop", &mut command, events)
    }

    /// Builds what a saved file affects, and restarts what must be.
    fn renew(
        &self,
        affected: Affected,
        events: &Sender<Event>,
        server: &mut Running,
        shop: &mut Running,
    ) -> Result<()> {
        let start = Instant::now();
        if affected.assets {
            assets::build(profile(self.release))?;
        }
        if affected.server || affected.shop || (self.release && affected.assets) {
            build_programs(self.release)?;
        }
        // The address must be free before the next one can have it.
        if affected.server || (self.release && affected.assets) {
            server.stop();
            *server = self.start_server(events)?;
        }
        if affected.shop {
            shop.stop();
            *shop = self.start_shop(events)?;
        }
        let took = progress::duration(start.elapsed());
        progress::note("all", &format!("renewed in {took}; reload the page"));
        Ok(())
    }

    fn summary(&self, watching: bool) -> String {
        let (chat, shop) = (self.address(0), self.address(1));
        let saving = if watching {
            "Save a file and it is built again. "
        } else {
            ""
        };
        format!(
            "
  Shop     {shop}
  Desk     {chat}/desk
           sign in as {EMAIL} with the password {PASSWORD}
  Snippet  <script async crossorigin src=\"{chat}/widget.js\" data-site=\"{SITE}\"></script>

  Open both in two windows, write in the shop, answer at the desk.
  {saving}Ctrl-C stops everything.
"
        )
    }
}

fn profile(release: bool) -> Profile {
    if release {
        Profile::Shipped
    } else {
        Profile::Quick
    }
}

fn build_programs(release: bool) -> Result<(PathBuf, PathBuf)> {
    let start = Instant::now();
    let mut command = cargo();
    command.args([
        "build",
        "--package",
        "saluda",
        "--package",
        "saluda-demo",
        "--bins",
    ]);
    if release {
        command.arg("--release");
    }
    let artifacts = cargo::build(&mut command, &[])?;
    let program = |name| cargo::program_of(&artifacts, name);
    let programs = (program("saluda")?, program("saluda-demo")?);
    if artifacts
        .iter()
        .any(|artifact| artifact.target == "saluda" && !artifact.fresh)
    {
        progress::done("server", "compiled", start);
    }
    Ok(programs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_comes_with_a_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = require_free(port).unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port"),
            "{error}"
        );
    }

    #[test]
    fn the_summary_names_what_to_open() {
        let built = Built {
            release: false,
            port: 4180,
            server: PathBuf::new(),
            shop: PathBuf::new(),
            database: PathBuf::new(),
        };
        let summary = built.summary(false);
        for expected in [
            "http://localhost:4181\n",
            "http://localhost:4180/desk\n",
            EMAIL,
            PASSWORD,
        ] {
            assert!(summary.contains(expected), "{summary}");
        }
    }
}
