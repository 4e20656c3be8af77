//! Who is there.
//!
//! A visitor is there while one of their pages is connected, and agents while
//! one of their desks is. Someone who walks from page to page comes back within
//! a moment, so a leave counts only when it lasted.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use saluda_protocol::{SiteId, VisitorId};

/// How many connections each one has.
struct Register<K> {
    connections: Mutex<HashMap<K, Connections>>,
}

#[derive(Default)]
struct Connections {
    open: usize,
    /// Grows with each arrival, so that a leave that was waiting can see that
    /// someone came meanwhile.
    arrivals: u64,
}

impl<K: Copy + Eq + Hash> Register<K> {
    fn new() -> Self {
        Self {
            connections: Mutex::new(HashMap::new()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Connections>> {
        // A panic while the lock was held cannot leave a count half changed.
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn holds(&self, key: K) -> bool {
        self.lock().contains_key(&key)
    }

    /// Counts a connection. Returns whether it is the first.
    fn come(&self, key: K) -> bool {
        let mut connections = self.lock();
        let first = !connections.contains_key(&key);
        let entry = connections.entry(key).or_default();
        entry.open += 1;
        entry.arrivals += 1;
        first
    }

    /// Counts a connection out. Returns what to ask later, when none is left.
    fn leave(&self, key: K) -> Option<u64> {
        let mut connections = self.lock();
        let entry = connections.get_mut(&key)?;
        entry.open = entry.open.saturating_sub(1);
        (entry.open == 0).then_some(entry.arrivals)
    }

    /// Forgets someone who did not come back. Returns whether they were gone.
    fn settle(&self, key: K, arrivals: u64) -> bool {
        let mut connections = self.lock();
        let gone = connections
            .get(&key)
            .is_some_and(|entry| entry.open == 0 && entry.arrivals == arrivals);
        if gone {
            connections.remove(&key);
        }
        gone
    }
}

/// Who is connected to this server.
pub(crate) struct Presence {
    visitors: Arc<Register<VisitorId>>,
    agents: Arc<Register<SiteId>>,
    pause: Duration,
}

/// A connection that is counted until it is dropped.
pub(crate) struct Here {
    leave: Option<Box<dyn FnOnce() + Send>>,
}

impl Drop for Here {
    fn drop(&mut self) {
        if let Some(leave) = self.leave.take() {
            leave();
        }
    }
}

impl Presence {
    /// Nobody is there. A leave counts when it lasted for `pause`.
    pub(crate) fn new(pause: Duration) -> Self {
        Self {
            visitors: Arc::new(Register::new()),
            agents: Arc::new(Register::new()),
            pause,
        }
    }

    /// Whether a visitor is there.
    pub(crate) fn has_visitor(&self, visitor: VisitorId) -> bool {
        self.visitors.holds(visitor)
    }

    /// Whether an agent is at the desk of a site.
    pub(crate) fn has_agent(&self, site: SiteId) -> bool {
        self.agents.holds(site)
    }

    /// Counts a visitor's page in. `tell` is called with `true` if they were
    /// not there before, and with `false` once they are gone.
    pub(crate) fn visitor(
        &self,
        visitor: VisitorId,
        tell: impl FnMut(bool) + Send + 'static,
    ) -> Here {
        come(&self.visitors, visitor, self.pause, tell)
    }

    /// Counts a desk in. `tell` is called as for a visitor.
    pub(crate) fn agent(&self, site: SiteId, tell: impl FnMut(bool) + Send + 'static) -> Here {
        come(&self.agents, site, self.pause, tell)
    }
}

fn come<K: Copy + Eq + Hash + Send + Sync + 'static>(
    register: &Arc<Register<K>>,
    key: K,
    pause: Duration,
    mut tell: impl FnMut(bool) + Send + 'static,
) -> Here {
    if register.come(key) {
        tell(true);
    }
    let register = Arc::clone(register);
    Here {
        leave: Some(Box::new(move || {
            let Some(arrivals) = register.leave(key) else {
                return;
            };
            tokio::spawn(async move {
                tokio::time::sleep(pause).await;
                if register.settle(key, arrivals) {
                    tell(false);
                }
            });
        })),
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    const PAUSE: Duration = Duration::from_secs(5);

    fn watch() -> (impl Fn(bool) + Clone + Send, mpsc::UnboundedReceiver<bool>) {
        let (told, heard) = mpsc::unbounded_channel();
        let tell = move |online| {
            let _ = told.send(online);
        };
        (tell, heard)
    }

    #[tokio::test(start_paused = true)]
    async fn a_leave_counts_when_it_lasted() {
        let presence = Presence::new(PAUSE);
        let visitor = VisitorId::from_random([1; 16]);
        let (tell, mut told) = watch();
        let here = presence.visitor(visitor, tell);
        assert_eq!(told.recv().await, Some(true));
        drop(here);
        assert!(presence.has_visitor(visitor));
        assert_eq!(told.recv().await, Some(false));
        assert!(!presence.has_visitor(visitor));
    }

    #[tokio::test(start_paused = true)]
    async fn walking_to_another_page_is_no_leave() {
        let presence = Presence::new(PAUSE);
        let visitor = VisitorId::from_random([1; 16]);
        let (tell, mut told) = watch();
        drop(presence.visitor(visitor, tell.clone()));
        tokio::time::sleep(PAUSE / 2).await;
        let next_page = presence.visitor(visitor, tell.clone());
        tokio::time::sleep(PAUSE * 2).await;
        assert_eq!(told.recv().await, Some(true));
        assert!(told.try_recv().is_err(), "nobody came or left meanwhile");
        drop(next_page);
        assert_eq!(told.recv().await, Some(false));
    }

    #[tokio::test(start_paused = true)]
    async fn two_tabs_are_one_visitor() {
        let presence = Presence::new(PAUSE);
        let visitor = VisitorId::from_random([1; 16]);
        let (tell, mut told) = watch();
        let one = presence.visitor(visitor, tell.clone());
        let two = presence.visitor(visitor, tell);
        drop(one);
        tokio::time::sleep(PAUSE * 2).await;
        assert!(presence.has_visitor(visitor));
        drop(two);
        assert_eq!(told.recv().await, Some(true));
        assert_eq!(told.recv().await, Some(false));
    }
}
