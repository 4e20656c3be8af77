//! How many connections there are, in all and from each network.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;

use super::network::{Network, is_proxy};

/// What the process needs files for besides connections: database, log, uploads.
const OTHER_FILES: u64 = 200;
/// However few the system allows.
const FEWEST: usize = 64;
/// Of all connections, one network has at most one in so many, and this many in
/// any case.
const SHARE_OF_NETWORK: usize = 10;
const FEWEST_OF_NETWORK: usize = 50;
/// The last tenth is for those who are in a conversation, and for agents.
const KEPT_FREE: usize = 10;

/// Counts the connections that are open.
pub(crate) struct Connections {
    most: usize,
    proxies: Vec<IpNet>,
    // Not an async mutex: nothing is awaited while it is held.
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    all: usize,
    of: HashMap<Network, usize>,
}

impl Connections {
    /// At most `most` in all; as many as the system lets this process have if that
    /// is not set.
    pub(super) fn new(most: Option<u32>, proxies: &[IpNet]) -> Self {
        let most = most.and_then(|most| usize::try_from(most).ok());
        let of_system = most_of_system();
        Self {
            // No more than there can be, whatever is wished for.
            most: most.map_or(of_system, |most| most.min(of_system)),
            proxies: proxies.to_vec(),
            open: Mutex::default(),
        }
    }

    /// Counts a connection in until it is dropped; none if there are too many.
    pub(crate) fn enter(self: &Arc<Self>, peer: IpAddr) -> Option<Entered> {
        // Behind a proxy everyone is.
        let network = (!is_proxy(peer, &self.proxies)).then(|| Network::of(peer));
        let mut open = self.open();
        if open.all >= self.most {
            return None;
        }
        if let Some(network) = network {
            let of_network = open.of.entry(network).or_default();
            if *of_network >= (self.most / SHARE_OF_NETWORK).max(FEWEST_OF_NETWORK) {
                return None;
            }
            *of_network += 1;
        }
        open.all += 1;
        drop(open);
        Some(Entered {
            connections: Arc::clone(self),
            network,
        })
    }

    /// Whether there is no room any more for someone who has no conversation yet.
    pub(crate) fn are_scarce(&self) -> bool {
        self.open().all >= self.most - self.most / KEPT_FREE
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        // A panic while the lock was held cannot leave the counts half changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As many as the system lets this process have: as many as it could be let.
fn most_of_system() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let now = match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    // No limit at all is none to count up to.
    let files = now.unwrap_or(1_000_000).saturating_sub(OTHER_FILES);
    usize::try_from(files).unwrap_or(usize::MAX).max(FEWEST)
}

/// A connection that is counted.
pub(crate) struct Entered {
    connections: Arc<Connections>,
    network: Option<Network>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        open.all -= 1;
        if let Some(network) = self.network
            && let Some(of_network) = open.of.get_mut(&network)
        {
            *of_network -= 1;
            if *of_network == 0 {
                open.of.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn no_network_takes_all_connections() {
        let connections = Arc::new(Connections::new(Some(600), &[]));
        let mut entered: Vec<_> = (0..60)
            .map(|n| {
                connections
                    .enter(address(&format!("203.0.113.{n}")))
                    .unwrap()
            })
            .collect();
        assert!(connections.enter(address("203.0.113.200")).is_none());
        assert!(connections.enter(address("198.51.100.1")).is_some());
        entered.pop();
        assert!(connections.enter(address("203.0.113.200")).is_some());
        drop(entered);
        assert!(connections.open().of.is_empty());
        assert_eq!(connections.open().all, 0);
    }

    #[test]
    fn the_last_tenth_is_kept_free_and_the_rest_is_refused() {
        let connections = Arc::new(Connections::new(Some(100), &[]));
        let proxy = address("127.0.0.1");
        let mut entered = Vec::new();
        for n in 0..100 {
            assert_eq!(connections.are_scarce(), n >= 90, "{n}");
            entered.push(connections.enter(proxy).unwrap());
        }
        assert!(connections.enter(proxy).is_none());
        entered.truncate(89);
        assert!(!connections.are_scarce());
    }

    #[test]
    fn without_a_setting_the_system_says_how_many() {
        let connections = Connections::new(None, &[]);
        assert!(connections.most >= FEWEST, "{}", connections.most);
    }
}
