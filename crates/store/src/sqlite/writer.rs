//! The one connection that writes.
//!
//! What arrives together is committed together: each job runs in a savepoint of
//! its own, one commit syncs them all to disk, and only then is anyone told.
//! That is what makes a full sync for every message affordable.

use futures_util::future::BoxFuture;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use crate::StoreError;

/// Most jobs of one commit: bounds how long the first of them waits.
const BATCH: usize = 256;
/// Most jobs that wait for the writer before those who ask are held up.
const QUEUE: usize = 1_024;

/// Tells whoever asked, after the commit or its failure.
type Tell = Box<dyn FnOnce(bool) + Send>;
type Job = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, (bool, Tell)> + Send>;

/// Hands jobs to the writing connection.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Takes the connection over. It is closed when the last handle is dropped.
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        tokio::spawn(write(connection, queue));
        Self { jobs }
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
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }
}

async fn write(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let size = batch.len();
        let mut tells = Vec::with_capacity(size);
        let committed = match commit(&mut connection, &mut batch, &mut tells).await {
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
