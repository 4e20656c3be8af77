//! Files that were sent and became no message, and what is left of those that did
//! not come to their end.
//!
//! Each step may be done twice. A file is condemned in the database first, so that
//! it cannot become a message while it goes; then it goes, and then its row.

use std::io;
use std::time::{Duration, UNIX_EPOCH};

use saluda_protocol::{Millis, limits};

use crate::app::App;
use crate::files::COMING;
use crate::files::receive::SendError;

/// How many files go at once.
const BATCH: u32 = 100;

/// Removes what is older than a day at this instant. Returns how many files went.
pub(crate) async fn sweep(app: &App, now: Millis) -> Result<usize, SendError> {
    let before = Millis(now.0.saturating_sub(limits::ORPHAN_MS));
    let mut gone = unfinished(app, before).await?;
    loop {
        let orphans = app.store.condemn_orphans(before, BATCH).await?;
        if orphans.is_empty() {
            return Ok(gone);
        }
        for id in orphans {
            app.files.remove(id).await?;
            app.store.forget_file(id).await?;
            gone += 1;
        }
    }
}

/// Removes what did not come to its end and was written to last before an instant.
async fn unfinished(app: &App, before: Millis) -> io::Result<usize> {
    let mut gone = 0;
    let mut folder = match tokio::fs::read_dir(app.files.folder()).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        folder => folder?,
    };
    let before = UNIX_EPOCH + Duration::from_millis(before.0);
    while let Some(entry) = folder.next_entry().await? {
        let path = entry.path();
        let is_coming = path.extension().is_some_and(|ending| ending == COMING);
        if is_coming && entry.metadata().await?.modified()? < before {
            tokio::fs::remove_file(path).await?;
            gone += 1;
        }
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use saluda_protocol::{File, FileId};
    use saluda_store::KeptFile;

    use super::*;
    use crate::files::Name;
    use crate::testing::Scene;

    #[tokio::test]
    async fn what_became_no_message_is_gone_after_a_day_and_what_became_one_stays() {
        for scene in Scene::everywhere().await {
            let visitor = scene.visitor().await;
            let folder = scene.app.files.folder().to_owned();
            std::fs::create_dir_all(&folder).unwrap();
            let ids = [1, 2, 3].map(|n| FileId::secret([n; 16]));
            for (id, at) in ids.iter().zip([1, 1, 2]) {
                let kept = KeptFile {
                    file: File {
                        id: *id,
                        name: "a".into(),
                        kind: "text/plain".into(),
                        bytes: 1,
                        picture: None,
                    },
                    visitor,
                    agent: None,
                    at: Millis(at),
                };
                scene.app.store.add_file(kept, None).await.unwrap().unwrap();
                scene.put(Name::File(*id), b"a").await;
            }
            scene.sends(visitor, ids[0]).await;
            let now = Millis(limits::ORPHAN_MS + 2);
            for gone in [1, 0] {
                assert_eq!(sweep(&scene.app, now).await.unwrap(), gone);
            }
            for (id, is_there) in ids.iter().zip([true, false, true]) {
                assert_eq!(scene.has(Name::File(*id)).await, is_there);
            }

            // One of which the row alone was left goes too.
            scene.app.files.remove(ids[2]).await.unwrap();
            assert_eq!(sweep(&scene.app, now.plus(1)).await.unwrap(), 1);
        }
    }

    #[tokio::test]
    async fn what_did_not_come_to_its_end_is_gone_after_a_day() {
        let scene = Scene::new().await;
        let folder = scene.app.files.folder().to_owned();
        std::fs::create_dir_all(&folder).unwrap();
        let path = scene.app.files.coming(Name::File(FileId::secret([1; 16])));
        std::fs::write(&path, "half").unwrap();
        let written = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(written).unwrap();
        let a_day = Millis(1_000 + limits::ORPHAN_MS);
        assert_eq!(sweep(&scene.app, a_day).await.unwrap(), 0);
        assert!(path.exists());
        assert_eq!(sweep(&scene.app, a_day.plus(1)).await.unwrap(), 1);
        assert!(!path.exists());
    }
}
