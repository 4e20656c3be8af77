//! Joins hand-written scripts into one: what a page loads is one file, and a
//! first build needs no npm.
//!
//! It knows just what our scripts use: `import { … } from "./name.js";` at the
//! top, and `export` before a declaration. Names at the top level of all of them
//! are different, which the browser would complain about.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// The script at `entry` with all that it imports before it. Only what the entry
/// exports is exported.
pub(crate) fn join(entry: &Path) -> Result<String> {
    let mut joined = Joined::default();
    joined.add(entry, true)?;
    Ok(joined.text)
}

/// The names of scripts that are in the text, and the text.
#[derive(Default)]
struct Joined {
    names: Vec<String>,
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
            if !self.names.iter().any(|known| known == name) {
                self.names.push(name.to_owned());
                self.add(&folder.join(name), false)?;
            }
        }
        self.text.push_str(&kept);
        Ok(())
    }
}

/// The name of the script beside ours that an import is from.
fn imported(import: &str) -> Option<&str> {
    let (_, from) = import.split_once("} from \"./")?;
    from.strip_suffix("\";")
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
        write("bad.js", "import a from \"a\";\n");
        assert!(join(&folder.path().join("bad.js")).is_err());
    }
}
