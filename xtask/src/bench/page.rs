//! `cargo xtask bench page`: what a page feels of the widget, beside a page without
//! one, plain buttons, and two that can be had from npm.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::mpsc;
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::table;
use super::target::{Target, row};
use crate::bundle::SCRIPT_TARGET;
use crate::cargo::{self, cargo};
use crate::children::Running;
use crate::tools::NodeTools;
use crate::wasm::Profile;
use crate::{assets, process, progress, tools, workspace};

/// Ours, by the name in `bench/load/pages.js`.
const OURS: &str = "saluda";
/// The page without a widget.
const NONE: &str = "none";
/// The others' files, as pages load them: what is taken from their packages, and
/// what it is called.
const OTHERS: [(&str, &str); 3] = [
    ("@typebot.io/js/dist/web.js", "typebot.js"),
    ("@n8n/chat/dist/chat.bundle.es.js", "n8n.js"),
    ("@n8n/chat/dist/style.css", "n8n.css"),
];

/// What `bench/load/measure.js` prints: medians.
#[derive(Debug, Deserialize)]
struct Figures {
    browser: String,
    pages: BTreeMap<String, Felt>,
}

/// What one page feels. Times in milliseconds.
#[derive(Debug, Deserialize)]
struct Felt {
    /// How long its thread was blocked beyond 50 ms at a time.
    blocked: f64,
    /// How far its layout was shifted.
    shift: f64,
    /// How long its thread was busy.
    busy: f64,
    /// How long it ran scripts meanwhile.
    scripts: f64,
    /// Bytes of its heap, and of the memories of its modules.
    heap: f64,
    /// When its launcher was painted on a slow line.
    launcher: f64,
    /// When triggers were live there.
    live: Option<f64>,
    /// From a click on the launcher to a composer that can be written in.
    click: Option<f64>,
}

/// Builds everything, measures it, and prints the tables.
pub(crate) fn run() -> Result<()> {
    let node = NodeTools::require()?;
    tools::browser()?;
    tools::npm_packages("bench")?;
    assets::build(Profile::Shipped)?;
    // It is not what is measured.
    let artifacts = cargo::build(cargo().args(["build", "--package", "saluda"]), &[])?;
    let server = cargo::program_of(&artifacts, "saluda")?;
    let folder = workspace::target().join("bench/load");
    bundle(&node, &folder)?;
    let start = Instant::now();
    let figures = measure(&server, &folder)?;
    progress::done("all", "measured", start);
    println!("\n{}", table::machine("page", &figures.browser));
    println!("\n{}", pages(&figures)?);
    println!("\n{}", targets(&figures)?);
    Ok(())
}

/// Makes one file of each of the others, as small as ours.
fn bundle(node: &NodeTools, folder: &Path) -> Result<()> {
    for (from, to) in OTHERS {
        process::run_quietly(
            node.program("esbuild")
                .arg(workspace::path("bench/node_modules").join(from))
                .args(["--bundle", "--minify", "--format=esm", "--log-level=error"])
                .arg("--define:process.env.NODE_ENV=\"production\"")
                .args([SCRIPT_TARGET, "--supported:top-level-await=true"])
                .arg(format!("--outfile={}", folder.join(to).display())),
        )?;
    }
    Ok(())
}

fn measure(server: &Path, folder: &Path) -> Result<Figures> {
    let [chat, page] = free_ports()?;
    let database = folder.join(format!("{}.db", std::process::id()));
    let origin = format!("http://localhost:{page}");
    let chat_address = format!("http://localhost:{chat}");
    process::run_quietly(
        process::command(server)
            .args(["demo", "--origin", &origin, "--database"])
            .arg(&database),
    )?;
    let (events, _heard) = mpsc::channel();
    let _server = Running::start(
        "server",
        process::command(server)
            .args(["serve", "--log", "warn"])
            .args(["--listen", &format!("127.0.0.1:{chat}")])
            .args(["--public-url", &chat_address, "--database"])
            .arg(&database)
            .arg("--assets")
            .arg(workspace::dist()),
        &events,
    )?;
    let output = process::command("node")
        .arg(workspace::path("bench/load/measure.js"))
        .arg(tools::browser_program().context("a browser is missing")?)
        .args([&chat_address, &page.to_string()])
        .arg(folder)
        .output()
        .context("cannot start node")?;
    anyhow::ensure!(
        output.status.success(),
        "the measurement failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Two ports that nobody uses.
fn free_ports() -> Result<[u16; 2]> {
    let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let (one, other) = (bind()?, bind()?);
    Ok([one.local_addr()?.port(), other.local_addr()?.port()])
}

impl Figures {
    fn of(&self, name: &str) -> Result<&Felt> {
        let page = self.pages.get(name);
        page.with_context(|| format!("the page `{name}` was not measured"))
    }

    /// How long a widget keeps the page's thread busy: beyond the page itself.
    fn own_busy(&self, felt: &Felt) -> Result<f64> {
        Ok((felt.busy - self.of(NONE)?.busy).max(0.0))
    }

    fn own_heap(&self, felt: &Felt) -> Result<f64> {
        Ok((felt.heap - self.of(NONE)?.heap).max(0.0))
    }
}

/// Every page.
fn pages(figures: &Figures) -> Result<String> {
    let mut rows = vec![
        "| page with | blocked over 50 ms | its scripts | busy for it | launcher, slow line | layout shift | heap for it |"
            .to_owned(),
        "|---|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for (name, felt) in &figures.pages {
        let name = match name.as_str() {
            OURS => "Saluda",
            NONE => "nothing",
            "button" => "a plain button",
            "asks" => "a button that asks a server first",
            name => name,
        };
        rows.push(format!(
            "| {name} | {:.0} ms | {:.0} ms | {:.0} ms | {:.0} ms | {:.3} | {:.2} MB |",
            felt.blocked,
            felt.scripts,
            figures.own_busy(felt)?,
            felt.launcher,
            felt.shift,
            figures.own_heap(felt)? / 1e6,
        ));
    }
    Ok(rows.join("\n"))
}

/// What was to be reached.
fn targets(figures: &Figures) -> Result<String> {
    let ours = figures.of(OURS)?;
    let told = |figure: Option<f64>| figure.context("our page told no time");
    let at_most = Target::at_most;
    Ok([
        "| what | here | gate | stretch | |".to_owned(),
        "|---|---:|---:|---:|---|".to_owned(),
        row(
            "blocked over 50 ms, load to triggers live",
            &at_most(ours.blocked, 0.0, 0.0, "ms"),
        ),
        row(
            "its scripts on the page's thread",
            &at_most(ours.scripts, 60.0, 30.0, "ms"),
        ),
        row(
            "busy for it: these, and all that the browser does",
            &at_most(figures.own_busy(ours)?, 60.0, 30.0, "ms"),
        ),
        row(
            "click to usable composer, modules in cache",
            &at_most(told(ours.click)?, 150.0, 80.0, "ms"),
        ),
        row(
            "launcher painted, slow line, cold",
            &at_most(ours.launcher, 600.0, 400.0, "ms"),
        ),
        row(
            "triggers live there",
            &at_most(told(ours.live)?, 1_200.0, 800.0, "ms"),
        ),
        row("layout shift", &at_most(ours.shift, 0.0, 0.0, "")),
        row(
            "heap and memory for it",
            &at_most(figures.own_heap(ours)? / 1e6, 2.0, 1.2, "MB"),
        ),
    ]
    .join("\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_page_itself_takes_is_not_counted() {
        let felt = |busy: f64, scripts: f64, heap: f64| {
            json!({ "blocked": 0, "shift": 0, "busy": busy, "scripts": scripts, "heap": heap,
                "launcher": 410, "live": 700, "click": 90 })
        };
        let told = json!({ "browser": "x", "pages": {
            "none": felt(100.0, 0.0, 1e6),
            "saluda": felt(140.0, 24.0, 2.5e6) } });
        let figures: Figures = serde_json::from_value(told).unwrap();
        let targets = targets(&figures).unwrap();
        for line in [
            "| its scripts on the page's thread | 24 ms | 60 ms | 30 ms | within stretch |",
            "all that the browser does | 40 ms | 60 ms | 30 ms | within gate |",
            "| heap and memory for it | 1.50 MB | 2.00 MB | 1.20 MB | within gate |",
            "| triggers live there | 700 ms | 1200 ms | 800 ms | within stretch |",
        ] {
            assert!(targets.contains(line), "{targets}");
        }
        assert!(
            pages(&figures)
                .unwrap()
                .contains("| nothing | 0 ms | 0 ms | 0 ms |")
        );
    }
}
