//! Compresses built files once, and remembers the result by content.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::manifest;
use crate::wasm::Profile;

/// How hard to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effort {
    brotli: i32,
    gzip: u32,
}

impl Effort {
    /// What is shipped is compressed as far as it goes.
    pub(crate) fn of(profile: Profile) -> Self {
        match profile {
            Profile::Shipped => Self {
                brotli: 11,
                gzip: 9,
            },
            Profile::Quick => Self { brotli: 4, gzip: 4 },
        }
    }
}

/// Compressed files, kept from one build to the next.
pub(crate) struct Cache {
    folder: PathBuf,
    effort: Effort,
}

impl Cache {
    pub(crate) fn new(folder: PathBuf, effort: Effort) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, effort })
    }

    /// The content compressed with brotli.
    pub(crate) fn brotli(&self, content: &[u8]) -> Result<Vec<u8>> {
        let name = format!("{}.{}.br", manifest::digest(content), self.effort.brotli);
        remember(&self.folder.join(name), || {
            brotli(content, self.effort.brotli)
        })
    }

    /// The content compressed with gzip.
    pub(crate) fn gzip(&self, content: &[u8]) -> Result<Vec<u8>> {
        let name = format!("{}.{}.gz", manifest::digest(content), self.effort.gzip);
        remember(&self.folder.join(name), || gzip(content, self.effort.gzip))
    }
}

fn remember(path: &Path, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    if let Ok(known) = fs::read(path) {
        return Ok(known);
    }
    let compressed = make()?;
    // Under another name first: a build that is interrupted leaves no half file.
    let draft = path.with_extension("draft");
    fs::write(&draft, &compressed)?;
    fs::rename(&draft, path)?;
    Ok(compressed)
}

fn brotli(content: &[u8], quality: i32) -> Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &settings)?;
    Ok(compressed)
}

fn gzip(content: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_forms_unpack_to_the_content() {
        let content = b"a greeting, a greeting, a greeting".repeat(50);
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned(), Effort::of(Profile::Shipped)).unwrap();

        let mut unpacked = Vec::new();
        let packed = cache.brotli(&content).unwrap();
        brotli::BrotliDecompress(&mut &*packed, &mut unpacked).unwrap();
        assert_eq!(unpacked, content);

        let packed = cache.gzip(&content).unwrap();
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&*packed)
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, content);
    }

    #[test]
    fn the_same_content_is_compressed_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        assert_eq!(remember(&path, || Ok(vec![1])).unwrap(), [1]);
        assert_eq!(remember(&path, || Ok(vec![2])).unwrap(), [1]);
    }
}
