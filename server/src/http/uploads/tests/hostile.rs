//! Files that are meant to do harm.

use super::{PNG, fetch, file, lying, upload, visitor};
use crate::testing::Scene;

/// A page that would run if a browser took it for one.
const PAGE: &str = "<!doctype html><script>alert(document.domain)</script>";

/// What would run somewhere, by its name and what is in it.
fn active() -> Vec<(&'static str, Vec<u8>)> {
    let png_with_page = [PNG, PAGE.as_bytes()].concat();
    let utf16 = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts = [
        (
            "a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
        (
            "b.svg",
            "<?xml version='1.0'?><svg><script>alert(1)</script></svg>",
        ),
        ("a.html", PAGE),
        (
            "a.xhtml",
            "<html xmlns='http://www.w3.org/1999/xhtml'><script/></html>",
        ),
        (
            "a.xml",
            "<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>",
        ),
        (
            "a.mht",
            "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
        ),
        ("a.swf", "FWS\u{8}\0\0\0\0"),
        ("a.hta.txt", PAGE),
        ("photo.png", PAGE),
        ("photo.jpg", "\u{feff}<script>alert(1)</script>"),
        ("photo.bmp", "BM<script>alert(1)</script>"),
        ("photo.gif", "GIF89a <script>alert(1)</script>"),
    ];
    let pdf = b"%PDF-1.7\n%\xff\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>";
    let mut all: Vec<_> = texts
        .into_iter()
        .map(|(name, text)| (name, text.into()))
        .collect();
    all.extend([
        ("a.pdf", pdf.to_vec()),
        ("photo.png.html", png_with_page),
        ("utf16.html", utf16),
    ]);
    all
}

#[tokio::test]
async fn nothing_that_was_sent_runs_at_our_address() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        for (name, content) in active() {
            let sent = file(&upload(&scene, &ines, name, content.clone()).await);
            let back = fetch(&scene, &sent, &[]).await;
            assert_eq!(back.body, content, "{name}");
            assert_eq!(back.header("x-content-type-options"), "nosniff", "{name}");
            let policy = back.header("content-security-policy");
            assert_eq!(policy, "sandbox; default-src 'none'", "{name}");
            let kind = back.header("content-type");
            for runs in ["html", "xml", "svg", "script", "flash", "related"] {
                assert!(!kind.contains(runs), "{name}: {kind}");
            }
            // What is shown is of a type in which browsers look for no script.
            let is_picture = ["image/png", "image/gif"].contains(&kind);
            let disposition = back.header("content-disposition");
            assert!(
                is_picture || disposition.starts_with("attachment;"),
                "{name}: {disposition}"
            );
            // What is not sent again keeps its rules.
            let known = [("if-none-match", back.header("etag"))];
            let again = fetch(&scene, &sent, &known).await;
            assert_eq!(again.status, 304, "{name}");
            assert_eq!(again.header("content-security-policy"), policy, "{name}");
            assert_eq!(again.header("content-disposition"), disposition, "{name}");
        }
    }
}

#[tokio::test]
async fn a_picture_that_is_a_script_too_is_served_as_a_picture() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let both = b"GIF89a/*\x08\0\x80\0\0*/=1;alert(document.domain);".to_vec();
        let sent = file(&upload(&scene, &ines, "both.gif", both).await);
        let back = fetch(&scene, &sent, &[]).await;
        // With these two, no browser runs it as a script.
        assert_eq!(back.header("content-type"), "image/gif");
        assert_eq!(back.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn programs_are_refused_whatever_they_are_called() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let mut windows = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec();
        windows.resize(64, 0);
        // So large that it is judged while it comes.
        let linux = [&b"\x7fELF\x02\x01\x01\0"[..], &vec![0; 100_000]].concat();
        let mac = b"\xcf\xfa\xed\xfe\x0c\0\0\x01\0\0\0\0".to_vec();
        for (name, content) in [
            ("photo.png", windows),
            ("notes.txt", linux),
            ("offer.pdf", mac),
            ("notes", b"#!/bin/sh\necho hello\n".to_vec()),
            ("setup.exe", b"hello".to_vec()),
            ("photo.jpg.scr", PNG.to_vec()),
            ("photo%E2%80%AEgpj.exe", PNG.to_vec()),
            ("setup.EXE%20.", b"hello".to_vec()),
            ("setup.png%00%2f..%2fsetup.cmd", b"hello".to_vec()),
            ("a.js", b"alert(1)".to_vec()),
            ("a.jar", b"PK\x03\x04".to_vec()),
            ("a.ps1", b"hello".to_vec()),
            ("a.msi", b"\xd0\xcf\x11\xe0".to_vec()),
        ] {
            let answer = upload(&scene, &ines, name, content).await;
            assert_eq!(answer.status, 415, "{name}");
            assert_eq!(answer.json()["code"], "file_refused", "{name}");
        }
        assert_eq!(lying(&scene).await, 0);
    }
}

#[tokio::test]
async fn no_name_leads_anywhere() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        for (given, kept) in [
            ("..%2f..%2f..%2fetc%2fpasswd", "passwd"),
            ("..%5c..%5cwindows%5cwin.ini", "win.ini"),
            ("/etc/passwd", "passwd"),
            ("a%00b.txt", "ab.txt"),
            ("a%0d%0aSet-Cookie:%20x.txt", "aSet-Cookie_ x.txt"),
            ("photo%E2%80%AEgpj.txt", "photogpj.txt"),
            ("%22%3b%20filename=evil.txt", "_; filename=evil.txt"),
            (
                "<img src=x onerror=alert(1)>",
                "_img src=x onerror=alert(1)_",
            ),
            ("..", "file"),
            ("%20", "file"),
            ("%2e%2e%2f%2e%2e%2f", "file"),
        ] {
            let sent = file(&upload(&scene, &ines, given, "hello").await);
            assert_eq!(sent.name, kept, "{given}");
            let back = fetch(&scene, &sent, &[]).await;
            assert_eq!(back.text(), "hello", "{given}");
            assert_eq!(back.header("set-cookie"), "", "{given}");
        }
        for senseless in ["%", "%4", "%zz", "%ff%fe"] {
            let answer = upload(&scene, &ines, senseless, "hello").await;
            assert_eq!(answer.status, 400, "{senseless}");
        }
        // All of them lie under their ids, and nowhere else.
        assert_eq!(lying(&scene).await, 11);
    }
}
