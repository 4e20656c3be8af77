//! What a page asks for, frame by frame.

use std::collections::BTreeMap;

use saluda_protocol::form::Value;
use saluda_protocol::visitor::{Greeted, Place};
use saluda_protocol::{
    Body, Claim, Cursor, ErrorCode, FieldId, Mark, MessageId, Number, Rating, Side, VisitorFrame,
    VisitorUpdate,
};
use saluda_store::Recorded;

use super::Page;
use crate::bus::{Notice, Topic};
use crate::chat::{self, arrive, forms, greet, history, post::By, settle};
use crate::door::Limit;
use crate::refusal::Refusal;
use crate::ws::link::Gone;
use crate::ws::senseless;

impl Page {
    /// Does what a frame asks.
    pub(super) async fn frame(&mut self, frame: VisitorFrame) -> Result<(), Gone> {
        let (id, done) = match frame {
            VisitorFrame::Post { id, body } => (Some(id), self.post(id, body).await),
            VisitorFrame::Greeted(greeted) => (Some(greeted.id), self.greeted(greeted).await),
            VisitorFrame::Contact(claim) => (None, self.contact(&claim).await),
            VisitorFrame::Answers { form, values } => (None, self.fill_in(&form, &values).await),
            VisitorFrame::Rated(rating) => (None, self.rate(rating).await),
            VisitorFrame::Attach => (None, self.attach().await),
            VisitorFrame::Delivered(up_to) => (None, self.mark(up_to, Number(0)).await),
            VisitorFrame::Read(up_to) => (None, self.mark(up_to, up_to).await),
            VisitorFrame::Moved(place) => (None, self.moved(place).await),
            VisitorFrame::Typing => (None, Ok(self.typing())),
            VisitorFrame::Older(before) => (None, self.older(before).await),
            VisitorFrame::Missed(after) => (None, self.missed(after).await),
            VisitorFrame::Pong => (None, Ok(Vec::new())),
            _ => (None, Err(senseless())),
        };
        match done {
            Ok(updates) => self.send(updates).await,
            Err(error) => self.refuse(id, error).await,
        }
    }

    /// Writes the visitor down, at their first interaction.
    async fn interact(&mut self) -> Result<(), Refusal> {
        if !self.written {
            let (door, now) = (&self.app.door, self.app.now());
            door.pass_network(Limit::Visitors, self.network, now)?;
            door.pass(Limit::VisitorsOfSite, self.site, now)?;
            self.app.store.add_visitor(self.visitor.clone()).await?;
            self.written = true;
        }
        Ok(())
    }

    async fn post(&mut self, id: MessageId, body: Body) -> Result<Vec<VisitorUpdate>, Refusal> {
        self.interact().await?;
        let recorded = chat::post(&self.app, By::Visitor(self.visitor.id), id, &body).await?;
        self.recorded(id, recorded).await
    }

    /// Notes where the visitor is now, for the agents who look at them.
    async fn moved(&mut self, place: Place) -> Result<Vec<VisitorUpdate>, Refusal> {
        self.visitor.place = arrive::trim(place);
        if self.written {
            let (app, visitor) = (&self.app, &self.visitor);
            let place = visitor.place.clone();
            app.store.see_visitor(visitor.id, place, app.now()).await?;
            if let Some(conversation) = self.conversation {
                arrive::announce_presence(app, self.site, conversation, true);
            }
        }
        Ok(Vec::new())
    }

    async fn greeted(&mut self, greeted: Greeted) -> Result<Vec<VisitorUpdate>, Refusal> {
        // One that was never published writes nobody down.
        let (by, body) = greet::read(&self.app, self.site, self.visitor.id, &greeted).await?;
        self.interact().await?;
        let recorded = chat::post(&self.app, by, greeted.id, &body).await?;
        self.recorded(greeted.id, recorded).await
    }

    /// What the page is told of what it said, and of what followed by itself.
    async fn recorded(
        &mut self,
        id: MessageId,
        recorded: Recorded,
    ) -> Result<Vec<VisitorUpdate>, Refusal> {
        self.conversation = Some(recorded.conversation);
        let (events, last) = match recorded.change {
            Some(change) => (change.events, change.conversation.last),
            None => (Vec::new(), recorded.number),
        };
        let mut updates = self.forward(events, last).await?;
        updates.push(VisitorUpdate::Ack {
            id,
            number: recorded.number,
            at: recorded.at,
        });
        Ok(updates)
    }

    async fn contact(&mut self, claim: &Claim) -> Result<Vec<VisitorUpdate>, Refusal> {
        let contact = claim
            .read()
            .map_err(|invalid| Refusal::new(ErrorCode::EmailInvalid, invalid.to_string()))?;
        self.interact().await?;
        settle::contact(&self.app, self.visitor.id, contact).await?;
        let kept = self.app.store.visitor(self.visitor.id).await?;
        Ok(kept
            .map(|visitor| VisitorUpdate::Contact(visitor.contact))
            .into_iter()
            .collect())
    }

    async fn fill_in(
        &mut self,
        form: &str,
        values: &BTreeMap<FieldId, Value>,
    ) -> Result<Vec<VisitorUpdate>, Refusal> {
        let (app, site, visitor) = (&self.app, self.site, self.visitor.id);
        // What other pages of the visitor have told counts too.
        let kept = app.store.visitor(visitor).await?;
        let contact = kept.map(|visitor| visitor.contact).unwrap_or_default();
        // What is refused writes nobody down.
        let filled = forms::read(app, site, visitor, &contact, form, values).await?;
        self.interact().await?;
        let (contact, answered) = forms::fill_in(&self.app, site, visitor, filled).await?;
        Ok(vec![
            VisitorUpdate::Contact(contact),
            VisitorUpdate::Answered(answered),
        ])
    }

    async fn rate(&mut self, rating: Rating) -> Result<Vec<VisitorUpdate>, Refusal> {
        let change = forms::rate(&self.app, self.site, self.visitor.id, rating).await?;
        match change {
            Some(change) => self.forward(change.events, change.conversation.last).await,
            None => Ok(Vec::new()),
        }
    }

    /// Writes the visitor down, so that what they send next is someone's.
    async fn attach(&mut self) -> Result<Vec<VisitorUpdate>, Refusal> {
        self.interact().await?;
        Ok(vec![VisitorUpdate::Attach])
    }

    async fn mark(
        &mut self,
        delivered: Number,
        read: Number,
    ) -> Result<Vec<VisitorUpdate>, Refusal> {
        if let Some(conversation) = self.conversation {
            let mark = Mark { delivered, read };
            settle::mark(&self.app, conversation, Side::Visitor, mark).await?;
        }
        Ok(Vec::new())
    }

    fn typing(&self) -> Vec<VisitorUpdate> {
        if let Some(conversation) = self.conversation {
            let notice = Notice::VisitorTyping(conversation);
            self.app.bus.publish(Topic::Site(self.site), notice);
        }
        Vec::new()
    }

    async fn older(&mut self, before: Number) -> Result<Vec<VisitorUpdate>, Refusal> {
        let Some(conversation) = self.conversation else {
            return Ok(Vec::new());
        };
        let slice = history::before(&self.app, conversation, before).await?;
        Ok(vec![VisitorUpdate::Slice(slice)])
    }

    async fn missed(&mut self, after: Number) -> Result<Vec<VisitorUpdate>, Refusal> {
        let Some(id) = self.conversation else {
            return Ok(Vec::new());
        };
        let Some(found) = self.app.store.conversation(id).await? else {
            return Ok(Vec::new());
        };
        let cursor = Cursor {
            epoch: self.app.epoch.clone(),
            last: after,
        };
        let slice = history::resume(&self.app, id, found.last, Some(&cursor)).await?;
        self.last = found.last;
        Ok(vec![VisitorUpdate::Slice(slice)])
    }
}
