//! What an agent can do.

use leptos::prelude::*;
use saluda_client::Pending;
use saluda_protocol::message::InvalidText;
use saluda_protocol::{AgentFrame, Body, ConversationId, MessageId, SiteId, Status, Tab, limits};

use crate::inbox::state::Inbox;
use crate::memory;
use crate::route::{self, Place, Section};
use crate::state::Desk;
use crate::texts::text;
use crate::thread::state::Threads;

impl Desk {
    /// Shows a tab of the inbox.
    pub(crate) fn show_tab(self, tab: Tab) {
        self.inbox.update(|inbox| inbox.show(tab));
        self.list_if_lacking();
    }

    /// Loads more of the tab that is shown, if there is more.
    pub(crate) fn show_more(self) {
        let (tab, next) = self
            .inbox
            .with_untracked(|inbox| (inbox.tab(), inbox.next()));
        if next.is_none() || self.listing.get_untracked() {
            return;
        }
        if self.send(&AgentFrame::List { tab, after: next }) {
            self.listing.set(true);
        }
    }

    /// Turns to another site.
    pub(crate) fn choose_site(self, site: SiteId) {
        memory::keep_site(site);
        self.listing.set(false);
        // A conversation or a trigger of the site before has no place here.
        let place = match self.place.get_untracked() {
            // What is asked of one site is asked of another.
            place @ (Place::Settings(_) | Place::Import) => place,
            place => match place.section() {
                Section::Inbox => Place::Inbox(None),
                Section::Triggers | Section::Settings => Place::Triggers,
            },
        };
        route::go(&place);
        self.watch(site);
    }

    /// The site that the address names, if it is one of the agent's.
    pub(crate) fn site_in_address(self) -> Option<SiteId> {
        let key = route::site()?;
        self.sites.with_untracked(|sites| {
            let mut all = sites.iter().flatten();
            all.find(|it| it.key == key).map(|it| it.site)
        })
    }

    /// Shows what an address names.
    pub(crate) fn turn_to(self, place: Place) {
        let watched = self.inbox.with_untracked(Inbox::site);
        if let Some(site) = self.site_in_address()
            && watched.is_some_and(|watched| watched != site)
        {
            self.listing.set(false);
            self.watch(site);
        }
        self.open(match place {
            Place::Inbox(conversation) => conversation,
            _ => None,
        });
        if self.place.with_untracked(|before| *before != place) {
            self.place.set(place);
        }
    }

    /// Opens a conversation, or leaves the one that is open.
    pub(crate) fn open(self, conversation: Option<ConversationId>) {
        let before = self.threads.with_untracked(Threads::open_id);
        if before == conversation {
            return;
        }
        self.person_shown.set(false);
        self.at_end.set(true);
        self.threads.update(|threads| threads.open(conversation));
        match conversation {
            Some(conversation) => self.ask_for(conversation),
            None => {
                self.send(&AgentFrame::Leave);
            }
        }
    }

    /// Loads what was said before.
    pub(crate) fn show_older(self) {
        let wanted = self.threads.with_untracked(|threads| {
            let thread = threads.current()?;
            (thread.conversation.has_older() && !thread.fetching_older)
                .then_some((threads.open_id()?, thread.conversation.first()))
        });
        let Some((conversation, before)) = wanted else {
            return;
        };
        if self.send(&AgentFrame::Older {
            conversation,
            before,
        }) {
            self.threads.update(|threads| {
                if let Some(thread) = threads.get_mut(conversation) {
                    thread.fetching_older = true;
                }
            });
        }
    }

    /// Answers the visitor. The answer is on the screen at once, and sent when
    /// there is a connection.
    pub(crate) fn post(self, conversation: ConversationId, typed: &str) -> Result<(), InvalidText> {
        let body = Body::text(typed, untrack(|| self.text_limit()))?;
        self.say(conversation, body);
        Ok(())
    }

    /// Says something that needs no more looking at.
    pub(crate) fn say(self, conversation: ConversationId, body: Body) {
        let at = self.now();
        let id = MessageId::at(at, chance());
        self.threads.update(|threads| {
            if let Some(thread) = threads.get_mut(conversation) {
                let pending = Pending {
                    id,
                    body: body.clone(),
                    at,
                    refused: None,
                    greeting: None,
                };
                thread.conversation.write(pending);
            }
        });
        // When there is no connection, the next welcome sends it.
        self.send(&AgentFrame::Post {
            conversation,
            id,
            body,
        });
    }

    /// Sends a message again that was turned away.
    pub(crate) fn try_again(self, conversation: ConversationId, id: MessageId) {
        let pending = self
            .threads
            .try_update(|threads| threads.get_mut(conversation)?.conversation.try_again(id));
        if let Some(Pending { id, body, .. }) = pending.flatten() {
            self.send(&AgentFrame::Post {
                conversation,
                id,
                body,
            });
        }
    }

    /// Takes back a message that was turned away.
    pub(crate) fn discard(self, conversation: ConversationId, id: MessageId) {
        self.threads.update(|threads| {
            if let Some(thread) = threads.get_mut(conversation) {
                thread.conversation.discard(id);
            }
        });
    }

    /// Closes or reopens a conversation.
    pub(crate) fn set_status(self, conversation: ConversationId, status: Status) {
        if !self.send(&AgentFrame::SetStatus {
            conversation,
            status,
        }) {
            self.notice.set(Some(text("error.no_connection")));
        }
    }

    /// Most characters of one answer.
    pub(crate) fn text_limit(self) -> usize {
        self.membership()
            .and_then(|membership| usize::try_from(membership.text_chars).ok())
            .unwrap_or(limits::AGENT_TEXT_CHARS)
    }
}

/// Ten bytes nobody can foresee.
pub(crate) fn chance() -> [u8; 10] {
    let mut bytes = [0; 10];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    if filled.is_none() {
        // An id has to differ from others, not to be secret.
        for byte in &mut bytes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255 by construction"
            )]
            let drawn = (js_sys::Math::random() * 256.0) as u8;
            *byte = drawn;
        }
    }
    bytes
}
