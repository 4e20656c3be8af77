use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc, FlushCompress};
use image::{Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// What never takes this long on any machine.
const LONG: Duration = Duration::from_secs(30);

/// A photograph of nothing: red above, and noise that compresses badly.
fn photo(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        let noise = u8::try_from((x * 7919 + y * 104_729) % 64).unwrap();
        if y < height / 2 {
            Rgb([255 - noise, noise, noise])
        } else {
            Rgb([noise, noise, 255 - noise])
        }
    })
    .into()
}

fn glass(width: u32, height: u32) -> DynamicImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let noise = u8::try_from((x * 7919 + y * 104_729) % 64).unwrap();
        Rgba([noise, 255, noise, u8::try_from(x % 256).unwrap()])
    })
    .into()
}

fn written(picture: &DynamicImage, kind: &str) -> Vec<u8> {
    let format = ImageFormat::from_mime_type(kind).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn drawn(bytes: &[u8], kind: &str) -> Result<Vec<u8>, NoPreview> {
    drawn_with(bytes, kind).map(|preview| preview.bytes)
}

fn drawn_with(bytes: &[u8], kind: &str) -> Result<Preview, NoPreview> {
    let source = Until {
        source: Cursor::new(bytes),
        end: Instant::now() + LONG,
    };
    draw(source, kind)
}

/// What a JPEG has after its first two bytes: where it was taken, by what, and which
/// side is up (6: it is to be turned to the right).
pub(crate) fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\x01\x0f\0\x02\0\0\0\x10\0\0\0\x26");
    exif.extend(b"\0\0\0\0planted-camera\0\0GPS 47.3769N 8.5417E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&name);
    crc.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], &name, content, &crc.sum().to_be_bytes()].concat()
}

/// A PNG of a size, with this in place of its rows.
fn png(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        b"\x08\x02\0\0\0",
    ]
    .concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &header),
        chunk(*b"IDAT", rows),
        chunk(*b"IEND", b""),
    ]
    .concat()
}

#[test]
fn every_kind_is_drawn_small_and_keeps_its_shape() {
    for (kind, is_glass) in [
        ("image/jpeg", false),
        ("image/png", false),
        ("image/webp", false),
        ("image/png", true),
        ("image/webp", true),
    ] {
        let large = if is_glass {
            glass(1_600, 800)
        } else {
            photo(1_600, 800)
        };
        let preview = drawn(&written(&large, kind), kind).unwrap();
        let format = image::guess_format(&preview).unwrap();
        let expected = if is_glass {
            ImageFormat::Png
        } else {
            ImageFormat::Jpeg
        };
        assert_eq!(format, expected, "{kind}");
        let small = image::load_from_memory(&preview).unwrap();
        assert_eq!((small.width(), small.height()), (640, 320), "{kind}");
        assert_eq!(small.color().has_alpha(), is_glass, "{kind}");
    }
    // Greys, in 16 bits.
    let grey = DynamicImage::from(photo(700, 1_400).to_luma16());
    let small = image::load_from_memory(&drawn(&written(&grey, "image/png"), "image/png").unwrap());
    assert_eq!(
        small.map(|it| (it.width(), it.height())).unwrap(),
        (320, 640)
    );
}

#[test]
fn the_right_side_is_up_and_nobody_learns_where_it_was_taken() {
    let jpeg = with_exif(&written(&photo(1_600, 800), "image/jpeg"));
    let holds =
        |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(holds(&jpeg, "planted-camera") && holds(&jpeg, "GPS 47.3769N"));
    let Preview { bytes, was_turned } = drawn_with(&jpeg, "image/jpeg").unwrap();
    assert!(was_turned);
    for gone in ["planted", "GPS", "Exif", "http"] {
        assert!(!holds(&bytes, gone), "{gone}");
    }
    let small = image::load_from_memory(&bytes).unwrap().to_rgb8();
    assert_eq!(small.dimensions(), (320, 640));
    // What was above is at the right.
    let (left, right) = (small.get_pixel(20, 320).0, small.get_pixel(300, 320).0);
    assert!(right[0] > 150 && left[2] > 150, "{left:?} {right:?}");
}

#[test]
fn what_says_that_it_is_huge_is_not_begun() {
    for (width, height) in [
        (65_535, 65_535),
        (30_000, 700),
        (5_001, 5_000),
        (0, 700),
        (640, 640),
    ] {
        let size = Picture { width, height };
        assert!(!is_wanted("image/png", size), "{size:?}");
        let bomb = png(width, height, b"");
        assert!(drawn(&bomb, "image/png").is_err(), "{size:?}");
    }
    assert!(is_wanted(
        "image/png",
        Picture {
            width: 641,
            height: 1
        }
    ));
    assert!(!is_wanted(
        "image/gif",
        Picture {
            width: 641,
            height: 1
        }
    ));
}

#[test]
fn what_is_small_and_does_not_end_takes_no_time() {
    // A megabyte of nothing in a thousand bytes, as often as there is room: 19 GB.
    let mut zip = flate2::Compress::new(Compression::best(), false);
    let mut nothing = Vec::with_capacity(10_000);
    zip.compress_vec(&vec![0; 1 << 20], &mut nothing, FlushCompress::Full)
        .unwrap();
    let times = 19_000_000 / nothing.len();
    let endless = [b"\x78\x01".to_vec(), nothing.repeat(times)].concat();
    let rows = png(800, 600, &endless);
    let colours = chunk(*b"iCCP", &[b"a\0\0".to_vec(), endless].concat());
    let before = [&rows[..33], &colours, &rows[33..]].concat();
    for bomb in [rows, before] {
        let begin = Instant::now();
        is_small_or_nothing(&bomb, "image/png");
        assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    }
}

#[test]
fn what_takes_longer_than_it_may_is_given_up() {
    for kind in ["image/jpeg", "image/png", "image/webp"] {
        let bytes = written(&photo(900, 700), kind);
        let source = Until {
            source: Cursor::new(bytes),
            end: Instant::now(),
        };
        assert!(draw(source, kind).is_err(), "{kind}");
    }
}

#[test]
fn what_moves_and_what_is_cut_has_none() {
    for kind in ["image/jpeg", "image/png", "image/webp"] {
        let whole = written(&photo(900, 700), kind);
        // A JPEG that lacks its end may still be drawn; none may break anything.
        for length in [0, 2, 12, 40, 100] {
            assert!(drawn(&whole[..length], kind).is_err(), "{kind} {length}");
        }
        let _ = drawn(&whole[..whole.len() / 2], kind);
    }
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::fast());
    io::Write::write_all(&mut rows, &vec![0; 700 * (3 * 700 + 1)]).unwrap();
    let still = png(700, 700, &rows.finish().unwrap());
    drawn(&still, "image/png").unwrap();
    let moves = chunk(*b"acTL", b"\0\0\0\x02\0\0\0\0");
    let moving = [&still[..33], &moves, &still[33..]].concat();
    assert!(matches!(
        drawn(&moving, "image/png"),
        Err(NoPreview::Unwanted)
    ));
}

#[test]
fn what_is_two_kinds_in_one_becomes_one() {
    let page = b"<script>alert(document.domain)</script>";
    let both = [written(&photo(900, 700), "image/png"), page.to_vec()].concat();
    let preview = drawn(&both, "image/png").unwrap();
    assert!(!preview.windows(8).any(|it| it == b"<script>"));
}

#[tokio::test]
async fn none_is_kept_that_is_larger_than_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.part");
    // Of one colour: a PNG says that in fewer bytes than a JPEG.
    let plain = DynamicImage::from(RgbImage::new(641, 10));
    for (picture, is_made) in [(plain, false), (photo(900, 700), true)] {
        std::fs::write(&path, written(&picture, "image/png")).unwrap();
        let size = Picture {
            width: picture.width(),
            height: picture.height(),
        };
        let made = make(&path, "image/png", size).await;
        assert_eq!(made.is_some(), is_made, "{size:?}");
    }
}

/// Whatever was drawn is a small picture.
fn is_small_or_nothing(bytes: &[u8], kind: &str) {
    if let Ok(preview) = drawn(bytes, kind) {
        let small = image::load_from_memory(&preview).unwrap();
        assert!(small.width() <= EDGE && small.height() <= EDGE);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_is_a_small_picture_or_nothing(
        kind in prop::sample::select(vec!["image/jpeg", "image/png", "image/webp"]),
        any in prop::collection::vec(any::<u8>(), 0..200),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        is_small_or_nothing(&any, kind);
        let mut near = written(&glass(648, 20), kind_of_glass(kind));
        for (place, byte) in places {
            let at = place.index(near.len());
            near[at] = byte;
        }
        is_small_or_nothing(&near, kind_of_glass(kind));
        let mut changed = written(&photo(648, 20), kind);
        let at = any.len().min(changed.len());
        changed[..at].copy_from_slice(&any[..at]);
        is_small_or_nothing(&changed, kind);
    }
}

/// What one sees through is no JPEG.
fn kind_of_glass(kind: &'static str) -> &'static str {
    if kind == "image/jpeg" {
        "image/png"
    } else {
        kind
    }
}
