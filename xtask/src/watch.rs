//! Notices saved files, and knows what each of them affects.

use std::ops::BitOr;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use anyhow::{Context as _, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::run::Event;
use crate::{progress, workspace};

/// Editors write a file in several steps; a save is over after this silence.
const SILENCE: Duration = Duration::from_millis(200);

/// The folders with sources of what is served.
const FOLDERS: [&str; 6] = ["crates", "demo", "desk", "pkg/loader", "server", "widget"];

/// What must be built again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Affected {
    /// The files of widget and desk.
    pub(crate) assets: bool,
    /// The chat server.
    pub(crate) server: bool,
    /// The demo's web server.
    pub(crate) shop: bool,
}

impl BitOr for Affected {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            assets: self.assets || other.assets,
            server: self.server || other.server,
            shop: self.shop || other.shop,
        }
    }
}

impl Affected {
    /// What a file, named from the root of the repository, affects.
    fn by(path: &Path) -> Self {
        let text = path.to_string_lossy().replace('\\', "/");
        let is_in = |folders: &[&str]| folders.iter().any(|folder| text.starts_with(folder));
        // Editors' drafts, and tests, change nothing that is served.
        let draft = text.ends_with('~') || text.split('/').any(|part| part.starts_with('.'));
        if draft || text.split('/').any(|part| part == "tests") {
            return Self::default();
        }
        Self {
            assets: is_in(&["widget/", "desk/", "pkg/loader/", "crates/"])
                && !is_in(&["crates/store/"]),
            server: is_in(&["server/", "crates/"]) && !is_in(&["crates/client/"]),
            // The shop reads its pages anew for every visitor.
            shop: is_in(&["demo/"]) && !is_in(&["demo/site/"]),
        }
    }
}

/// Sends [`Event::Saved`] for every saved source, until it is dropped.
pub(crate) fn start(events: &Sender<Event>) -> Result<RecommendedWatcher> {
    let events = events.clone();
    let mut watching =
        notify::recommended_watcher(move |change: notify::Result<notify::Event>| {
            let Ok(change) = change else { return };
            if matches!(change.kind, EventKind::Access(_)) {
                return;
            }
            for path in change.paths {
                if affected(&path) != Affected::default() {
                    events.send(Event::Saved(path)).ok();
                }
            }
        })?;
    for folder in FOLDERS.map(workspace::path) {
        if folder.is_dir() {
            let result = watching.watch(&folder, RecursiveMode::Recursive);
            result.with_context(|| format!("cannot watch `{}`", folder.display()))?;
        }
    }
    Ok(watching)
}

fn affected(path: &Path) -> Affected {
    path.strip_prefix(workspace::root())
        .map(Affected::by)
        .unwrap_or_default()
}

/// Waits until nothing more is saved. `None` when it is time to stop.
pub(crate) fn settle(first: &Path, events: &Receiver<Event>) -> Option<Affected> {
    progress::note("saved", &workspace::shown(first));
    let mut all = affected(first);
    while let Ok(event) = events.recv_timeout(SILENCE) {
        match event {
            Event::Stop => return None,
            Event::Saved(path) => all = all | affected(&path),
            Event::Ended { .. } => {}
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(path: &str) -> (bool, bool, bool) {
        let Affected {
            assets,
            server,
            shop,
        } = Affected::by(Path::new(path));
        (assets, server, shop)
    }

    #[test]
    fn each_source_affects_what_is_made_of_it() {
        assert_eq!(by("widget/ui/src/panel.rs"), (true, false, false));
        assert_eq!(by("desk/style/inbox.css"), (true, false, false));
        assert_eq!(by("pkg/loader/widget.js"), (true, false, false));
        assert_eq!(by("crates/client/src/lib.rs"), (true, false, false));
        assert_eq!(by("crates/protocol/src/site.rs"), (true, true, false));
        assert_eq!(by("crates/store/src/lib.rs"), (false, true, false));
        assert_eq!(by("server/src/main.rs"), (false, true, false));
        assert_eq!(by("demo/src/lib.rs"), (false, false, true));
    }

    #[test]
    fn what_is_not_served_affects_nothing() {
        for path in [
            "demo/site/index.html",
            "server/tests/chat.rs",
            "widget/ui/src/.#panel.rs",
            "desk/a.rs~",
        ] {
            assert_eq!(by(path), (false, false, false), "{path}");
        }
    }
}
