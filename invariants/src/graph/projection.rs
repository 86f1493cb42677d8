//! Coarser views of the graph: groups of items (modules, components, crates) as nodes, the references between them as
//! edges. What a group is, the caller says; nothing here knows the policy.

use std::hash::Hash;

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::model::{CrateId, ItemId, ReferenceId};
use super::query::{Graph, Link};

/// A view whose nodes are groups of items. Nodes are sorted by key, edges by their ends; no edge leads to its own node.
#[derive(Debug, Clone)]
pub struct Projection<K> {
    inner: DiGraph<K, Vec<ReferenceId>, u32>,
    nodes: FxHashMap<K, NodeIndex<u32>>,
}

impl<K: Copy + Ord + Hash> Projection<K> {
    /// A view from its edges, in any order, and the nodes that must be there even without edges.
    pub fn new(nodes: impl IntoIterator<Item = K>, edges: impl IntoIterator<Item = (K, K, ReferenceId)>) -> Self {
        let mut between: FxHashMap<(K, K), Vec<ReferenceId>> = FxHashMap::default();
        for (from, to, reference) in edges {
            if from != to {
                between.entry((from, to)).or_default().push(reference);
            }
        }
        let mut keys: Vec<K> = nodes
            .into_iter()
            .chain(between.keys().flat_map(|&(from, to)| [from, to]))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let mut inner = DiGraph::with_capacity(keys.len(), between.len());
        let nodes: FxHashMap<K, NodeIndex<u32>> = keys.into_iter().map(|key| (key, inner.add_node(key))).collect();
        let mut edges: Vec<_> = between.into_iter().collect();
        edges.sort_unstable_by_key(|&(ends, _)| ends);
        for ((from, to), mut references) in edges {
            references.sort_unstable();
            references.dedup();
            inner.add_edge(nodes[&from], nodes[&to], references);
        }
        Self { inner, nodes }
    }

    /// The view as a petgraph: each edge holds its references, sorted.
    pub fn petgraph(&self) -> &DiGraph<K, Vec<ReferenceId>, u32> {
        &self.inner
    }

    /// The node of a group.
    pub fn node(&self, key: K) -> Option<NodeIndex<u32>> {
        self.nodes.get(&key).copied()
    }

    /// The group behind a node.
    pub fn key(&self, node: NodeIndex<u32>) -> K {
        self.inner[node]
    }
}

impl Graph {
    /// The view by an owner function: items without an owner, and references that `keep` refuses, are left out.
    ///
    /// Edges lead to the definition that is named. Where a called trait happens to be implemented is no edge.
    pub fn by_owner<K: Copy + Ord + Hash>(
        &self,
        owner: impl Fn(ItemId) -> Option<K>,
        keep: impl Fn(&Link<'_>) -> bool,
    ) -> Projection<K> {
        let kept = self.references().filter(|link| keep(link));
        let edges = kept.filter_map(|link| Some((owner(link.from)?, owner(link.to)?, link.id)));
        Projection::new(self.items().filter_map(|(id, _)| owner(id)), edges)
    }

    /// The view by module.
    pub fn by_module(&self, keep: impl Fn(&Link<'_>) -> bool) -> Projection<ItemId> {
        self.by_owner(|item| Some(self.item(item).module), keep)
    }

    /// The view by crate.
    pub fn by_crate(&self, keep: impl Fn(&Link<'_>) -> bool) -> Projection<CrateId> {
        self.by_owner(|item| Some(self.item(item).krate), keep)
    }
}
