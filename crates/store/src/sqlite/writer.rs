//! The one connection that writes.
//!
//! What arrives together is committed together: each job runs in a savepoint of
//! its own, one commit syncs them all to disk, and only then is anyone told.
//! That is what makes a full sync for every message affordable.

use futures_util::future::BoxFuture;
use sqlx::{Connection as _, Row as _, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::BUSY_TIMEOUT;
use crate::StoreError;

/// Most jobs of one commit: bounds how long the first of them waits.
const BATCH: usize = 256;
/// Most jobs that wait for the writer before those who ask are held up.
const QUEUE: usize = 1_024;

/// Tells whoever asked, after the commit or its failure.
type Tell = Box<dyn FnOnce(bool) + Send>;
type Job = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, (bool, Tell)> + Send>;

/// What the writing connection is asked for.
enum Wanted {
    /// To write something.
    Write(Job),
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

    /// Runs `job` in a transaction and returns once that is on disk.
    ///
    /// # Errors
    ///
    /// What `job` returned, when nothing of it was kept; or that the commit
    /// failed.
    pub(super) async fn run<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>
            + Send
            + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let result = job(connection).await;
                let keep = result.is_ok();
                let tell: Tell = Box::new(move |committed| {
                    let result = match result {
                        Ok(_) if !committed => Err(StoreError::Backend(
                            "the commit failed; nothing was written".into(),
                        )),
                        result => result,
                    };
                    // Whoever asked may have gone away; the write stands.
                    let _ = answer.send(result);
                });
                (keep, tell)
            })
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
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut came, BATCH).await > 0 {
        let mut clears = Vec::new();
        for wanted in came.drain(..) {
            match wanted {
                Wanted::Write(job) => batch.push(job),
                Wanted::ClearLog(answer) => clears.push(answer),
            }
        }
        write_all(&mut connection, &mut batch).await;
        for answer in clears {
            // Whoever asked may have gone away; it is done.
            let _ = answer.send(clear_log(&mut connection).await);
        }
    }
}

/// Writes what came together, and tells everyone who asked.
async fn write_all(connection: &mut SqliteConnection, batch: &mut Vec<Job>) {
    let size = batch.len();
    if size == 0 {
        return;
    }
    let mut tells = Vec::with_capacity(size);
    let committed = match commit(connection, batch, &mut tells).await {
        Ok(()) => true,
        Err(error) => {
            // Those who asked are told that it failed, each through its own
            // answer; why it failed is known only here.
            tracing::error!(
                error = &error as &dyn std::error::Error,
                jobs = size,
                "a commit failed"
            );
            false
        }
    };
    batch.clear();
    tracing::trace!(jobs = size, committed, "wrote");
    for tell in tells {
        tell(committed);
    }
}

async fn commit(
    connection: &mut SqliteConnection,
    batch: &mut Vec<Job>,
    tells: &mut Vec<Tell>,
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    for job in batch.drain(..) {
        sqlx::query("savepoint job")
            .execute(&mut *transaction)
            .await?;
        let (keep, tell) = job(&mut transaction).await;
        tells.push(tell);
        if !keep {
            sqlx::query("rollback to job")
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query("release job")
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await
}

async fn clear_log(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    // Whoever reads for long shall not hold up those who write.
    sqlx::query("pragma busy_timeout = 100")
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query("pragma wal_checkpoint(truncate)")
        .fetch_one(&mut *connection)
        .await;
    let timeout = format!("pragma busy_timeout = {}", BUSY_TIMEOUT.as_millis());
    sqlx::query(sqlx::AssertSqlSafe(timeout))
        .execute(connection)
        .await?;
    let busy: i64 = row?.try_get("busy")?;
    Ok(busy == 0)
}
