//! What the baseline holds of circles: the references of the cut that broke them all when they were frozen. As long as what
//! is there without those goes round in none, nothing new does. So a reference that is mended never makes a finding, though
//! the smallest cut may be another one then; and one more against the frozen direction always does.

use petgraph::algo::is_cyclic_directed;
use petgraph::graph::DiGraph;
use rustc_hash::FxHashMap;

use super::Key;
use crate::verdict::{Finding, KnotReferences};

/// The key under which references of a knot can be frozen.
pub(super) fn key_of<'f>(finding: &'f Finding, references: &'f KnotReferences) -> Key<'f> {
    (&finding.rule, &references.from, Some(&references.to))
}

/// Whether a knot without its frozen references has no circle.
pub(super) fn are_broken_without(knot: &[KnotReferences], is_frozen: impl Fn(&KnotReferences) -> bool) -> bool {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let mut nodes = FxHashMap::default();
    for references in knot.iter().filter(|references| !is_frozen(references)) {
        let (from, to) = references.nodes;
        let from = *nodes.entry(from).or_insert_with(|| graph.add_node(()));
        let to = *nodes.entry(to).or_insert_with(|| graph.add_node(()));
        graph.update_edge(from, to, ());
    }
    !is_cyclic_directed(&graph)
}
