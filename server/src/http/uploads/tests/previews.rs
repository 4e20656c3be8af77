//! Previews of pictures: who gets which, and how long they are there.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use saluda_protocol::{FileId, Millis, limits};

use super::{PNG, file, lying, upload, visitor};
use crate::chat;
use crate::files::Name;
use crate::files::preview::tests::with_exif;
use crate::http::testing::{Answer, get};
use crate::sweep;
use crate::testing::Scene;

/// A picture that is larger than a bubble, and compresses badly.
fn large(format: ImageFormat) -> Vec<u8> {
    let noise = |x, y| u8::try_from((x * 7919 + y * 104_729) % 251).unwrap();
    let picture = RgbImage::from_fn(1_280, 900, |x, y| Rgb([noise(x, y), 80, noise(y, x)]));
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::from(picture);
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

async fn preview(scene: &Scene, of: FileId, headers: &[(&str, &str)]) -> Answer {
    get(scene, &format!("/api/files/{of}?preview"), headers).await
}

#[tokio::test]
async fn a_preview_is_small_and_served_as_safely_as_its_picture() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let picture = large(ImageFormat::Png);
        let sent = file(&upload(&scene, &ines, "beans.png", picture.clone()).await);
        let whole = get(&scene, &format!("/api/files/{}", sent.id), &[]).await;
        assert_eq!(whole.body, picture);
        let small = preview(&scene, sent.id, &[("range", "bytes=1-3")]).await;
        assert_eq!(small.status, 200);
        assert_eq!(small.header("content-type"), "image/jpeg");
        assert!(small.body.len() < picture.len() / 4, "{}", small.body.len());
        let drawn = image::load_from_memory(&small.body).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (640, 450));
        for name in [
            "cache-control",
            "content-disposition",
            "content-security-policy",
            "cross-origin-resource-policy",
            "referrer-policy",
            "x-content-type-options",
        ] {
            assert_eq!(small.header(name), whole.header(name), "{name}");
        }
        assert_ne!(small.header("etag"), whole.header("etag"));
        let known = [("if-none-match", small.header("etag"))];
        let again = preview(&scene, sent.id, &known).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
    }
}

#[tokio::test]
async fn a_photograph_that_lies_on_its_side_has_the_size_that_is_shown() {
    let scene = Scene::new().await;
    let ines = visitor(&scene).await;
    let upright = large(ImageFormat::Jpeg);
    let turned = with_exif(&upright);
    for (picture, size) in [(upright, (1_280, 900)), (turned, (900, 1_280))] {
        let sent = file(&upload(&scene, &ines, "beans.jpg", picture).await);
        let said = sent.picture.map(|it| (it.width, it.height));
        assert_eq!(said, Some(size));
        let small = preview(&scene, sent.id, &[]).await;
        let drawn = image::load_from_memory(&small.body).unwrap();
        assert_eq!(drawn.width() < drawn.height(), size.0 < size.1);
    }
}

#[tokio::test]
async fn where_there_is_no_preview_the_file_itself_is_shown() {
    for scene in Scene::everywhere().await {
        let ines = visitor(&scene).await;
        let mut gif = b"GIF89a\x00\x08\x00\x08\x00\0\0".to_vec();
        gif.extend([0; 100]);
        // It says that it is large, and nothing else.
        let mut broken = PNG.to_vec();
        broken[16..24].copy_from_slice(b"\0\0\x03\0\0\0\x03\0");
        for (name, content) in [
            ("small.png", PNG.to_vec()),
            ("moves.gif", gif),
            ("broken.png", broken),
            ("offer.txt", b"An offer".to_vec()),
        ] {
            let sent = file(&upload(&scene, &ines, name, content.clone()).await);
            assert!(!scene.has(Name::Preview(sent.id)).await, "{name}");
            let shown = preview(&scene, sent.id, &[]).await;
            assert_eq!((shown.status, &shown.body), (200, &content), "{name}");
        }
        // One that was lost, and one that is another's now, are none.
        let picture = large(ImageFormat::Jpeg);
        let sent = file(&upload(&scene, &ines, "beans.jpg", picture.clone()).await);
        scene.put(Name::Preview(sent.id), b"<script>").await;
        assert_eq!(preview(&scene, sent.id, &[]).await.body, picture);
        assert_eq!(
            preview(&scene, FileId::secret([1; 16]), &[]).await.status,
            404
        );
    }
}

#[tokio::test]
async fn a_preview_goes_with_its_file() {
    for scene in Scene::everywhere().await {
        let (ines, kofi) = (visitor(&scene).await, visitor(&scene).await);
        let picture = large(ImageFormat::WebP);
        let sends = async |who| file(&upload(&scene, who, "beans.webp", picture.clone()).await).id;
        let (hers, his) = (sends(&ines).await, sends(&kofi).await);
        assert!(scene.has(Name::Preview(hers)).await);
        assert_eq!(lying(&scene).await, 4);
        let (app, site) = (&scene.app, scene.site.id);
        chat::erase(app, site, ines.id, None).await.unwrap();
        assert!(!scene.has(Name::Preview(hers)).await);
        assert_eq!(lying(&scene).await, 2, "his are there");
        let later = Millis(app.now().0 + limits::ORPHAN_MS + 1);
        assert_eq!(sweep::files::sweep(app, later).await.unwrap(), 1);
        assert_eq!(lying(&scene).await, 0);
        assert_eq!(preview(&scene, his, &[]).await.status, 404);
    }
}
