//! What must hold of every database that is found after a power cut.

use saluda_store::{Conversations as _, SqliteStore};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::chat::{self, TABS, VISITORS};
use crate::disk::Disk;
use crate::image::Image;

/// SQLite finds nothing wrong with the file.
pub(crate) async fn is_whole(disk: &Disk) {
    let options = SqliteConnectOptions::new().filename(disk.database());
    let mut connection = options.connect().await.unwrap();
    let found: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(found, "ok");
    connection.close().await.unwrap();
}

/// All that was acknowledged is there, what is there makes sense, and more can
/// be written.
pub(crate) async fn is_kept(store: &SqliteStore, disk: &Disk, image: &Image<'_>) {
    for from in 0..VISITORS {
        let found = chat::messages(store, from).await;
        for told in &image.acknowledged {
            if told.conversation == chat::conversation(from) {
                let place = usize::try_from(told.number.0).unwrap() - 1;
                assert_eq!(found.get(place), Some(&told.message), "told and lost");
            }
        }
        let mut next = [0; TABS as usize];
        for message in &found {
            let is_next = |tab: &u8| *message == chat::message(*tab, next[usize::from(*tab)]);
            let tab = (0..TABS).find(is_next).expect("each once, in its order");
            next[usize::from(tab)] += 1;
        }
        let kept = store.conversation_of(chat::visitor(from)).await.unwrap();
        let last = kept.map_or(0, |conversation| conversation.last.0);
        assert_eq!(last, found.len() as u64, "counted wrongly");
        if from == 0 && store.visitor(chat::visitor(0)).await.unwrap().is_some() {
            let more = chat::post(store, disk, 0, TABS, 0).await.unwrap();
            assert_eq!(more.number.0, last + 1);
        }
    }
}
