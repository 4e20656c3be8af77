//! Rows as they lie in the database, and what they mean.

use saluda_protocol::agent::Role;
use saluda_protocol::audit::AuditEntry;
use saluda_protocol::studio::TriggerVersion;
use saluda_protocol::{Contact, Event, Millis, Number, Rating, SiteKey, Status};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{
    Agent, Conversation, KeptFile, LiveTrigger, Secret, SeenOrigin, Site, StoreError, Token,
    Trigger, Visitor,
};

/// A row of a table, for saying which one makes no sense.
pub(super) struct Row<'r> {
    table: &'static str,
    row: &'r SqliteRow,
}

impl<'r> Row<'r> {
    pub(super) fn of(table: &'static str, row: &'r SqliteRow) -> Self {
        Self { table, row }
    }

    fn senseless(&self, why: String) -> StoreError {
        let id = self.row.try_get::<String, _>("id");
        let number = || {
            self.row
                .try_get::<i64, _>("number")
                .map(|it| it.to_string())
        };
        let row = id.or_else(|_| number()).unwrap_or_default();
        StoreError::Inconsistent {
            table: self.table,
            row,
            why,
        }
    }

    pub(super) fn text(&self, column: &str) -> Result<String, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    /// What may be missing.
    pub(super) fn maybe_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(super) fn version(&self, column: &str) -> Result<u32, StoreError> {
        let value = self.whole(column)?;
        u32::try_from(value)
            .map_err(|_| self.senseless(format!("`{column}` is too large: {value}")))
    }

    pub(super) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        column: &str,
    ) -> Result<T, StoreError> {
        self.text(column)?
            .parse()
            .map_err(|error: T::Err| self.senseless(format!("`{column}`: {error}")))
    }

    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|error| self.senseless(format!("`{column}`: {error}")))
    }

    pub(super) fn whole(&self, column: &str) -> Result<u64, StoreError> {
        let value: i64 = self.row.try_get(column)?;
        u64::try_from(value)
            .map_err(|_| self.senseless(format!("`{column}` is below zero: {value}")))
    }

    /// What may be missing.
    pub(super) fn maybe_millis(&self, column: &str) -> Result<Option<Millis>, StoreError> {
        let value: Option<i64> = self.row.try_get(column)?;
        value.map(|_| self.millis(column)).transpose()
    }

    pub(super) fn number(&self, column: &str) -> Result<Number, StoreError> {
        self.whole(column).map(Number)
    }

    pub(super) fn millis(&self, column: &str) -> Result<Millis, StoreError> {
        self.whole(column).map(Millis)
    }
}

/// What has a shape of its own, as text. None of these types can fail to be
/// written as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Backend(Box::new(error)))
}

/// A number as the database keeps it.
pub(super) fn whole(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn site(row: &SqliteRow) -> Result<Site, StoreError> {
    let row = Row::of("site", row);
    Ok(Site {
        id: row.parsed("id")?,
        key: row.parsed::<SiteKey>("key")?,
        name: row.text("name")?,
        origins: row.json("origins")?,
        settings: row.json("settings")?,
        created_at: row.millis("created_at")?,
        trigger_changes: row.whole("trigger_changes")?,
        revision: row.whole("revision")?,
    })
}

pub(super) fn seen_origin(row: &SqliteRow) -> Result<SeenOrigin, StoreError> {
    let row = Row::of("site_origin", row);
    Ok(SeenOrigin {
        origin: row.text("origin")?,
        first_at: row.millis("first_at")?,
        last_at: row.millis("last_at")?,
    })
}

pub(super) fn membership(row: &SqliteRow) -> Result<(Site, Role), StoreError> {
    Ok((site(row)?, Row::of("membership", row).json("role")?))
}

pub(super) fn agent(row: &SqliteRow) -> Result<Agent, StoreError> {
    let row = Row::of("agent", row);
    Ok(Agent {
        id: row.parsed("id")?,
        email: row.text("email")?,
        name: row.text("name")?,
        password: row.text("password")?,
        created_at: row.millis("created_at")?,
    })
}

pub(super) fn token(row: &SqliteRow) -> Result<Token, StoreError> {
    let row = Row::of("token", row);
    Ok(Token {
        id: row.parsed("token_id")?,
        agent: row.parsed("agent_id")?,
        name: row.text("token_name")?,
        secret_hash: row.text("secret_hash")?,
        scopes: row.json("scopes")?,
        created_at: row.millis("made_at")?,
        expires_at: row.maybe_millis("expires_at")?,
        used_at: row.maybe_millis("used_at")?,
    })
}

pub(super) fn secret(row: &SqliteRow) -> Result<Secret, StoreError> {
    let row = Row::of("site_secret", row);
    Ok(Secret {
        id: row.parsed("id")?,
        site: row.parsed("site_id")?,
        secret: row.text("secret")?,
        created_at: row.millis("created_at")?,
    })
}

pub(super) fn visitor(row: &SqliteRow) -> Result<Visitor, StoreError> {
    let row = Row::of("visitor", row);
    Ok(Visitor {
        id: row.parsed("id")?,
        site: row.parsed("site_id")?,
        secret_hash: row.text("secret_hash")?,
        contact: row.json("contact")?,
        identity: row.json("identity")?,
        place: row.json("place")?,
        first_seen: row.millis("first_seen")?,
        last_seen: row.millis("last_seen")?,
    })
}

pub(super) fn conversation(row: &SqliteRow) -> Result<(Conversation, Contact), StoreError> {
    let row = Row::of("conversation", row);
    let conversation = Conversation {
        id: row.parsed("id")?,
        site: row.parsed("site_id")?,
        visitor: row.parsed("visitor_id")?,
        status: row.json::<Status>("status")?,
        created_at: row.millis("created_at")?,
        last: row.number("last")?,
        change: row.number("change")?,
        written_at: row.millis("written_at")?,
        preview: row.json("preview")?,
        asked: row.number("asked")?,
        marks: row.json("marks")?,
        origin: row.json("origin")?,
        tags: row.json("tags")?,
        follow_up: row.json("follow_up")?,
        verified: row.whole("verified")? > 0,
        erased: row.whole("erased")? > 0,
        moved: row
            .maybe_text("moved_to")?
            .map(|_| row.parsed("moved_to"))
            .transpose()?,
    };
    Ok((conversation, row.json("contact")?))
}

pub(super) fn audit_entry(row: &SqliteRow) -> Result<AuditEntry, StoreError> {
    let row = Row::of("audit", row);
    Ok(AuditEntry {
        number: row.whole("number")?,
        at: row.millis("at")?,
        by: row.json("actor")?,
        what: row.json("what")?,
    })
}

pub(super) fn event(row: &SqliteRow) -> Result<Event, StoreError> {
    let row = Row::of("event", row);
    Ok(Event {
        number: row.number("number")?,
        at: row.millis("at")?,
        what: row.json("what")?,
    })
}

pub(super) fn file(row: &SqliteRow) -> Result<KeptFile, StoreError> {
    let row = Row::of("file", row);
    let agent = row.maybe_text("agent_id")?;
    Ok(KeptFile {
        file: row.json("file")?,
        visitor: row.parsed("visitor_id")?,
        agent: agent.map(|_| row.parsed("agent_id")).transpose()?,
        at: row.millis("at")?,
    })
}

/// What is answered to the quick replies of a message.
pub(super) fn answers(row: &SqliteRow) -> Result<Vec<Option<String>>, StoreError> {
    let row = Row::of("event", row);
    match row.maybe_text("answers")? {
        Some(_) => row.json("answers"),
        None => Ok(Vec::new()),
    }
}

pub(super) fn trigger(row: &SqliteRow) -> Result<Trigger, StoreError> {
    let kept = Row::of("site_trigger", row);
    let version: Option<i64> = row.try_get("version")?;
    Ok(Trigger {
        site: kept.parsed("site_id")?,
        id: kept.parsed("id")?,
        status: kept.json("status")?,
        spec: kept.json("spec")?,
        version: version.map(|_| kept.version("version")).transpose()?,
        edited: kept.whole("edited")? > 0,
        reason: kept.maybe_text("reason")?,
        revision: kept.whole("revision")?,
        created_at: kept.millis("created_at")?,
        updated_at: kept.millis("updated_at")?,
    })
}

pub(super) fn trigger_version(row: &SqliteRow) -> Result<TriggerVersion, StoreError> {
    let kept = Row::of("trigger_version", row);
    let by = kept.maybe_text("published_by")?;
    Ok(TriggerVersion {
        version: kept.version("version")?,
        published_at: kept.millis("published_at")?,
        published_by: by.map(|_| kept.parsed("published_by")).transpose()?,
        spec: kept.json("spec")?,
    })
}

pub(super) fn live_trigger(row: &SqliteRow) -> Result<LiveTrigger, StoreError> {
    Ok(LiveTrigger {
        id: Row::of("trigger_version", row).parsed("id")?,
        created_at: Row::of("site_trigger", row).millis("created_at")?,
        live: trigger_version(row)?,
    })
}

/// How a visitor found a conversation, and how often they said so.
pub(super) fn rating(row: &SqliteRow) -> Result<(Rating, u64), StoreError> {
    let row = Row::of("rating", row);
    let score = row.version("score")?;
    let rating = Rating {
        closed: row.number("closed")?,
        score: u8::try_from(score)
            .map_err(|_| row.senseless(format!("`score` is too large: {score}")))?,
        comment: row.maybe_text("comment")?,
    };
    Ok((rating, row.whole("times")?))
}
