//! Files in a conversation: what both sides know of one, how it may be called,
//! and which are not taken.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use crate::{FileId, limits};

/// A file that someone sent. What is in it is fetched by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct File {
    /// Its id, which is also the right to fetch it: whoever has it may.
    pub id: FileId,
    /// Its name, as [`clean_name`] left it.
    pub name: String,
    /// What it is, judged by what is in it: a content type such as `image/png`.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// How large it is on a screen, if it is a picture that may be shown.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub picture: Option<Picture>,
}

/// The size of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Picture {
    /// From side to side; at least 1.
    pub width: u32,
    /// From top to bottom; at least 1.
    pub height: u32,
}

/// Endings of names that some system runs, or hands to something that runs them,
/// when the file is opened.
const RUN: &[&str] = &[
    "action",
    "apk",
    "app",
    "appimage",
    "appinstaller",
    "appx",
    "bash",
    "bat",
    "bin",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "dll",
    "dylib",
    "elf",
    "exe",
    "fish",
    "gadget",
    "hta",
    "inf",
    "ipa",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "lnk",
    "mjs",
    "msc",
    "msi",
    "msix",
    "msp",
    "mst",
    "out",
    "pif",
    "pkg",
    "ps1",
    "psm1",
    "reg",
    "rpm",
    "run",
    "scf",
    "scpt",
    "scr",
    "sct",
    "sh",
    "so",
    "sys",
    "terminal",
    "url",
    "vb",
    "vbe",
    "vbs",
    "webloc",
    "workflow",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xap",
    "xbap",
    "zsh",
];

/// Whether a file of this name is taken for a program. What stands before its
/// last dot means nothing: `photo.jpg.exe` is one, `setup.exe.jpg` is none.
#[must_use]
pub fn is_program_name(name: &str) -> bool {
    // Windows passes over dots and spaces at the end.
    let name = name.trim_end_matches(['.', ' ']);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| RUN.iter().any(|run| ending.eq_ignore_ascii_case(run)))
}

/// A name without what could mislead a person or a disk: without folders, control
/// characters, marks that turn the direction of writing, characters that some
/// system does not take, and not longer than
/// [`FILE_NAME_CHARS`](limits::FILE_NAME_CHARS). What ends it stays. A name of
/// which nothing is left is `file`.
#[must_use]
pub fn clean_name(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| match c {
            ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    // A dot at the beginning hides a file.
    let name = name.trim_start_matches([' ', '.']);
    let name = shorten(name.trim_end_matches([' ', '.']));
    // Where it was cut, there may be such an end again.
    match name.trim_end_matches([' ', '.']) {
        "" => "file".to_owned(),
        name => name.to_owned(),
    }
}

/// Marks that show nothing of themselves, most of all those that turn the
/// direction: with them `gpj.exe` reads as `exe.jpg`.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}

/// Cuts the middle of a name that is too long, so that its ending stays.
fn shorten(name: &str) -> String {
    let most = limits::FILE_NAME_CHARS;
    let chars = name.chars().count();
    if chars <= most {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kept = match ending.chars().count() {
        count @ 1..=20 => count + 1,
        _ => 0,
    };
    let start = name.chars().take(most - kept);
    start.chain(name.chars().skip(chars - kept)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_nothing_that_misleads() {
        for (given, kept) in [
            ("beans.jpg", "beans.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ines\\offer.pdf", "offer.pdf"),
            ("..", "file"),
            ("/", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\u{0}b\u{7}\r\n.png", "ab.png"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("x\u{200b}\u{feff}.txt", "x.txt"),
            ("what? \"this\": <b>.png", "what_ _this__ _b_.png"),
            ("two\u{a0}words .pdf . ", "two words .pdf"),
            ("صورة القهوة.png", "صورة القهوة.png"),
        ] {
            assert_eq!(clean_name(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = clean_name(&["é".repeat(300).as_str(), ".pdf"].concat());
        assert_eq!(long.chars().count(), limits::FILE_NAME_CHARS);
        assert!(long.ends_with("é.pdf"));
        let endless = clean_name(&["a.", "b".repeat(300).as_str()].concat());
        assert_eq!(endless.chars().count(), limits::FILE_NAME_CHARS);
    }

    #[test]
    fn a_program_is_known_by_the_end_of_its_name() {
        for name in [
            "setup.exe",
            "SETUP.EXE",
            "photo.jpg.exe",
            "run.cmd",
            "a.bat",
            "a.com",
            "a.msi",
            "a.scr",
            "a.ps1",
            "a.js",
            "a.jar",
            "a.exe.",
            "a.exe ",
            ".sh",
            "invoice.pdf.lnk",
        ] {
            assert!(is_program_name(name), "{name}");
        }
        for name in [
            "exe",
            "photo.jpg",
            "setup.exe.jpg",
            "notes.txt",
            "index.html",
            "a.docx",
            "",
        ] {
            assert!(!is_program_name(name), "{name}");
        }
    }
}
