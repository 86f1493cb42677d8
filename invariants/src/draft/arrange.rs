//! The order of a draft's components: circles are broken where that takes the fewest references, what is left has ranks.

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::components::{Draft, UpwardUse};
use crate::graph::cycles::knots;

/// Ranks the components, and takes back what points upwards.
pub(super) fn arrange(draft: &mut Draft) {
    let mut graph: DiGraph<usize, usize, u32> = DiGraph::default();
    let nodes: Vec<NodeIndex<u32>> = (0..draft.components.len()).map(|index| graph.add_node(index)).collect();
    for (from, component) in draft.components.iter().enumerate() {
        for used in &component.uses {
            graph.add_edge(nodes[from], nodes[used.component], used.references);
        }
    }
    let knots = knots(&graph, |references| *references);
    for knot in &knots {
        for &edge in &knot.cut {
            if let Some((from, to)) = graph.edge_endpoints(edge) {
                draft.upward.push(UpwardUse {
                    from: graph[from],
                    to: graph[to],
                });
            }
        }
    }
    draft.upward.sort_unstable_by_key(|upward| (upward.from, upward.to));
    draft.knots = knots
        .iter()
        .map(|knot| knot.nodes.iter().map(|&node| graph[node]).collect())
        .collect();
    let is_upward = |from: usize, to: usize| draft.upward.iter().any(|upward| (upward.from, upward.to) == (from, to));
    for (from, component) in draft.components.iter_mut().enumerate() {
        for used in &mut component.uses {
            used.allowed = !is_upward(from, used.component);
        }
    }
    graph.retain_edges(|graph, edge| {
        let (from, to) = graph.edge_endpoints(edge).expect("the edge is being visited");
        !is_upward(graph[from], graph[to])
    });
    draft.layers = ranks(&graph);
}

/// From top to bottom: each as low as what it uses lets it be, so that what everybody uses is at the bottom; what nobody
/// uses (an entry point) is at the top. What neither uses nor is used has no rank.
fn ranks(graph: &DiGraph<usize, usize, u32>) -> Vec<Vec<usize>> {
    let Ok(order) = petgraph::algo::toposort(graph, None) else {
        return Vec::new();
    };
    let mut heights = vec![0; graph.node_count()];
    for &node in order.iter().rev() {
        let below = graph.edges(node).map(|edge| heights[edge.target().index()] + 1);
        heights[node.index()] = below.max().unwrap_or(0);
    }
    let top = heights.iter().copied().max().unwrap_or(0);
    let has = |node, direction| graph.neighbors_directed(node, direction).next().is_some();
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); top + 1];
    for node in graph.node_indices() {
        let uses = has(node, petgraph::Outgoing);
        let is_used = has(node, petgraph::Incoming);
        match (uses, is_used) {
            (false, false) => {}
            (true, false) => layers[0].push(graph[node]),
            (_, true) => layers[top - heights[node.index()]].push(graph[node]),
        }
    }
    layers.retain(|layer| !layer.is_empty());
    if layers.len() < 2 { Vec::new() } else { layers }
}
