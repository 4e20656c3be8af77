//! Links that open the explain panel on a page of the site: signed with a key of
//! the site's own, good for a while.
//!
//! What the link carries is in it, not in the database: the panel of one browser
//! is nothing that the server has to remember.

use axum::http::Uri;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use saluda_protocol::{Millis, SiteKey, Span};
use saluda_store::{Site, Store, StoreError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::secret::{self, NoKey};

/// What a page looks for behind the `#` of an address.
const FRAGMENT: &str = "saluda-explain=";

/// Longest time for which a link is good.
pub(crate) const LONGEST_MS: u64 = 24 * 60 * 60 * 1000;

/// For how long it is if nothing is said.
pub(crate) const USUAL_MS: u64 = 60 * 60 * 1000;

/// For which page a link is wanted, and for how long.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Its address, with the scheme.
    pub(crate) page: String,
    /// At most 24 hours; one if nothing is said.
    #[serde(default = "usual", rename = "for")]
    pub(crate) span: Span,
}

fn usual() -> Span {
    Span(USUAL_MS)
}

/// A link that was made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Link {
    /// The page with the token behind it.
    pub(crate) url: String,
    /// From when on it is good for nothing.
    pub(crate) expires_at: Millis,
}

/// Why no link was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoLink {
    /// It would be good for too long, or for no time at all.
    #[error("a link is good for at least a second and at most 24 hours")]
    Span,
    /// The page has no address that a browser would open.
    #[error("a page is like `https://shop.example/plans`, with its scheme")]
    NoPage,
    /// The page is someone else's.
    #[error(
        "pages of `{0}` do not carry this site's widget; add it to the site's origins with `saluda site set`"
    )]
    Foreign(String),
    /// There is no key.
    #[error(transparent)]
    Key(#[from] NoKey),
}

/// Why a token opens nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Invalid {
    /// It was not made here for this site, or was altered since.
    #[error("this link to the explain panel is not of this site, or was altered; make a new one")]
    Foreign,
    /// Its time is over.
    #[error("this link to the explain panel has expired; make a new one")]
    Expired,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
struct Claim {
    site: SiteKey,
    expires_at: Millis,
}

/// Makes a link to a page of the site. A fragment of the page is left out: the
/// token takes its place.
pub(crate) async fn link(
    store: &dyn Store,
    site: &Site,
    page: &str,
    span_ms: u64,
    now: Millis,
) -> Result<Link, NoLink> {
    if !(1_000..=LONGEST_MS).contains(&span_ms) {
        return Err(NoLink::Span);
    }
    let page = page.split('#').next().unwrap_or_default();
    let origin = origin(page).ok_or(NoLink::NoPage)?;
    if !site.may_be_on(&origin) {
        return Err(NoLink::Foreign(origin));
    }
    let key = secret::of_site(store, site.id).await?;
    let claim = Claim {
        site: site.key.clone(),
        expires_at: now.plus(span_ms),
    };
    Ok(Link {
        url: format!("{page}#{FRAGMENT}{}", token(&key, &claim)),
        expires_at: claim.expires_at,
    })
}

fn token(key: &str, claim: &Claim) -> String {
    // A key and a number can always be written.
    let claim = serde_json::to_vec(claim).unwrap_or_default();
    let claim = URL_SAFE_NO_PAD.encode(claim);
    let signature = URL_SAFE_NO_PAD.encode(secret::sign(key, &claim));
    format!("{claim}.{signature}")
}

/// Until when a token opens the panel of this site.
pub(crate) async fn verify(
    store: &dyn Store,
    site: &Site,
    token: &str,
    now: Millis,
) -> Result<Millis, Invalid> {
    // Without a key, no link was ever made.
    let key = store.signing_key(site.id).await?.ok_or(Invalid::Foreign)?;
    let claim = read(&key, token).ok_or(Invalid::Foreign)?;
    if claim.site != site.key {
        return Err(Invalid::Foreign);
    }
    if claim.expires_at <= now {
        return Err(Invalid::Expired);
    }
    Ok(claim.expires_at)
}

/// What a token says, if it was signed with this key.
fn read(key: &str, token: &str) -> Option<Claim> {
    let (claim, signature) = token.split_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    if !secret::is_signed(key, claim, &signature) {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claim).ok()?).ok()
}

/// The origin of a page as its browser says it: without the scheme's own port.
fn origin(page: &str) -> Option<String> {
    let parsed: Uri = page.parse().ok()?;
    let (scheme, own_port) = match parsed.scheme_str()? {
        "http" => ("http", ":80"),
        "https" => ("https", ":443"),
        _ => return None,
    };
    let authority = parsed.authority()?.as_str().to_ascii_lowercase();
    if authority.contains('@') {
        return None;
    }
    let host = authority.strip_suffix(own_port).unwrap_or(&authority);
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    const PAGE: &str = "https://shop.example/plans?tab=2#prices";
    const NOW: Millis = Millis(1_000_000);

    async fn made(scene: &Scene) -> String {
        let store = &*scene.app.store;
        let link = link(store, &scene.site, PAGE, 60_000, NOW).await.unwrap();
        assert_eq!(link.expires_at, Millis(1_060_000));
        let (page, token) = link.url.split_once("#saluda-explain=").unwrap();
        assert_eq!(page, "https://shop.example/plans?tab=2");
        token.to_owned()
    }

    async fn verified(scene: &Scene, token: &str, now: u64) -> Result<Millis, String> {
        let verified = verify(&*scene.app.store, &scene.site, token, Millis(now)).await;
        verified.map_err(|why| why.to_string())
    }

    #[tokio::test]
    async fn a_link_is_good_until_it_expires() {
        let scene = Scene::new().await;
        let token = made(&scene).await;
        assert_eq!(
            verified(&scene, &token, 1_059_999).await,
            Ok(Millis(1_060_000))
        );
        let expired = verified(&scene, &token, 1_060_000).await.unwrap_err();
        assert!(expired.contains("has expired"), "{expired}");
        assert!(
            verified(&scene, &made(&scene).await, 1_000_000)
                .await
                .is_ok()
        );
    }

    #[tokio::test]
    async fn what_was_altered_or_signed_elsewhere_opens_nothing() {
        let scene = Scene::new().await;
        let refused = async |token: &str| {
            let why = verified(&scene, token, 1_000_000).await.unwrap_err();
            assert!(why.contains("not of this site"), "{token}: {why}");
        };
        // No link was made yet: there is no key either.
        refused("e30.e30").await;
        let token = made(&scene).await;
        let (claim, signature) = token.split_once('.').unwrap();
        let longer = r#"{"site":"shop","expires_at":9000000000000}"#;
        refused(&format!("{}.{signature}", URL_SAFE_NO_PAD.encode(longer))).await;
        refused(&format!("{claim}.")).await;
        refused(&format!("{claim}.{}", &signature[..20])).await;
        refused(claim).await;
        refused("").await;
        refused("ß.ß").await;
        let other = Claim {
            site: "other".parse().unwrap(),
            expires_at: Millis(9_000_000),
        };
        refused(&super::token("another key", &other)).await;
        // Two sites with one key, as after a database was put together by hand.
        let key = scene.app.store.signing_key(scene.site.id).await.unwrap();
        refused(&super::token(&key.unwrap(), &other)).await;
    }

    #[tokio::test]
    async fn only_pages_of_the_site_get_one_and_only_for_a_day() {
        let scene = Scene::new().await;
        let store = &*scene.app.store;
        for (page, span_ms, why) in [
            (
                "https://evil.example/",
                1_000,
                "add it to the site's origins",
            ),
            (
                "http://shop.example/",
                1_000,
                "pages of `http://shop.example`",
            ),
            (
                "https://shop.example@evil.example/",
                1_000,
                "with its scheme",
            ),
            ("/plans", 1_000, "with its scheme"),
            ("javascript:alert(1)", 1_000, "with its scheme"),
            (PAGE, LONGEST_MS + 1, "at most 24 hours"),
            (PAGE, 0, "at most 24 hours"),
        ] {
            let refused = link(store, &scene.site, page, span_ms, NOW).await;
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains(why), "{page}: {refused}");
        }
        let default_port = "https://SHOP.example:443/";
        assert!(
            link(store, &scene.site, default_port, LONGEST_MS, NOW)
                .await
                .is_ok()
        );
    }
}
