//! Who is let in, and how fast: limits for each visitor, network and site, and
//! for everyone together.
//!
//! A limit refuses with the time after which it lets in again. What it remembers
//! is bounded, and holds no address, only a hash with a key of this process.

mod connections;
mod limiter;
mod limits;
mod network;

use std::hash::Hash;
use std::sync::Arc;

use axum::http::HeaderMap;
use ipnet::IpNet;
use saluda_protocol::Millis;

use crate::http::Peer;
use crate::settings::Settings;
use limiter::Limiter;

pub(crate) use connections::{Connections, Entered};
pub(crate) use limiter::TooMany;
pub(crate) use limits::{Limit, Rate};
pub(crate) use network::Network;

/// However few messages may be posted, a frame is read this often, in
/// milliseconds.
const FRAME_EVERY_MS: u64 = 50;

/// Keeps the limits.
pub(crate) struct Door {
    pub(crate) connections: Arc<Connections>,
    limiter: Limiter,
    posts: Rate,
    proxies: Vec<IpNet>,
}

impl Door {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            connections: Arc::new(Connections::new(
                settings.max_connections,
                &settings.proxies,
            )),
            limiter: Limiter::default(),
            posts: Rate::in_a_minute(settings.posts_per_minute),
            proxies: settings.proxies.clone(),
        }
    }

    /// How fast a page's frames are read: a few for each message that may be
    /// posted, for marks, typing and walking around.
    pub(crate) fn frames(&self) -> Rate {
        Rate {
            at_once: self.posts.at_once.saturating_mul(4),
            every_ms: (self.posts.every_ms / 4).min(FRAME_EVERY_MS),
        }
    }

    /// The network that a request comes from; none when it comes from a proxy
    /// that does not say.
    pub(crate) fn network(&self, peer: Peer, headers: &HeaderMap) -> Option<Network> {
        network::of(peer.0.ip(), headers, &self.proxies)
    }

    /// Counts something against a limit, for whoever `key` stands for.
    ///
    /// # Errors
    ///
    /// When that is too often, which is not counted.
    pub(crate) fn pass(&self, limit: Limit, key: impl Hash, now: Millis) -> Result<(), TooMany> {
        self.limiter.take((limit, key), limit.rate(self.posts), now)
    }

    /// The same for a network, if it is known.
    ///
    /// # Errors
    ///
    /// When that is too often, which is not counted.
    pub(crate) fn pass_network(
        &self,
        limit: Limit,
        network: Option<Network>,
        now: Millis,
    ) -> Result<(), TooMany> {
        match network {
            Some(network) => self.pass(limit, network, now),
            None => Ok(()),
        }
    }
}
