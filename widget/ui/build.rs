//! Joins the sheets that stand beside the components into one, and those of the
//! parts that are loaded later into another, without the comments and the
//! indentation that are for us.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let out = env::var_os("OUT_DIR").expect("cargo says where to");
    for (folder, joined) in [("src", "style.css"), ("src/apart", "apart.css")] {
        let path = Path::new(&out).join(joined);
        fs::write(path, join(Path::new(folder))).expect("cargo made that folder");
    }
}

/// The sheets of a folder as one.
fn join(folder: &Path) -> String {
    let mut sheets: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder this crate is made of")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "css"))
        .collect();
    // What everything stands on comes first; for the rest order does not matter.
    sheets.sort_by_key(|path| (!path.ends_with("tokens.css"), path.clone()));

    sheets
        .iter()
        .map(|path| fs::read_to_string(path).expect("a sheet that was listed"))
        .map(|sheet| strip(&sheet))
        .collect()
}

/// Drops comments, line breaks and indentation. Our sheets have no strings that
/// hold any of them.
fn strip(sheet: &str) -> String {
    let mut code = String::new();
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let lines: String = code
        .lines()
        .map(str::trim)
        .fold(String::new(), |all, line| {
            // A selector or value that goes on in the next line keeps its space.
            let space = if all.is_empty() || all.ends_with(['{', '}', ';', ',']) {
                ""
            } else {
                " "
            };
            if line.is_empty() {
                all
            } else {
                all + space + line
            }
        });
    [
        (": ", ":"),
        (" {", "{"),
        (", ", ","),
        (";}", "}"),
        (" > ", ">"),
        ("; }", "}"),
    ]
    .iter()
    .fold(lines, |text, (from, to)| text.replace(from, to))
}
