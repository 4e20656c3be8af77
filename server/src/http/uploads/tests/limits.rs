//! How much may come.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, Bytes};
use futures_util::stream;
use saluda_protocol::limits::{FILE_BYTES, FILES_A_DAY};
use saluda_protocol::{File, FileId, Millis};
use saluda_store::KeptFile;

use super::{PAGE, UPLOADS, file, lying, proof, upload, visitor};
use crate::http::testing::send_body;
use crate::testing::Scene;

const CHUNK: u64 = 100_000;

/// A body that does not say how long it is, and how much of it was asked for.
fn long(chunks: u64) -> (Body, Arc<AtomicU64>) {
    let asked = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&asked);
    let chunk = Bytes::from(vec![b'a'; usize::try_from(CHUNK).unwrap()]);
    let chunks = (0..chunks).map(move |_| {
        counted.fetch_add(CHUNK, Ordering::Relaxed);
        Ok::<_, io::Error>(chunk.clone())
    });
    (Body::from_stream(stream::iter(chunks)), asked)
}

#[tokio::test]
async fn the_limit_holds_while_it_comes() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let (body, _) = long(FILE_BYTES / CHUNK);
        let most = file(&upload(&scene, &ines, "a.txt", body).await);
        assert_eq!(most.bytes, FILE_BYTES);
        let (body, asked) = long(1_000_000);
        let answer = upload(&scene, &ines, "a.txt", body).await;
        assert_eq!(answer.status, 413);
        assert_eq!(answer.json()["code"], "too_large");
        let message = "a file has at most 20 MB; send a smaller one, or a link to it";
        assert_eq!(answer.json()["message"], message);
        let asked = asked.load(Ordering::Relaxed);
        assert_eq!(asked, FILE_BYTES + CHUNK, "no more than shows it");
        assert_eq!(lying(&scene).await, 1, "nothing of it is left");
    }
}

#[tokio::test]
async fn what_says_that_it_is_too_large_is_not_even_begun() {
    let scene = Scene::new().await;
    let proof = proof(&visitor(&scene).await);
    let (body, asked) = long(1_000_000);
    let too_long = (FILE_BYTES + 1).to_string();
    let headers = [
        PAGE,
        ("authorization", &proof),
        ("saluda-name", "a.txt"),
        ("content-length", &too_long),
    ];
    let answer = send_body(&scene, "POST", UPLOADS, &headers, body).await;
    assert_eq!(answer.status, 413);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn what_does_not_come_to_its_end_leaves_nothing() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let half = stream::iter([Ok(Bytes::from("half")), Err(io::Error::other("gone"))]);
        let answer = upload(&scene, &ines, "a.txt", Body::from_stream(half)).await;
        assert_eq!(answer.status, 400);
        let message = "the file did not come to its end; send it again";
        assert_eq!(answer.json()["message"], message);
        let empty = upload(&scene, &ines, "a.txt", "").await;
        assert_eq!(empty.status, 415);
        assert_eq!(empty.json()["message"], "the file is empty; choose another");
        assert_eq!(lying(&scene).await, 0);
    }
}

#[tokio::test]
async fn a_visitor_sends_so_much_within_a_day() {
    let scene = Scene::new().await;
    let (ines, kofi) = (visitor(&scene).await, visitor(&scene).await);
    let note = async |n: u8, bytes| {
        let kept = KeptFile {
            file: File {
                id: FileId::secret([n; 16]),
                name: "a".into(),
                kind: "text/plain".into(),
                bytes,
                picture: None,
            },
            visitor: ines.id,
            agent: None,
            at: scene.app.now(),
        };
        let noted = scene.app.store.add_file(kept, None).await;
        noted.unwrap().unwrap();
    };
    for n in 1..u8::try_from(FILES_A_DAY).unwrap() {
        note(n, 1).await;
    }
    file(&upload(&scene, &ines, "a.txt", "the fiftieth").await);
    let answer = upload(&scene, &ines, "a.txt", "one more").await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.json()["code"], "too_many");
    file(&upload(&scene, &kofi, "a.txt", "another's").await);

    let day = 24 * 60 * 60 * 1000;
    scene.clock.set(Millis(scene.app.now().0 + day + 1));
    file(&upload(&scene, &ines, "a.txt", "the next day").await);
    for n in 101..=110 {
        note(n, FILE_BYTES).await;
    }
    let answer = upload(&scene, &ines, "a.txt", "beyond 200 MB").await;
    assert_eq!(answer.status, 429);
    assert_eq!(lying(&scene).await, 3);
}
