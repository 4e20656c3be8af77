//! `cargo xtask bench rules`: the same rules natively, in Chromium, and in what
//! pages would otherwise decide with.

use std::fs;
use std::path::{Path, PathBuf};
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

/// Lets the browser compile modules before anything in them is called.
const COMPILE_FIRST: &str = "--js-flags=--no-wasm-lazy-compilation";

/// Rounds of everything else. In each of them all are measured one after the
/// other, so that what disturbs the machine for a while disturbs them alike.
const ROUNDS: usize = 3;

/// Builds everything, measures it, and prints the tables.
pub(crate) fn run() -> Result<()> {
    let node = NodeTools::require()?;
    tools::browser()?;
    tools::npm_packages("bench")?;
    let program = program()?;
    let (_, material) = native(&program)?;
    let files = files(&node, &material)?;
    let start = Instant::now();
    let figures = measure(&program, &files)?;
    progress::done("all", "measured", start);
    println!("\n{}", table::machine("rules", &browser::version()?));
    println!("\n{}", table::engines(&figures));
    println!("\n{}", table::targets(&figures));
    println!("\n{}", table::many(&figures.many()));
    Ok(())
}

/// The program that measures natively, built as a release is.
fn program() -> Result<PathBuf> {
    let artifacts = cargo::build(
        cargo().args(["build", "--release", "--package", "saluda-bench"]),
        &[],
    )?;
    cargo::program_of(&artifacts, "saluda-bench")
}

/// What the native program measured, and what the browser repeats.
fn native(program: &Path) -> Result<(Native, Value)> {
    let output = process::command(program)
        .output()
        .context("cannot start the native measurement")?;
    anyhow::ensure!(
        output.status.success(),
        "the native measurement failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
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

fn measure(program: &Path, files: &Files) -> Result<Figures> {
    // One page that does not count: the browser itself starts with it.
    let mut queries = vec![format!("first={OURS}")];
    for _ in 0..FIRST {
        queries.extend(
            [OURS]
                .iter()
                .chain(&OTHERS)
                .map(|name| format!("first={name}")),
        );
    }
    let told = browser::visit(files, &queries, &[])?;
    let (_, firsts) = told.split_first().context("no page was opened")?;
    // By their place in a round: ours, then the others.
    let first_ms = |place: usize| {
        let times = firsts.iter().skip(place).step_by(1 + OTHERS.len());
        let times: Option<Vec<f64>> = times.map(Value::as_f64).collect();
        times.map(median).context("a page told no time")
    };

    let ours = vec![format!("first={OURS}"); 1 + FIRST];
    let told = browser::visit(files, &ours, &[COMPILE_FIRST])?;
    let times: Option<Vec<f64>> = told.iter().skip(1).map(Value::as_f64).collect();
    let first_compiled_ms = times.map(median).context("a page told no time")?;

    let mut queries: Vec<String> = OTHERS.map(|name| format!("passes={name}")).into();
    queries.extend(["inside".to_owned(), "through".to_owned()]);
    let mut natives = Vec::new();
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        natives.push(native(program)?.0);
        rounds.push(browser::visit(files, &queries, &[])?);
    }
    let pages = |place: usize| -> Vec<Value> {
        let pages = rounds.iter().map(|round| round[place].clone());
        pages.collect()
    };
    let inside = pages(OTHERS.len());
    let through = pages(OTHERS.len() + 1);
    let others = OTHERS.into_iter().enumerate().map(|(place, name)| {
        Ok(Engine {
            name,
            pass_ns: of_pages(&pages(place), None)?,
            first_ms: first_ms(1 + place)?,
        })
    });
    Ok(Figures {
        natives,
        inside: Inside {
            scratch_ns: of_pages(&inside, Some("scratch"))?,
            attribute_ns: of_pages(&inside, Some("attribute"))?,
            track_ns: of_pages(&inside, Some("track"))?,
        },
        through: Through {
            page_ns: of_pages(&through, Some("page"))?,
            attribute_ns: of_pages(&through, Some("attribute"))?,
            rest_ns: of_pages(&through, Some("rest"))?,
        },
        first_ms: first_ms(0)?,
        first_compiled_ms,
        others: others.collect::<Result<_>>()?,
    })
}
