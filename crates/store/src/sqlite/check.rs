//! Looks whether what is kept makes sense, without changing any of it.

use std::fmt;
use std::path::Path;

use saluda_protocol::{ConversationId, FileId, Number, SiteKey};
use sqlx::Row as _;

use super::SqliteStore;
use super::backup::look;
use super::rows::Row;
use crate::{StoreError, sql};

/// What a look at a database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many conversations there are, those included that became a part of
    /// another.
    pub conversations: u64,
    /// How many events they have.
    pub events: u64,
    /// What must lie in the folder of files, with how many bytes.
    pub files: Vec<(FileId, u64)>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Something that is wrong in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file itself is damaged, in the words of SQLite.
    Damaged(String),
    /// A row refers to another that is not there.
    Dangling {
        /// In which table it stands.
        table: String,
        /// In which table the other should.
        refers_to: String,
    },
    /// The numbers of a conversation's events do not go from 1 to the last.
    Numbers {
        /// Of which.
        conversation: ConversationId,
        /// What it says its last event is.
        last: Number,
        /// How many events it has.
        events: u64,
    },
    /// The inbox of a site counts other than what is there.
    Inbox {
        /// Of which.
        site: SiteKey,
        /// What it counts: open ones, then unread ones.
        counted: (u64, u64),
        /// What is there.
        there: (u64, u64),
    },
    /// A conversation changed after the last change of its site's inbox.
    Change {
        /// Of which.
        site: SiteKey,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(words) => write!(f, "the database file is damaged: {words}"),
            Self::Dangling { table, refers_to } => {
                write!(
                    f,
                    "a row of `{table}` refers to one of `{refers_to}` that is not there"
                )
            }
            Self::Numbers {
                conversation,
                last,
                events,
            } => write!(
                f,
                "conversation {conversation} says that its last event is {}, and has {events} \
                 events",
                last.0
            ),
            Self::Inbox {
                site,
                counted,
                there,
            } => write!(
                f,
                "the inbox of `{site}` counts {} open and {} unread conversations; there are {} \
                 and {}",
                counted.0, counted.1, there.0, there.1
            ),
            Self::Change { site } => write!(
                f,
                "a conversation of `{site}` changed after the last change of its inbox"
            ),
        }
    }
}

impl SqliteStore {
    /// Looks at the database in this file, while others may write to it.
    ///
    /// # Errors
    ///
    /// When there is no such database, or it is so damaged that it cannot be read.
    pub async fn check(path: &Path) -> Result<Found, StoreError> {
        let mut connection = look(path).await?;
        let mut faults = Vec::new();
        for row in sqlx::query(sql::CHECK_FILE)
            .fetch_all(&mut connection)
            .await?
        {
            let words: String = row.try_get(0)?;
            if words != "ok" {
                faults.push(Fault::Damaged(words));
            }
        }
        for row in sqlx::query(sql::CHECK_REFERENCES)
            .fetch_all(&mut connection)
            .await?
        {
            faults.push(Fault::Dangling {
                table: row.try_get("table")?,
                refers_to: row.try_get("parent")?,
            });
        }
        // Each of these compares what is of one instant.
        let holes = sqlx::query(sql::CHECK_NUMBERS)
            .fetch_all(&mut connection)
            .await?;
        for row in &holes {
            let row = Row::of("conversation", row);
            faults.push(Fault::Numbers {
                conversation: row.parsed("id")?,
                last: row.number("last")?,
                events: row.whole("events")?,
            });
        }
        let inboxes = sqlx::query(sql::CHECK_INBOXES)
            .fetch_all(&mut connection)
            .await?;
        for row in &inboxes {
            let row = Row::of("site", row);
            let site: SiteKey = row.parsed("key")?;
            let counted = (row.whole("open_count")?, row.whole("unread_count")?);
            let there = (row.whole("open")?, row.whole("unread")?);
            if counted != there {
                let site = site.clone();
                faults.push(Fault::Inbox {
                    site,
                    counted,
                    there,
                });
            }
            if row.whole("changes")? < row.whole("last_change")? {
                faults.push(Fault::Change { site });
            }
        }
        let counts = sqlx::query(sql::COUNT_ALL)
            .fetch_one(&mut connection)
            .await?;
        let counts = Row::of("conversation", &counts);
        let files = sqlx::query(sql::POSTED_FILES)
            .fetch_all(&mut connection)
            .await?;
        let files = files.iter().map(|row| {
            let row = Row::of("file", row);
            Ok((row.parsed("id")?, row.whole("bytes")?))
        });
        Ok(Found {
            conversations: counts.whole("conversations")?,
            events: counts.whole("events")?,
            files: files.collect::<Result<_, StoreError>>()?,
            faults,
        })
    }
}
