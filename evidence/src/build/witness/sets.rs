//! Which of the builds of a verdict show a reference: stated where it is not every one of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use archguard_invariants::graph::GraphBuilder;
use rustc_hash::FxHashMap;

/// The builds that each reference was seen in, by its number in the graph.
pub(super) struct Sets {
    names: Vec<Arc<str>>,
    seen: FxHashMap<usize, BTreeSet<usize>>,
}

impl Sets {
    /// None has been seen yet.
    pub(super) fn of(names: &[Arc<str>]) -> Self {
        Self {
            names: names.to_vec(),
            seen: FxHashMap::default(),
        }
    }

    /// A build shows a reference. Of a single build there is nothing to tell.
    pub(super) fn note(&mut self, reference: usize, set: usize) {
        if self.names.len() > 1 {
            self.seen.entry(reference).or_default().insert(set);
        }
    }

    /// States it in the graph.
    pub(super) fn state(self, builder: &mut GraphBuilder) {
        let mut seen: Vec<(usize, BTreeSet<usize>)> = self.seen.into_iter().collect();
        // The order decides what the graph calls them, and that is to be the same in each run.
        seen.sort_unstable();
        for (reference, sets) in seen {
            if sets.len() < self.names.len() {
                let names = sets.iter().map(|&set| Arc::clone(&self.names[set])).collect();
                let id = builder.cfg_sets(names);
                builder.reference_mut(reference).evidence.under = Some(id);
            }
        }
    }
}
