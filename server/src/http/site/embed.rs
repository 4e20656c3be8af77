//! How a site's pages come by the widget, and whether they have.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use saluda_protocol::settings::{Connection, Embed};
use saluda_protocol::studio::Warning;
use saluda_store::{SeenOrigin, Site};

use crate::app::App;
use crate::http::guard::Asked;
use crate::http::triggers::answer::json;
use crate::refusal::Refusal;
use crate::site;

/// `GET /api/sites/{key}/embed`
pub(in crate::http) async fn embed(
    State(app): State<Arc<App>>,
    Extension(Asked { site, .. }): Extension<Asked>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let seen = app.store.origins_seen(site.id).await?;
    let known = app.settings.public_url.clone();
    let warnings = known.is_none().then(guessed);
    let server = known.unwrap_or_else(|| guess(&app, &headers));
    json(&Embed {
        snippet: site::snippet(&server, &site.key),
        policy: site::policy(&server),
        connected: connected(&site, &seen),
        warnings: warnings.into_iter().collect(),
        server,
    })
}

/// As whoever asks has reached us.
fn guess(app: &App, headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.map_or_else(|| app.settings.listen.to_string(), str::to_owned);
    format!("http://{host}")
}

fn guessed() -> Warning {
    Warning {
        path: "server".to_owned(),
        kind: "address_guessed".to_owned(),
        message: "the server was not told where browsers reach it, and took the address of this \
                  request; start it with `--public-url`, such as `https://chat.example.com`, \
                  before you paste this into pages"
            .to_owned(),
    }
}

fn connected(site: &Site, seen: &[SeenOrigin]) -> Vec<Connection> {
    let each = site.origins.iter().map(|origin| {
        let seen = seen.iter().find(|seen| seen.origin == *origin);
        Connection {
            origin: origin.clone(),
            first_at: seen.map(|seen| seen.first_at),
            last_at: seen.map(|seen| seen.last_at),
        }
    });
    each.collect()
}
