//! Personal tokens.

use saluda_protocol::{AgentId, Millis, TokenId, limits};
use sqlx::{SqliteConnection, SqlitePool};

use super::rows::{self, json, whole};
use crate::{Agent, StoreError, Token, sql};

pub(super) async fn add(
    connection: &mut SqliteConnection,
    token: Token,
) -> Result<bool, StoreError> {
    let most = i64::try_from(limits::TOKENS).unwrap_or(i64::MAX);
    let done = sqlx::query(sql::ADD_TOKEN)
        .bind(token.id.to_string())
        .bind(token.agent.to_string())
        .bind(token.name)
        .bind(token.secret_hash)
        .bind(json(&token.scopes)?)
        .bind(whole(token.created_at.0))
        .bind(token.expires_at.map(|at| whole(at.0)))
        .bind(token.used_at.map(|at| whole(at.0)))
        .bind(most)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn find(
    readers: &SqlitePool,
    id: TokenId,
) -> Result<Option<(Token, Agent)>, StoreError> {
    let row = sqlx::query(sql::TOKEN)
        .bind(id.to_string())
        .fetch_optional(readers)
        .await?;
    row.as_ref()
        .map(|row| Ok((rows::token(row)?, rows::agent(row)?)))
        .transpose()
}

pub(super) async fn of_agent(
    readers: &SqlitePool,
    agent: AgentId,
) -> Result<Vec<Token>, StoreError> {
    let found = sqlx::query(sql::TOKENS)
        .bind(agent.to_string())
        .fetch_all(readers)
        .await?;
    found.iter().map(rows::token).collect()
}

pub(super) async fn note_use(
    connection: &mut SqliteConnection,
    id: TokenId,
    at: Millis,
) -> Result<(), StoreError> {
    sqlx::query(sql::USE_TOKEN)
        .bind(id.to_string())
        .bind(whole(at.0))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn revoke(
    connection: &mut SqliteConnection,
    agent: AgentId,
    id: TokenId,
) -> Result<bool, StoreError> {
    let done = sqlx::query(sql::REVOKE_TOKEN)
        .bind(agent.to_string())
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}
