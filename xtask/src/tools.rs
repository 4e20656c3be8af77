//! Finds what a task needs beside cargo, fetches what it may, and otherwise
//! says exactly what to install.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::{process, progress, workspace};

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Sees to it that rustc can compile for the browser.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = sysroot.context("cannot ask rustc for its folder")?.stdout;
    let libraries = PathBuf::from(String::from_utf8_lossy(&sysroot).trim()).join("lib/rustlib");
    if libraries.join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    let start = Instant::now();
    process::run_quietly(process::command("rustup").args(["target", "add", WASM_TARGET])).context(
        "rustc cannot compile for the browser yet: run `rustup target add wasm32-unknown-unknown`, \
         or install the package of your system that holds this target",
    )?;
    progress::done("rust", "received the wasm32 target", start);
    Ok(())
}

/// Sees to it that a part of the Rust distribution is there.
pub(crate) fn rust_component(component: &str, subcommand: &str) -> Result<()> {
    if process::succeeds(crate::cargo::cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    process::run_quietly(process::command("rustup").args(["component", "add", component]))
        .with_context(|| {
            format!("`cargo {subcommand}` is missing: run `rustup component add {component}`")
        })
}

/// Optimiser, minifier and type checker: the npm packages pinned in `pkg/`.
pub(crate) struct NodeTools {
    programs: PathBuf,
    /// Changes whenever another version of a package is pinned.
    pub(crate) version: String,
}

impl NodeTools {
    /// Installs the packages if they are missing or others are pinned now.
    /// `None` when there is no npm.
    pub(crate) fn find() -> Result<Option<Self>> {
        if process::on_path("npm").is_none() {
            return Ok(None);
        }
        Ok(Some(Self {
            version: npm_packages("pkg")?,
            programs: workspace::path("pkg/node_modules/.bin"),
        }))
    }

    /// The same, for tasks that make no sense without.
    pub(crate) fn require() -> Result<Self> {
        if process::on_path("npm").is_none() && may_install() {
            install(&["nodejs", "npm"])?;
        }
        Self::find()?
            .context("npm is missing: install Node.js 18 or newer, with npm, and run this again")
    }

    /// One of the installed programs.
    pub(crate) fn program(&self, name: &str) -> Command {
        process::command(self.programs.join(name))
    }
}

/// Sees to it that the npm packages which a folder pins are in it. Returns what
/// changes whenever it pins others.
pub(crate) fn npm_packages(folder: &str) -> Result<String> {
    let lock = workspace::path(folder).join("package-lock.json");
    let pinned =
        fs::read(&lock).with_context(|| format!("cannot read `{folder}/package-lock.json`"))?;
    let version = crate::manifest::digest(&pinned);
    let stamp = workspace::path(folder).join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == version) {
        return Ok(version);
    }
    let start = Instant::now();
    process::run_quietly(
        process::command("npm")
            .arg("ci")
            .current_dir(workspace::path(folder)),
    )
    .with_context(|| format!("npm cannot install the packages of `{folder}/package-lock.json`"))?;
    fs::write(&stamp, &version)?;
    progress::done("npm", &format!("installed the packages of {folder}"), start);
    Ok(version)
}

/// Sees to it that the Python packages which a folder pins in `requirements.txt`
/// are there, in an environment of their own. Returns where their programs are.
pub(crate) fn python_packages(folder: &str) -> Result<PathBuf> {
    let pinned = workspace::path(folder).join("requirements.txt");
    let wanted =
        fs::read(&pinned).with_context(|| format!("cannot read `{folder}/requirements.txt`"))?;
    let version = crate::manifest::digest(&wanted);
    let home = workspace::target().join("python").join(&version);
    let stamp = home.join(".installed");
    if !stamp.exists() {
        let start = Instant::now();
        python_environment(&home)?;
        process::run_quietly(
            process::command(home.join("bin/pip"))
                .args(["install", "--quiet", "--requirement"])
                .arg(&pinned),
        )
        .with_context(|| format!("pip cannot install the packages of `{folder}`"))?;
        fs::write(&stamp, "")?;
        progress::done("pip", &format!("installed the packages of {folder}"), start);
    }
    Ok(home.join("bin"))
}

fn python_environment(home: &Path) -> Result<()> {
    let make = || {
        process::run_quietly(
            process::command("python3")
                .args(["-m", "venv", "--clear"])
                .arg(home),
        )
    };
    // Debian keeps what it takes in a package of its own.
    if !process::succeeds(process::command("python3").args(["-c", "import ensurepip"]))
        && may_install()
    {
        install(&["python3", "python3-venv"])?;
    }
    make().context(
        "Python cannot make an environment: install Python 3.10 or newer with its `venv` (Debian \
         and Ubuntu: `sudo apt-get install python3-venv`), and run this again",
    )
}

/// The browser, if there is one.
pub(crate) fn browser_program() -> Option<PathBuf> {
    let browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    browsers.into_iter().find_map(process::on_path)
}

/// Sees to it that journeys and module tests have a browser.
pub(crate) fn browser() -> Result<()> {
    let found = || process::on_path("chromedriver").is_some() && browser_program().is_some();
    if !found() && may_install() {
        install(&["chromium", "chromium-driver"])?;
    }
    if !found() {
        bail!(
            "a browser is missing: install Chromium and its driver so that `chromium` and \
             `chromedriver` are on the PATH (Debian and Ubuntu: \
             `sudo apt-get install chromium chromium-driver`), and run this again"
        );
    }
    Ok(())
}

/// Programs that run what the documents show in their languages, and the
/// packages of Debian and Ubuntu that hold them.
const LANGUAGES: [(&str, &str); 3] = [
    ("python3", "python3"),
    ("php", "php-cli"),
    ("go", "golang-go"),
];

/// Sees to it that the examples of the documents can be run.
pub(crate) fn languages() -> Result<()> {
    let missing = || {
        LANGUAGES
            .iter()
            .filter(|(program, _)| process::on_path(program).is_none())
    };
    if missing().next().is_some() && may_install() {
        let packages: Vec<_> = missing().map(|(_, package)| *package).collect();
        install(&packages)?;
    }
    if let Some((program, package)) = missing().next() {
        bail!(
            "`{program}` is missing, and the documents have an example for it: install it so that \
             it is on the PATH (Debian and Ubuntu: `sudo apt-get install {package}`), and run this \
             again"
        );
    }
    Ok(())
}

/// Whether packages of the system can be installed without asking anyone.
fn may_install() -> bool {
    process::on_path("apt-get").is_some()
        && Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

fn install(packages: &[&str]) -> Result<()> {
    let start = Instant::now();
    let apt = || {
        let mut apt = process::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    process::run_quietly(apt().args(["update"]))?;
    process::run_quietly(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
    .with_context(|| {
        format!(
            "install `{}` by hand, and run this again",
            packages.join(" ")
        )
    })?;
    progress::done(
        "system",
        &format!("installed {}", packages.join(", ")),
        start,
    );
    Ok(())
}

/// The version of a package that `Cargo.lock` settled on.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let lock =
        fs::read_to_string(workspace::path("Cargo.lock")).context("cannot read `Cargo.lock`")?;
    version_in(&lock, package).with_context(|| format!("`Cargo.lock` does not name `{package}`"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_exactly_this_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-cli\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.3\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.3"));
        assert_eq!(version_in(lock, "wasm"), None);
    }

    #[test]
    fn no_lock_file_of_npm_names_a_registry() {
        for folder in ["pkg", "bench"] {
            let lock = workspace::path(folder).join("package-lock.json");
            assert!(
                !fs::read_to_string(lock).unwrap().contains("\"resolved\""),
                "{folder}/.npmrc should keep addresses out of the lock file"
            );
        }
    }
}
