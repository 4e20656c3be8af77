//! What may come in, what becomes of it, and how it goes out again.

mod agents;
#[cfg(feature = "s3")]
mod bucket;
mod hostile;
mod limits;
mod previews;

use axum::body::Body;
use saluda_protocol::visitor::Place;
use saluda_protocol::{Credentials, File};

use crate::chat::arrive;
use crate::files::{COMING, Name};
use crate::http::testing::{Answer, get, proof, send, send_body, visitor};
use crate::testing::Scene;

const UPLOADS: &str = "/api/sites/shop/uploads";
const PAGE: (&str, &str) = ("origin", "https://shop.example");
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x08\x08\x06\0\0\0";

/// A visitor sends a file under this name, as it stands in the header.
async fn upload(scene: &Scene, of: &Credentials, name: &str, body: impl Into<Body>) -> Answer {
    let proof = proof(of);
    let headers = [PAGE, ("authorization", &proof), ("saluda-name", name)];
    send_body(scene, "POST", UPLOADS, &headers, body.into()).await
}

fn file(answer: &Answer) -> File {
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn fetch(scene: &Scene, file: &File, headers: &[(&str, &str)]) -> Answer {
    get(scene, &format!("/api/files/{}", file.id), headers).await
}

/// How much lies there, whether it came to its end or not.
async fn lying(scene: &Scene) -> usize {
    scene.app.files.sizes().await.unwrap().len() + coming(scene)
}

/// How much has not come to its end.
fn coming(scene: &Scene) -> usize {
    let folder = std::fs::read_dir(scene.app.files.folder());
    let names = folder.into_iter().flatten().map(|it| it.unwrap().path());
    names
        .filter(|it| it.extension().is_some_and(|it| it == COMING))
        .count()
}

#[tokio::test]
async fn what_was_sent_comes_back_as_it_was() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let answer = upload(&scene, &ines, "caf%C3%A9%20solo.pdf", "%PDF-1.7\n%\u{e9}\0").await;
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let sent = file(&answer);
        assert_eq!((sent.name.as_str(), sent.bytes), ("café solo.pdf", 13));
        assert_eq!(
            (sent.kind.as_str(), sent.picture),
            ("application/pdf", None)
        );
        let back = fetch(&scene, &sent, &[]).await;
        assert_eq!(back.text(), "%PDF-1.7\n%\u{e9}\0");
        assert_eq!(
            back.header("content-disposition"),
            "attachment; filename=\"caf_ solo.pdf\"; filename*=UTF-8''caf%C3%A9%20solo.pdf"
        );
        assert_eq!(back.header("cross-origin-resource-policy"), "cross-origin");
        assert!(back.header("cache-control").starts_with("private"));

        let part = fetch(&scene, &sent, &[("range", "bytes=1-3")]).await;
        assert_eq!((part.status, part.text()), (206, "PDF"));
        assert_eq!(part.header("content-range"), "bytes 1-3/13");
        let beyond = fetch(&scene, &sent, &[("range", "bytes=13-")]).await;
        assert_eq!(beyond.status, 416);
        assert_eq!(beyond.header("content-range"), "bytes */13");
        let known = [("if-none-match", back.header("etag"))];
        let again = fetch(&scene, &sent, &known).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
    }
}

#[tokio::test]
async fn a_picture_says_how_large_it_is_and_is_shown() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let sent = file(&upload(&scene, &ines, "beans.png", PNG).await);
        let size = sent.picture.map(|size| (size.width, size.height));
        assert_eq!(size, Some((16, 8)));
        let shown = fetch(&scene, &sent, &[]).await;
        assert_eq!(shown.header("content-type"), "image/png");
        assert!(shown.header("content-disposition").starts_with("inline;"));

        // It is looked at again each time: what lies there now is none.
        let other = b"<script>alert(1)</script>";
        scene.put(Name::File(sent.id), other).await;
        let other = fetch(&scene, &sent, &[]).await;
        assert_eq!(other.header("content-type"), "application/octet-stream");
        assert!(
            other
                .header("content-disposition")
                .starts_with("attachment;")
        );
        scene.app.files.remove(sent.id).await.unwrap();
        assert_eq!(fetch(&scene, &sent, &[]).await.status, 404);
    }
}

#[tokio::test]
async fn a_picture_that_would_fill_a_browser_is_a_file_like_any_other() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        for size in [[0, 0, 0xff, 0xff], [0, 0, 0, 0]] {
            let mut bomb = PNG.to_vec();
            bomb[16..20].copy_from_slice(&size);
            bomb[20..24].copy_from_slice(&size);
            let sent = file(&upload(&scene, &ines, "bomb.png", bomb).await);
            assert_eq!((sent.kind.as_str(), sent.picture), ("image/png", None));
            let back = fetch(&scene, &sent, &[]).await;
            assert!(
                back.header("content-disposition")
                    .starts_with("attachment;")
            );
        }
    }
}

#[tokio::test]
async fn nobody_sends_as_another() {
    let scene = Scene::new().await;
    scene.site("school").await;
    let (ines, kofi) = (visitor(&scene).await, visitor(&scene).await);
    let swapped = Credentials {
        id: kofi.id,
        ..ines.clone()
    };
    let (unwritten, _) = arrive::someone_new(&scene.app, scene.site.id, Place::default()).unwrap();
    let unwritten = Credentials {
        id: unwritten.id,
        secret: "secret".into(),
    };
    let (right, swapped, unwritten) = (proof(&ines), proof(&swapped), proof(&unwritten));
    for (path, origin, proof, status) in [
        (UPLOADS, PAGE.1, swapped.as_str(), 401),
        (UPLOADS, PAGE.1, &unwritten, 401),
        (UPLOADS, PAGE.1, "", 401),
        (UPLOADS, PAGE.1, "Visitor x", 401),
        (UPLOADS, PAGE.1, "Bearer saluda_x", 401),
        ("/api/sites/school/uploads", PAGE.1, &right, 401),
        ("/api/sites/nowhere/uploads", PAGE.1, &right, 404),
        (UPLOADS, "https://evil.example", &right, 403),
        (UPLOADS, "null", &right, 403),
        (UPLOADS, PAGE.1, &right, 201),
    ] {
        let headers = [
            ("origin", origin),
            ("authorization", proof),
            ("saluda-name", "a.txt"),
        ];
        let answer = send(&scene, "POST", path, &headers, "hello").await;
        assert_eq!(answer.status, status, "{path} {origin} {proof}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "*",
            "why is said"
        );
    }
    assert_eq!(lying(&scene).await, 1);
    for id in [
        "1",
        "../../saluda.db",
        "00000000-0000-4000-8000-000000000000",
    ] {
        let path = format!("/api/files/{}", id.replace('/', "%2f"));
        assert_eq!(get(&scene, &path, &[]).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn a_page_of_another_origin_may_ask_first() {
    let scene = Scene::new().await;
    let headers = [PAGE, ("access-control-request-method", "POST")];
    let answer = send(&scene, "OPTIONS", UPLOADS, &headers, "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-methods"), "POST");
    let allowed = answer.header("access-control-allow-headers");
    for needed in ["authorization", "saluda-name", "content-type"] {
        assert!(allowed.contains(needed), "{allowed}");
    }
}
