//! A visitor's page, from its hello to its end.

mod notices;
mod verbs;

use std::sync::Arc;

use saluda_protocol::visitor::Place;
use saluda_protocol::{
    ConversationId, Credentials, Cursor, FieldId, Marks, MessageId, Number, SiteId, Slice,
    VisitorFrame, VisitorUpdate,
};
use saluda_store::{Site, Visitor};

use super::link::{Close, Gone, Incoming, Link, Socket};
use crate::app::App;
use crate::bus::{Subscription, Topic};
use crate::chat::{arrive, forms, history, identify::identify};
use crate::door::Network;
use crate::presence::Here;
use crate::refusal::{self, Refusal};

/// Serves a page from its hello to its end.
///
/// Its task has as much memory as it needs at its most, for as long as the page is
/// there. What is done once, or now and then, has memory of its own while it is
/// done.
pub(crate) async fn serve(app: Arc<App>, site: Site, network: Option<Network>, socket: Socket) {
    let _counted = super::count("visitor");
    let Some(mut page) = Box::pin(begin(app, site, network, socket)).await else {
        return;
    };
    let end = page.run().await;
    Box::pin(page.end(end)).await;
}

/// Hears the page's hello and welcomes it. None if it comes to nothing.
async fn begin(
    app: Arc<App>,
    site: Site,
    network: Option<Network>,
    socket: Socket,
) -> Option<Page> {
    let mut link = Link::paced(socket, app.door.frames());
    let Some(VisitorFrame::Hello {
        wire,
        credentials,
        resume,
        place,
    }) = link.first().await
    else {
        link.close(Close::NoHello).await;
        return None;
    };
    let place = arrive::trim(place);
    let known = match &credentials {
        Some(credentials) => arrive::recognise(&app, site.id, credentials).await,
        None => Ok(None),
    };
    let arrived = match known {
        Ok(Some(visitor)) => Ok((visitor, None, true)),
        Ok(None) => arrive::someone_new(&app, site.id, place.clone())
            .map(|(visitor, fresh)| (visitor, Some(fresh), false))
            .map_err(Refusal::from),
        Err(error) => Err(error.into()),
    };
    let Ok((visitor, fresh, written)) = arrived else {
        // The client tries again; the fault is logged.
        link.close(Close::Restart).await;
        return None;
    };
    // Those who are in a conversation keep it, whatever comes.
    if !written && app.door.connections.are_scarce() {
        link.close(Close::Busy).await;
        return None;
    }
    let here = count_in(&app, &visitor);
    let mut page = Page {
        // Listening begins before anything is read, so nothing falls between.
        own: app.bus.subscribe(Topic::Visitor(visitor.id)),
        pages: app.bus.subscribe(Topic::Pages(site.id)),
        visitor: Visitor { place, ..visitor },
        written,
        conversation: None,
        last: Number(0),
        marks: Marks::default(),
        here,
        wire,
        app,
        site: site.id,
        network,
        link,
    };
    if let Err(end) = page.welcome(fresh, resume, Some(&site)).await {
        page.end(end).await;
        return None;
    }
    Some(page)
}

/// What a page begins with: what was said, how far each side has come, and what
/// need not be filled in any more.
type Read = (Slice, Marks, Vec<FieldId>);

/// How a page's connection ends.
enum End {
    /// It is gone.
    Gone,
    /// We close it.
    Close(Close),
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

struct Page {
    /// Which version of the protocol it speaks.
    wire: u32,
    app: Arc<App>,
    site: SiteId,
    /// Where it comes from, if that is known.
    network: Option<Network>,
    link: Link,
    visitor: Visitor,
    /// Whether the visitor is in the database. They are from their first
    /// interaction on, and not before.
    written: bool,
    conversation: Option<ConversationId>,
    /// The last event the page was sent.
    last: Number,
    marks: Marks,
    own: Subscription,
    pages: Subscription,
    here: Here,
}

/// Counts the page in. The desks are told when the visitor leaves; that they came,
/// they are told when the page is welcomed.
fn count_in(app: &Arc<App>, visitor: &Visitor) -> Here {
    let (teller, site, visitor) = (Arc::clone(app), visitor.site, visitor.id);
    app.presence.visitor(visitor, move |online| {
        if online {
            return;
        }
        let app = Arc::clone(&teller);
        tokio::spawn(async move {
            match app.store.conversation_of(visitor).await {
                Ok(Some(found)) => arrive::announce_presence(&app, site, found.id, false),
                Ok(None) => {}
                Err(error) => refusal::unheard(error),
            }
        });
    })
}

impl Page {
    /// Welcomes the page. The site is read anew unless it was read just now.
    async fn welcome(
        &mut self,
        credentials: Option<Credentials>,
        resume: Option<Cursor>,
        site: Option<&Site>,
    ) -> Result<(), End> {
        let read = self.read(resume, site).await;
        let Ok((slice, marks, answered)) = read else {
            return Err(End::Close(Close::Restart));
        };
        self.last = slice.events.last().map_or(self.last, |event| event.number);
        self.marks = marks;
        let welcome = VisitorUpdate::Welcome {
            credentials,
            epoch: self.app.epoch.clone(),
            now: self.app.now(),
            slice,
            marks,
            contact: self.visitor.contact.clone(),
            agents_online: self.app.presence.has_agent(self.site),
            answered,
        };
        Ok(self.send(vec![welcome]).await?)
    }

    /// What the page needs to begin with, and notes where the visitor is.
    async fn read(&mut self, resume: Option<Cursor>, site: Option<&Site>) -> Result<Read, Refusal> {
        let empty = Slice {
            events: Vec::new(),
            reset: true,
            older: false,
        };
        if !self.written {
            return Ok((empty, Marks::default(), Vec::new()));
        }
        let (app, visitor) = (&self.app, &self.visitor);
        app.store
            .see_visitor(visitor.id, visitor.place.clone(), app.now())
            .await?;
        let answered = match site {
            Some(site) => forms::known_at(app, site, visitor.id, &visitor.contact).await?,
            None => forms::known(app, self.site, visitor.id, &visitor.contact).await?,
        };
        let Some(found) = app.store.conversation_of(visitor.id).await? else {
            return Ok((empty, Marks::default(), answered));
        };
        arrive::announce_presence(app, self.site, found.id, true);
        let slice = history::resume(app, found.id, found.last, resume.as_ref()).await?;
        self.conversation = Some(found.id);
        if !slice.reset {
            self.last = resume.map_or(Number(0), |cursor| cursor.last);
        }
        Ok((slice, found.marks, answered))
    }

    async fn run(&mut self) -> End {
        let app = Arc::clone(&self.app);
        let stopped = app.stopped();
        tokio::pin!(stopped);
        loop {
            let step = tokio::select! {
                incoming = self.link.next() => Box::pin(self.take(incoming)).await,
                heard = self.own.next() => Box::pin(self.hear(heard)).await,
                heard = self.pages.next() => Box::pin(self.hear(heard)).await,
                () = &mut stopped => Err(End::Close(Close::Restart)),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn take(&mut self, incoming: Result<Incoming<VisitorFrame>, Gone>) -> Result<(), End> {
        let done = match incoming? {
            Incoming::Frame(VisitorFrame::Identify { token }) => {
                return self.identify(&token).await;
            }
            Incoming::Frame(VisitorFrame::Hello {
                credentials,
                resume,
                place,
                ..
            }) => return self.welcome_tab(credentials.as_ref(), resume, place).await,
            Incoming::Frame(frame) => self.frame(frame).await,
            Incoming::Senseless => self.refuse(None, super::senseless()).await,
            Incoming::Quiet => self.link.send(&VisitorUpdate::Ping).await,
        };
        Ok(done?)
    }

    /// Welcomes another tab of the visitor, which shares this connection. One
    /// of somebody else comes back with a connection of its own.
    async fn welcome_tab(
        &mut self,
        credentials: Option<&Credentials>,
        resume: Option<Cursor>,
        place: Place,
    ) -> Result<(), End> {
        let known = match credentials {
            Some(credentials) => arrive::recognise(&self.app, self.site, credentials).await,
            None => Ok(None),
        };
        let Ok(Some(visitor)) = known else {
            return Err(End::Close(Close::Restart));
        };
        if visitor.id != self.visitor.id {
            return Err(End::Close(Close::Restart));
        }
        let place = arrive::trim(place);
        self.visitor = Visitor { place, ..visitor };
        self.written = true;
        self.welcome(None, resume, None).await
    }

    /// Goes on as the visitor whom a token names, and welcomes them.
    async fn identify(&mut self, token: &str) -> Result<(), End> {
        let identified = identify(&self.app, self.site, &self.visitor, token).await;
        let (visitor, credentials) = match identified {
            Ok(identified) => identified,
            Err(error) => return Ok(self.refuse(None, error).await?),
        };
        if visitor.id != self.visitor.id {
            self.own = self.app.bus.subscribe(Topic::Visitor(visitor.id));
            self.here = count_in(&self.app, &visitor);
        }
        let place = self.visitor.place.clone();
        self.visitor = Visitor { place, ..visitor };
        self.written = true;
        self.conversation = None;
        self.last = Number(0);
        self.welcome(Some(credentials), None, None).await
    }

    async fn send(&mut self, updates: Vec<VisitorUpdate>) -> Result<(), Gone> {
        for update in updates {
            self.link.send(&update.for_wire(self.wire)).await?;
        }
        Ok(())
    }

    async fn refuse(&mut self, id: Option<MessageId>, error: Refusal) -> Result<(), Gone> {
        let refused = VisitorUpdate::Refused { id, error: error.0 };
        self.link.send(&refused).await
    }

    /// Says why it ends, if it does not know.
    async fn end(mut self, end: End) {
        self.leave().await;
        if let End::Close(why) = end {
            self.link.close(why).await;
        }
    }

    /// Notes when the visitor was last here.
    async fn leave(&mut self) {
        if !self.written {
            return;
        }
        let (visitor, now) = (&self.visitor, self.app.now());
        let seen = self
            .app
            .store
            .see_visitor(visitor.id, visitor.place.clone(), now)
            .await;
        if let Err(error) = seen {
            refusal::unheard(error);
        }
    }
}
