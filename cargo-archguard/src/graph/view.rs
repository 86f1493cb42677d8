//! The graph that is drawn: nodes by name, one edge per pair with the number of references behind it. Ordered by name, so
//! that the same code draws the same picture.

use std::collections::{BTreeMap, BTreeSet};

use archguard_invariants::graph::{CrateOrigin, Graph, ItemId};

use crate::cli::GraphNodes;

/// What stands for examined code that no component owns.
const NO_COMPONENT: &str = "(no component)";

/// What is drawn.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    /// The nodes by name.
    pub(super) nodes: Vec<Node>,
    /// The edges by the indices of their ends.
    pub(super) edges: Vec<Edge>,
}

/// A node.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// Its name.
    pub(super) name: String,
    /// Whether it lies outside of what is examined (or, by component, in none).
    pub(super) outside: bool,
}

/// An edge.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edge {
    /// Index of the user.
    pub(super) from: usize,
    /// Index of the used.
    pub(super) to: usize,
    /// How many references stand behind it.
    pub(super) references: usize,
    /// Whether all of them are in development code.
    pub(super) dev: bool,
}

/// Which items are drawn, and how they are grouped.
pub(super) struct Grouping<'a> {
    /// The graph.
    pub(super) graph: &'a Graph,
    /// What the nodes are.
    pub(super) by: GraphNodes,
    /// Names the component of an item.
    pub(super) component_of: &'a dyn Fn(ItemId) -> Option<String>,
    /// The items whose code is drawn.
    pub(super) included: &'a dyn Fn(ItemId) -> bool,
}

type Name = (String, bool);

impl View {
    /// Groups the graph.
    pub(super) fn of(grouping: &Grouping<'_>) -> Self {
        let graph = grouping.graph;
        let mut names: BTreeSet<Name> = BTreeSet::new();
        let drawn = graph.items().filter(|(id, _)| (grouping.included)(*id));
        names.extend(drawn.filter_map(|(id, _)| grouping.name(id)));
        let mut edges: BTreeMap<(Name, Name), (usize, bool)> = BTreeMap::new();
        for link in graph.references().filter(|link| (grouping.included)(link.from)) {
            let (Some(from), Some(to)) = (grouping.name(link.from), grouping.name(link.to)) else {
                continue;
            };
            if from != to {
                let (references, dev) = edges.entry((from, to)).or_insert((0, true));
                *references += 1;
                *dev &= link.reference.dev;
            }
        }
        names.extend(edges.keys().flat_map(|(from, to)| [from.clone(), to.clone()]));
        Self::indexed(names, &edges)
    }

    fn indexed(names: BTreeSet<Name>, edges: &BTreeMap<(Name, Name), (usize, bool)>) -> Self {
        let index: BTreeMap<&Name, usize> = names.iter().enumerate().map(|(index, name)| (name, index)).collect();
        let edges = edges
            .iter()
            .map(|((from, to), &(references, dev))| Edge {
                from: index[from],
                to: index[to],
                references,
                dev,
            })
            .collect();
        let nodes = names
            .into_iter()
            .map(|(name, outside)| Node { name, outside })
            .collect();
        Self { nodes, edges }
    }
}

impl Grouping<'_> {
    /// The node that an item belongs to; none where it is not drawn.
    fn name(&self, id: ItemId) -> Option<Name> {
        let item = self.graph.item(id);
        let krate = self.graph.krate(item.krate);
        let examined = krate.origin.is_examined();
        match self.by {
            GraphNodes::Crate if krate.origin == CrateOrigin::Standard => None,
            GraphNodes::Crate => Some((krate.head.to_string(), !examined)),
            _ if !examined => None,
            GraphNodes::Module => Some((self.graph.item(item.module).path.to_string(), false)),
            GraphNodes::Item => Some((item.path.to_string(), false)),
            GraphNodes::Component => {
                let component = (self.component_of)(id);
                Some(component.map_or_else(|| (NO_COMPONENT.to_owned(), true), |name| (name, false)))
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
