//! Joins hand-written scripts into one: what a page loads is one file, and a
//! first build needs no npm.
//!
//! It knows just what our scripts use: `import { … } from "./name.js";` at the
//! top, from this folder or one beside it (`"../page/name.js"`), and `export`
//! before a declaration. Names at the top level of all of them are different,
//! which the browser would complain about.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The script at `entry` with all that it imports before it. Only what the entry
/// exports is exported.
pub(crate) fn join(entry: &Path) -> Result<String> {
    let mut joined = Joined::default();
    joined.add(entry, true)?;
    Ok(joined.text)
}

/// The scripts that are in the text, and the text.
#[derive(Default)]
struct Joined {
    scripts: Vec<PathBuf>,
    text: String,
}

impl Joined {
    fn add(&mut self, script: &Path, entry: bool) -> Result<()> {
        let source = fs::read_to_string(script)
            .with_context(|| format!("cannot read `{}`", script.display()))?;
        let folder = script.parent().unwrap_or(Path::new(""));
        let mut kept = String::new();
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if !line.starts_with("import ") {
                let line = match line.strip_prefix("export ") {
                    Some(bare) if !entry => bare,
                    _ => line,
                };
                kept.push_str(line);
                kept.push('\n');
                continue;
            }
            let mut import = line.to_owned();
            while !import.ends_with(';') {
                let more = lines.next();
                import.push_str(more.with_context(|| format!("`{import}` does not end"))?);
            }
            let Some(name) = imported(&import) else {
                bail!("`{import}` is not an import that can be joined");
            };
            // One script is imported under several names.
            let imported = beside(folder, name);
            if !self.scripts.contains(&imported) {
                self.scripts.push(imported.clone());
                self.add(&imported, false)?;
            }
        }
        self.text.push_str(&kept);
        Ok(())
    }
}

/// The name of the script that an import is from, seen from ours.
fn imported(import: &str) -> Option<&str> {
    let (_, from) = import.split_once("} from \"")?;
    let name = from.strip_suffix("\";")?;
    (name.starts_with("./") || name.starts_with("../")).then_some(name)
}

/// The script that `name` stands for in `folder`, without a detour.
fn beside(folder: &Path, name: &str) -> PathBuf {
    let (mut folder, mut name) = (folder, name.trim_start_matches("./"));
    while let (Some(rest), Some(parent)) = (name.strip_prefix("../"), folder.parent()) {
        (folder, name) = (parent, rest);
    }
    folder.join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_stand_before_those_that_import_them_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.js", "export const a = 1;\n");
        write(
            "b.js",
            "import { a } from \"./a.js\";\nexport const b = a;\n",
        );
        write(
            "start.js",
            "import {\n  a,\n} from \"./a.js\";\nimport { b } from \"./b.js\";\nexport const c = a + b;\n",
        );
        assert_eq!(
            join(&folder.path().join("start.js")).unwrap(),
            "const a = 1;\nconst b = a;\nexport const c = a + b;\n"
        );
        fs::create_dir(folder.path().join("more")).unwrap();
        write(
            "more/start.js",
            "import { d } from \"./d.js\";\nimport { a } from \"../a.js\";\nd(a);\n",
        );
        write(
            "more/d.js",
            "import { b } from \"../b.js\";\nexport const d = () => b;\n",
        );
        assert_eq!(
            join(&folder.path().join("more/start.js")).unwrap(),
            "const a = 1;\nconst b = a;\nconst d = () => b;\nd(a);\n"
        );
        write("bad.js", "import a from \"a\";\n");
        assert!(join(&folder.path().join("bad.js")).is_err());
    }
}
