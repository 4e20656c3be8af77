//! How the visitor found the conversation, once an agent has closed it.

use saluda_protocol::{Author, Number, What, rating::TIMES};

use super::{Effect, Talk};

/// A close that can be rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rates {
    /// The event that closed it.
    pub(crate) closed: Number,
    /// The score that was given.
    pub(crate) given: Option<u8>,
    /// Whether another one can be given.
    pub(crate) open: bool,
}

/// What the visitor said of a close and is not known to be on the server.
#[derive(Debug)]
pub(crate) struct Rated {
    score: u8,
    frame: String,
}

impl Talk {
    /// The site asks.
    pub(crate) fn ask_how_it_was(&mut self) {
        self.rates = true;
    }

    /// What can be rated now. A message that is on its way opens it again.
    pub(crate) fn rates(&self) -> Option<Rates> {
        if !self.rates || self.conversation.to_send().next().is_some() {
            return None;
        }
        let mut given = None;
        let mut times = 0;
        for event in self.conversation.events().iter().rev() {
            match &event.what {
                What::Rated(rating) => {
                    given = given.or(Some(rating.score));
                    times += 1;
                }
                What::Closed(Author::Agent { .. }) => {
                    let pending = self.rated.as_ref().map(|rated| rated.score);
                    return Some(Rates {
                        closed: event.number,
                        open: times < TIMES && pending.is_none(),
                        given: pending.or(given),
                    });
                }
                What::Closed(_) | What::Reopened(_) => return None,
                _ => {}
            }
        }
        None
    }

    /// The visitor says how it was.
    pub(crate) fn rate(&mut self, score: u8, frame: String) -> Option<Effect> {
        let sent = self.welcomed.then(|| Effect::SendText(frame.clone()));
        self.rated = Some(Rated { score, frame });
        sent
    }

    pub(super) fn unsent_rating(&self) -> Option<Effect> {
        let rated = self.rated.as_ref();
        rated.map(|rated| Effect::SendText(rated.frame.clone()))
    }

    /// It is on the server, or the server does not take it.
    pub(super) fn settle_rating(&mut self) {
        self.rated = None;
    }
}
