//! Looks at the outline of a WebP before its decoder does.
//!
//! The decoder makes room for what a chunk says that it holds, however little of it is
//! there, and for a picture of whatever size, before it compares that with the size
//! that stands at the beginning. So none is handed to it whose chunks do not end where
//! the file does, or that is of two sizes.

use std::io::{self, Read, Seek, SeekFrom};

/// What stands before the first chunk: a name, a length, another name.
const BEGIN: u64 = 12;

/// Whether a WebP is as large as it says, and does not move. Leaves the source at its
/// beginning.
pub(super) fn is_sound(source: &mut (impl Read + Seek)) -> io::Result<bool> {
    let all = source.seek(SeekFrom::End(0))?;
    let (mut at, mut canvas) = (BEGIN, None);
    while at < all {
        source.seek(SeekFrom::Start(at))?;
        let mut chunk = Vec::with_capacity(18);
        source.by_ref().take(18).read_to_end(&mut chunk)?;
        let Some((name, bytes, content)) = outline(&chunk) else {
            return Ok(false);
        };
        // Each ends at an even place; the last may lack what fills it up.
        let end = at + 8 + u64::from(bytes);
        if end > all {
            return Ok(false);
        }
        match &name {
            b"ANIM" | b"ANMF" => return Ok(false),
            b"VP8X" | b"VP8 " => {
                let size = size(name, content);
                if size.is_none() || canvas.is_some_and(|canvas| Some(canvas) != size) {
                    return Ok(false);
                }
                canvas = size;
            }
            _ => {}
        }
        at = end + end % 2;
    }
    source.rewind()?;
    Ok(at > BEGIN)
}

/// The name of a chunk, its length, and what begins it.
fn outline(chunk: &[u8]) -> Option<([u8; 4], u32, &[u8])> {
    let (name, rest) = chunk.split_first_chunk::<4>()?;
    let (bytes, content) = rest.split_first_chunk::<4>()?;
    Some((*name, u32::from_le_bytes(*bytes), content))
}

/// The size that a chunk says the picture has: that of the canvas, or of what is on it.
fn size(name: [u8; 4], content: &[u8]) -> Option<[u32; 2]> {
    let number = |from: usize, to: usize| {
        let bytes = content.get(from..to)?.iter().rev();
        Some(bytes.fold(0, |number, byte| number << 8 | u32::from(*byte)))
    };
    Some(match &name {
        b"VP8X" => [number(4, 7)? + 1, number(7, 10)? + 1],
        _ => [number(6, 8)? & 0x3fff, number(8, 10)? & 0x3fff],
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn webp(chunks: &[(&[u8; 4], u32, &[u8])]) -> Vec<u8> {
        let mut all = b"RIFF\xff\xff\xff\0WEBP".to_vec();
        for (name, bytes, content) in chunks {
            all.extend(*name);
            all.extend(bytes.to_le_bytes());
            all.extend(*content);
        }
        all
    }

    #[test]
    fn what_says_more_than_there_is_never_reaches_the_decoder() {
        // 700 by 700, and a picture of that size or of 16,383 by 16,383.
        let canvas = b"\x08\0\0\0\xbb\x02\0\xbb\x02\0";
        let fits = b"\0\0\0\x9d\x01\x2a\xbc\x02\xbc\x02";
        let huge = b"\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f";
        for (chunks, sound) in [
            (
                vec![(b"VP8X", 10, &canvas[..]), (b"VP8 ", 10, &fits[..])],
                true,
            ),
            (vec![(b"VP8 ", 10, fits)], true),
            (vec![(b"VP8X", 10, canvas), (b"VP8 ", 10, huge)], false),
            (
                vec![
                    (b"VP8X", 10, canvas),
                    (b"VP8 ", 10, fits),
                    (b"EXIF", 0xffff_fff0, b"Exif"),
                ],
                false,
            ),
            (
                vec![(b"VP8X", 10, canvas), (b"ANMF", 4, b"\0\0\0\0")],
                false,
            ),
            (vec![(b"VP8 ", 10, &fits[..9])], false),
            (vec![(b"VP8 ", 4, b"\0\0\0\0")], false),
            (vec![], false),
        ] {
            let bytes = webp(&chunks);
            let mut source = Cursor::new(&bytes);
            assert_eq!(is_sound(&mut source).unwrap(), sound, "{chunks:?}");
        }
    }
}
