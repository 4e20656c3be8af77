//! Small pictures of large ones, for bubbles.
//!
//! A decoder is given nothing without bounds: not more pixels than [`PIXELS`], which
//! stand at the beginning of a file, not more memory than [`BYTES`] for what comes
//! out, not more time than [`WORK`], and one picture at a time. Whatever is not had
//! within them has no preview, is shown as it came, and nothing else is different.
//!
//! What is drawn is new: of a file's metadata, the place and the camera among it,
//! nothing is carried over but which side is up.
//!
//! **What moves has none**, so that it moves in a bubble too. Of GIFs most do, and to
//! tell the others would take one more decoder than is needed.

mod webp;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, Limits};
use saluda_protocol::Picture;

use crate::turns::{NotDone, Turns};

/// The longest edge of a preview: twice the room in a bubble, for fine screens.
const EDGE: u32 = 640;
/// Most pixels of what is decoded: a photograph of a telephone has 12 or 24 million.
const PIXELS: u64 = 25_000_000;
/// The longest edge of what is decoded.
const LONGEST: u32 = 20_000;
/// Most bytes that its pixels may take in memory.
const BYTES: u64 = 4 * PIXELS;
/// How long one may be worked on.
const WORK: Duration = Duration::from_secs(5);
/// How long whoever sends a picture waits for its preview.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many wait for their turn; further ones go without.
const WAITING: usize = 8;
/// Of 100. What is lost is not seen at this size.
const QUALITY: u8 = 80;

/// One at a time: each may take a few hundred megabytes for a moment.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(1, WAITING));

/// Why a picture has no preview.
#[derive(Debug, thiserror::Error)]
enum NoPreview {
    /// It is small enough as it is, moves, has more pixels than are decoded, or is not
    /// what it says.
    #[error("none is wanted")]
    Unwanted,
    /// Nothing was gained: the file itself is smaller.
    #[error("the preview is larger than the picture")]
    NotSmaller,
    /// It is broken, or beyond a limit.
    #[error("the picture cannot be decoded")]
    Undecodable(#[from] ImageError),
    /// It could not be read.
    #[error("the picture cannot be read")]
    Unreadable(#[from] io::Error),
    /// Too many wait.
    #[error(transparent)]
    NotDone(#[from] NotDone),
    /// It took too long.
    #[error("the preview was not there in time")]
    Late,
}

/// Whether a picture of this kind and size has a preview, if nothing fails.
pub(crate) fn is_wanted(kind: &str, size: Picture) -> bool {
    let longest = size.width.max(size.height);
    let pixels = u64::from(size.width) * u64::from(size.height);
    matches!(kind, "image/jpeg" | "image/png" | "image/webp")
        && (EDGE + 1..=LONGEST).contains(&longest)
        && (1..=PIXELS).contains(&pixels)
}

/// What was drawn of a picture.
pub(crate) struct Preview {
    /// A JPEG or, if one sees through it, a PNG.
    pub(crate) bytes: Vec<u8>,
    /// Whether the picture lies on its side in its file, as telephones write it, and
    /// is shown upright.
    pub(crate) was_turned: bool,
}

/// A preview of the picture at a path.
pub(crate) async fn make(path: &Path, kind: &'static str, size: Picture) -> Option<Preview> {
    if !is_wanted(kind, size) {
        return None;
    }
    let path = path.to_owned();
    let work = TURNS.off_thread(move || of_file(&path, kind));
    let made = match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(NoPreview::NotDone).flatten(),
        Err(_) => Err(NoPreview::Late),
    };
    let result = match &made {
        Ok(_) => "made",
        Err(NoPreview::NotDone(_) | NoPreview::Late) => "busy",
        Err(_) => "none",
    };
    metrics::counter!("saluda_previews_total", "result" => result).increment(1);
    made.ok()
}

fn of_file(path: &Path, kind: &str) -> Result<Preview, NoPreview> {
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let source = Until {
        source: BufReader::new(file),
        end: Instant::now() + WORK,
    };
    let preview = draw(source, kind)?;
    if preview.bytes.len() as u64 >= bytes {
        return Err(NoPreview::NotSmaller);
    }
    Ok(preview)
}

/// Decodes a picture within the limits, and draws it small.
fn draw(source: impl BufRead + Seek, kind: &str) -> Result<Preview, NoPreview> {
    let mut decoder = decoder(source, kind)?;
    let (width, height) = decoder.dimensions();
    // What was measured before is what another program found at the beginning of it.
    if !is_wanted(kind, Picture { width, height }) || decoder.total_bytes() > BYTES {
        return Err(NoPreview::Unwanted);
    }
    let side_up = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let large = DynamicImage::from_decoder(decoder)?;
    let mut small = large.thumbnail(EDGE, EDGE);
    drop(large);
    small.apply_orientation(side_up);
    let mut drawn = Cursor::new(Vec::new());
    let colours = small.to_rgba8();
    if small.color().has_alpha() && colours.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
        colours.write_to(&mut drawn, ImageFormat::Png)?;
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut drawn, QUALITY);
        small.to_rgb8().write_with_encoder(encoder)?;
    }
    let was_turned = matches!(
        side_up,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(Preview {
        bytes: drawn.into_inner(),
        was_turned,
    })
}

/// What decodes a kind of pictures. It has read the beginning of this one alone.
fn decoder<'a>(
    mut source: impl BufRead + Seek + 'a,
    kind: &str,
) -> Result<Box<dyn ImageDecoder + 'a>, NoPreview> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(BYTES);
    let mut decoder: Box<dyn ImageDecoder + 'a> = match kind {
        "image/jpeg" => Box::new(JpegDecoder::new(source)?),
        "image/png" => {
            let png = PngDecoder::with_limits(source, limits.clone())?;
            if png.is_apng()? {
                return Err(NoPreview::Unwanted);
            }
            Box::new(png)
        }
        "image/webp" if webp::is_sound(&mut source)? => Box::new(WebPDecoder::new(source)?),
        _ => return Err(NoPreview::Unwanted),
    };
    decoder.set_limits(limits)?;
    Ok(decoder)
}

/// A source that fails after an instant: a few bytes can stand for so many that
/// decoding them does not end.
struct Until<S> {
    source: S,
    end: Instant,
}

impl<S> Until<S> {
    fn in_time(&mut self) -> io::Result<&mut S> {
        if Instant::now() < self.end {
            Ok(&mut self.source)
        } else {
            Err(io::ErrorKind::TimedOut.into())
        }
    }
}

impl<S: Read> Read for Until<S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.in_time()?.read(into)
    }
}

impl<S: BufRead> BufRead for Until<S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.in_time()?.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.source.consume(bytes);
    }
}

impl<S: Seek> Seek for Until<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.in_time()?.seek(to)
    }
}

#[cfg(test)]
pub(crate) mod tests;
