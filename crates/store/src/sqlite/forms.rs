//! What visitors fill in, and how they find a conversation, inside a
//! transaction.

use saluda_protocol::{
    Answer, Contact, ConversationId, Millis, Number, Rating, Status, VisitorId, rating,
};
use sqlx::SqliteConnection;

use super::attributes::attributes;
use super::rows::{self, Row, json, whole};
use super::{change, contact};
use crate::draft::Draft;
use crate::{Change, FilledIn, StoreError, Unrated, sql};

pub(super) async fn fill_in(
    connection: &mut SqliteConnection,
    id: VisitorId,
    filled: FilledIn,
    at: Millis,
) -> Result<Option<Change>, StoreError> {
    let Some(visitor) = change::visitor(connection, id).await? else {
        return Ok(None);
    };
    let known = attributes(connection, visitor.id).await?;
    let mut news = Vec::new();
    for (place, answer) in filled.answers.into_iter().enumerate() {
        let same = |it: &Answer| it.field == answer.field && it.value == answer.value;
        let is_news = !known.iter().any(|it| same(&it.answer));
        sqlx::query(sql::SET_ATTRIBUTE)
            .bind(visitor.id.to_string())
            .bind(answer.field.to_string())
            .bind(json(&answer)?)
            .bind(filled.form.clone())
            .bind(whole(place as u64))
            .bind(whole(at.0))
            .execute(&mut *connection)
            .await?;
        if is_news {
            news.push(answer);
        }
    }
    let told = filled.contact != Contact::default();
    let contact = contact::keep(connection, &visitor, filled.contact).await?;
    let Some((found, _)) = change::conversation_of(connection, id).await? else {
        return Ok(None);
    };
    let mut draft = Draft::of(found);
    let is_news = !news.is_empty();
    if is_news {
        draft.filled_in(news, at);
    } else if contact != visitor.contact {
        draft.contact(contact.clone(), at);
    }
    let followed = told && draft.follow_contact(at);
    if !is_news && !followed && contact == visitor.contact {
        return Ok(None);
    }
    change::save(connection, draft, contact).await.map(Some)
}

pub(super) async fn rate(
    connection: &mut SqliteConnection,
    visitor: VisitorId,
    rating: Rating,
    at: Millis,
) -> Result<Result<Option<Change>, Unrated>, StoreError> {
    let found = change::conversation_of(connection, visitor).await?;
    let Some((conversation, contact)) = found else {
        return Ok(Err(Unrated::NotClosed));
    };
    let closed = last_close(connection, conversation.id).await?;
    if conversation.status != Status::Closed || closed != Some(rating.closed) {
        return Ok(Err(Unrated::NotClosed));
    }
    let kept = sqlx::query(sql::RATING)
        .bind(conversation.id.to_string())
        .bind(whole(rating.closed.0))
        .fetch_optional(&mut *connection)
        .await?;
    let (before, times) = match &kept {
        Some(row) => {
            let (before, times) = rows::rating(row)?;
            (Some(before), times)
        }
        None => (None, 0),
    };
    if before.as_ref() == Some(&rating) {
        return Ok(Ok(None));
    }
    if times >= rating::TIMES as u64 {
        return Ok(Err(Unrated::ChangedBefore));
    }
    sqlx::query(sql::SET_RATING)
        .bind(conversation.id.to_string())
        .bind(whole(rating.closed.0))
        .bind(i64::from(rating.score))
        .bind(rating.comment.clone())
        .bind(whole(times + 1))
        .bind(whole(at.0))
        .execute(&mut *connection)
        .await?;
    let mut draft = Draft::of(conversation);
    draft.rated(rating, at);
    change::save(connection, draft, contact)
        .await
        .map(|change| Ok(Some(change)))
}

/// The event that closed a conversation last.
async fn last_close(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
) -> Result<Option<Number>, StoreError> {
    let row = sqlx::query(sql::LAST_CLOSE)
        .bind(conversation.to_string())
        .fetch_optional(connection)
        .await?;
    let number = row.map(|row| Row::of("event", &row).number("number"));
    number.transpose()
}
