//! Builds `pkg/dist`: everything the server hands to a browser.
//!
//! What did not change is not made again.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};

use crate::bundle::{self, Bundle, EAGER, SCRIPT_TARGET};
use crate::compress::{Cache, Effort};
use crate::dist::{self, Dist};
use crate::manifest::{self, Manifest};
use crate::tools::NodeTools;
use crate::wasm::{self, MODULES, Profile};
use crate::{join, process, progress, workspace};

/// Builds whatever is not up to date.
pub(crate) fn build(profile: Profile) -> Result<()> {
    // The quick build needs no npm, so a first run does not wait for it.
    let node = match profile {
        Profile::Shipped => NodeTools::find()?,
        Profile::Quick => None,
    };
    if profile == Profile::Shipped && node.is_none() {
        progress::note(
            "npm",
            "is not installed: modules and scripts stay larger than they need be. Install Node.js 18 or newer \
             and build again",
        );
    }
    let modules = modules(profile, node.as_ref())?;

    let start = Instant::now();
    let cache = Cache::new(
        workspace::target().join("assets/compressed"),
        Effort::of(profile),
    )?;
    let mut dist = Dist::new(workspace::dist(), cache);
    for (module, bundle) in MODULES.iter().zip(modules) {
        dist.put_hashed(&format!("{}.js", module.name), &bundle.script)?;
        dist.put_hashed(&format!("{}.wasm", module.name), &bundle.module)?;
        if let (Some(split), Some(part)) = (module.split, &bundle.part) {
            dist.put_hashed(&format!("{}.wasm", split.name), part)?;
        }
    }
    put_texts(&mut dist, "ui", &workspace::path("widget/texts"))?;
    put_texts(&mut dist, "desk", &workspace::path("desk/texts"))?;
    dist.put_hashed(
        "desk.css",
        &style(node.as_ref(), &workspace::path("desk/style"))?,
    )?;
    for folder in [
        "widget/verbs",
        "widget/tabs",
        "widget/transcript",
        "desk/preview",
        "desk/tester",
    ] {
        let entry = workspace::path(&format!("{folder}/start.js"));
        let name = format!("{}.js", folder.rsplit('/').next().unwrap_or(folder));
        let joined = join::join(&entry)?;
        dist.put_hashed(
            &name,
            &minified(node.as_ref(), joined.as_bytes(), &name, None)?,
        )?;
    }
    put_page(
        &mut dist,
        "desk/index.html",
        &workspace::path("desk/index.html"),
    )?;
    put_page(
        &mut dist,
        "desk/preview.html",
        &workspace::path("desk/preview/index.html"),
    )?;
    put_loader(
        &mut dist,
        node.as_ref(),
        &workspace::path("pkg/loader/widget.js"),
    )?;
    if dist.finish()? {
        progress::done("assets", "compressed and written to pkg/dist", start);
    }
    Ok(())
}

/// Compiles one module while the last one is bundled beside it.
fn modules(profile: Profile, node: Option<&NodeTools>) -> Result<Vec<Bundle>> {
    thread::scope(|scope| {
        let mut bundles = Vec::new();
        for module in MODULES {
            // Only npm's esbuild can join the script that loads the part.
            let module = if node.is_some() {
                module
            } else {
                module.whole()
            };
            let compiled = wasm::compile(module, profile)?;
            bundles.push(scope.spawn(move || bundle::bundle(module, &compiled, profile, node)));
        }
        let finished = bundles.into_iter().map(thread::ScopedJoinHandle::join);
        finished
            .map(|bundle| bundle.map_err(|_| anyhow!("the bundler panicked"))?)
            .collect()
    })
}

fn files_with(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut files = dist::files(folder)?;
    files.retain(|file| file.extension().is_some_and(|found| found == extension));
    Ok(files)
}

/// `widget/texts/es.json` becomes `ui.es.json`, without its spaces.
fn put_texts(dist: &mut Dist, module: &str, folder: &Path) -> Result<()> {
    for file in files_with(folder, "json")? {
        let language = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let texts: serde_json::Value = serde_json::from_slice(&fs::read(&file)?)
            .with_context(|| format!("`{}` is not JSON", workspace::shown(&file)))?;
        dist.put_hashed(
            &format!("{module}.{language}.json"),
            &serde_json::to_vec(&texts)?,
        )?;
    }
    Ok(())
}

/// The sheets of a folder, joined in the order of their names.
fn style(node: Option<&NodeTools>, folder: &Path) -> Result<Vec<u8>> {
    let mut joined = Vec::new();
    for file in files_with(folder, "css")? {
        joined.extend(fs::read(&file)?);
        joined.push(b'\n');
    }
    minified(node, &joined, "desk.css", None)
}

/// A page of the desk, with `{{desk.js}}` and its like replaced by addresses.
fn put_page(dist: &mut Dist, file: &str, page: &Path) -> Result<()> {
    if !page.exists() {
        return Ok(());
    }
    let text = fill(&fs::read_to_string(page)?, &dist.manifest)
        .with_context(|| format!("`{}` cannot be completed", workspace::shown(page)))?;
    dist.put(file, text.as_bytes())?;
    Ok(())
}

fn put_loader(dist: &mut Dist, node: Option<&NodeTools>, loader: &Path) -> Result<()> {
    if !loader.exists() {
        return Ok(());
    }
    let script = minified(node, &fs::read(loader)?, "widget.js", Some(EAGER))?;
    dist.put("widget.js", &script)?;
    Ok(())
}

/// A script or a sheet as small as it gets; as it is where there is no npm.
fn minified(
    node: Option<&NodeTools>,
    source: &[u8],
    name: &str,
    banner: Option<&str>,
) -> Result<Vec<u8>> {
    let Some(node) = node else {
        return Ok(source.to_vec());
    };
    let folder = workspace::target().join("assets/minified");
    fs::create_dir_all(&folder)?;
    let stamp = [banner.unwrap_or_default().as_bytes(), source].concat();
    let result = folder.join(format!(
        "{}.{}.{name}",
        manifest::digest(&stamp),
        &node.version[..16]
    ));
    if !result.exists() {
        let original = folder.join(format!("original.{name}"));
        fs::write(&original, source)?;
        process::run_quietly(
            node.program("esbuild")
                .arg(&original)
                .args([
                    "--minify",
                    "--charset=utf8",
                    "--legal-comments=none",
                    "--log-level=warning",
                ])
                .arg(SCRIPT_TARGET)
                .args(banner)
                .arg(format!("--outfile={}", result.display())),
        )?;
    }
    Ok(fs::read(&result)?)
}

/// Replaces each `{{name}}` by the address of the file that stands for it.
fn fill(page: &str, manifest: &Manifest) -> Result<String> {
    let mut parts = page.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").context("`{{` is never closed")?;
        let entry = manifest
            .get(name)
            .with_context(|| format!("there is no asset `{name}`"))?;
        filled.extend(["/", &entry.file, rest]);
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Entry;

    #[test]
    fn a_page_names_the_hashed_files() {
        let entry = Entry {
            file: "assets/desk.0.js".to_owned(),
            integrity: String::new(),
            bytes: 1,
            brotli: 1,
        };
        let manifest = Manifest::from([("desk.js".to_owned(), entry)]);
        let page = fill("<script src=\"{{desk.js}}\"></script>", &manifest).unwrap();
        assert_eq!(page, "<script src=\"/assets/desk.0.js\"></script>");
        let error = fill("{{desk.html}}", &manifest).unwrap_err();
        assert_eq!(error.to_string(), "there is no asset `desk.html`");
    }
}
