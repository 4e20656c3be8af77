//! Lets few work at once, off the async threads, and few more wait: what takes
//! memory and cores must not take those that conversations need.
//!
//! **Invariant:** a turn ends with its work, and not with whoever asked for it. Work
//! that has begun cannot be stopped: if those who hang up gave their turns away, a
//! herd that hangs up would have everything worked on at once.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// Places for those who wait, and turns for those who work.
pub(crate) struct Turns {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDone {
    /// As many wait as may.
    #[error("too many wait for their turn")]
    Busy,
    /// It broke off.
    #[error("it broke off: {0}")]
    Broken(String),
}

impl Turns {
    /// Turns for so many at once, while so many more may wait.
    pub(crate) fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once + waiting)),
            turns: Arc::new(Semaphore::new(at_once)),
        }
    }

    /// Does work once it is its turn.
    pub(crate) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| NotDone::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|error| NotDone::Broken(error.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let _until_done = (place, turn);
            work()
        });
        done.await
            .map_err(|error| NotDone::Broken(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;

    /// Work that ends when it may.
    fn work(may_end: &Arc<OnceLock<()>>) -> impl FnOnce() + use<> {
        let may_end = Arc::clone(may_end);
        move || *may_end.wait()
    }

    #[tokio::test]
    async fn a_herd_is_sent_away_before_it_takes_the_cores() {
        let (turns, may_end) = (Turns::new(2, 32), Arc::default());
        let herd = (0..100).map(|_| turns.off_thread(work(&may_end)));
        let mut herd = futures_util::future::join_all(herd);
        tokio::select! {
            biased;
            _ = &mut herd => panic!("none can have ended yet"),
            () = async {} => may_end.set(()).unwrap(),
        }
        let answers = herd.await;
        let busy = answers.iter().filter(|it| matches!(it, Err(NotDone::Busy)));
        assert_eq!(busy.count(), 66);
        // There is room again.
        assert_eq!(turns.off_thread(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn who_hangs_up_gives_no_turn_away() {
        let (turns, may_end) = (Turns::new(1, 0), Arc::default());
        tokio::select! {
            biased;
            _ = turns.off_thread(work(&may_end)) => panic!("it cannot have ended yet"),
            () = async {} => {}
        }
        // Nobody waits for it any more, and it still works.
        let next = turns.off_thread(|| ()).await;
        assert!(matches!(next, Err(NotDone::Busy)));
        may_end.set(()).unwrap();
        drop(turns.turns.acquire().await);
        assert!(turns.off_thread(|| ()).await.is_ok());
    }
}
