//! `cargo xtask bench relay`: what the server takes and how quickly it passes
//! messages on, beside servers that send back what they are sent.

mod figures;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};

use self::figures::Figures;
use super::table;
use crate::cargo::{self, cargo};
use crate::{process, progress, tools, workspace};

/// The cores that clients and servers run on, where that can be chosen.
const CLIENTS: &str = "0";
const SERVERS: &str = "1";

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// Builds everything, measures it, and prints the tables. A little of everything if it
/// is to be quick.
pub(crate) fn run(quick: bool, watch: Option<u64>) -> Result<()> {
    anyhow::ensure!(
        Path::new("/proc/self/stat").exists(),
        "memory and time of processes are read from /proc, which this system does not have"
    );
    let tools = Tools::find()?;
    if !workspace::dist().join("manifest.json").exists() {
        progress::note(
            "server",
            "holds neither widget nor desk: they are not built",
        );
    }
    let server = program("saluda", "saluda")?;
    let relay = program("saluda-bench", "saluda-relay")?;
    let echo = program("saluda-bench", "saluda-echo")?;
    let folder = Folder::make(&workspace::target().join("bench"))?;
    let memory = Folder::make(Path::new(MEMORY)).ok();
    if memory.is_none() {
        progress::note("memory", "no database in memory: there is no folder for it");
    }

    let start = Instant::now();
    let mut measuring = if tools.pinned {
        let mut pinned = process::command("taskset");
        pinned.args(["-c", CLIENTS]).arg(&relay);
        pinned.args(["--core", SERVERS]);
        pinned
    } else {
        process::command(&relay)
    };
    measuring.arg("--server").arg(server);
    measuring.arg("--echo").arg(echo);
    measuring
        .arg("--scripts")
        .arg(workspace::path("bench/relay"));
    measuring.arg("--folder").arg(&folder.0);
    for (flag, path) in [
        ("--node", &tools.node),
        ("--nats", &tools.nats),
        ("--memory", &memory.as_ref().map(|memory| memory.0.clone())),
    ] {
        if let Some(path) = path {
            measuring.arg(flag).arg(path);
        }
    }
    if quick {
        measuring.arg("--quick");
    }
    if let Some(seconds) = watch {
        measuring.arg("--watch").arg(seconds.to_string());
    }
    let output = measuring
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cannot start the measurement")?;
    anyhow::ensure!(output.status.success(), "the measurement failed");
    let figures: Figures = serde_json::from_slice(&output.stdout)?;
    progress::done("all", "measured", start);

    let command = if quick { "relay --quick" } else { "relay" };
    println!("\n{}", table::machine(command, &tools.with()));
    println!("\n{}", tables::circumstances(&figures));
    println!("\n{}", tables::targets(&figures));
    println!("\n{}", tables::growth(&figures));
    println!("\n{}", tables::others(&figures, &tools.versions()?));
    Ok(())
}

fn program(package: &str, program: &str) -> Result<PathBuf> {
    let artifacts = cargo::build(
        cargo().args(["build", "--release", "--package", package]),
        &[],
    )?;
    cargo::program_of(&artifacts, program)
}

/// What is there beside cargo.
struct Tools {
    /// Whether each side can have a core of its own.
    pinned: bool,
    node: Option<PathBuf>,
    nats: Option<PathBuf>,
}

impl Tools {
    fn find() -> Result<Self> {
        let has =
            |core: &str| process::succeeds(process::command("taskset").args(["-c", core, "true"]));
        let pinned = has(CLIENTS) && has(SERVERS);
        if !pinned {
            progress::note("cores", "shared by clients and servers: no `taskset`");
        }
        let node = process::on_path("npm").and(process::on_path("node"));
        if node.is_some() {
            tools::npm_packages("bench")?;
        } else {
            progress::note("node", "ws and socket.io are left out: no npm");
        }
        let nats = process::on_path("nats-server");
        if nats.is_none() {
            progress::note("nats", "left out: no `nats-server` on the PATH");
        }
        Ok(Self { pinned, node, nats })
    }

    /// What it was measured with, besides the machine.
    fn with(&self) -> String {
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let cores = if self.pinned {
            "clients on one core and servers on another"
        } else {
            "clients and servers on all cores"
        };
        format!("Linux {}, {cores}", kernel.trim())
    }

    /// The others as they are called here.
    fn versions(&self) -> Result<Vec<(&'static str, String)>> {
        let pinned = fs::read_to_string(workspace::path("bench/package.json"))?;
        let pinned: serde_json::Value = serde_json::from_str(&pinned)?;
        let package = |name: &str| {
            let version = pinned["devDependencies"][name].as_str().unwrap_or_default();
            format!("{name} {version}")
        };
        let mut names = vec![
            (
                "axum",
                format!(
                    "axum {}, read buffer of 4 kB",
                    tools::locked_version("axum")?
                ),
            ),
            ("ws", package("ws")),
            ("socket.io", package("socket.io")),
        ];
        if let Some(node) = &self.node {
            for (_, name) in &mut names[1..] {
                name.push_str(", Node ");
                name.push_str(&version(node));
            }
        }
        if let Some(nats) = &self.nats {
            let nats = version(nats);
            let nats = nats.trim_start_matches("nats-server: ");
            names.push(("nats-server", format!("nats-server {nats}")));
        }
        Ok(names)
    }
}

/// What a program says of its version.
fn version(program: &Path) -> String {
    let output = process::command(program).arg("--version").output();
    let output = output.map(|output| output.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&output);
    said.trim().trim_start_matches('v').replace(": v", ": ")
}

/// A folder of this run, removed with all that is in it.
struct Folder(PathBuf);

impl Folder {
    fn make(inside: &Path) -> Result<Self> {
        let folder = inside.join(format!("saluda-relay-{}", std::process::id()));
        if inside.starts_with(workspace::target()) {
            fs::create_dir_all(inside)?;
        }
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left of it is in nobody's way.
        fs::remove_dir_all(&self.0).ok();
    }
}
