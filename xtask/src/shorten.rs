//! Shortens the names by which a module and its script know each other.
//!
//! wasm-bindgen gives every imported function a long name that ends in a hash,
//! and no compressor can do anything about a hash. Nobody but these two files
//! reads the names, so one letter will do: it saves the page a kilobyte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use walrus::Module;

/// What the script's own functions are imported from afterwards.
const MODULE: &str = "_";

/// Renames in both files. `own` is the name under which the module imports from
/// its script, such as `./ui_bg.js`.
pub(crate) fn shorten(module: &Path, script: &Path, own: &str) -> Result<()> {
    let mut wasm = Module::from_file(module)
        .with_context(|| format!("`{}` cannot be read", module.display()))?;
    let mut names = Names::default();
    for import in wasm.imports.iter_mut() {
        if import.module == own {
            MODULE.clone_into(&mut import.module);
            import.name = names.short(&import.name);
        }
    }
    let text = names.rename(&fs::read_to_string(script)?, own);
    fs::write(
        script,
        text.with_context(|| format!("`{}` is not as expected", script.display()))?,
    )?;
    wasm.emit_wasm_file(module)
}

/// Long name to short name.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// The short name for a long one; the same each time.
    fn short(&mut self, long: &str) -> String {
        let number = self.0.len();
        self.0
            .entry(long.to_owned())
            .or_insert_with(|| letters(number))
            .clone()
    }

    /// Renames the keys of the object that the script passes as its functions.
    /// `None` if one of them does not stand there exactly once.
    fn rename(&self, script: &str, own: &str) -> Option<String> {
        let renamed = self
            .0
            .iter()
            .map(|(long, short)| (format!(" {long}: "), format!(" {short}: ")));
        let module = (format!("\"{own}\": "), format!("\"{MODULE}\": "));
        renamed
            .chain([module])
            .try_fold(script.to_owned(), |text, (long, short)| {
                (text.matches(&long).count() == 1).then(|| text.replacen(&long, &short, 1))
            })
    }
}

/// `a` to `z`, then `ba`, `bb` and so on.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "const functions = {\n  __wbg_log_0123: function(a) {},\n};\n\
                          return { \"./ui_bg.js\": functions };";

    #[test]
    fn no_two_numbers_have_the_same_letters() {
        assert_eq!([0, 25, 26, 27].map(letters), ["a", "z", "ba", "bb"]);
        let all: std::collections::BTreeSet<_> = (0..2_000).map(letters).collect();
        assert_eq!(all.len(), 2_000);
    }

    #[test]
    fn renames_functions_and_what_they_are_imported_from() {
        let mut names = Names::default();
        assert_eq!(names.short("__wbg_log_0123"), "a");
        assert_eq!(names.short("__wbg_log_0123"), "a");
        let text = names.rename(SCRIPT, "./ui_bg.js").unwrap();
        assert!(
            text.contains(" a: function") && text.contains("\"_\": functions"),
            "{text}"
        );
    }

    #[test]
    fn a_script_that_lacks_a_function_is_refused() {
        let mut names = Names::default();
        names.short("__wbg_other_4567");
        assert_eq!(names.rename(SCRIPT, "./ui_bg.js"), None);
    }
}
