//! The types a page sees describe a page that compiles, and what comes from npm
//! builds into pages of different making.

use std::fs;

use anyhow::{Context as _, Result};

use crate::tools::{self, NodeTools};
use crate::{process, progress, workspace};

/// The declarations, and a page that uses them as an owner would.
const SOURCES: [&str; 2] = ["pkg/index.d.ts", "tests/embed/usage.ts"];

/// What is run when a page is built.
const EXAMPLES: [&str; 3] = ["plain/main.js", "react/main.jsx", "vue/main.js"];

/// A server that renders: there is no page, and nothing may happen.
const ON_A_SERVER: &str = "import { load } from \"./pkg/index.js\";
let settled = false;
load({ server: \"https://chat.example.com\", site: \"demo\" }).finally(() => { settled = true; });
await new Promise((resolve) => setImmediate(resolve));
if (settled || \"Saluda\" in globalThis) throw new Error(\"something happened\");";

pub(super) fn run() -> Result<()> {
    let sources = SOURCES.map(workspace::path);
    let Some(missing) = sources.iter().find(|source| !source.exists()) else {
        let node = NodeTools::require()?;
        check(&node)?;
        return build(&node);
    };
    progress::note(
        "types",
        &format!(
            "`{}` does not exist yet: nothing to check",
            workspace::shown(missing)
        ),
    );
    Ok(())
}

fn check(node: &NodeTools) -> Result<()> {
    process::run(
        node.program("tsc")
            .args([
                "--noEmit",
                "--strict",
                "--target",
                "es2020",
                "--lib",
                "es2020,dom",
                "--module",
                "esnext",
            ])
            .args(["--moduleResolution", "bundler", "--types", ""])
            .args(SOURCES),
    )
}

/// Imports the package on a server, and builds each example with it.
fn build(node: &NodeTools) -> Result<()> {
    process::run(process::command("node").args(["--input-type=module", "--eval", ON_A_SERVER]))?;
    tools::npm_packages("pkg/examples")?;
    let built = workspace::target().join("examples");
    for example in EXAMPLES {
        let script = built.join(example).with_extension("js");
        process::run_quietly(
            node.program("esbuild")
                .arg(workspace::path(&format!("pkg/examples/{example}")))
                .args(["--bundle", "--format=esm", "--jsx=automatic", "--minify"])
                .args(["--log-level=warning", "--target=es2022"])
                .arg(format!(
                    "--alias:saluda={}",
                    workspace::path("pkg/index.js").display()
                ))
                .arg("--define:process.env.NODE_ENV=\"production\"")
                .arg(format!("--outfile={}", script.display())),
        )?;
        let text =
            fs::read_to_string(&script).with_context(|| format!("`{example}` is not built"))?;
        anyhow::ensure!(
            text.contains("/widget.js"),
            "`{example}` was built without the widget"
        );
    }
    progress::note("examples", "build with the package");
    Ok(())
}
