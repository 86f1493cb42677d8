//! What the policy's patterns lead to in this graph. Filled by the maker of the graph, read by the policy's binding.

use serde::{Deserialize, Serialize};

use super::model::ItemId;

/// One item that a pattern names, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Root {
    /// The item: it and everything inside it are covered.
    pub item: ItemId,
    /// `x::self`: the module's own items, without its child modules.
    pub own_only: bool,
}

/// What became of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetState {
    /// It names at least one item.
    Matched,
    /// Its crate is not among the dependencies.
    Dormant,
    /// It leads into a crate without sources, or into code that has not been generated yet.
    Pending,
    /// The crate is there, the item is not; with the nearest existing path.
    NoMatch {
        /// The nearest existing path, if one is near.
        nearest: Option<String>,
    },
}

/// The items that one pattern leads to, by definition, facade families included.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Targets {
    /// The covered items; sorted, without duplicates.
    pub roots: Vec<Root>,
    /// What became of the pattern.
    pub state: TargetState,
}
