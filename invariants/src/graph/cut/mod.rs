//! The smallest cut of a knot: the lightest set of edges whose removal leaves no cycle (minimum feedback arc set).
//!
//! A cut is the set of backward edges of an order of the nodes, so the search is for the best order. [`smallest`] solves
//! small knots exactly; beyond that, [`greedy`] makes an order, [`moving`] improves it by single nodes, and [`sparing`]
//! puts back what can be spared. None of the three goes through all nodes for one: [`sequence`] is the order that changes without
//! being numbered anew. What they find is what the plainest way finds, which the tests keep (`plain`).

mod greedy;
mod moving;
#[cfg(test)]
mod plain;
mod sequence;
mod smallest;
mod sparing;

pub(super) use smallest::{WeightedEdge, smallest_cut};
