//! What a file is, judged by its first bytes and the end of its name. What its
//! sender says of its type is never asked.

use infer::MatcherType;
use saluda_protocol::file::is_program_name;

/// How many of its first bytes are looked at.
pub(crate) const HEAD_BYTES: usize = 8 * 1024;

/// The types of pictures that browsers show and that cannot hold a script.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// What nothing is known of.
const BYTES: &str = "application/octet-stream";

/// It is a program, and is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Program;

/// Judges a file.
///
/// Everything that is text becomes plain text: a browser that is told so shows
/// HTML, SVG and XML as they are written.
pub(crate) fn judge(head: &[u8], name: &str) -> Result<&'static str, Program> {
    if is_program_name(name) || is_program(head) {
        return Err(Program);
    }
    // Text is asked for first: a letter that begins with "BM" is no bitmap.
    if is_text(head) {
        return Ok("text/plain");
    }
    let Some(known) = infer::get(head) else {
        return Ok(BYTES);
    };
    match (known.matcher_type(), known.mime_type()) {
        (
            _,
            "application/vnd.debian.binary-package"
            | "application/x-rpm"
            | "application/x-google-chrome-extension"
            | "application/wasm"
            | "application/vnd.android.dex"
            | "application/vnd.android.dey",
        ) => Err(Program),
        // What is a program of its own in what shows it.
        (_, "application/x-shockwave-flash" | "application/postscript")
        | (MatcherType::App | MatcherType::Text | MatcherType::Custom, _) => Ok(BYTES),
        (_, kind) => Ok(kind),
    }
}

/// The type of a picture that may be shown, if these are its first bytes.
pub(crate) fn picture(head: &[u8]) -> Option<&'static str> {
    let kind = infer::get(head)?.mime_type();
    PICTURES.into_iter().find(|picture| *picture == kind)
}

/// Whether a system would run it.
fn is_program(head: &[u8]) -> bool {
    const BEGINNINGS: &[&[u8]] = &[
        b"\x7fELF",
        // A script that names what runs it, also behind a byte-order mark.
        b"#!",
        b"\xef\xbb\xbf#!",
        // Mach-O in both orders and widths, and for several machines at once; the
        // last is that of Java's classes too.
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xbe\xba\xfe\xca",
        b"\xca\xfe\xba\xbe",
        // A link of Windows, which names what it runs.
        b"L\0\0\0\x01\x14\x02\0",
    ];
    // DOS and Windows. A letter may begin with the same two characters.
    let windows = head.starts_with(b"MZ") && !is_text(head);
    windows || BEGINNINGS.iter().any(|begin| head.starts_with(begin))
}

/// Whether it is text in UTF-8, as far as can be seen.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The last character may be cut.
        Err(error) if error.error_len().is_none() => {
            let whole = head.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let fine = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    !text.is_empty() && text.chars().all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_stands_in_it_and_not_in_its_name() {
        let mut pe = b"MZ\x90\0\x03\0\0\0".to_vec();
        pe.resize(256, 0);
        for (head, name, kind) in [
            (
                &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
                "a.txt",
                Ok("image/png"),
            ),
            (b"GIF89a/*\x01\0*/=1;alert(1)", "a.gif", Ok("image/gif")),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a", Ok("image/jpeg")),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "a", Ok("image/webp")),
            (
                b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
                "a.pdf",
                Ok("application/pdf"),
            ),
            (
                b"<html><script>alert(1)</script>",
                "a.png",
                Ok("text/plain"),
            ),
            (b"<svg onload=alert(1)>", "a.svg", Ok("text/plain")),
            (b"%PDF-1.7\n/OpenAction", "a.pdf", Ok("text/plain")),
            ("Olá, é café".as_bytes(), "a", Ok("text/plain")),
            (b"MZ is how the letter begins", "a.txt", Ok("text/plain")),
            (b"caf\xe9 in an older encoding", "a.txt", Ok(BYTES)),
            (b"\0\x01\x02", "a", Ok(BYTES)),
            (b"hello", "a.exe", Err(Program)),
            (b"\x89PNG\r\n\x1a\n", "a.png.scr", Err(Program)),
            (&pe, "photo.png", Err(Program)),
            (b"\x7fELF\x02\x01\x01\0", "photo.png", Err(Program)),
            (b"\xcf\xfa\xed\xfe\x07\0\0\x01", "notes", Err(Program)),
            (b"\xca\xfe\xba\xbe\0\0\0\x02", "notes", Err(Program)),
            (b"#!/bin/sh\nrm -rf /", "notes.txt", Err(Program)),
            (b"\xef\xbb\xbf#!/bin/sh", "notes.txt", Err(Program)),
            (b"L\0\0\0\x01\x14\x02\0\0\0", "offer.pdf", Err(Program)),
            (b"\0asm\x01\0\0\0", "a.bin.txt", Err(Program)),
        ] {
            assert_eq!(judge(head, name), kind, "{name}: {head:?}");
        }
    }

    #[test]
    fn only_four_kinds_of_pictures_are_shown() {
        assert_eq!(picture(b"GIF89a\x01\0\x01\0"), Some("image/gif"));
        for head in [&b"BM\x36\0\0\0"[..], b"<svg/>", b"II*\0\x08\0\0\0", b""] {
            assert_eq!(picture(head), None, "{head:?}");
        }
    }
}
