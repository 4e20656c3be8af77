//! Takes out of a module and its script what no page of ours calls.
//!
//! What the linker exports for taking a module apart is only needed while that is
//! done, and some of what wasm-bindgen writes is for other ways to start a module
//! than ours.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use walrus::{Module, passes};

/// What the script does at more length than our pages need: it makes words of any
/// value for a panic, and starts a module in ways that nobody takes.
const LENGTHY: [(&str, &str); 2] = [
    ("function debugString(val) {", "    return String(val);"),
    (
        "async function __wbg_load(module, imports) {",
        "    return WebAssembly.instantiateStreaming(module, imports);",
    ),
];

/// How the script calls the table of functions that the module imports.
const IMPORTS: &str = "const import0 = {";

/// Prunes both files. `own` is the name under which the module imports from its
/// script; `others` are scripts that use the module's exports too.
pub(crate) fn prune(module: &Path, script: &Path, own: &str, others: &[String]) -> Result<()> {
    let mut wasm = Module::from_file(module)
        .with_context(|| format!("`{}` cannot be read", module.display()))?;
    let text = in_brief(fs::read_to_string(script)?);
    let unused: Vec<_> = wasm
        .exports
        .iter()
        .filter(|export| {
            !mentions(&text, &export.name) && !others.iter().any(|it| mentions(it, &export.name))
        })
        .map(walrus::Export::id)
        .collect();
    for export in unused {
        wasm.exports.delete(export);
    }
    passes::gc::run(&mut wasm);
    let imported: BTreeSet<_> = wasm
        .imports
        .iter()
        .filter(|import| import.module == own)
        .map(|import| import.name.as_str())
        .collect();
    let text = without_functions(&text, |name| imported.contains(name))
        .with_context(|| format!("`{}` is not as expected", script.display()))?;
    fs::write(script, text)?;
    wasm.emit_wasm_file(module)
}

/// Whether a script has this word.
fn mentions(script: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    script.match_indices(word).any(|(at, _)| {
        let (before, after) = (&script[..at], &script[at + word.len()..]);
        !before.ends_with(part_of_word) && !after.starts_with(part_of_word)
    })
}

/// The script with a line in the place of each lengthy function.
fn in_brief(mut script: String) -> String {
    for (head, body) in LENGTHY {
        let Some(start) = script.find(head).map(|at| at + head.len()) else {
            continue;
        };
        if let Some(length) = script[start..].find("\n}\n") {
            script.replace_range(start..start + length, &format!("\n{body}"));
        }
    }
    script
}

/// The script without the functions it would pass to a module that does not ask
/// for them. `None` if they do not stand where they should.
fn without_functions(script: &str, is_asked_for: impl Fn(&str) -> bool) -> Option<String> {
    let (before, rest) = script.split_once(IMPORTS)?;
    let (functions, after) = rest.split_once("\n    };\n")?;
    let mut left = String::new();
    let mut kept = true;
    for line in functions.split_inclusive('\n') {
        let name = line
            .strip_prefix("        ")
            .filter(|entry| !entry.starts_with([' ', '}']))
            .and_then(|entry| entry.split_once(": "));
        if let Some((name, what)) = name {
            kept = !what.starts_with("function(") || is_asked_for(name);
        }
        if kept {
            left.push_str(line);
        }
    }
    Some([before, IMPORTS, &left, "\n    };\n", after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\
export class Remote {
    free() {
        wasm.__wbg_remote_free(ptr, 0);
    }
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_log: function(arg0) {
            console.log(arg0);
        },
        __wbg_stream: function(arg0) {
            if (arg0) {
                return { a: 1 };
            }
        },
        __wbg_now: Date.now,
    };
    return { \"./ui_bg.js\": import0 };
}
const RemoteFinalization = 1;
";

    #[test]
    fn functions_go_that_nobody_asks_for() {
        let left = without_functions(SCRIPT, |name| name == "__wbg_log").unwrap();
        assert!(left.contains("__wbg_log: function"));
        assert!(left.contains("__wbg_now: Date.now"));
        assert!(!left.contains("__wbg_stream"), "{left}");
        assert!(left.contains("\n    };\n    return {"));
        assert_eq!(without_functions("", |_| true), None);
    }

    #[test]
    fn lengthy_functions_become_a_line() {
        let script = "function debugString(val) {\n    switch (val) {\n    }\n}\nlet a;\n";
        let brief = "function debugString(val) {\n    return String(val);\n}\nlet a;\n";
        assert_eq!(in_brief(script.to_owned()), brief);
        assert_eq!(in_brief("let a;".to_owned()), "let a;");
    }

    #[test]
    fn a_word_is_a_whole_one() {
        assert!(mentions("wasm.start(1)", "start"));
        assert!(!mentions("wasm.start_all(1); restart", "start"));
    }
}
