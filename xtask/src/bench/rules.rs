//! `cargo xtask bench rules`: the same rules natively, in Chromium, and in what
//! pages would otherwise decide with.

use std::fs;
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::browser::{self, Files};
use super::figures::{Engine, Figures, Inside, Native, Through, median, of_pages};
use super::table;
use crate::bundle::SCRIPT_TARGET;
use crate::cargo::{self, cargo};
use crate::tools::NodeTools;
use crate::wasm::{self, MEASURED, MODULES, Profile};
use crate::{bundle, process, progress, tools, workspace};

/// What ours is compared to, by the names in `bench/page/engines.js`.
const OTHERS: [&str; 6] = [
    "closures",
    "generated",
    "growthbook",
    "json-logic-js",
    "sift",
    "json-rules-engine",
];

/// Ours, among first passes.
const OURS: &str = "saluda";

/// Fresh pages for each first pass.
const FIRST: usize = 9;

/// Fresh pages for everything else.
const AGAIN: usize = 3;

/// Builds everything, measures it, and prints the tables.
pub(crate) fn run() -> Result<()> {
    let node = NodeTools::require()?;
    tools::browser()?;
    tools::npm_packages("bench")?;
    let (native, material) = native()?;
    let files = files(&node, &material)?;
    let start = Instant::now();
    let figures = in_browser(native, files)?;
    progress::done("chromium", "measured", start);
    println!("\n{}", table::machine(&browser::version()?));
    println!("\n{}", table::engines(&figures));
    println!("\n{}", table::targets(&figures));
    println!("\n{}", table::many(&figures.native.many));
    Ok(())
}

/// What the native program measured, and what the browser repeats.
fn native() -> Result<(Native, Value)> {
    let artifacts =
        cargo::build(cargo().args(["build", "--release", "--package", "saluda-bench"]))?;
    let program = cargo::program_of(&artifacts, "saluda-bench")?;
    let start = Instant::now();
    let output = process::command(program)
        .output()
        .context("cannot start the native measurement")?;
    anyhow::ensure!(
        output.status.success(),
        "the native measurement failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    progress::done("native", "measured", start);
    let mut told: Value = serde_json::from_slice(&output.stdout)?;
    let material = json!({ "triggers": told["triggers"].take(), "visits": told["visits"].take() });
    Ok((serde_json::from_value(told)?, material))
}

fn files(node: &NodeTools, material: &Value) -> Result<Files> {
    let mut files = Files::new();
    let runtime = MODULES[0];
    for (path, module) in [("/measured.wasm", MEASURED), ("/runtime.wasm", runtime)] {
        let compiled = wasm::compile(module, Profile::Shipped)?;
        let bundle = bundle::bundle(module, &compiled, Profile::Shipped, Some(node))?;
        files.insert(path, ("application/wasm", bundle.module));
    }
    let script = workspace::target().join("bench/measure.js");
    process::run_quietly(
        node.program("esbuild")
            .arg(workspace::path("bench/page/measure.js"))
            .args(["--bundle", "--format=esm", "--log-level=warning"])
            .args([SCRIPT_TARGET, "--supported:top-level-await=true"])
            .arg(format!("--outfile={}", script.display())),
    )?;
    files.insert("/measure.js", ("text/javascript", fs::read(script)?));
    let page = fs::read(workspace::path("bench/page/index.html"))?;
    files.insert("/", ("text/html", page));
    let material = serde_json::to_vec(material)?;
    files.insert("/material.json", ("application/json", material));
    Ok(files)
}

fn in_browser(native: Native, files: Files) -> Result<Figures> {
    let mut queries: Vec<String> = Vec::new();
    let mut ask = |query: String, times: usize| {
        let from = queries.len();
        queries.resize(from + times, query);
        from..from + times
    };
    // One page that does not count: the browser itself starts with it.
    ask(format!("first={OURS}"), 1);
    let ours = ask(format!("first={OURS}"), FIRST);
    let firsts = OTHERS.map(|name| ask(format!("first={name}"), FIRST));
    let passes = OTHERS.map(|name| ask(format!("passes={name}"), AGAIN));
    let inside = ask("inside".to_owned(), AGAIN);
    let through = ask("through".to_owned(), AGAIN);

    let told = browser::visit(files, &queries)?;
    let first = |range: std::ops::Range<usize>| {
        let times = told[range].iter().map(|page| page.as_f64());
        let times: Option<Vec<f64>> = times.collect();
        times.map(median).context("a page told no time")
    };
    let inside = &told[inside];
    let through = &told[through];
    Ok(Figures {
        native,
        inside: Inside {
            scratch_ns: of_pages(inside, Some("scratch"))?,
            attribute_ns: of_pages(inside, Some("attribute"))?,
            track_ns: of_pages(inside, Some("track"))?,
        },
        through: Through {
            page_ns: of_pages(through, Some("page"))?,
            attribute_ns: of_pages(through, Some("attribute"))?,
            rest_ns: of_pages(through, Some("rest"))?,
        },
        first_ms: first(ours)?,
        others: OTHERS
            .into_iter()
            .zip(firsts)
            .zip(passes)
            .map(|((name, firsts), passes)| {
                Ok(Engine {
                    name,
                    pass_ns: of_pages(&told[passes], None)?,
                    first_ms: first(firsts)?,
                })
            })
            .collect::<Result<_>>()?,
    })
}
