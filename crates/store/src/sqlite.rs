//! SQLite: one file, no server to run beside ours.
//!
//! Write-ahead log with a full sync at each commit, so what was acknowledged
//! survives a power cut. One connection writes (see [`writer`]), a few read.

mod change;
mod rows;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use saluda_protocol::agent::{Page, Role};
use saluda_protocol::inbox::{Counts, Summary, Tab};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentId, Author, Contact, ConversationId, Event, Mark, Millis, Number, Side, SiteId, SiteKey,
    Status, VisitorId,
};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{ConnectOptions, SqlitePool};

use self::rows::{Row, json, whole};
use self::writer::Writer;
use crate::draft::Draft;
use crate::{
    Agent, Change, Conversation, Post, Recorded, Session, Site, Store, StoreError, Visitor, sql,
};

/// How many connections read at once.
const READERS: u32 = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
    epoch: String,
}

impl SqliteStore {
    /// Opens the file, which is made when it is missing, and brings its schema
    /// up to date. `fresh_epoch` names the database if it has no name yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened or written, or was written by a newer
    /// version.
    pub async fn open(path: &Path, fresh_epoch: &str) -> Result<Self, StoreError> {
        Self::connect(path, fresh_epoch)
            .await
            .map_err(|source| StoreError::Open {
                path: path.display().to_string(),
                source,
            })
    }

    async fn connect(
        path: &Path,
        fresh_epoch: &str,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(5))
            .disable_statement_logging();
        let mut connection = options.connect().await?;
        sqlx::migrate!("migrations/sqlite")
            .run(&mut connection)
            .await?;
        sqlx::query(sql::SET_EPOCH)
            .bind(fresh_epoch)
            .execute(&mut connection)
            .await?;
        let row = sqlx::query(sql::EPOCH).fetch_one(&mut connection).await?;
        let epoch = Row::of("meta", &row).text("value")?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self {
            writer: Writer::start(connection),
            readers,
            epoch,
        })
    }

    async fn site_where(
        &self,
        sql: &'static str,
        value: String,
    ) -> Result<Option<Site>, StoreError> {
        let row = sqlx::query(sql)
            .bind(value)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(rows::site).transpose()
    }

    async fn events(
        &self,
        sql: &'static str,
        conversation: ConversationId,
        number: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query(sql)
            .bind(conversation.to_string())
            .bind(whole(number.0))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(rows::event).collect()
    }
}

fn summaries(rows: &[SqliteRow]) -> Result<Vec<Summary>, StoreError> {
    rows.iter()
        .map(|row| rows::conversation(row).map(|(found, contact)| found.summary(contact)))
        .collect()
}

#[async_trait]
impl Store for SqliteStore {
    async fn epoch(&self) -> Result<String, StoreError> {
        Ok(self.epoch.clone())
    }

    async fn add_site(&self, site: Site) -> Result<bool, StoreError> {
        let (origins, settings) = (json(&site.origins)?, json(&site.settings)?);
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(sql::ADD_SITE)
                        .bind(site.id.to_string())
                        .bind(site.key.to_string())
                        .bind(site.name)
                        .bind(origins)
                        .bind(settings)
                        .bind(whole(site.created_at.0))
                        .execute(connection)
                        .await?;
                    Ok(done.rows_affected() > 0)
                })
            })
            .await
    }

    async fn update_site(&self, site: Site) -> Result<bool, StoreError> {
        let (origins, settings) = (json(&site.origins)?, json(&site.settings)?);
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(sql::UPDATE_SITE)
                        .bind(site.id.to_string())
                        .bind(site.name)
                        .bind(origins)
                        .bind(settings)
                        .execute(connection)
                        .await?;
                    Ok(done.rows_affected() > 0)
                })
            })
            .await
    }

    async fn site(&self, id: SiteId) -> Result<Option<Site>, StoreError> {
        self.site_where(sql::SITE, id.to_string()).await
    }

    async fn site_by_key(&self, key: &SiteKey) -> Result<Option<Site>, StoreError> {
        self.site_where(sql::SITE_BY_KEY, key.to_string()).await
    }

    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        let rows = sqlx::query(sql::SITES).fetch_all(&self.readers).await?;
        rows.iter().map(rows::site).collect()
    }

    async fn add_agent(&self, agent: Agent) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(sql::ADD_AGENT)
                        .bind(agent.id.to_string())
                        .bind(agent.email)
                        .bind(agent.name)
                        .bind(agent.password)
                        .bind(whole(agent.created_at.0))
                        .execute(connection)
                        .await?;
                    Ok(done.rows_affected() > 0)
                })
            })
            .await
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>, StoreError> {
        let row = sqlx::query(sql::AGENT_BY_EMAIL)
            .bind(email.to_owned())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(rows::agent).transpose()
    }

    async fn agents(&self) -> Result<Vec<Agent>, StoreError> {
        let rows = sqlx::query(sql::AGENTS).fetch_all(&self.readers).await?;
        rows.iter().map(rows::agent).collect()
    }

    async fn set_role(&self, site: SiteId, agent: AgentId, role: Role) -> Result<(), StoreError> {
        let role = json(&role)?;
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::SET_ROLE)
                        .bind(site.to_string())
                        .bind(agent.to_string())
                        .bind(role)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn memberships(&self, agent: AgentId) -> Result<Vec<(Site, Role)>, StoreError> {
        let rows = sqlx::query(sql::MEMBERSHIPS)
            .bind(agent.to_string())
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(rows::membership).collect()
    }

    async fn add_session(&self, session: Session) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::FORGET_SESSIONS)
                        .bind(whole(session.created_at.0))
                        .execute(&mut *connection)
                        .await?;
                    sqlx::query(sql::ADD_SESSION)
                        .bind(session.token_hash)
                        .bind(session.agent.to_string())
                        .bind(whole(session.created_at.0))
                        .bind(whole(session.expires_at.0))
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn session(&self, token_hash: &str, now: Millis) -> Result<Option<Agent>, StoreError> {
        let row = sqlx::query(sql::SESSION)
            .bind(token_hash.to_owned())
            .bind(whole(now.0))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(rows::agent).transpose()
    }

    async fn end_session(&self, token_hash: &str) -> Result<(), StoreError> {
        let token_hash = token_hash.to_owned();
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::END_SESSION)
                        .bind(token_hash)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

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

    async fn set_contact(
        &self,
        id: VisitorId,
        told: Contact,
        at: Millis,
    ) -> Result<Option<Change>, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let Some(visitor) = change::visitor(connection, id).await? else {
                        return Ok(None);
                    };
                    let contact = Contact {
                        email: told.email.or_else(|| visitor.contact.email.clone()),
                        name: told.name.or_else(|| visitor.contact.name.clone()),
                    };
                    if contact == visitor.contact {
                        return Ok(None);
                    }
                    sqlx::query(sql::SET_CONTACT)
                        .bind(id.to_string())
                        .bind(json(&contact)?)
                        .execute(&mut *connection)
                        .await?;
                    let Some((found, _)) = change::conversation_of(connection, id).await? else {
                        return Ok(None);
                    };
                    let mut draft = Draft::of(found);
                    draft.contact(contact.clone(), at);
                    change::save(connection, draft, contact).await.map(Some)
                })
            })
            .await
    }

    async fn post(&self, post: Post) -> Result<Option<Recorded>, StoreError> {
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
        self.events(sql::EVENTS_AFTER, conversation, after, limit)
            .await
    }

    async fn events_before(
        &self,
        conversation: ConversationId,
        before: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        let mut events = self
            .events(sql::EVENTS_BEFORE, conversation, before, limit)
            .await?;
        events.reverse();
        Ok(events)
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
