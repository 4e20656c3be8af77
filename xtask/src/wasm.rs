//! Compiles the modules that run in a browser.

use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

use anyhow::Result;

use crate::cargo::{self, cargo};
use crate::{progress, tools, workspace};

/// What the modules are built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small: optimised, minified, compressed as far as it goes.
    Shipped,
    /// Quick to build, for the inner loop.
    Quick,
}

impl Profile {
    /// The profile of `Cargo.toml`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Shipped => "wasm",
            Self::Quick => "wasm-dev",
        }
    }
}

/// One WebAssembly module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Module {
    /// Logical name: `ui` becomes `ui.js` and `ui.wasm`.
    pub(crate) name: &'static str,
    /// The package it is compiled from.
    pub(crate) package: &'static str,
    /// The library of that package.
    library: &'static str,
    /// Features that only the module has, for it is no use to tests.
    pub(crate) features: &'static [&'static str],
    /// How it gets the script that goes with it.
    pub(crate) script: Script,
    /// Whether each component's type is hidden from the one around it. Where there
    /// are many, one within the other, this makes the module a sixth smaller.
    erases_types: bool,
    /// The part of it that is a module of its own where it is shipped, if it has
    /// one.
    pub(crate) split: Option<Split>,
}

/// A part of a module that is loaded when it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split {
    /// Logical name: `studio` becomes `studio.wasm`.
    pub(crate) name: &'static str,
    /// The feature that lets the package be taken apart.
    feature: &'static str,
}

/// The script that goes with a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Written by hand: this one, with those it imports.
    Own(&'static str),
    /// Made by wasm-bindgen; the loader starts it.
    Bound,
    /// Made by wasm-bindgen; it starts by itself, because its page holds nothing
    /// else.
    BoundAndStarted,
}

/// Everything that runs in a browser, the quickest to compile first.
pub(crate) const MODULES: [Module; 4] = [
    Module {
        name: "runtime",
        package: "saluda-runtime",
        library: "saluda_runtime",
        features: &["module"],
        script: Script::Own("widget/runtime/page/start.js"),
        erases_types: false,
        split: None,
    },
    Module {
        name: "explain",
        package: "saluda-runtime",
        library: "saluda_runtime",
        features: &["module", "explain"],
        script: Script::Own("widget/runtime/explain/start.js"),
        erases_types: false,
        split: None,
    },
    Module {
        name: "ui",
        package: "saluda-ui",
        library: "saluda_ui",
        features: &[],
        script: Script::Bound,
        erases_types: false,
        split: Some(Split {
            name: "more",
            feature: "split",
        }),
    },
    Module {
        name: "desk",
        package: "saluda-desk",
        library: "saluda_desk",
        features: &[],
        script: Script::BoundAndStarted,
        erases_types: true,
        split: Some(Split {
            name: "studio",
            feature: "split",
        }),
    },
];

/// The small module with what `cargo xtask bench rules` measures it by. No page
/// loads it.
pub(crate) const MEASURED: Module = Module {
    name: "measured",
    features: &["measure"],
    ..MODULES[0]
};

/// Compiles one module and returns what cargo made of it.
///
/// One `cargo rustc` for each, and only as `cdylib`: a library that is also an
/// `rlib`, as tests need it, gets no link-time optimisation from cargo. What
/// the modules share is compiled once as long as they ask the same features of
/// it, so the list of `web-sys` features belongs in the workspace's manifest.
pub(crate) fn compile(module: Module, profile: Profile) -> Result<PathBuf> {
    tools::wasm_target()?;
    let start = Instant::now();
    let artifacts = cargo::build(
        cargo()
            .args(["--config", &flags(module)])
            .args([
                "rustc",
                "--lib",
                "--crate-type",
                "cdylib",
                "--target",
                "wasm32-unknown-unknown",
            ])
            .args(["--profile", profile.name(), "--package", module.package])
            .args(["--features", &module.features_in(profile).join(",")])
            .arg("--target-dir")
            .arg(folder(module)),
        &link_flags(module, profile),
    )?;
    if artifacts
        .iter()
        .any(|artifact| artifact.target == module.library && !artifact.fresh)
    {
        progress::done(module.name, "compiled", start);
    }
    cargo::file_of(&artifacts, module.library, "wasm")
}

impl Module {
    /// The same module in one piece.
    pub(crate) fn whole(self) -> Self {
        Self {
            split: None,
            ..self
        }
    }

    /// The part that is taken out of it: the inner loop has no use for that.
    pub(crate) fn split_in(&self, profile: Profile) -> Option<Split> {
        self.split.filter(|_| profile == Profile::Shipped)
    }

    /// The features it is compiled with.
    pub(crate) fn features_in(&self, profile: Profile) -> Vec<&'static str> {
        let split = self.split_in(profile).map(|split| split.feature);
        self.features.iter().copied().chain(split).collect()
    }
}

/// Where a module is compiled. Cargo names its file after the library alone, so
/// of two modules from one library the second needs a folder of its own; and so
/// does one whose libraries are compiled otherwise, or each would undo the other.
fn folder(module: Module) -> PathBuf {
    let mut of_library = MODULES.iter().filter(|one| one.library == module.library);
    let is_first = of_library.next().map(|first| first.name) == Some(module.name);
    if is_first && !module.erases_types {
        workspace::target()
    } else {
        workspace::target().join(module.name)
    }
}

/// How the linker is called for a module. These are the module's alone, so that
/// the libraries under it are compiled once for all.
///
/// A module without Leptos gets a stack that fits it: the linker's own takes a
/// megabyte of every page. What is taken apart afterwards keeps what says which
/// code needs which.
fn link_flags(module: Module, profile: Profile) -> Vec<&'static str> {
    let mut flags = Vec::new();
    if module.split_in(profile).is_some() {
        flags.push("-Clink-arg=--emit-relocs");
    }
    if matches!(module.script, Script::Own(_)) {
        flags.push("-Clink-arg=-zstack-size=65536");
    }
    flags
}

/// How the compiler is called for a module and all it is made of.
///
/// Keeps the folders of whoever builds out of what is shipped: a module holds
/// the source paths of its panics, and is the same wherever it was built.
fn flags(module: Module) -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME")?;
        Some(PathBuf::from(home).join(".cargo"))
    });
    let registries = home.map(|home| home.join("registry/src"));
    let folders = registries
        .and_then(|folder| fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.path().into_os_string().into_string().ok());
    let mut flags: Vec<String> = folders
        .map(|folder| format!("{:?}", format!("--remap-path-prefix={folder}/=")))
        .collect();
    if module.erases_types {
        flags.push("\"--cfg=erase_components\"".to_owned());
    }
    format!(
        "target.wasm32-unknown-unknown.rustflags=[{}]",
        flags.join(", ")
    )
}
