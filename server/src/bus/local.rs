//! The bus of a single node: notices stay in the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::{Bus, Notice, Subscription, Topic};

/// Topics are swept when there are this many more than after the last sweep.
const SWEEP_EVERY: usize = 1_024;

/// Carries notices within this process.
#[derive(Default)]
pub(crate) struct LocalBus {
    // Not an async mutex: nothing is awaited while it is held.
    topics: Mutex<Topics>,
}

#[derive(Default)]
struct Topics {
    senders: HashMap<Topic, broadcast::Sender<Arc<Notice>>>,
    after_sweep: usize,
}

/// How many notices wait for a slow listener before it is told that it missed
/// some. Room is taken up front, and there are many visitors.
fn capacity(topic: Topic) -> usize {
    match topic {
        Topic::Site(_) => 512,
        Topic::Visitor(_) | Topic::Pages(_) | Topic::Agent(_) => 16,
    }
}

impl LocalBus {
    fn topics(&self) -> MutexGuard<'_, Topics> {
        // A panic while the lock was held cannot leave the map half changed.
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bus for LocalBus {
    fn publish(&self, topic: Topic, notice: Notice) {
        let mut topics = self.topics();
        if let Some(sender) = topics.senders.get(&topic)
            && sender.send(Arc::new(notice)).is_err()
        {
            topics.senders.remove(&topic);
        }
    }

    fn subscribe(&self, topic: Topic) -> Subscription {
        let mut topics = self.topics();
        if topics.senders.len() > topics.after_sweep + SWEEP_EVERY {
            topics
                .senders
                .retain(|_, sender| sender.receiver_count() > 0);
            topics.after_sweep = topics.senders.len();
        }
        let sender = topics
            .senders
            .entry(topic)
            .or_insert_with(|| broadcast::channel(capacity(topic)).0);
        Subscription(sender.subscribe())
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::SiteId;

    use super::*;
    use crate::bus::Heard;

    fn site(n: u8) -> Topic {
        Topic::Pages(SiteId::from_random([n; 16]))
    }

    #[tokio::test]
    async fn everyone_who_listens_hears_and_no_one_else() {
        let bus = LocalBus::default();
        let (mut one, mut two) = (bus.subscribe(site(1)), bus.subscribe(site(1)));
        let mut other = bus.subscribe(site(2));
        bus.publish(site(1), Notice::AgentsOnline(true));
        bus.publish(site(2), Notice::AgentsOnline(false));
        for (listener, expected) in [(&mut one, true), (&mut two, true), (&mut other, false)] {
            let Heard::Notice(notice) = listener.next().await else {
                panic!("missed a notice");
            };
            assert_eq!(*notice, Notice::AgentsOnline(expected));
        }
    }

    #[tokio::test]
    async fn a_slow_listener_is_told_that_it_missed_some() {
        let bus = LocalBus::default();
        let mut slow = bus.subscribe(site(1));
        for _ in 0..=capacity(site(1)) {
            bus.publish(site(1), Notice::AgentsOnline(true));
        }
        assert!(matches!(slow.next().await, Heard::Missed));
        assert!(matches!(slow.next().await, Heard::Notice(_)));
    }

    #[test]
    fn topics_nobody_listens_to_do_not_stay() {
        let bus = LocalBus::default();
        for n in 0..=255 {
            for m in 0..20 {
                let topic = Topic::Visitor(saluda_protocol::VisitorId::from_random([
                    n, m, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ]));
                drop(bus.subscribe(topic));
            }
        }
        assert!(bus.topics().senders.len() <= SWEEP_EVERY + 1);
    }
}
