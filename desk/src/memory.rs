//! What the desk remembers in this browser. A browser that stores nothing is
//! no error: the desk begins anew each time.

use saluda_protocol::SiteId;

const SITE: &str = "saluda.desk.site";
const PAGE: &str = "saluda.desk.page";

/// The site that was chosen last.
pub(crate) fn site() -> Option<SiteId> {
    storage()?.get_item(SITE).ok()??.parse().ok()
}

/// Remembers the site that was chosen.
pub(crate) fn keep_site(site: SiteId) {
    if let Some(storage) = storage() {
        // Full or refused: the next start falls back to the first site.
        let _ = storage.set_item(SITE, &site.to_string());
    }
}

/// The page that triggers were tried on last.
pub(crate) fn page() -> Option<String> {
    storage()?.get_item(PAGE).ok()?
}

/// Remembers the page that triggers are tried on.
pub(crate) fn keep_page(page: &str) {
    if let Some(storage) = storage() {
        // Full or refused: the next time it is typed again.
        let _ = storage.set_item(PAGE, page);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
