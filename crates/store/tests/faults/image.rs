//! What lies on a disk after its power was cut.
//!
//! Up to a file's last sync everything is there. Of what was changed since,
//! the disk may have kept nothing, or any part, in any order.

use crate::chance::Chance;
use crate::disk::{Acknowledged, Change, File, Step};

/// What a disk writes at once, or not at all.
const SECTOR: usize = 512;

/// What a power cut does to what was not synced.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Loss {
    /// All of it is lost.
    Everything,
    /// Some of it is lost.
    Some,
    /// Some of it is lost, and of one write a part.
    Torn,
}

/// The files of a disk at one moment.
#[derive(Default)]
pub(crate) struct Image<'s> {
    files: [Kept<'s>; File::ALL.len()],
    /// Who was told so far that their message is on disk.
    pub(crate) acknowledged: Vec<Acknowledged>,
}

#[derive(Default)]
struct Kept<'s> {
    synced: Vec<u8>,
    since: Vec<&'s Change>,
}

impl<'s> Image<'s> {
    pub(crate) fn of(steps: &'s [Step]) -> Self {
        let mut image = Self::default();
        for step in steps {
            image.apply(step);
        }
        image
    }

    pub(crate) fn apply(&mut self, step: &'s Step) {
        match step {
            Step::Changed(file, change) => self.files[*file as usize].since.push(change),
            Step::Synced(file) => {
                let kept = &mut self.files[*file as usize];
                for change in kept.since.drain(..) {
                    make(&mut kept.synced, change);
                }
            }
            Step::SyncedFolder => {
                for kept in &mut self.files {
                    kept.sync_deletion();
                }
            }
            // The worst that systems do: they forget what they could not
            // write, and the next sync succeeds without it.
            Step::FailedToSync(file) => self.files[*file as usize].since.clear(),
            Step::Acknowledged(acknowledged) => self.acknowledged.push(*acknowledged),
        }
    }

    /// The files as they are found when the power is back.
    pub(crate) fn after(&self, loss: Loss, chance: &mut Chance) -> Vec<(File, Vec<u8>)> {
        let mut left = |file: File| {
            let kept = &self.files[file as usize];
            let mut bytes = kept.synced.clone();
            for change in kept.survivors(loss, chance) {
                make(&mut bytes, &change);
            }
            (file, bytes)
        };
        File::ALL.into_iter().map(&mut left).collect()
    }
}

impl Kept<'_> {
    fn sync_deletion(&mut self) {
        let deleted = |change: &&Change| matches!(change, Change::Delete);
        if let Some(last) = self.since.iter().rposition(deleted) {
            self.since.drain(..=last);
            self.synced.clear();
        }
    }

    fn survivors(&self, loss: Loss, chance: &mut Chance) -> Vec<Change> {
        if let Loss::Everything = loss {
            return Vec::new();
        }
        // From nearly nothing to everything.
        let eighths = 1 + chance.below(8);
        let mut survivors: Vec<Change> = self
            .since
            .iter()
            .filter(|change| matches!(change, Change::Delete) || chance.below(8) < eighths)
            .map(|change| Change::clone(change))
            .collect();
        if let Loss::Torn = loss {
            let seams: Vec<(usize, usize)> = survivors
                .iter()
                .enumerate()
                .flat_map(|(place, change)| seams(change).map(move |seam| (place, seam)))
                .collect();
            if let Some((place, seam)) = chance.pick(&seams) {
                tear(&mut survivors[*place], *seam, chance.below(2) == 0);
            }
        }
        survivors
    }
}

/// Where a write can break: between two sectors, counted from its first byte.
fn seams(change: &Change) -> impl Iterator<Item = usize> + use<> {
    let (at, size) = match change {
        Change::Write { at, bytes } => (*at, bytes.len()),
        _ => (0, 0),
    };
    let first = SECTOR - at % SECTOR;
    (first..size).step_by(SECTOR)
}

/// Leaves of a write what is before the seam, or what is behind it.
fn tear(change: &mut Change, seam: usize, before: bool) {
    if let Change::Write { at, bytes } = change {
        if before {
            bytes.truncate(seam);
        } else {
            bytes.drain(..seam);
            *at += seam;
        }
    }
}

fn make(file: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { at, bytes } => {
            let end = at + bytes.len();
            if file.len() < end {
                file.resize(end, 0);
            }
            file[*at..end].copy_from_slice(bytes);
        }
        Change::Truncate { size } => file.resize(*size, 0),
        Change::Delete => file.clear(),
    }
}
