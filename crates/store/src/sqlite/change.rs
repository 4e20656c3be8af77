//! Changes of a conversation, inside a transaction.

use saluda_protocol::inbox::Counts;
use saluda_protocol::{Contact, ConversationId, MessageId, Millis, Number, VisitorId};
use sqlx::SqliteConnection;

use super::rows::{self, Row, json, whole};
use crate::draft::Draft;
use crate::{Change, Conversation, Post, Recorded, StoreError, To, Visitor, sql};

type Found<T> = Result<Option<T>, StoreError>;

pub(super) async fn conversation(
    connection: &mut SqliteConnection,
    id: ConversationId,
) -> Found<(Conversation, Contact)> {
    sqlx::query(sql::CONVERSATION)
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| rows::conversation(&row))
        .transpose()
}

pub(super) async fn conversation_of(
    connection: &mut SqliteConnection,
    visitor: VisitorId,
) -> Found<(Conversation, Contact)> {
    sqlx::query(sql::CONVERSATION_OF)
        .bind(visitor.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| rows::conversation(&row))
        .transpose()
}

pub(super) async fn visitor(connection: &mut SqliteConnection, id: VisitorId) -> Found<Visitor> {
    sqlx::query(sql::VISITOR)
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| rows::visitor(&row))
        .transpose()
}

/// Where a message stands that was written down before.
async fn place_of(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
    message: MessageId,
) -> Found<(Number, Millis)> {
    sqlx::query(sql::EVENT_OF_MESSAGE)
        .bind(conversation.to_string())
        .bind(message.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| {
            let row = Row::of("event", &row);
            Ok((row.number("number")?, row.millis("at")?))
        })
        .transpose()
}

pub(super) async fn post(connection: &mut SqliteConnection, post: Post) -> Found<Recorded> {
    let found = match post.to {
        To::Conversation(id) => conversation(connection, id).await?,
        To::Visitor { visitor, .. } => conversation_of(connection, visitor).await?,
    };
    let (mut draft, contact) = match (found, post.to) {
        (Some((conversation, contact)), _) => {
            if let Some((number, at)) =
                place_of(connection, conversation.id, post.message.id).await?
            {
                return Ok(Some(Recorded {
                    conversation: conversation.id,
                    number,
                    at,
                    change: None,
                }));
            }
            (Draft::of(conversation), contact)
        }
        (None, To::Conversation(_)) => return Ok(None),
        (None, To::Visitor { visitor: id, fresh }) => {
            let Some(visitor) = visitor(connection, id).await? else {
                return Ok(None);
            };
            (
                Draft::begin(fresh, visitor.site, visitor.id, post.at),
                visitor.contact,
            )
        }
    };
    draft.message(post.message, post.at);
    let change = save(connection, draft, contact).await?;
    Ok(Some(Recorded {
        conversation: change.conversation.id,
        number: change.conversation.last,
        at: post.at,
        change: Some(change),
    }))
}

/// Keeps what became of a conversation, and counts it in its site's inbox.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    draft: Draft,
    contact: Contact,
) -> Result<Change, StoreError> {
    let (open, unread) = draft.count_changes();
    let mut conversation = draft.conversation;
    let row = sqlx::query(sql::CHANGE_INBOX)
        .bind(conversation.site.to_string())
        .bind(open)
        .bind(unread)
        .fetch_one(&mut *connection)
        .await?;
    let row = Row::of("site", &row);
    conversation.change = row.number("changes")?;
    let counts = Counts {
        open: row.whole("open_count")?,
        unread: row.whole("unread_count")?,
    };
    sqlx::query(sql::ADD_CONVERSATION)
        .bind(conversation.id.to_string())
        .bind(conversation.site.to_string())
        .bind(conversation.visitor.to_string())
        .bind(json(&conversation.status)?)
        .bind(whole(conversation.created_at.0))
        .bind(whole(conversation.last.0))
        .bind(whole(conversation.change.0))
        .bind(whole(conversation.written_at.0))
        .bind(json(&conversation.preview)?)
        .bind(whole(conversation.asked.0))
        .bind(json(&conversation.marks)?)
        .execute(&mut *connection)
        .await?;
    for event in &draft.events {
        sqlx::query(sql::ADD_EVENT)
            .bind(conversation.id.to_string())
            .bind(whole(event.number.0))
            .bind(whole(event.at.0))
            .bind(json(&event.what)?)
            .bind(event.what.message().map(|message| message.id.to_string()))
            .execute(&mut *connection)
            .await?;
    }
    Ok(Change {
        events: draft.events,
        conversation,
        contact,
        counts,
    })
}
