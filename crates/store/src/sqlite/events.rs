//! What happened in a conversation, read without a gap.
//!
//! **Invariant:** the events of a conversation are numbered from one to its last
//! without a hole, unless it was erased. In a page that was damaged SQLite may overlook a row and not
//! notice; the numbers do, and a message that was lost is not passed over.

use std::ops::Range;

use saluda_protocol::{ConversationId, Event, Number};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqlitePool};

use super::rows::{self, Row, whole};
use crate::{StoreError, sql};

/// At most `limit` events that follow `after`, in order.
pub(super) async fn after(
    readers: &SqlitePool,
    conversation: ConversationId,
    after: Number,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let rows = fetch(readers, sql::EVENTS_AFTER, conversation, after, limit).await?;
    let Span { begin, last } = span(&rows)?;
    let begin = begin.max(after.0);
    let end = last.min(begin.saturating_add(limit.into()));
    complete(conversation, begin.min(end)..end, &rows)
}

/// At most `limit` events right before `before`, in order.
pub(super) async fn before(
    readers: &SqlitePool,
    conversation: ConversationId,
    before: Number,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let mut rows = fetch(readers, sql::EVENTS_BEFORE, conversation, before, limit).await?;
    rows.reverse();
    let Span { begin, last } = span(&rows)?;
    let end = last.min(before.0.saturating_sub(1));
    let begin = begin.max(end.saturating_sub(limit.into()));
    complete(conversation, begin.min(end)..end, &rows)
}

async fn fetch(
    readers: &SqlitePool,
    sql: &'static str,
    conversation: ConversationId,
    number: Number,
    limit: u32,
) -> Result<Vec<SqliteRow>, StoreError> {
    Ok(sqlx::query(sql)
        .bind(conversation.to_string())
        .bind(whole(number.0))
        .bind(i64::from(limit))
        .fetch_all(readers)
        .await?)
}

/// What a conversation's events are numbered with.
#[derive(Default)]
struct Span {
    /// The number before the first: of one that was erased, only the last is left.
    begin: u64,
    /// That of the last; zero if there is none.
    last: u64,
}

fn span(rows: &[SqliteRow]) -> Result<Span, StoreError> {
    let Some(row) = rows.first() else {
        return Ok(Span::default());
    };
    let row = Row::of("conversation", row);
    Ok(Span {
        begin: row.whole("first")?.saturating_sub(1),
        last: row.whole("last")?,
    })
}

/// The events of the rows, which must be those behind `expected`'s start up to
/// its end.
fn complete(
    conversation: ConversationId,
    expected: Range<u64>,
    rows: &[SqliteRow],
) -> Result<Vec<Event>, StoreError> {
    // A conversation without events is a row without a number.
    let numbers: Vec<i64> = rows
        .iter()
        .filter_map(|row| row.try_get("number").transpose())
        .collect::<Result<_, _>>()?;
    let numbered = expected.clone().map(|before| whole(before + 1));
    if numbered.eq(numbers.iter().copied()) {
        let events = rows.iter().take(numbers.len());
        return events.map(rows::event).collect();
    }
    let (first, last) = (expected.start + 1, expected.end);
    let why = format!("conversation `{conversation}` does not have the events {first} to {last}");
    Err(StoreError::Damaged(why.into()))
}
