//! Keeping what was read for the next time: whole, or where little has changed beside the graph that is kept.

use std::time::SystemTime;

use archguard_invariants::place::FileId;
use tracing::info_span;

use super::Options;
use super::earlier::Earlier;
use super::found::Tally;
use super::items::examined_sources;
use super::kept::{Grounds, Identity, KeptReading};
use super::noticed::words_of_macros as words_of_all_macros;
use super::read::Evidence;
use crate::names::ids::SourceId;
use crate::names::world::World;

/// How many files are looked up again each time rather than kept.
const FEW_FILES: usize = 12;

/// What is kept beside the evidence.
#[derive(Default)]
pub(super) struct Known {
    pub(super) tallies: Vec<(FileId, Tally)>,
    /// The words that macros of dependencies write, as far as an earlier reading knew; none where nobody asks for them.
    pub(super) words_of_macros: Option<Vec<Box<str>>>,
    /// What an earlier reading rested on.
    pub(super) grounds: Option<Grounds>,
    /// Whether so little was read that it can be read again rather than kept whole.
    pub(super) is_little: bool,
}

/// Whether what has changed since a graph was kept is read faster than a graph is written down. So is what follows: it is
/// read each time until it is no longer little.
pub(super) fn is_little(world: &World<'_>, earlier: &Earlier) -> bool {
    let lines = |source: SourceId| world.store.get(source).lines as usize;
    let all: usize = examined_sources(world).iter().map(|(_, source)| lines(*source)).sum();
    let changed: usize = earlier.changed.iter().map(|&source| lines(source)).sum();
    earlier.changed.len() <= FEW_FILES && changed <= all / 20
}

/// Keeps what was read for the next time; what it is known by then.
pub(super) fn keep(
    world: World<'_>,
    evidence: &Evidence,
    options: &Options,
    place: Option<&KeptReading>,
    began: SystemTime,
    known: Known,
) -> Option<Identity> {
    let _span = info_span!("keeping").entered();
    let Known {
        tallies,
        words_of_macros,
        grounds,
        is_little,
    } = known;
    let has_facts_of_all = grounds.is_none();
    let before = grounds.as_ref();
    if let Some(before) = before.filter(|_| is_little) {
        let conditions = place?.conditions(&world, options, began, Some(before), true)?;
        return place?.keep_little(&conditions, before, &evidence.idle_exclusions);
    }
    let facts = world.store.kept();
    let conditions = std::thread::scope(|scope| {
        scope.spawn(|| facts.write());
        place?.conditions(&world, options, began, before, false)
    });
    let (place, conditions) = (place?, conditions?);
    let words_of_macros = words_of_macros.map_or_else(Vec::new, |earlier| {
        let mut words = [earlier, words_of_all_macros(&world)].concat();
        words.sort_unstable();
        words.dedup();
        words
    });
    let write = || place.keep(&conditions, evidence, (&tallies, &words_of_macros), options);
    if has_facts_of_all {
        // Before a graph is written down as a whole: both would not have to be in memory.
        drop(world);
        return write();
    }
    std::thread::scope(|scope| {
        let written = scope.spawn(write);
        drop(world);
        written.join().ok().flatten()
    })
}
