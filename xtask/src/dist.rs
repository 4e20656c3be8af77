//! Writes `pkg/dist`: hashed files, their compressed forms, and the manifest.
//!
//! Hashed files are immutable, so one that exists is never rewritten, and one
//! that nothing names any more is removed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::compress::Cache;
use crate::manifest::{self, Entry, Manifest};

/// `pkg/dist` while it is written.
pub(crate) struct Dist {
    folder: PathBuf,
    cache: Cache,
    /// What is named so far.
    pub(crate) manifest: Manifest,
    /// Paths that belong to this build.
    kept: BTreeSet<PathBuf>,
}

impl Dist {
    /// Starts a build into a folder, whatever it holds already.
    pub(crate) fn new(folder: PathBuf, cache: Cache) -> Self {
        Self {
            folder,
            cache,
            manifest: Manifest::new(),
            kept: BTreeSet::new(),
        }
    }

    /// Adds a file under its logical name in the manifest.
    pub(crate) fn put_hashed(&mut self, logical: &str, content: &[u8]) -> Result<()> {
        let file = format!("assets/{}", manifest::hashed_name(logical, content));
        let brotli = self.put(&file, content)?;
        let integrity = manifest::integrity(content);
        let entry = Entry {
            file,
            integrity,
            bytes: content.len() as u64,
            brotli,
        };
        self.manifest.insert(logical.to_owned(), entry);
        Ok(())
    }

    /// Adds a file and its compressed forms; returns the bytes sent for it.
    pub(crate) fn put(&mut self, file: &str, content: &[u8]) -> Result<u64> {
        let brotli = self.cache.brotli(content)?;
        let gzip = self.cache.gzip(content)?;
        // The forms that are preferred first: a server that reads meanwhile
        // finds the plain file only once the others are there.
        for (suffix, bytes) in [(".br", &*brotli), (".gz", &*gzip), ("", content)] {
            self.write(&format!("{file}{suffix}"), bytes)?;
        }
        Ok(brotli.len() as u64)
    }

    fn write(&mut self, file: &str, content: &[u8]) -> Result<()> {
        let path = self.folder.join(file);
        if fs::read(&path).ok().as_deref() != Some(content) {
            fs::create_dir_all(path.parent().context("a file has a folder")?)?;
            fs::write(&path, content)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        self.kept.insert(path);
        Ok(())
    }

    /// Writes the manifest and removes what it no longer names. Returns
    /// whether anything changed.
    pub(crate) fn finish(mut self) -> Result<bool> {
        let text = manifest::text(&self.manifest)?;
        let path = self.folder.join("manifest.json");
        let changed = fs::read_to_string(&path).ok().as_deref() != Some(&text);
        if changed {
            let draft = self.folder.join("manifest.draft");
            fs::write(&draft, text)?;
            fs::rename(&draft, &path)?;
        }
        self.kept.insert(path);
        for folder in ["", "assets", "desk"] {
            self.remove_old(&self.folder.join(folder))?;
        }
        Ok(changed)
    }

    fn remove_old(&self, folder: &Path) -> Result<()> {
        for file in files(folder)? {
            if !self.kept.contains(&file) {
                fs::remove_file(&file)
                    .with_context(|| format!("cannot remove `{}`", file.display()))?;
            }
        }
        Ok(())
    }
}

/// The files of a folder in the order of their names; none if there is no such
/// folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compress::Effort;
    use crate::wasm::Profile;

    fn dist(folder: &Path) -> Dist {
        let cache = Cache::new(folder.join("cache"), Effort::of(Profile::Quick)).unwrap();
        Dist::new(folder.join("dist"), cache)
    }

    fn names(folder: &Path) -> Vec<String> {
        let names = files(folder).unwrap();
        names
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn old_files_go_when_new_ones_came() {
        let folder = tempfile::tempdir().unwrap();
        for content in [b"old", b"new"] {
            let mut dist = dist(folder.path());
            dist.put_hashed("ui.js", content).unwrap();
            assert!(dist.finish().unwrap());
        }
        let hashed = manifest::hashed_name("ui.js", b"new");
        let expected = [
            hashed.clone(),
            format!("{hashed}.br"),
            format!("{hashed}.gz"),
        ];
        assert_eq!(names(&folder.path().join("dist/assets")), expected);
    }

    #[test]
    fn nothing_changes_when_nothing_changed() {
        let folder = tempfile::tempdir().unwrap();
        for changed in [true, false] {
            let mut dist = dist(folder.path());
            dist.put_hashed("ui.js", b"same").unwrap();
            assert_eq!(dist.finish().unwrap(), changed);
        }
    }
}
