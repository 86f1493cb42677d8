//! A requirement bound to a graph: its lists have become selectors, and what it selects is known.

use super::model::{Conditions, KindWord, Relation, Require};
use crate::graph::ItemId;
use crate::policy::bound::{Scope, Selector};

/// A `require`, bound.
#[derive(Debug, Clone)]
pub struct BoundRequire<'p> {
    /// The declaration.
    pub rule: &'p Require,
    /// `in` and `except`.
    pub scope: Scope,
    /// Which items it speaks of.
    pub items: BoundConditions<'p>,
    /// What it demands of each.
    pub must: BoundConditions<'p>,
    /// The kinds of item that it speaks of.
    pub kinds: Vec<KindWord>,
    /// The items that it selects, in order.
    pub selected: Vec<ItemId>,
}

/// Conditions, bound.
#[derive(Debug, Clone)]
pub struct BoundConditions<'p> {
    /// The declaration.
    pub conditions: &'p Conditions,
    /// `in`.
    pub within: Option<Selector>,
    /// The keys with a list of paths.
    pub relations: Vec<(Relation, Selector)>,
    /// `through`.
    pub through: Option<Selector>,
}

impl BoundConditions<'_> {
    /// The list under a key.
    pub fn list(&self, relation: Relation) -> Option<&Selector> {
        let found = self.relations.iter().find(|(known, _)| *known == relation);
        found.map(|(_, list)| list)
    }
}
