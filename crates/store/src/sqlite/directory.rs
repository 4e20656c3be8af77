//! Sites, agents, sessions and tokens.

use async_trait::async_trait;
use saluda_protocol::agent::Role;
use saluda_protocol::{AgentId, Millis, SiteId, SiteKey, TokenId};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::rows::{self, Row, json, whole};
use super::{SqliteStore, audit, settings, tokens};
use crate::{
    Agent, AuditNote, Directory, Expected, SeenOrigin, Session, Site, StoreError, Token, Unchanged,
    sql,
};

impl SqliteStore {
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
}

fn signing_key(row: Option<&SqliteRow>) -> Result<Option<String>, StoreError> {
    let key = row.map(|row| Row::of("site", row).maybe_text("explain_key"));
    Ok(key.transpose()?.flatten())
}

/// Notes what was done, if it was. Returns whether.
async fn noted(
    connection: &mut SqliteConnection,
    done: bool,
    note: Option<AuditNote>,
) -> Result<bool, StoreError> {
    if done {
        audit::note(connection, note).await?;
    }
    Ok(done)
}

/// The key that a page of sites begins after. No key is empty.
fn begin(after: Option<&SiteKey>) -> String {
    after.map(SiteKey::to_string).unwrap_or_default()
}

#[async_trait]
impl Directory for SqliteStore {
    async fn add_site(&self, site: Site, note: Option<AuditNote>) -> Result<bool, StoreError> {
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
                        .execute(&mut *connection)
                        .await?;
                    noted(connection, done.rows_affected() > 0, note).await
                })
            })
            .await
    }

    async fn save_site(
        &self,
        site: Site,
        expected: Expected,
        note: Option<AuditNote>,
    ) -> Result<Result<u64, Unchanged>, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let saved = settings::save(connection, site, expected).await?;
                    if saved.is_ok() {
                        audit::note(connection, note).await?;
                    }
                    Ok(saved)
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

    async fn only_site_on(&self, origin: &str) -> Result<Option<Site>, StoreError> {
        let rows = sqlx::query(sql::SITES_ON)
            .bind(origin)
            .fetch_all(&self.readers)
            .await?;
        match &*rows {
            [row] => rows::site(row).map(Some),
            _ => Ok(None),
        }
    }

    async fn sites(&self, after: Option<&SiteKey>, limit: u32) -> Result<Vec<Site>, StoreError> {
        let rows = sqlx::query(sql::SITES)
            .bind(begin(after))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(rows::site).collect()
    }

    async fn see_origin(&self, site: SiteId, origin: &str, hour: Millis) -> Result<(), StoreError> {
        let origin = origin.to_owned();
        self.writer
            .run(move |connection| Box::pin(settings::see_origin(connection, site, origin, hour)))
            .await
    }

    async fn origins_seen(&self, site: SiteId) -> Result<Vec<SeenOrigin>, StoreError> {
        settings::origins_seen(&self.readers, site).await
    }

    async fn signing_key(&self, site: SiteId) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(sql::SIGNING_KEY)
            .bind(site.to_string())
            .fetch_optional(&self.readers)
            .await?;
        signing_key(row.as_ref())
    }

    async fn make_signing_key(&self, site: SiteId, fresh: String) -> Result<String, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::MAKE_SIGNING_KEY)
                        .bind(site.to_string())
                        .bind(fresh.clone())
                        .execute(&mut *connection)
                        .await?;
                    let row = sqlx::query(sql::SIGNING_KEY)
                        .bind(site.to_string())
                        .fetch_optional(connection)
                        .await?;
                    Ok(signing_key(row.as_ref())?.unwrap_or(fresh))
                })
            })
            .await
    }

    async fn add_agent(&self, agent: Agent, note: Option<AuditNote>) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(sql::ADD_AGENT)
                        .bind(agent.id.to_string())
                        .bind(agent.email)
                        .bind(agent.name)
                        .bind(agent.password)
                        .bind(whole(agent.created_at.0))
                        .execute(&mut *connection)
                        .await?;
                    noted(connection, done.rows_affected() > 0, note).await
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

    async fn agents(&self, after: Option<&str>, limit: u32) -> Result<Vec<Agent>, StoreError> {
        let rows = sqlx::query(sql::AGENTS)
            .bind(after.unwrap_or_default().to_owned())
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(rows::agent).collect()
    }

    async fn set_role(
        &self,
        site: SiteId,
        agent: AgentId,
        role: Role,
        note: Option<AuditNote>,
    ) -> Result<(), StoreError> {
        let role = json(&role)?;
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::SET_ROLE)
                        .bind(site.to_string())
                        .bind(agent.to_string())
                        .bind(role)
                        .execute(&mut *connection)
                        .await?;
                    audit::note(connection, note).await
                })
            })
            .await
    }

    async fn membership(
        &self,
        agent: AgentId,
        site: SiteId,
    ) -> Result<Option<(Site, Role)>, StoreError> {
        let row = sqlx::query(sql::MEMBERSHIP)
            .bind(agent.to_string())
            .bind(site.to_string())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(rows::membership).transpose()
    }

    async fn memberships(
        &self,
        agent: AgentId,
        after: Option<&SiteKey>,
        limit: u32,
    ) -> Result<Vec<(Site, Role)>, StoreError> {
        let rows = sqlx::query(sql::MEMBERSHIPS)
            .bind(agent.to_string())
            .bind(begin(after))
            .bind(i64::from(limit))
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

    async fn add_token(&self, token: Token, note: Option<AuditNote>) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let added = tokens::add(connection, token).await?;
                    noted(connection, added, note).await
                })
            })
            .await
    }

    async fn token(&self, id: TokenId) -> Result<Option<(Token, Agent)>, StoreError> {
        tokens::find(&self.readers, id).await
    }

    async fn tokens(&self, agent: AgentId) -> Result<Vec<Token>, StoreError> {
        tokens::of_agent(&self.readers, agent).await
    }

    async fn use_token(&self, id: TokenId, at: Millis) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| Box::pin(tokens::note_use(connection, id, at)))
            .await
    }

    async fn revoke_token(
        &self,
        agent: AgentId,
        id: TokenId,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let revoked = tokens::revoke(connection, agent, id).await?;
                    noted(connection, revoked, note).await
                })
            })
            .await
    }
}
