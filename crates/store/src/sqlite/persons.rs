//! People's rights: to have what is kept of them, and to have it gone.

use async_trait::async_trait;
use saluda_protocol::{Contact, FileId, Millis, Rating, SiteId, VisitorId};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};

use super::rows::{self, Row, whole};
use super::{SqliteStore, attributes, audit, change};
use crate::draft::Draft;
use crate::{AuditNote, Erased, Person, Persons, StoreError, Visitor, sql};

#[async_trait]
impl Persons for SqliteStore {
    async fn people(&self, site: SiteId, who: &str) -> Result<Vec<Visitor>, StoreError> {
        let found = sqlx::query(sql::PEOPLE)
            .bind(site.to_string())
            .bind(who.to_owned())
            .fetch_all(&self.readers)
            .await?;
        found.iter().map(rows::visitor).collect()
    }

    async fn person(&self, id: VisitorId) -> Result<Option<Person>, StoreError> {
        person(&self.readers, id).await
    }

    async fn erase(
        &self,
        id: VisitorId,
        at: Millis,
        note: Option<AuditNote>,
    ) -> Result<Option<Erased>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(erase(connection, id, at, note)))
            .await
    }

    async fn clear_log(&self) -> Result<bool, StoreError> {
        self.writer.clear_log().await
    }

    async fn silent_since(
        &self,
        site: SiteId,
        before: Millis,
        limit: u32,
    ) -> Result<Vec<VisitorId>, StoreError> {
        let found = sqlx::query(sql::SILENT_SINCE)
            .bind(site.to_string())
            .bind(whole(before.0))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        let id = |row| Row::of("visitor", row).parsed("id");
        found.iter().map(id).collect()
    }
}

async fn person(readers: &SqlitePool, id: VisitorId) -> Result<Option<Person>, StoreError> {
    // All of it as it is at one instant.
    let mut reading = readers.begin().await?;
    let connection: &mut SqliteConnection = &mut reading;
    let Some(visitor) = change::visitor(connection, id).await? else {
        return Ok(None);
    };
    let of = visitor.id.to_string();
    let also = ids(connection, sql::MERGED_INTO, &of).await?;
    let browsers = sqlx::query(sql::BROWSERS)
        .bind(of.clone())
        .fetch_all(&mut *connection)
        .await?;
    let attributes = attributes::attributes(connection, visitor.id).await?;
    let files = sqlx::query(sql::FILES_OF)
        .bind(of)
        .fetch_all(&mut *connection)
        .await?;
    let conversation = change::conversation_of(connection, id).await?;
    let conversation = conversation.map(|(conversation, _)| conversation);
    let (mut events, mut ratings) = (Vec::new(), Vec::new());
    if let Some(conversation) = &conversation {
        let id = conversation.id.to_string();
        events = sqlx::query(sql::ALL_EVENTS)
            .bind(id.clone())
            .fetch_all(&mut *connection)
            .await?;
        ratings = sqlx::query(sql::ALL_RATINGS)
            .bind(id)
            .fetch_all(connection)
            .await?;
    }
    let since = |row| Row::of("visitor_secret", row).millis("created_at");
    Ok(Some(Person {
        visitor,
        also: also.iter().filter_map(|id| id.parse().ok()).collect(),
        browsers: browsers.iter().map(since).collect::<Result<_, _>>()?,
        attributes,
        conversation,
        events: events.iter().map(rows::event).collect::<Result<_, _>>()?,
        ratings: ratings.iter().map(rating).collect::<Result<_, _>>()?,
        files: files.iter().map(rows::file).collect::<Result<_, _>>()?,
    }))
}

/// A rating, and when it was given.
fn rating(row: &SqliteRow) -> Result<(Rating, Millis), StoreError> {
    let at = Row::of("rating", row).millis("at")?;
    let (rating, _) = rows::rating(row)?;
    Ok((rating, at))
}

/// The ids that a query finds for one.
async fn ids(
    connection: &mut SqliteConnection,
    sql: &'static str,
    of: &str,
) -> Result<Vec<String>, StoreError> {
    let found = sqlx::query(sql)
        .bind(of.to_owned())
        .fetch_all(connection)
        .await?;
    let id = |row| Row::of("visitor", row).text("id");
    found.iter().map(id).collect()
}

/// What of a person is removed, once for each of those who they were. The rows that
/// others refer to stay, with nothing in them.
const GO: [&str; 2] = [sql::ERASE_ATTRIBUTES, sql::ERASE_SECRETS];
/// The same, once for each of their conversations.
const SAID: [&str; 2] = [sql::ERASE_EVENTS, sql::ERASE_RATINGS];

async fn erase(
    connection: &mut SqliteConnection,
    id: VisitorId,
    at: Millis,
    note: Option<AuditNote>,
) -> Result<Option<Erased>, StoreError> {
    let Some(visitor) = change::visitor(connection, id).await? else {
        return Ok(None);
    };
    let of = visitor.id.to_string();
    // Those who they were first: no row may be left that refers to one that is gone.
    let mut all = ids(connection, sql::MERGED_INTO, &of).await?;
    all.push(of.clone());
    let found = change::conversation_of(connection, visitor.id).await?;
    let mut files = Vec::new();
    for who in &all {
        let condemned = sqlx::query(sql::CONDEMN_FILES_OF)
            .bind(who.clone())
            .bind(of.clone())
            .fetch_all(&mut *connection)
            .await?;
        for row in &condemned {
            files.push(Row::of("file", row).parsed::<FileId>("id")?);
        }
        for conversation in ids(connection, sql::CONVERSATIONS_OF, who).await? {
            for sql in SAID {
                run(connection, sql, &conversation).await?;
            }
        }
        for sql in GO {
            run(connection, sql, who).await?;
        }
        run(connection, sql::ERASE_VISITOR, who).await?;
    }
    let change = match found {
        Some((conversation, _)) => {
            let mut draft = Draft::of(conversation);
            draft.erase(at);
            run(
                connection,
                sql::MARK_ERASED,
                &draft.conversation.id.to_string(),
            )
            .await?;
            Some(change::save(connection, draft, Contact::default()).await?)
        }
        None => None,
    };
    audit::note(connection, note).await?;
    Ok(Some(Erased { files, change }))
}

async fn run(
    connection: &mut SqliteConnection,
    sql: &'static str,
    id: &str,
) -> Result<(), StoreError> {
    sqlx::query(sql)
        .bind(id.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}
