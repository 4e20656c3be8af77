//! All triggers of a site.

use saluda_protocol::TriggerId;
use saluda_protocol::studio::People;
use saluda_store::{Site, StoreError, Trigger, Triggers};

/// So many are read at once.
const AT_ONCE: u32 = 100;

/// All triggers of a site, in the order of their ids, and how many people each
/// of them reached.
pub(crate) async fn all<T: Triggers + ?Sized>(
    store: &T,
    site: &Site,
) -> Result<Vec<(Trigger, People)>, StoreError> {
    let mut all: Vec<(Trigger, People)> = Vec::new();
    loop {
        let after: Option<&TriggerId> = all.last().map(|(last, _)| &last.id);
        let page = store.triggers(site.id, after, AT_ONCE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
