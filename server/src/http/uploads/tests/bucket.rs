//! A bucket that goes while someone needs it.

use axum::body::{Body, Bytes};
use axum::http::Request;
use futures_util::{StreamExt as _, stream};
use saluda_protocol::limits::FILE_BYTES;
use tower::ServiceExt as _;

use super::{coming, fetch, file, upload, visitor};
use crate::http::router;
use crate::testing::Scene;

#[tokio::test]
async fn a_bucket_that_goes_while_a_file_comes_takes_nothing_with_it() {
    let mut scene = Scene::with_bucket().await;
    let ines = visitor(&scene).await;
    let mut bucket = scene.bucket.take().unwrap();
    let ends = async move {
        bucket.end().await;
        Ok::<_, std::io::Error>(Bytes::from("the rest"))
    };
    let body = stream::iter([Ok(Bytes::from("what begins, "))]).chain(stream::once(ends));
    let answer = upload(&scene, &ines, "a.txt", Body::from_stream(body)).await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (500, &"internal".into())
    );
    let message = "the file could not be kept; nothing of it was, so send it again in a while";
    assert_eq!(answer.json()["message"], message);
    assert_eq!(coming(&scene), 0, "nothing of it is left here");
}

#[tokio::test]
async fn a_bucket_that_goes_while_a_file_is_fetched_breaks_it_off() {
    let mut scene = Scene::with_bucket().await;
    let ines = visitor(&scene).await;
    let content = vec![b'a'; usize::try_from(FILE_BYTES).unwrap()];
    let sent = file(&upload(&scene, &ines, "a.txt", content).await);
    let path = format!("/api/files/{}", sent.id);
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router(scene.app.clone()).oneshot(request).await.unwrap();
    let mut body = response.into_body().into_data_stream();
    let first = body.next().await.unwrap().unwrap();
    scene.bucket.as_mut().unwrap().end().await;
    let mut came = first.len();
    let broke = loop {
        match body.next().await {
            Some(Ok(bytes)) => came += bytes.len(),
            end => break end,
        }
    };
    // Whoever fetches it sees that it is not all.
    assert!(broke.is_some_and(|end| end.is_err()), "after {came} bytes");
    let again = fetch(&scene, &sent, &[]).await;
    assert_eq!(
        (again.status, &again.json()["code"]),
        (500, &"internal".into())
    );
    assert!(!again.text().contains("chat-files"), "{}", again.text());
}
