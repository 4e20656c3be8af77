//! Turns a compiled module into the two files a page loads: a small module and
//! the script that goes with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::split::{self, Parts};
use crate::tools::{self, NodeTools};
use crate::wasm::{Module, Profile, Script, Split};
use crate::{debug, join, locate, manifest, process, progress, prune, shorten, workspace};

/// Raised when the steps below change, so that what they made is made again.
const RECIPE: u32 = 14;

/// What minified scripts may use: the browsers that run our modules at all.
pub(crate) const SCRIPT_TARGET: &str = "--target=es2020";

/// Asks V8 to compile all functions of a script while it arrives, away from the
/// page's own thread; others take it for a comment. For scripts of which most is
/// called at once: without it each function is read twice.
pub(crate) const EAGER: &str = "--banner:js=//# allFunctionsCalledOnLoad";

/// A module ready to be served.
pub(crate) struct Bundle {
    pub(crate) script: Vec<u8>,
    pub(crate) module: Vec<u8>,
    /// The part that is a module of its own, if there is one.
    pub(crate) part: Option<Vec<u8>>,
}

/// Bundles a compiled module, or returns the last bundle if nothing changed.
pub(crate) fn bundle(
    module: Module,
    compiled: &Path,
    profile: Profile,
    node: Option<&NodeTools>,
) -> Result<Bundle> {
    let folder = workspace::target()
        .join("assets")
        .join(profile.name())
        .join(module.name);
    let input =
        fs::read(compiled).with_context(|| format!("cannot read `{}`", compiled.display()))?;
    let own_script = match module.script {
        Script::Own(entry) => join::join(&workspace::path(entry))?,
        Script::Bound | Script::BoundAndStarted => String::new(),
    };
    let stamp = format!(
        "recipe {RECIPE}\nwasm-bindgen {}\nnode tools {}\ninput {} {}\n",
        tools::locked_version("wasm-bindgen")?,
        node.map_or("none", |node| &node.version),
        manifest::digest(&input),
        manifest::digest(own_script.as_bytes()),
    );
    let files = Files::in_folder(&folder, module, profile);
    if fs::read_to_string(&files.stamp).is_ok_and(|last| last == stamp) {
        return files.read();
    }

    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder)?;
    let start = Instant::now();
    let split = module.split_in(profile);
    let script = format!("bound-{}.js", module.name);
    let parts = split
        .map(|one| split::split(one, compiled, &script, &folder))
        .transpose()?;
    if let (Profile::Shipped, Some(parts)) = (profile, &parts) {
        debug::forget(&parts.rest)?;
    }
    if own_script.is_empty() {
        let rest = parts.as_ref().map_or(compiled, |parts| &parts.rest);
        bind(module, rest, profile, &folder)?;
    } else {
        fs::write(&files.bound_module, &input)?;
        fs::write(&files.bound_script, &own_script)?;
    }
    if profile == Profile::Shipped && own_script.is_empty() {
        let own = format!("./bound-{}_bg.js", module.name);
        let loader = parts.as_ref().map(Parts::loader).transpose()?;
        let others: Vec<_> = loader.into_iter().collect();
        prune::prune(&files.bound_module, &files.bound_script, &own, &others)?;
        shorten::shorten(&files.bound_module, &files.bound_script, &own)?;
    }
    if profile == Profile::Shipped {
        locate::forget(&files.bound_module)?;
        if let Some(parts) = &parts {
            locate::forget(&parts.part)?;
        }
    }
    match (profile, node) {
        (Profile::Shipped, Some(node)) => {
            optimise(node, module, &files.bound_module, &files.module)?;
            if let (Some(parts), Some(part)) = (&parts, &files.part) {
                optimise(node, module, &parts.part, part)?;
            }
            files.complete(module, split, parts.as_ref())?;
            minify(node, module, &files)?;
            progress::done(module.name, "optimised", start);
        }
        (Profile::Shipped, None) | (Profile::Quick, _) => {
            fs::rename(&files.bound_module, &files.module)?;
            if let (Some(parts), Some(part)) = (&parts, &files.part) {
                fs::rename(&parts.part, part)?;
            }
            files.complete(module, split, parts.as_ref())?;
            fs::rename(&files.bound_script, &files.script)?;
            if folder.join("snippets").exists() {
                bail!(
                    "`{}` brings scripts of its own, which only npm's esbuild can join",
                    module.package
                );
            }
        }
    }
    // Last: an interrupted build leaves no stamp.
    fs::write(&files.stamp, stamp)?;
    files.read()
}

/// What is on disk while a module is bundled.
struct Files {
    bound_module: PathBuf,
    bound_script: PathBuf,
    module: PathBuf,
    script: PathBuf,
    part: Option<PathBuf>,
    stamp: PathBuf,
}

impl Files {
    fn in_folder(folder: &Path, module: Module, profile: Profile) -> Self {
        let name = module.name;
        Self {
            bound_module: folder.join(format!("bound-{name}_bg.wasm")),
            bound_script: folder.join(format!("bound-{name}.js")),
            module: folder.join(format!("{name}.wasm")),
            script: folder.join(format!("{name}.js")),
            part: module
                .split_in(profile)
                .map(|split| folder.join(format!("{}.wasm", split.name))),
            stamp: folder.join("stamp"),
        }
    }

    /// Leaves out of the script what no page of ours calls. The desk's page
    /// holds nothing but its script, which therefore starts the module; it and
    /// the part that is loaded later have the names under which they are served.
    fn complete(&self, module: Module, split: Option<Split>, parts: Option<&Parts>) -> Result<()> {
        let mut script = fs::read_to_string(&self.bound_script)?;
        let mut exported = "export { ";
        if let (Some(split), Some(parts), Some(part)) = (split, parts, &self.part) {
            parts.complete_loader(split, &fs::read(part)?)?;
            script = Parts::name_import(split, &script)?;
            // Whatever loads the part asks the script for the module by this.
            exported = "export { wasm, ";
        }
        script = script.replacen("export { initSync, ", exported, 1);
        if module.script == Script::BoundAndStarted {
            let name =
                manifest::hashed_name(&format!("{}.wasm", module.name), &fs::read(&self.module)?);
            script.extend([
                "\n__wbg_init({ module_or_path: \"/assets/",
                &name,
                "\" });\n",
            ]);
        }
        fs::write(&self.bound_script, script)?;
        Ok(())
    }

    fn read(&self) -> Result<Bundle> {
        Ok(Bundle {
            script: fs::read(&self.script)?,
            module: fs::read(&self.module)?,
            part: self.part.as_ref().map(fs::read).transpose()?,
        })
    }
}

fn bind(module: Module, compiled: &Path, profile: Profile, folder: &Path) -> Result<()> {
    let mut words = vec![
        "wasm-bindgen".to_owned(),
        "--target=web".to_owned(),
        "--no-typescript".to_owned(),
        "--omit-default-module-path".to_owned(),
        format!("--out-dir={}", folder.display()),
        format!("--out-name=bound-{}", module.name),
    ];
    if profile == Profile::Shipped {
        words.extend([
            "--remove-name-section".to_owned(),
            "--remove-producers-section".to_owned(),
        ]);
    }
    if module.split_in(profile).is_some() {
        // The part reaches the rest by what the linker exports.
        words.push("--keep-lld-exports".to_owned());
    }
    words.push(compiled.display().to_string());
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(words)
        .with_context(|| format!("wasm-bindgen cannot read `{}`", workspace::shown(compiled)))
}

fn optimise(node: &NodeTools, module: Module, from: &Path, to: &Path) -> Result<()> {
    // What the small module keeps out of the way of its first pass stays there; and
    // each of its functions costs a browser something before it is called at all, so
    // the least of them are put where they are called.
    let inlines: &[&str] = match module.script {
        Script::Own(_) => &[
            "--one-caller-inline-max-function-size=60",
            "--always-inline-max-function-size=5",
        ],
        Script::Bound | Script::BoundAndStarted => &[],
    };
    process::run_quietly(
        node.program("wasm-opt")
            .args([
                "-Oz",
                "--converge",
                // Nothing but the far end of the stack is in the first kilobyte.
                "--low-memory-unused",
                "--strip-debug",
                "--strip-producers",
                "--strip-target-features",
            ])
            .args(inlines)
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}

fn minify(node: &NodeTools, module: Module, files: &Files) -> Result<()> {
    let eager = match module.script {
        Script::Own(_) => Some(EAGER),
        Script::Bound | Script::BoundAndStarted => None,
    };
    process::run_quietly(
        node.program("esbuild")
            .arg(&files.bound_script)
            .args(eager)
            .args([
                "--bundle",
                "--format=esm",
                "--minify",
                "--legal-comments=none",
                "--log-level=warning",
            ])
            .arg(SCRIPT_TARGET)
            .arg(format!("--outfile={}", files.script.display())),
    )
}
