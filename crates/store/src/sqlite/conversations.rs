//! Visitors and conversations.

use async_trait::async_trait;
use saluda_protocol::agent::Page;
use saluda_protocol::inbox::{Counts, Summary, Tab};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    Author, Contact, ConversationId, Event, Mark, Millis, Number, Rating, Side, SiteId, Status,
    VisitorId,
};
use sqlx::sqlite::SqliteRow;

use super::rows::{self, Row, json, whole};
use super::{SqliteStore, attributes, change, contact, events, forms};
use crate::draft::Draft;
use crate::{
    Attribute, Change, Conversation, Conversations, FilledIn, Post, Recorded, StoreError, Unposted,
    Unrated, Visitor, sql,
};

fn summaries(rows: &[SqliteRow]) -> Result<Vec<Summary>, StoreError> {
    rows.iter()
        .map(|row| rows::conversation(row).map(|(found, contact)| found.summary(contact)))
        .collect()
}

#[async_trait]
impl Conversations for SqliteStore {
    async fn add_visitor(&self, visitor: Visitor) -> Result<(), StoreError> {
        let (contact, place) = (json(&visitor.contact)?, json(&visitor.place)?);
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::ADD_VISITOR)
                        .bind(visitor.id.to_string())
                        .bind(visitor.site.to_string())
                        .bind(visitor.secret_hash)
                        .bind(contact)
                        .bind(place)
                        .bind(whole(visitor.first_seen.0))
                        .bind(whole(visitor.last_seen.0))
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn visitor(&self, id: VisitorId) -> Result<Option<Visitor>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        change::visitor(&mut connection, id).await
    }

    async fn see_visitor(&self, id: VisitorId, place: Place, at: Millis) -> Result<(), StoreError> {
        let place = json(&place)?;
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::SEE_VISITOR)
                        .bind(id.to_string())
                        .bind(place)
                        .bind(whole(at.0))
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn places(&self, site: SiteId, limit: u32) -> Result<Vec<Place>, StoreError> {
        let found = sqlx::query(sql::PLACES)
            .bind(site.to_string())
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        let place = |row| Row::of("visitor", row).json("place");
        found.iter().map(place).collect()
    }

    async fn set_contact(
        &self,
        id: VisitorId,
        told: Contact,
        at: Millis,
    ) -> Result<Option<Change>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(contact::set(connection, id, told, at)))
            .await
    }

    async fn fill_in(
        &self,
        visitor: VisitorId,
        filled: FilledIn,
        at: Millis,
    ) -> Result<Option<Change>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(forms::fill_in(connection, visitor, filled, at)))
            .await
    }

    async fn attributes(&self, visitor: VisitorId) -> Result<Vec<Attribute>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        attributes::attributes(&mut connection, visitor).await
    }

    async fn rate(
        &self,
        visitor: VisitorId,
        rating: Rating,
        at: Millis,
    ) -> Result<Result<Option<Change>, Unrated>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(forms::rate(connection, visitor, rating, at)))
            .await
    }

    async fn post(&self, post: Post) -> Result<Result<Recorded, Unposted>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(change::post(connection, post)))
            .await
    }

    async fn set_status(
        &self,
        conversation: ConversationId,
        status: Status,
        by: Author,
        at: Millis,
    ) -> Result<Option<Change>, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let found = change::conversation(connection, conversation).await?;
                    let found = found.filter(|(found, _)| !found.erased);
                    let Some((found, contact)) = found else {
                        return Ok(None);
                    };
                    let mut draft = Draft::of(found);
                    if !draft.status(status, by, at) {
                        return Ok(None);
                    }
                    change::save(connection, draft, contact).await.map(Some)
                })
            })
            .await
    }

    async fn mark(
        &self,
        conversation: ConversationId,
        side: Side,
        mark: Mark,
    ) -> Result<Option<Change>, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let found = change::conversation(connection, conversation).await?;
                    let Some((found, contact)) = found else {
                        return Ok(None);
                    };
                    let mut draft = Draft::of(found);
                    if !draft.mark(side, mark) {
                        return Ok(None);
                    }
                    change::save(connection, draft, contact).await.map(Some)
                })
            })
            .await
    }

    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let found = change::conversation(&mut connection, id).await?;
        Ok(found.map(|(conversation, _)| conversation))
    }

    async fn conversation_of(
        &self,
        visitor: VisitorId,
    ) -> Result<Option<Conversation>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let found = change::conversation_of(&mut connection, visitor).await?;
        Ok(found.map(|(conversation, _)| conversation))
    }

    async fn events_after(
        &self,
        conversation: ConversationId,
        after: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        events::after(&self.readers, conversation, after, limit).await
    }

    async fn events_before(
        &self,
        conversation: ConversationId,
        before: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        events::before(&self.readers, conversation, before, limit).await
    }

    async fn inbox(
        &self,
        site: SiteId,
        tab: Tab,
        after: Option<Page>,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError> {
        // Without a page we begin before anything that could have been written.
        let (written_at, id) = after.map_or((i64::MAX, String::new()), |page| {
            (whole(page.written_at.0), page.conversation.to_string())
        });
        let status = match tab {
            Tab::Open => Some(Status::Open),
            Tab::Closed => Some(Status::Closed),
            Tab::All => None,
        };
        let query = sqlx::query(match status {
            Some(_) => sql::INBOX_OF_STATUS,
            None => sql::INBOX_ALL,
        })
        .bind(site.to_string())
        .bind(written_at)
        .bind(id)
        .bind(i64::from(limit));
        let query = match status {
            Some(status) => query.bind(json(&status)?),
            None => query,
        };
        summaries(&query.fetch_all(&self.readers).await?)
    }

    async fn inbox_after(
        &self,
        site: SiteId,
        after: Number,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError> {
        let rows = sqlx::query(sql::INBOX_AFTER)
            .bind(site.to_string())
            .bind(whole(after.0))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        summaries(&rows)
    }

    async fn inbox_state(&self, site: SiteId) -> Result<(Number, Counts), StoreError> {
        let row = sqlx::query(sql::INBOX_STATE)
            .bind(site.to_string())
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else {
            return Ok((Number(0), Counts::default()));
        };
        let row = Row::of("site", &row);
        Ok((
            row.number("changes")?,
            Counts {
                open: row.whole("open_count")?,
                unread: row.whole("unread_count")?,
            },
        ))
    }
}
