//! Which file answers a path, and what is filled into it.

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A page with the snippet, named from the folder of pages.
    Page(String),
    /// Anything else: styles, scripts, drawings.
    File,
}

/// Finds the page for a path.
pub(crate) fn find(path: &str) -> Found {
    let inside = path.trim_start_matches('/');
    let last = inside.rsplit('/').next().unwrap_or_default();
    if inside.split('/').any(|part| part.starts_with('.')) {
        // Never a page of the shop. The file service refuses what leaves the
        // folder.
        return Found::File;
    }
    if inside.starts_with("app/") && !last.contains('.') {
        // The app finds its way by itself.
        return Found::Page("app/index.html".to_owned());
    }
    if last.is_empty() {
        return Found::Page(format!("{inside}index.html"));
    }
    match last.rsplit_once('.') {
        Some((_, "html")) => Found::Page(inside.to_owned()),
        _ => Found::File,
    }
}

/// Fills in where the chat is and which of its sites this shop is.
pub(crate) fn fill(page: &str, chat: &str, site: &str) -> String {
    page.replace("{{chat}}", chat).replace("{{site}}", site)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str) -> Found {
        Found::Page(name.to_owned())
    }

    #[test]
    fn a_path_leads_to_a_page_or_a_file() {
        assert_eq!(find("/"), page("index.html"));
        assert_eq!(find("/coffee/huila.html"), page("coffee/huila.html"));
        assert_eq!(find("/coffee/"), page("coffee/index.html"));
        assert_eq!(find("/style.css"), Found::File);
        assert_eq!(find("/../secret.html"), Found::File);
    }

    #[test]
    fn every_path_of_the_app_is_its_one_page() {
        assert_eq!(find("/app/"), page("app/index.html"));
        assert_eq!(find("/app/coffee/huila"), page("app/index.html"));
        assert_eq!(find("/app/app.js"), Found::File);
    }
}
