//! The one connection that writes.
//!
//! What arrives together is committed together: each job runs in a savepoint of
//! its own, one commit syncs them all to disk, and only then is anyone told.
//! That is what makes a full sync for every message affordable.

use std::mem;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::BUSY_TIMEOUT;
use crate::StoreError;

/// Most jobs of one commit: bounds how long the first of them waits.
const BATCH: usize = 256;
/// Most jobs that wait for the writer before those who ask are held up.
const QUEUE: usize = 1_024;

/// One write, and whoever waits for it.
#[async_trait]
trait Job: Send {
    /// Does the work. What it wrote is to be kept if it says so.
    async fn run(&mut self, connection: &mut SqliteConnection) -> bool;

    /// Tells whoever asked, after the commit or what made it fail.
    fn tell(self: Box<Self>, failed: Option<&Arc<sqlx::Error>>);
}

struct Asked<T, F> {
    work: Work<T, F>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

enum Work<T, F> {
    Waiting(F),
    /// Done, or given up on the way.
    Done(Result<T, StoreError>),
}

#[async_trait]
impl<T, F> Job for Asked<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>
        + Send
        + 'static,
{
    async fn run(&mut self, connection: &mut SqliteConnection) -> bool {
        let given_up = Work::Done(Err(StoreError::Closed));
        if let Work::Waiting(work) = mem::replace(&mut self.work, given_up) {
            self.work = Work::Done(work(connection).await);
        }
        matches!(self.work, Work::Done(Ok(_)))
    }

    fn tell(self: Box<Self>, failed: Option<&Arc<sqlx::Error>>) {
        let result = match (self.work, failed) {
            // What failed by itself knows best why.
            (Work::Done(Err(own)), _) => Err(own),
            (_, Some(error)) => Err(error.into()),
            (Work::Done(result), None) => result,
            (Work::Waiting(_), None) => Err(StoreError::Closed),
        };
        // Whoever asked may have gone away; the write stands.
        let _ = self.answer.send(result);
    }
}

/// What the writing connection is asked for.
enum Wanted {
    /// To write something.
    Write(Box<dyn Job>),
    /// To bring everything from the log into the database, and empty the log.
    ClearLog(oneshot::Sender<Result<bool, StoreError>>),
}

/// Hands jobs to the writing connection.
#[derive(Clone)]
pub(super) struct Writer {
    wanted: mpsc::Sender<Wanted>,
}

impl Writer {
    /// Takes the connection over. It is closed when the last handle is dropped.
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (wanted, queue) = mpsc::channel(QUEUE);
        tokio::spawn(write(connection, queue));
        Self { wanted }
    }

    /// Runs `work` in a transaction and returns once that is on disk.
    ///
    /// # Errors
    ///
    /// What `work` returned, when nothing of it was kept; or why the commit
    /// failed. What is asked next is tried anew.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>
            + Send
            + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Asked {
            work: Work::Waiting(work),
            answer,
        });
        self.ask(Wanted::Write(job)).await?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Empties the log. Returns false if that must wait: someone reads on in what
    /// was before.
    ///
    /// # Errors
    ///
    /// When the database failed.
    pub(super) async fn clear_log(&self) -> Result<bool, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Wanted::ClearLog(answer)).await?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    async fn ask(&self, wanted: Wanted) -> Result<(), StoreError> {
        let sent = self.wanted.send(wanted).await;
        sent.map_err(|_| StoreError::Closed)
    }
}

async fn write(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Wanted>) {
    let mut came = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut came, BATCH).await > 0 {
        let (mut batch, mut clears) = (Vec::with_capacity(came.len()), Vec::new());
        for wanted in came.drain(..) {
            match wanted {
                Wanted::Write(job) => batch.push(job),
                Wanted::ClearLog(answer) => clears.push(answer),
            }
        }
        write_all(&mut connection, batch).await;
        for answer in clears {
            // Whoever asked may have gone away; it is done.
            let _ = answer.send(clear_log(&mut connection).await);
        }
    }
}

/// Writes what came together, and tells everyone who asked.
async fn write_all(connection: &mut SqliteConnection, mut batch: Vec<Box<dyn Job>>) {
    if batch.is_empty() {
        return;
    }
    let failed = commit(connection, &mut batch).await.err().map(Arc::new);
    let committed = failed.is_none();
    tracing::trace!(jobs = batch.len(), committed, "wrote");
    for job in batch {
        job.tell(failed.as_ref());
    }
}

/// Runs the batch as one transaction, and leaves none open.
///
/// The transaction is not one of sqlx, which counts those it began: when a
/// commit fails, SQLite has rolled back already, sqlx counts one more for ever,
/// and never begins another.
async fn commit(
    connection: &mut SqliteConnection,
    batch: &mut [Box<dyn Job>],
) -> Result<(), sqlx::Error> {
    let committed = transact(connection, batch).await;
    if committed.is_err() {
        // Fails if SQLite has rolled back by itself, which is as well.
        let _ = execute(connection, "rollback").await;
    }
    committed
}

async fn transact(
    connection: &mut SqliteConnection,
    batch: &mut [Box<dyn Job>],
) -> Result<(), sqlx::Error> {
    // Each call is a way to the database's thread and back, so what ends a job goes
    // with what begins the next.
    let mut before = "begin immediate; savepoint job";
    let mut end = "commit";
    for job in batch {
        execute(connection, before).await?;
        (before, end) = if job.run(connection).await {
            ("release job; savepoint job", "release job; commit")
        } else {
            (
                "rollback to job; release job; savepoint job",
                "rollback to job; release job; commit",
            )
        };
    }
    execute(connection, end).await
}

async fn execute(
    connection: &mut SqliteConnection,
    statements: &'static str,
) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(statements)
        .execute(connection)
        .await
        .map(drop)
}

async fn clear_log(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    // Whoever reads for long shall not hold up those who write.
    execute(connection, "pragma busy_timeout = 100").await?;
    let row = sqlx::query("pragma wal_checkpoint(truncate)")
        .fetch_one(&mut *connection)
        .await;
    let timeout = format!("pragma busy_timeout = {}", BUSY_TIMEOUT.as_millis());
    sqlx::query(AssertSqlSafe(timeout))
        .execute(connection)
        .await?;
    let busy: i64 = row?.try_get("busy")?;
    Ok(busy == 0)
}
