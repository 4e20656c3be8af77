//! The one cookie: who the visitor is.
//!
//! It belongs to this host alone, so a neighbouring subdomain has a visitor of
//! its own. A page whose cookies are blocked throws at the first touch; here
//! that reads as a page without cookies.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlDocument;

const NAME: &str = "saluda";

/// How long a visitor is known after their last visit: 180 days.
const MAX_AGE_S: u32 = 180 * 24 * 60 * 60;

pub(crate) fn read() -> Option<String> {
    let cookies = document()?.cookie().ok()?;
    find(&cookies).map(str::to_owned)
}

/// Writes the cookie, or writes it again so that it lives longer.
pub(crate) fn write(value: &str) {
    if let Some(document) = document() {
        let _ = document.set_cookie(&line(value, MAX_AGE_S, is_secure()));
    }
}

pub(crate) fn erase() {
    if let Some(document) = document() {
        let _ = document.set_cookie(&line("", 0, is_secure()));
    }
}

fn document() -> Option<HtmlDocument> {
    web_sys::window()?.document()?.dyn_into().ok()
}

fn is_secure() -> bool {
    web_sys::window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|protocol| protocol == "https:")
}

fn find(cookies: &str) -> Option<&str> {
    cookies
        .split(';')
        .find_map(|pair| {
            let pair = pair.strip_prefix(' ').unwrap_or(pair);
            pair.strip_prefix(NAME)?.strip_prefix('=')
        })
        .filter(|value| !value.is_empty())
}

fn line(value: &str, max_age_s: u32, secure: bool) -> String {
    let age = max_age_s.to_string();
    let secure = if secure { "; Secure" } else { "" };
    [
        NAME,
        "=",
        value,
        "; Path=/; SameSite=Lax; Max-Age=",
        &age,
        secure,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_among_the_cookies_of_the_page() {
        assert_eq!(find("a=1; saluda=id.secret; b=2"), Some("id.secret"));
        assert_eq!(find("saluda=id.secret"), Some("id.secret"));
        assert_eq!(find("saluda2=x; notsaluda=y"), None);
        assert_eq!(find("saluda="), None);
        assert_eq!(find(""), None);
    }

    #[test]
    fn it_is_for_this_host_and_lives_for_180_days() {
        assert_eq!(
            line("id.secret", MAX_AGE_S, true),
            "saluda=id.secret; Path=/; SameSite=Lax; Max-Age=15552000; Secure"
        );
        assert_eq!(
            line("", 0, false),
            "saluda=; Path=/; SameSite=Lax; Max-Age=0"
        );
    }
}
