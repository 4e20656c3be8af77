//! What was acknowledged survives a power cut at any moment.

use std::sync::Arc;

use saluda_store::{Conversations as _, SqliteStore};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::chat;
use crate::disk::{Disk, File, Step};
use crate::image::{Image, Loss};

const VISITORS: u8 = 3;
/// Who writes at once. Each waits for its answer before it goes on.
const TABS: u8 = 8;
/// How many messages the first tab writes; the second twice as many, and so on,
/// so that commits hold from eight messages down to one.
const FEWEST: u16 = 20;
const MESSAGES: usize = FEWEST as usize * (TABS as usize * (TABS as usize + 1)) / 2;

/// How often the power is cut.
const CUTS: usize = 1_000;
/// So many come right after someone was told of their message,
const CUTS_AFTER_AN_ANSWER: usize = 400;
/// and so many while the log is moved into the database.
const CUTS_WHILE_MOVING: usize = 100;

fn count(tab: u8) -> u16 {
    FEWEST * (u16::from(tab) + 1)
}

fn visitor(tab: u8) -> u8 {
    tab % VISITORS
}

/// Lets all tabs write, and says what the disk was asked to do meanwhile.
async fn record() -> Vec<Step> {
    let disk = Arc::new(Disk::new());
    let store = Arc::new(chat::open(&disk).await.unwrap());
    chat::settle(&store, VISITORS).await.unwrap();
    let mut tabs = JoinSet::new();
    for tab in 0..TABS {
        let (disk, store) = (Arc::clone(&disk), Arc::clone(&store));
        tabs.spawn(async move {
            for n in 0..count(tab) {
                chat::post(&store, &disk, visitor(tab), tab, n)
                    .await
                    .unwrap();
            }
        });
    }
    while let Some(tab) = tabs.join_next().await {
        tab.unwrap();
    }
    disk.steps()
}

/// Before which steps the power is cut, in their order, and what is lost.
fn cuts(steps: &[Step], chance: &mut Chance) -> Vec<(usize, Loss)> {
    let answers = places(steps, |step| matches!(step, Step::Acknowledged(_)));
    let moving = places(steps, |step| {
        matches!(
            step,
            Step::Changed(File::Database, _) | Step::Synced(File::Database)
        )
    });
    let anywhere = places(steps, |_| true);
    let mut cuts: Vec<_> = spread(&answers, CUTS_AFTER_AN_ANSWER, chance)
        .into_iter()
        .map(|place| (place + 1, Loss::Everything))
        .collect();
    let others = CUTS - CUTS_AFTER_AN_ANSWER - CUTS_WHILE_MOVING;
    let losses = [Loss::Everything, Loss::Some, Loss::Torn];
    cuts.extend(
        spread(&moving, CUTS_WHILE_MOVING, chance)
            .into_iter()
            .chain(spread(&anywhere, others, chance))
            .zip(losses.into_iter().cycle()),
    );
    cuts.sort_by_key(|(place, _)| *place);
    cuts
}

fn places(steps: &[Step], are: impl Fn(&Step) -> bool) -> Vec<usize> {
    let those = steps.iter().enumerate().filter(|(_, step)| are(step));
    those.map(|(place, _)| place).collect()
}

/// So many of the places, one by chance from each stretch of them.
fn spread(places: &[usize], count: usize, chance: &mut Chance) -> Vec<usize> {
    let start = |stretch: usize| stretch * places.len() / count;
    (0..count)
        .map(|n| places[start(n) + chance.below((start(n + 1) - start(n)).max(1))])
        .collect()
}

/// SQLite finds nothing wrong with the file.
async fn is_whole(disk: &Disk) {
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
async fn keeps_its_promise(store: &SqliteStore, disk: &Disk, image: &Image<'_>) {
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

/// How often a file was changed, and how often it was synced.
fn work(steps: &[Step], of: File) -> (usize, usize) {
    let changes = |step: &&Step| matches!(step, Step::Changed(file, _) if *file == of);
    let syncs = |step: &&Step| matches!(step, Step::Synced(file) if *file == of);
    (
        steps.iter().filter(changes).count(),
        steps.iter().filter(syncs).count(),
    )
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_power_cut_at_any_moment() {
    let steps = record().await;
    let (wal_writes, wal_syncs) = work(&steps, File::Wal);
    let (database_writes, database_syncs) = work(&steps, File::Database);
    println!(
        "{MESSAGES} messages: the log was written {wal_writes} times and synced {wal_syncs} \
         times, the database {database_writes} and {database_syncs}"
    );
    assert!(wal_syncs * 2 < MESSAGES, "messages are committed together");
    assert!(database_syncs > 2, "the log was moved into the database");

    let chance = &mut Chance::new(1);
    let mut image = Image::default();
    let mut applied = 0;
    for (place, loss) in cuts(&steps, chance) {
        for step in &steps[applied..place] {
            image.apply(step);
        }
        applied = place;
        let disk = Disk::holding(&image.after(loss, chance));
        let store = match chat::open(&disk).await {
            Ok(store) => store,
            Err(error) => panic!("after {place} steps, {loss:?} lost: {error:?}"),
        };
        is_whole(&disk).await;
        keeps_its_promise(&store, &disk, &image).await;
    }
}
