//! Cycles: strongly connected components of a view, with one shortest ring each and the smallest cut that breaks them all.
//!
//! Everything here is iterative and deterministic. The cut itself is computed in `super::cut`.

use std::collections::VecDeque;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::cut::{WeightedEdge, smallest_cut};

/// A strongly connected component of at least two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knot {
    /// Its nodes, sorted.
    pub nodes: Vec<NodeIndex<u32>>,
    /// One of its shortest cycles as edges, each starting where the one before ends; starts at the smallest node on it.
    pub ring: Vec<EdgeIndex<u32>>,
    /// Edges whose removal breaks all its cycles, sorted.
    pub cut: Vec<EdgeIndex<u32>>,
    /// Whether no lighter cut exists; otherwise the knot is too large for a proof, and no edge of the cut can be spared.
    pub cut_is_smallest: bool,
}

/// How many edges the search for the shortest ring of one knot may visit before it is content with the best one so far.
/// Most knots hold a ring of two, which is found before any search.
const RING_BUDGET: usize = 20_000_000;

/// All knots of a graph, sorted by their first node. `weight` says what removing an edge costs. Loops of a node to
/// itself are no cycles here.
pub fn knots<N, E>(graph: &DiGraph<N, E, u32>, weight: impl Fn(&E) -> usize) -> Vec<Knot> {
    let mut components: Vec<Vec<NodeIndex<u32>>> = kosaraju_scc(graph)
        .into_iter()
        .filter(|nodes| nodes.len() > 1)
        .collect();
    for nodes in &mut components {
        nodes.sort_unstable();
    }
    components.sort_unstable();
    components
        .into_iter()
        .map(|nodes| knot(graph, nodes, &weight))
        .collect()
}

fn knot<N, E>(graph: &DiGraph<N, E, u32>, nodes: Vec<NodeIndex<u32>>, weight: &impl Fn(&E) -> usize) -> Knot {
    let local: FxHashMap<NodeIndex<u32>, usize> =
        nodes.iter().enumerate().map(|(index, &node)| (node, index)).collect();
    let mut edges: Vec<(EdgeIndex<u32>, WeightedEdge)> = nodes
        .iter()
        .flat_map(|&node| graph.edges(node))
        .filter(|edge| edge.source() != edge.target())
        .filter_map(|edge| {
            let (from, to) = (*local.get(&edge.source())?, *local.get(&edge.target())?);
            Some((
                edge.id(),
                WeightedEdge {
                    from,
                    to,
                    weight: weight(edge.weight()),
                },
            ))
        })
        .collect();
    edges.sort_unstable_by_key(|&(id, edge)| (edge.from, edge.to, id));
    let weighted: Vec<WeightedEdge> = edges.iter().map(|&(_, edge)| edge).collect();
    let ring = shortest_ring(nodes.len(), &weighted)
        .into_iter()
        .map(|index| edges[index].0)
        .collect();
    let cut = smallest_cut(nodes.len(), &weighted);
    let mut cut_edges: Vec<EdgeIndex<u32>> = cut.edges.into_iter().map(|index| edges[index].0).collect();
    cut_edges.sort_unstable();
    Knot {
        nodes,
        ring,
        cut: cut_edges,
        cut_is_smallest: cut.is_smallest,
    }
}

/// A shortest cycle as indices into `edges` (sorted by their ends). One search from each node, cut off at the best
/// length so far; nodes are tried in order, so the first to find that length is the smallest on its ring.
fn shortest_ring(node_count: usize, edges: &[WeightedEdge]) -> Vec<usize> {
    let outgoing = outgoing(node_count, edges);
    let mut best: Vec<usize> = Vec::new();
    let mut visited = 0;
    let mut came_by = CameBy::new(node_count);
    for start in 0..node_count {
        let limit = if best.is_empty() { usize::MAX } else { best.len() };
        if limit == 2 || (visited > RING_BUDGET && !best.is_empty()) {
            break;
        }
        if let Some(ring) = ring_from(start, limit, edges, &outgoing, (&mut came_by, &mut visited)) {
            best = ring;
        }
    }
    best
}

/// Edges by where they start.
fn outgoing(node_count: usize, edges: &[WeightedEdge]) -> Vec<Vec<usize>> {
    let mut outgoing = vec![Vec::new(); node_count];
    for (index, edge) in edges.iter().enumerate() {
        outgoing[edge.from].push(index);
    }
    outgoing
}

/// By which edge, and from where, a search first came to each node.
struct CameBy {
    /// By node, with the number of the search: what an earlier one left needs no clearing.
    ways: Vec<(usize, usize, usize)>,
    search: usize,
}

impl CameBy {
    fn new(node_count: usize) -> Self {
        Self {
            ways: vec![(0, 0, 0); node_count],
            search: 0,
        }
    }

    fn begin(&mut self) {
        self.search += 1;
    }

    /// Whether the search comes here for the first time.
    fn note(&mut self, node: usize, edge: usize, from: usize) -> bool {
        let is_first = self.ways[node].0 != self.search;
        if is_first {
            self.ways[node] = (self.search, edge, from);
        }
        is_first
    }

    fn way(&self, node: usize) -> (usize, usize) {
        let (_, edge, from) = self.ways[node];
        (edge, from)
    }
}

/// The shortest cycle through `start` that is shorter than `limit`.
fn ring_from(
    start: usize,
    limit: usize,
    edges: &[WeightedEdge],
    outgoing: &[Vec<usize>],
    (came_by, visited): (&mut CameBy, &mut usize),
) -> Option<Vec<usize>> {
    came_by.begin();
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((node, depth)) = queue.pop_front() {
        if depth + 1 >= limit {
            return None;
        }
        for &index in &outgoing[node] {
            *visited += 1;
            let to = edges[index].to;
            if to == start {
                return Some(walk_back(start, node, index, came_by));
            }
            if came_by.note(to, index, node) {
                queue.push_back((to, depth + 1));
            }
        }
    }
    None
}

fn walk_back(start: usize, last: usize, closing: usize, came_by: &CameBy) -> Vec<usize> {
    let mut ring = vec![closing];
    let mut node = last;
    while node != start {
        let (edge, from) = came_by.way(node);
        ring.push(edge);
        node = from;
    }
    ring.reverse();
    ring
}
