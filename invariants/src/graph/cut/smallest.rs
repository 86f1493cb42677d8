//! The cut of a knot. Small knots are solved exactly, by dynamic programming over sets of nodes (Lawler 1964).

use super::greedy::greedy_order;
use super::moving::improved;
use super::sparing::spare;

/// An edge of a knot; nodes are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graph) struct WeightedEdge {
    pub(in crate::graph) from: usize,
    pub(in crate::graph) to: usize,
    pub(in crate::graph) weight: usize,
}

/// A cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::graph) struct Cut {
    /// Indices of the edges to remove, sorted.
    pub(in crate::graph) edges: Vec<usize>,
    /// Whether it is proven that no lighter one exists.
    pub(in crate::graph) is_smallest: bool,
}

/// Up to this many nodes the cut is exact: 2^16 sets take a few milliseconds.
const EXACT_NODES: usize = 16;

/// The lightest set of edges whose removal leaves no cycle.
pub(in crate::graph) fn smallest_cut(node_count: usize, edges: &[WeightedEdge]) -> Cut {
    if edges.len() == node_count {
        // As many edges as nodes in a strongly connected graph: one ring.
        let lightest = (0..edges.len()).min_by_key(|&index| edges[index].weight);
        return Cut {
            edges: lightest.into_iter().collect(),
            is_smallest: true,
        };
    }
    let is_smallest = node_count <= EXACT_NODES;
    let order = if is_smallest {
        best_order(node_count, edges)
    } else {
        good_order(node_count, edges)
    };
    let mut cut = backward_edges(&order, edges);
    if !is_smallest {
        spare(&order, edges, &mut cut);
    }
    Cut {
        edges: cut,
        is_smallest,
    }
}

/// A good order: greedy, then improved by moving single nodes.
pub(super) fn good_order(node_count: usize, edges: &[WeightedEdge]) -> Vec<usize> {
    let neighbours = Neighbours::new(node_count, edges);
    improved(&greedy_order(node_count, &neighbours), &neighbours)
}

/// The edges that lead back in an order of the nodes.
pub(super) fn backward_edges(order: &[usize], edges: &[WeightedEdge]) -> Vec<usize> {
    let position = positions(order);
    (0..edges.len())
        .filter(|&index| position[edges[index].from] > position[edges[index].to])
        .collect()
}

pub(super) fn positions(order: &[usize]) -> Vec<usize> {
    let mut position = vec![0; order.len()];
    for (index, &node) in order.iter().enumerate() {
        position[node] = index;
    }
    position
}

/// The order with the lightest backward edges: the best order of each set of nodes from the best of those with one less.
fn best_order(node_count: usize, edges: &[WeightedEdge]) -> Vec<usize> {
    let mut weights = vec![vec![0_usize; node_count]; node_count];
    for edge in edges {
        weights[edge.from][edge.to] += edge.weight;
    }
    let full = (1_usize << node_count) - 1;
    let mut best = vec![(usize::MAX, 0_usize); full + 1];
    best[0] = (0, 0);
    for set in 0..full {
        let cost = best[set].0;
        for node in (0..node_count).filter(|node| set & (1 << node) == 0) {
            let back: usize = (0..node_count)
                .filter(|other| set & (1 << other) != 0)
                .map(|to| weights[node][to])
                .sum();
            let next = &mut best[set | (1 << node)];
            if cost + back < next.0 {
                *next = (cost + back, node);
            }
        }
    }
    let mut order = Vec::with_capacity(node_count);
    let mut set = full;
    while set != 0 {
        let last = best[set].1;
        order.push(last);
        set &= !(1 << last);
    }
    order.reverse();
    order
}

/// The edges of each node, as the other end and the weight.
pub(super) struct Neighbours {
    pub(super) outgoing: Vec<Vec<(usize, usize)>>,
    pub(super) incoming: Vec<Vec<(usize, usize)>>,
}

impl Neighbours {
    pub(super) fn new(node_count: usize, edges: &[WeightedEdge]) -> Self {
        let mut outgoing = vec![Vec::new(); node_count];
        let mut incoming = vec![Vec::new(); node_count];
        for edge in edges {
            outgoing[edge.from].push((edge.to, edge.weight));
            incoming[edge.to].push((edge.from, edge.weight));
        }
        Self { outgoing, incoming }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edges(text: &str) -> Vec<WeightedEdge> {
        text.split_whitespace()
            .map(|word| {
                let numbers: Vec<usize> = word.split([':', '*']).map(|number| number.parse().unwrap()).collect();
                WeightedEdge {
                    from: numbers[0],
                    to: numbers[1],
                    weight: numbers.get(2).copied().unwrap_or(1),
                }
            })
            .collect()
    }

    fn weight(edges: &[WeightedEdge], cut: &[usize]) -> usize {
        cut.iter().map(|&index| edges[index].weight).sum()
    }

    #[test]
    fn the_lighter_direction_of_a_pair_is_cut() {
        let edges = edges("0:1*5 1:0*2");
        assert_eq!(
            smallest_cut(2, &edges),
            Cut {
                edges: vec![1],
                is_smallest: true
            }
        );
    }

    #[test]
    fn one_shared_edge_beats_two_private_ones() {
        // Two rings share 0 -> 1, which is as heavy as one of the others.
        let edges = edges("0:1*2 1:2*2 2:0*2 1:3*2 3:0*2");
        assert_eq!(
            smallest_cut(4, &edges),
            Cut {
                edges: vec![0],
                is_smallest: true
            }
        );
    }

    #[test]
    fn two_light_edges_beat_one_heavy_shared_one() {
        let edges = edges("0:1*5 1:2*2 2:0*3 1:3*2 3:0*3");
        assert_eq!(smallest_cut(4, &edges).edges, vec![1, 3]);
    }

    #[test]
    fn a_long_ring_is_exact_at_its_lightest_edge() {
        let mut edges: Vec<WeightedEdge> = (0..40)
            .map(|node| WeightedEdge {
                from: node,
                to: (node + 1) % 40,
                weight: 3,
            })
            .collect();
        edges[17].weight = 1;
        assert_eq!(
            smallest_cut(40, &edges),
            Cut {
                edges: vec![17],
                is_smallest: true
            }
        );
    }

    #[test]
    fn a_large_knot_gets_a_cut_without_waste_and_no_claim_of_proof() {
        // Forward chain of heavy edges, a few light ones back: the light ones are the cut.
        let mut edges: Vec<WeightedEdge> = (0..29)
            .map(|node| WeightedEdge {
                from: node,
                to: node + 1,
                weight: 10,
            })
            .collect();
        for (from, to) in [(29, 0), (20, 3), (9, 2)] {
            edges.push(WeightedEdge { from, to, weight: 1 });
        }
        let cut = smallest_cut(30, &edges);
        assert_eq!((cut.edges.clone(), cut.is_smallest), (vec![29, 30, 31], false));
        assert_eq!(weight(&edges, &cut.edges), 3);
    }

    #[test]
    fn the_heuristic_is_near_the_exact_answer() {
        let edges = edges("0:1*3 1:2*3 2:3*3 3:4*3 4:5*3 5:0*1 3:1*1 4:2*2 5:3*1 1:4*2");
        let exact = weight(&edges, &backward_edges(&best_order(6, &edges), &edges));
        let good = weight(&edges, &backward_edges(&good_order(6, &edges), &edges));
        assert_eq!((exact, good), (5, 5));
    }

    /// The lightest cut, by trying every order.
    fn by_force(node_count: usize, edges: &[WeightedEdge]) -> usize {
        let mut orders = vec![Vec::new()];
        for _ in 0..node_count {
            let longer = |order: Vec<usize>| {
                let rest = (0..node_count).filter(|node| !order.contains(node)).collect::<Vec<_>>();
                rest.into_iter()
                    .map(move |node| order.iter().copied().chain([node]).collect::<Vec<_>>())
            };
            orders = orders.into_iter().flat_map(longer).collect();
        }
        orders
            .iter()
            .map(|order| weight(edges, &backward_edges(order, edges)))
            .min()
            .unwrap()
    }

    proptest! {
        #[test]
        fn no_move_of_one_node_makes_a_good_order_better(raw in prop::collection::vec((0..8_usize, 0..8_usize, 1..5_usize), 1..30)) {
            let edges: Vec<WeightedEdge> = raw
                .into_iter()
                .filter(|(from, to, _)| from != to)
                .map(|(from, to, weight)| WeightedEdge { from, to, weight })
                .collect();
            let order = good_order(8, &edges);
            let cost = |order: &[usize]| weight(&edges, &backward_edges(order, &edges));
            for from in 0..8 {
                for to in 0..8 {
                    let mut moved = order.clone();
                    let node = moved.remove(from);
                    moved.insert(to, node);
                    prop_assert!(cost(&moved) >= cost(&order));
                }
            }
        }

        #[test]
        fn a_cut_that_claims_to_be_smallest_is(raw in prop::collection::vec((0..5_usize, 0..5_usize, 1..4_usize), 1..14)) {
            let rings = (0..5).map(|node| (node, (node + 1) % 5, 2));
            let edges: Vec<WeightedEdge> = raw
                .into_iter()
                .filter(|(from, to, _)| from != to)
                .chain(rings)
                .map(|(from, to, weight)| WeightedEdge { from, to, weight })
                .collect();
            let cut = smallest_cut(5, &edges);
            prop_assert!(cut.is_smallest);
            prop_assert_eq!(weight(&edges, &cut.edges), by_force(5, &edges));
        }
    }
}
