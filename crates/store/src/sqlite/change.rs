//! Changes of a conversation, inside a transaction.

use saluda_protocol::inbox::Counts;
use saluda_protocol::{
    Author, Body, Contact, ConversationId, Message, MessageId, Millis, Number, VisitorId, What,
};
use sqlx::SqliteConnection;

use super::rows::{self, Row, json, whole};
use super::{attributes, files};
use crate::draft::Draft;
use crate::{Change, Conversation, Post, Recorded, StoreError, To, Unposted, Visitor, With, sql};

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

pub(super) async fn post(
    connection: &mut SqliteConnection,
    post: Post,
) -> Result<Result<Recorded, Unposted>, StoreError> {
    let found = match post.to {
        To::Conversation(id) => conversation(connection, id).await?,
        To::Visitor { visitor, .. } => conversation_of(connection, visitor).await?,
    };
    let (mut draft, contact) = match (found, post.to) {
        // Nobody is there any more to say it to.
        (Some((conversation, _)), _) if conversation.erased => return Ok(Err(Unposted::Nowhere)),
        (Some((conversation, contact)), _) => {
            if let Some((number, at)) =
                place_of(connection, conversation.id, post.message.id).await?
            {
                return Ok(Ok(Recorded {
                    conversation: conversation.id,
                    number,
                    at,
                    change: None,
                }));
            }
            (Draft::of(conversation), contact)
        }
        (None, To::Conversation(_)) => return Ok(Err(Unposted::Nowhere)),
        (None, To::Visitor { visitor: id, fresh }) => {
            let Some(visitor) = visitor(connection, id).await? else {
                return Ok(Err(Unposted::Nowhere));
            };
            let mut draft = Draft::begin(fresh, visitor.site, visitor.id, post.at);
            let filled = attributes::attributes(connection, id).await?;
            if !filled.is_empty() {
                let answers = filled.into_iter().map(|it| it.answer).collect();
                draft.filled_in(answers, post.at);
            }
            (draft, visitor.contact)
        }
    };
    let by_visitor = post.message.author.is_visitor();
    let number = match post.with {
        With::Nothing => draft.message(post.message, post.at),
        With::Greeting(greeting) => draft.greet(post.message, *greeting, post.at),
        With::File(id) => {
            let (author, visitor) = (&post.message.author, draft.conversation.visitor);
            let body = match files::take(connection, id, author, visitor).await? {
                Ok(body) => body,
                Err(refused) => return Ok(Err(refused)),
            };
            let message = Message {
                body,
                ..post.message
            };
            draft.message(message, post.at)
        }
        With::Answer(answer) => {
            let reply = reply(connection, draft.conversation.id, &post.message.body).await?;
            let reply = match reply {
                Ok(reply) => reply,
                Err(refused) => return Ok(Err(refused)),
            };
            let tap = Message {
                body: reply.tap,
                ..post.message
            };
            let number = draft.message(tap, post.at);
            if let Some(text) = reply.answer {
                let answer = Message {
                    id: answer,
                    author: reply.author,
                    body: Body::Text(text),
                };
                draft.message(answer, post.at);
            }
            number
        }
    };
    if by_visitor {
        draft.follow_words(post.at);
    }
    let change = save(connection, draft, contact).await?;
    Ok(Ok(Recorded {
        conversation: change.conversation.id,
        number,
        at: post.at,
        change: Some(change),
    }))
}

/// A quick reply as it stands under its message.
struct Reply {
    /// The tap, with what stands on the button.
    tap: Body,
    /// Who asked, and answers.
    author: Author,
    answer: Option<String>,
}

/// The quick reply that is tapped, if it can be.
async fn reply(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
    tap: &Body,
) -> Result<Result<Reply, Unposted>, StoreError> {
    let Body::Tap {
        message, button, ..
    } = tap
    else {
        return Ok(Err(Unposted::NoSuchReply));
    };
    let place = usize::from(*button);
    let asked = sqlx::query(sql::EVENT_WITH_ANSWERS)
        .bind(conversation.to_string())
        .bind(message.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    let Some(asked) = asked else {
        return Ok(Err(Unposted::NoSuchReply));
    };
    let What::Message(asking) = rows::event(&asked)?.what else {
        return Ok(Err(Unposted::NoSuchReply));
    };
    let label = match &asking.body {
        Body::QuickReplies { replies, .. } => replies.get(place).cloned(),
        _ => None,
    };
    let Some(label) = label else {
        return Ok(Err(Unposted::NoSuchReply));
    };
    let tapped = sqlx::query(sql::EVENT_THAT_TAPS)
        .bind(conversation.to_string())
        .bind(message.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    if tapped.is_some() {
        return Ok(Err(Unposted::TappedAlready));
    }
    let answers = rows::answers(&asked)?;
    Ok(Ok(Reply {
        tap: Body::Tap {
            message: *message,
            button: *button,
            label,
        },
        author: asking.author,
        answer: answers.into_iter().nth(place).flatten(),
    }))
}

/// The message whose quick reply is tapped, if that is what happened.
fn tapped(what: &What) -> Option<MessageId> {
    match &what.message()?.body {
        Body::Tap { message, .. } => Some(*message),
        _ => None,
    }
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
        .bind(json(&conversation.origin)?)
        .bind(json(&conversation.tags)?)
        .bind(json(&conversation.follow_up)?)
        .execute(&mut *connection)
        .await?;
    let mut answers = draft.answers.as_ref().map(json).transpose()?;
    for event in &draft.events {
        sqlx::query(sql::ADD_EVENT)
            .bind(conversation.id.to_string())
            .bind(whole(event.number.0))
            .bind(whole(event.at.0))
            .bind(json(&event.what)?)
            .bind(event.what.message().map(|message| message.id.to_string()))
            .bind(answers.take())
            .bind(tapped(&event.what).map(|message| message.to_string()))
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
