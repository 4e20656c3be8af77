//! Takes the code that is seldom needed out of a module, into one that is loaded
//! when it is.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::manifest;
use crate::wasm::Split;

/// The script that loads the part. The rest of the module imports from it.
const LOADER: &str = "__wasm_split.js";

/// What a module was taken apart into.
pub(crate) struct Parts {
    /// The module without the part, as wasm-bindgen takes it.
    pub(crate) rest: PathBuf,
    /// The part.
    pub(crate) part: PathBuf,
    loader: PathBuf,
}

/// Takes a compiled module apart, into a folder. `script` is the file that
/// wasm-bindgen makes for the rest.
pub(crate) fn split(split: Split, compiled: &Path, script: &str, folder: &Path) -> Result<Parts> {
    let input =
        fs::read(compiled).with_context(|| format!("cannot read `{}`", compiled.display()))?;
    let rest = folder.join("rest.wasm");
    let script = format!("./{script}");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &rest;
    options.main_module = &script;
    let made = transform(options)
        .map_err(|error| anyhow!("`{}` cannot be taken apart: {error:#}", compiled.display()))?;
    let [part] = made.split_modules.as_slice() else {
        bail!(
            "`{}` has one part that is seldom needed, not {}",
            split.name,
            made.split_modules.len()
        );
    };
    Ok(Parts {
        rest,
        part: part.clone(),
        loader: folder.join(LOADER),
    })
}

impl Parts {
    /// The script that loads the part.
    pub(crate) fn loader(&self) -> Result<String> {
        Ok(fs::read_to_string(&self.loader)?)
    }

    /// Lets the script name what it needs of the loader. A namespace is put
    /// together from whatever a page has added to every object.
    pub(crate) fn name_import(split: Split, script: &str) -> Result<String> {
        let from = format!(" from \"./{LOADER}\"");
        let import = script.lines().find(|line| line.contains(&from));
        let namespace = import
            .and_then(|line| line.strip_prefix("import * as ")?.split_once(&from))
            .with_context(|| format!("the script does not import `{LOADER}` as expected"))?
            .0;
        let load = format!("__wasm_split_load_{}", split.name);
        let named = format!("import {{ {load} }}{from};\nconst {namespace} = {{ {load} }};");
        Ok(script.replacen(import.unwrap_or_default(), &named, 1))
    }

    /// Lets the loader ask for the part by the name under which it is served,
    /// beside the script, and for this very content.
    pub(crate) fn complete_loader(&self, split: Split, part: &[u8]) -> Result<()> {
        let file = self.part.file_name().unwrap_or_default().to_string_lossy();
        let served = manifest::hashed_name(&format!("{}.wasm", split.name), part);
        let script = fs::read_to_string(&self.loader)?;
        let asked = format!("fetch(new URL(\"./{file}\", import.meta.url))");
        if !script.contains(&asked) {
            bail!("`{LOADER}` does not {asked}");
        }
        let integrity = manifest::integrity(part);
        let asks = format!(
            "fetch(new URL(\"./{served}\", import.meta.url), \
             {{ integrity: \"{integrity}\", credentials: \"omit\" }})"
        );
        // The script knows the module by then, and need not make it at once.
        let made = [
            ("import { initSync }", "import { wasm }"),
            ("initSync(undefined, undefined)", "wasm"),
        ];
        let mut completed = script.replace(&asked, &asks);
        for (from, to) in made {
            if !completed.contains(from) {
                bail!("`{LOADER}` has no `{from}`");
            }
            completed = completed.replace(from, to);
        }
        fs::write(&self.loader, completed)?;
        Ok(())
    }
}
