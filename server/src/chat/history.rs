//! What was said already.

use saluda_protocol::{ConversationId, Cursor, Number, Slice, limits};
use saluda_store::StoreError;

use crate::app::App;

/// A client that missed more than this begins anew with the newest events,
/// which is quicker for both.
const MOST_MISSED: u64 = 500;

/// What a client needs that stands at `cursor`: everything since, or the newest
/// events when it has nothing to continue from.
pub(crate) async fn resume(
    app: &App,
    conversation: ConversationId,
    last: Number,
    cursor: Option<&Cursor>,
) -> Result<Slice, StoreError> {
    match cursor {
        Some(cursor)
            if cursor.epoch == app.epoch
                && cursor.last <= last
                && last.0 - cursor.last.0 <= MOST_MISSED =>
        {
            since(app, conversation, cursor.last, last).await
        }
        _ => newest(app, conversation).await,
    }
}

/// Everything after `after`, at least up to `last`.
pub(crate) async fn since(
    app: &App,
    conversation: ConversationId,
    after: Number,
    last: Number,
) -> Result<Slice, StoreError> {
    let mut events = Vec::new();
    let mut have = after;
    while have < last {
        let more = app
            .store
            .events_after(conversation, have, limits::EVENTS_PER_UPDATE)
            .await?;
        let Some(newest) = more.last() else { break };
        have = newest.number;
        events.extend(more);
    }
    Ok(Slice {
        events,
        reset: false,
        older: after > Number(0),
    })
}

/// The newest events.
pub(crate) async fn newest(app: &App, conversation: ConversationId) -> Result<Slice, StoreError> {
    let slice = before(app, conversation, Number(u64::MAX >> 1)).await?;
    Ok(Slice {
        reset: true,
        ..slice
    })
}

/// The events right before `before`.
pub(crate) async fn before(
    app: &App,
    conversation: ConversationId,
    before: Number,
) -> Result<Slice, StoreError> {
    let events = app
        .store
        .events_before(conversation, before, limits::EVENTS_PER_UPDATE)
        .await?;
    Ok(Slice {
        older: events.first().is_some_and(|event| event.number > Number(1)),
        events,
        reset: false,
    })
}

#[cfg(test)]
mod tests {
    use saluda_protocol::Millis;

    use super::*;
    use crate::testing::Scene;

    async fn said(scene: &Scene, count: u64) -> ConversationId {
        let visitor = scene.visitor().await;
        let mut id = None;
        for _ in 0..count {
            id = Some(scene.says(visitor, "hello").await.conversation);
        }
        id.unwrap()
    }

    fn at(scene: &Scene, last: u64) -> Cursor {
        Cursor {
            epoch: scene.app.epoch.clone(),
            last: Number(last),
        }
    }

    fn numbers(slice: &Slice) -> (u64, u64, bool, bool) {
        let number = |event: Option<&saluda_protocol::Event>| event.map_or(0, |e| e.number.0);
        (
            number(slice.events.first()),
            number(slice.events.last()),
            slice.reset,
            slice.older,
        )
    }

    #[tokio::test]
    async fn continues_where_the_client_stood() {
        let scene = Scene::new().await;
        let id = said(&scene, 250).await;
        let resume = async |cursor: Option<Cursor>| {
            let slice = resume(&scene.app, id, Number(250), cursor.as_ref()).await;
            numbers(&slice.unwrap())
        };
        assert_eq!(resume(Some(at(&scene, 20))).await, (21, 250, false, true));
        assert_eq!(resume(Some(at(&scene, 250))).await, (0, 0, false, true));
        assert_eq!(resume(None).await, (151, 250, true, true));
        assert_eq!(resume(Some(at(&scene, 999))).await, (151, 250, true, true));
        let other = Cursor {
            epoch: "another database".into(),
            last: Number(249),
        };
        assert_eq!(resume(Some(other)).await, (151, 250, true, true));
    }

    #[tokio::test]
    async fn older_events_end_at_the_first() {
        let scene = Scene::new().await;
        let id = said(&scene, 150).await;
        let page = before(&scene.app, id, Number(51)).await.unwrap();
        assert_eq!(numbers(&page), (1, 50, false, false));
    }

    #[tokio::test]
    async fn a_clock_that_jumps_orders_nothing_and_locks_nobody_out() {
        let scene = Scene::new().await;
        let visitor = scene.visitor().await;
        let day = 24 * 60 * 60 * 1000;
        let mut all = Vec::new();
        for now in [30 * day, 1, 29 * day, 3_000 * day, 2 * day, 0] {
            scene.clock.set(Millis(now));
            for _ in 0..3 {
                let said = scene.says(visitor, "hello").await;
                all.push((said.number.0, said.change.unwrap().conversation.change.0));
            }
        }
        let expected: Vec<_> = (1..=18).map(|number| (number, number)).collect();
        assert_eq!(all, expected);
        let id = scene.app.store.conversation_of(visitor).await.unwrap();
        let id = id.unwrap().id;
        for last in 0..18 {
            let cursor = at(&scene, last);
            let slice = resume(&scene.app, id, Number(18), Some(&cursor)).await;
            assert_eq!(numbers(&slice.unwrap()), (last + 1, 18, false, last > 0));
        }
    }
}
