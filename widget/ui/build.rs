//! Joins the sheets that stand beside the components into one, and those of the
//! parts that are loaded later into another, without the comments and the
//! indentation that are for us.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let out = env::var_os("OUT_DIR").expect("cargo says where to");
    let sheets = [("src", "style.css"), ("src/apart", "apart.css")];
    let texts = sheets.map(|(folder, _)| join(Path::new(folder)));
    let names = names(&texts);
    for ((_, joined), text) in sheets.iter().zip(texts) {
        let path = Path::new(&out).join(joined);
        fs::write(path, rename(&text, &names)).expect("cargo made that folder");
    }
}

/// Short names for the roles and colours of the sheets, which nobody outside
/// reads. What the owner chose is set from outside.
fn names(sheets: &[String]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for part in sheets.iter().flat_map(|sheet| sheet.split("--").skip(1)) {
        let name: String = part.chars().take_while(|c| is_of_name(*c)).collect();
        if !name.starts_with("owner-") && !names.contains_key(&name) {
            let number = names.len();
            let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
            let mut short = String::from(letter(number));
            if number >= 26 {
                short.push(letter(number / 26 - 1));
            }
            names.insert(name, short);
        }
    }
    names
}

fn rename(sheet: &str, names: &BTreeMap<String, String>) -> String {
    let mut parts = sheet.split("--");
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name: String = part.chars().take_while(|c| is_of_name(*c)).collect();
        renamed += "--";
        renamed += names.get(&name).unwrap_or(&name);
        renamed += &part[name.len()..];
    }
    renamed
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
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
