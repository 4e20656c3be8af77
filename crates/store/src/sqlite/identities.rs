//! Who visitors are by the word of the site's owner.

use async_trait::async_trait;
use saluda_protocol::{Contact, Identity, SecretId, SiteId, VisitorId, limits};
use sqlx::SqliteConnection;

use super::rows::{self, Row, json, whole};
use super::{SqliteStore, audit, change};
use crate::draft::Draft;
use crate::{
    AuditNote, Change, Identification, Identified, Identities, Secret, StoreError, Used, Visitor,
    sql,
};

#[async_trait]
impl Identities for SqliteStore {
    async fn add_secret(
        &self,
        secret: Secret,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError> {
        let most = i64::try_from(limits::SECRETS).unwrap_or(i64::MAX);
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(sql::ADD_SECRET)
                        .bind(secret.id.to_string())
                        .bind(secret.site.to_string())
                        .bind(secret.secret)
                        .bind(whole(secret.created_at.0))
                        .bind(most)
                        .execute(&mut *connection)
                        .await?;
                    let done = done.rows_affected() > 0;
                    if done {
                        audit::note(connection, note).await?;
                    }
                    Ok(done)
                })
            })
            .await
    }

    async fn secrets(&self, site: SiteId) -> Result<Vec<Secret>, StoreError> {
        let found = sqlx::query(sql::SECRETS)
            .bind(site.to_string())
            .fetch_all(&self.readers)
            .await?;
        found.iter().map(rows::secret).collect()
    }

    async fn revoke_secret(
        &self,
        site: SiteId,
        id: SecretId,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let done = sqlx::query(sql::REVOKE_SECRET)
                        .bind(site.to_string())
                        .bind(id.to_string())
                        .execute(&mut *connection)
                        .await?;
                    let done = done.rows_affected() > 0;
                    if done {
                        audit::note(connection, note).await?;
                    }
                    Ok(done)
                })
            })
            .await
    }

    async fn identify(
        &self,
        claim: Identification,
    ) -> Result<Result<Identified, Used>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(identify(connection, claim)))
            .await
    }

    async fn secrets_of(&self, visitor: VisitorId) -> Result<Vec<String>, StoreError> {
        let found = sqlx::query(sql::VISITOR_SECRETS)
            .bind(visitor.to_string())
            .fetch_all(&self.readers)
            .await?;
        let hash = |row| Row::of("visitor_secret", row).text("secret_hash");
        found.iter().map(hash).collect()
    }
}

async fn identify(
    connection: &mut SqliteConnection,
    claim: Identification,
) -> Result<Result<Identified, Used>, StoreError> {
    let site = claim.visitor.site;
    if !take_token(connection, site, &claim).await? {
        return Ok(Err(Used));
    }
    let here = change::visitor(connection, claim.visitor.id).await?;
    let nobody = here
        .as_ref()
        .filter(|here| here.site == site && here.identity.is_none());
    let known = of_user(connection, site, &claim.identity.user).await?;
    let mut changes = Vec::new();
    let known = match (known, nobody) {
        (Some(known), nobody) => {
            know(connection, &known, nobody, &claim).await?;
            add_secret(connection, known.id, &claim).await?;
            if let Some(nobody) = nobody {
                merge(connection, nobody.id, known.id, &mut changes).await?;
            }
            known.id
        }
        (None, Some(nobody)) => {
            know(connection, nobody, None, &claim).await?;
            // Whoever knew them while they were nobody knows them no more.
            sqlx::query(sql::SET_VISITOR_SECRET)
                .bind(nobody.id.to_string())
                .bind(claim.secret_hash.clone())
                .execute(&mut *connection)
                .await?;
            nobody.id
        }
        (None, None) => {
            let visitor = Visitor {
                id: claim.fresh,
                secret_hash: claim.secret_hash.clone(),
                contact: Contact::default(),
                first_seen: claim.at,
                ..claim.visitor.clone()
            };
            add(connection, &visitor).await?;
            know(connection, &visitor, None, &claim).await?;
            visitor.id
        }
    };
    // Agents see who it is.
    if changes.is_empty()
        && let Some((found, contact)) = change::conversation_of(connection, known).await?
    {
        changes.push(change::save(connection, Draft::of(found), contact).await?);
    }
    let Some(visitor) = change::visitor(connection, known).await? else {
        return Err(StoreError::Inconsistent {
            table: "visitor",
            row: known.to_string(),
            why: "it was written and is not there".to_owned(),
        });
    };
    Ok(Ok(Identified { visitor, changes }))
}

/// Returns whether the token was not used before.
async fn take_token(
    connection: &mut SqliteConnection,
    site: SiteId,
    claim: &Identification,
) -> Result<bool, StoreError> {
    sqlx::query(sql::FORGET_USED)
        .bind(whole(claim.at.0))
        .execute(&mut *connection)
        .await?;
    let done = sqlx::query(sql::USE_IDENTITY)
        .bind(site.to_string())
        .bind(claim.token.clone())
        .bind(whole(claim.expires_at.0))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

async fn of_user(
    connection: &mut SqliteConnection,
    site: SiteId,
    user: &str,
) -> Result<Option<Visitor>, StoreError> {
    let row = sqlx::query(sql::VISITOR_OF_USER)
        .bind(site.to_string())
        .bind(user.to_owned())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(rows::visitor).transpose()
}

async fn add(connection: &mut SqliteConnection, visitor: &Visitor) -> Result<(), StoreError> {
    sqlx::query(sql::ADD_VISITOR)
        .bind(visitor.id.to_string())
        .bind(visitor.site.to_string())
        .bind(visitor.secret_hash.clone())
        .bind(json(&visitor.contact)?)
        .bind(json(&visitor.place)?)
        .bind(whole(visitor.first_seen.0))
        .bind(whole(visitor.last_seen.0))
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes down who a visitor is. What the owner says of how to reach them stands
/// above what they said; `also` are those whom they were until now.
async fn know(
    connection: &mut SqliteConnection,
    visitor: &Visitor,
    also: Option<&Visitor>,
    claim: &Identification,
) -> Result<(), StoreError> {
    let Identity {
        user,
        email,
        name,
        phone,
        ..
    } = claim.identity.clone();
    let mut contact = Contact { email, name, phone };
    for said in [Some(visitor), also].into_iter().flatten() {
        let said = said.contact.clone();
        contact.email = contact.email.or(said.email);
        contact.name = contact.name.or(said.name);
        contact.phone = contact.phone.or(said.phone);
    }
    sqlx::query(sql::KNOW_VISITOR)
        .bind(visitor.id.to_string())
        .bind(user)
        .bind(json(&claim.identity)?)
        .bind(json(&contact)?)
        .bind(json(&claim.visitor.place)?)
        .bind(whole(claim.at.0))
        .execute(connection)
        .await?;
    Ok(())
}

async fn add_secret(
    connection: &mut SqliteConnection,
    visitor: VisitorId,
    claim: &Identification,
) -> Result<(), StoreError> {
    sqlx::query(sql::ADD_VISITOR_SECRET)
        .bind(visitor.to_string())
        .bind(claim.secret_hash.clone())
        .bind(whole(claim.at.0))
        .execute(&mut *connection)
        .await?;
    sqlx::query(sql::FORGET_VISITOR_SECRETS)
        .bind(visitor.to_string())
        .bind(i64::try_from(limits::BROWSERS).unwrap_or(i64::MAX))
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes one visitor the other, with what they said.
async fn merge(
    connection: &mut SqliteConnection,
    nobody: VisitorId,
    known: VisitorId,
    changes: &mut Vec<Change>,
) -> Result<(), StoreError> {
    let theirs = change::conversation_of(connection, nobody).await?;
    let ours = change::conversation_of(connection, known).await?;
    match (theirs, ours) {
        (Some((theirs, _)), None) => {
            sqlx::query(sql::GIVE_CONVERSATION)
                .bind(theirs.id.to_string())
                .bind(known.to_string())
                .execute(&mut *connection)
                .await?;
        }
        (Some((theirs, contact)), Some((ours, our_contact))) => {
            let into = ours.id;
            let mut whole_of_it = Draft::of(ours);
            let by = whole_of_it.absorb(&theirs);
            sqlx::query(sql::MOVE_EVENTS)
                .bind(theirs.id.to_string())
                .bind(into.to_string())
                .bind(whole(by))
                .execute(&mut *connection)
                .await?;
            sqlx::query(sql::MOVE_RATINGS)
                .bind(theirs.id.to_string())
                .bind(into.to_string())
                .bind(whole(by))
                .execute(&mut *connection)
                .await?;
            sqlx::query(sql::MOVE_CONVERSATION)
                .bind(theirs.id.to_string())
                .bind(into.to_string())
                .execute(&mut *connection)
                .await?;
            let mut rest = Draft::of(theirs);
            rest.empty(into);
            changes.push(change::save(connection, whole_of_it, our_contact).await?);
            changes.push(change::save(connection, rest, contact).await?);
        }
        (None, _) => {}
    }
    sqlx::query(sql::MOVE_ATTRIBUTES)
        .bind(nobody.to_string())
        .bind(known.to_string())
        .execute(&mut *connection)
        .await?;
    sqlx::query(sql::MOVE_FILES)
        .bind(nobody.to_string())
        .bind(known.to_string())
        .execute(&mut *connection)
        .await?;
    sqlx::query(sql::MERGE_VISITOR)
        .bind(nobody.to_string())
        .bind(known.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
