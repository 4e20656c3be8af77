//! Where the power is cut, and whether the store survives it.

use crate::chance::Chance;
use crate::disk::{Disk, File, Step};
use crate::image::{Image, Loss};
use crate::{chat, promise};

/// How often the power is cut.
pub(crate) struct Cuts {
    /// Right after someone was told of their message, and all is lost that can be.
    pub(crate) after_an_answer: usize,
    /// While the log is moved into the database.
    pub(crate) while_moving: usize,
    pub(crate) anywhere: usize,
}

impl Cuts {
    /// Cuts the power, and finds that what was acknowledged is there each time.
    pub(crate) async fn are_survived(&self, steps: &[Step], chance: &mut Chance) {
        let mut image = Image::default();
        let mut applied = 0;
        for (place, loss) in self.among(steps, chance) {
            for step in &steps[applied..place] {
                image.apply(step);
            }
            applied = place;
            let disk = Disk::holding(&image.after(loss, chance));
            let store = match chat::open(&disk).await {
                Ok(store) => store,
                Err(error) => panic!("after {place} steps, {loss:?} lost: {error:?}"),
            };
            promise::is_whole(&disk).await;
            promise::is_kept(&store, &disk, &image).await;
        }
    }

    /// Before which steps the power is cut, in their order, and what is lost.
    fn among(&self, steps: &[Step], chance: &mut Chance) -> Vec<(usize, Loss)> {
        let answers = places(steps, |step| matches!(step, Step::Acknowledged(_)));
        let moving = places(steps, |step| match step {
            Step::Changed(file, _) | Step::Synced(file) => *file == File::Database,
            _ => false,
        });
        let anywhere = places(steps, |_| true);
        let mut cuts: Vec<_> = spread(&answers, self.after_an_answer, chance)
            .into_iter()
            .map(|place| (place + 1, Loss::Everything))
            .collect();
        let losses = [Loss::Everything, Loss::Some, Loss::Torn];
        cuts.extend(
            spread(&moving, self.while_moving, chance)
                .into_iter()
                .chain(spread(&anywhere, self.anywhere, chance))
                .zip(losses.into_iter().cycle()),
        );
        cuts.sort_by_key(|(place, _)| *place);
        cuts
    }
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
