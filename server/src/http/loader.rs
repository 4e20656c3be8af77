//! The loader, with the config of the site that it is for.
//!
//! A page asks for a script that is the same for all sites, and says only which
//! origin it is of. Where one site alone may be there, its config comes along,
//! and the launcher is drawn without another way there and back. In any other
//! case, and if it turns out to be of another site, the loader asks for it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

use super::{config, files, origin};
use crate::app::App;
use crate::connected;
use crate::refusal::{Refusal, unheard};

/// A header that scripts of the page may read.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// `GET /widget.js`
pub(super) async fn loader(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let told = told(&app, &headers).await.unwrap_or_else(|error| {
        // The page asks for its config, and hears of what is wrong.
        unheard(error);
        None
    });
    let mut response = told.unwrap_or_else(|| files::loader(&app, &headers));
    let by = HeaderValue::from_static("origin, accept-encoding");
    response.headers_mut().insert(header::VARY, by);
    response
}

/// The loader with a config in it; none for a page of which it is not known which
/// site it is of.
async fn told(app: &App, headers: &HeaderMap) -> Result<Option<Response>, Refusal> {
    let Some(from) = origin::of(headers) else {
        return Ok(None);
    };
    let Some(site) = app.store.only_site_on(from).await? else {
        return Ok(None);
    };
    connected::note(app, &site, from).await?;
    let known = config::known(app, site).await?;
    let Some(loader) = &known.loader else {
        return Ok(None);
    };
    let mut response = loader.answer(headers, files::kind("widget.js"));
    let answer = response.headers_mut();
    files::share(answer);
    answer.insert(header::CACHE_CONTROL, config::CACHE);
    // Opening hours are by our clock: a page's may be wrong.
    if let Ok(now) = HeaderValue::try_from(format!("saluda;desc=\"{}\"", app.now().0)) {
        answer.insert(SERVER_TIMING, now);
    }
    Ok(Some(response))
}

#[cfg(test)]
mod tests {
    use saluda_protocol::Millis;

    use crate::http::testing::{Answer, get};
    use crate::testing::Scene;

    const SHOP: (&str, &str) = ("origin", "https://shop.example");
    const LOADER: &str = "((site, config) => {})();\n";

    async fn built() -> Scene {
        let scene = Scene::new().await;
        std::fs::write(scene.assets().join("widget.js"), LOADER).unwrap();
        scene
    }

    async fn loader(scene: &Scene, headers: &[(&str, &str)]) -> Answer {
        get(scene, "/widget.js", headers).await
    }

    #[tokio::test]
    async fn it_brings_what_a_page_of_the_only_site_there_would_ask_for() {
        let scene = built().await;
        scene.clock.set(Millis(86_400_000));
        let answer = loader(&scene, &[SHOP]).await;
        assert_eq!(answer.status, 200);
        for (name, value) in [
            ("content-type", "text/javascript; charset=utf-8"),
            ("cache-control", "public, no-cache"),
            ("vary", "origin, accept-encoding"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("timing-allow-origin", "*"),
            ("server-timing", "saluda;desc=\"86400000\""),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
        let config = get(&scene, "/api/sites/shop/config", &[SHOP]).await;
        let expected = format!(
            "((site, config) => {{}})(\"shop\",'{}');\n",
            config.text().replace('\\', "\\\\").replace('\'', "\\'")
        );
        assert_eq!(answer.text(), expected);
        let seen = scene.app.store.origins_seen(scene.site.id).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].origin, SHOP.1);
    }

    #[tokio::test]
    async fn it_is_sent_again_when_the_site_or_the_loader_has_changed() {
        let scene = built().await;
        let tag = loader(&scene, &[SHOP]).await.header("etag").to_owned();
        let have = ("if-none-match", &*tag);
        scene.clock.set(Millis(86_400_000 - 1));
        let again = loader(&scene, &[SHOP, have]).await;
        assert_eq!(again.status, 304);
        assert_eq!(again.header("server-timing"), "saluda;desc=\"86399999\"");

        let mut site = scene.site.clone();
        site.settings.accent = "#aa0000".into();
        scene.app.store.update_site(site).await.unwrap();
        let changed = loader(&scene, &[SHOP, have]).await;
        assert_eq!(changed.status, 200);
        assert!(changed.text().contains("#aa0000"));

        let tag = changed.header("etag").to_owned();
        std::fs::write(scene.assets().join("widget.js"), "(() => 1)();").unwrap();
        let rebuilt = loader(&scene, &[SHOP, ("if-none-match", &tag)]).await;
        assert!(rebuilt.text().starts_with("(() => 1)(\"shop\",'{"));
    }

    #[tokio::test]
    async fn it_comes_alone_where_nobody_knows_which_site_it_is_for() {
        let scene = built().await;
        let foreign = ("origin", "https://evil.example");
        for headers in [&[][..], &[foreign]] {
            let answer = loader(&scene, headers).await;
            assert_eq!(answer.text(), LOADER);
            assert_eq!(answer.header("cache-control"), "public, max-age=300");
            assert_eq!(answer.header("vary"), "origin, accept-encoding");
            assert_eq!(answer.header("server-timing"), "");
        }
        let mut other = scene.site.clone();
        other.id = saluda_protocol::SiteId::from_random([7; 16]);
        other.key = "school".parse().unwrap();
        assert!(scene.app.store.add_site(other, None).await.unwrap());
        assert_eq!(loader(&scene, &[SHOP]).await.text(), LOADER);
    }

    #[tokio::test]
    async fn it_comes_packed_to_whoever_can_unpack_it() {
        let scene = built().await;
        let plain = loader(&scene, &[SHOP]).await;
        let packed = loader(&scene, &[SHOP, ("accept-encoding", "gzip, br")]).await;
        assert_eq!(packed.header("content-encoding"), "br");
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.body.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
    }
}
