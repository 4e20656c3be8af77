//! What the rules were told of the conversation.

use crate::talk::Talk;

/// What the rules call the facts, in their order here.
const NAMES: [&str; 3] = ["conversation", "known", "online"];

/// The facts; `None` while nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Told([Option<bool>; 3]);

impl Told {
    /// What there is to tell. Only the server knows what an earlier page left
    /// behind: until it has answered, what began here is all there is to say.
    pub(crate) fn of(talk: &Talk) -> Self {
        let sure = |fact: bool| (fact || talk.welcomed()).then_some(fact);
        Self([
            sure(talk.is_open()),
            sure(talk.can_reach()),
            talk.welcomed().then_some(talk.agents_online()),
        ])
    }

    /// Adds what is known now, and returns what is new about it. A lost
    /// connection makes nothing unknown.
    pub(crate) fn update(&mut self, now: Self) -> Vec<(&'static str, bool)> {
        let mut news = Vec::new();
        for ((name, told), now) in NAMES.into_iter().zip(&mut self.0).zip(now.0) {
            if let Some(fact) = now
                && *told != now
            {
                *told = now;
                news.push((name, fact));
            }
        }
        news
    }
}
