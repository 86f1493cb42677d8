//! The smallest cut of a knot: the lightest set of edges whose removal leaves no cycle (minimum feedback arc set).
//!
//! A cut is the set of backward edges of an order of the nodes, so the search is for the best order. Small knots are solved
//! exactly, by dynamic programming over sets of nodes (Lawler 1964). Beyond that, the greedy order of Eades, Lin and
//! Smyth (1993) with weights is improved by moving single nodes, and what can be spared is put back.

/// An edge of a knot; nodes are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WeightedEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) weight: usize,
}

/// A cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// Indices of the edges to remove, sorted.
    pub(super) edges: Vec<usize>,
    /// Whether it is proven that no lighter one exists.
    pub(super) is_smallest: bool,
}

/// Up to this many nodes the cut is exact: 2^16 sets take a few milliseconds.
const EXACT_NODES: usize = 16;
/// How many node positions the improvement of a heuristic order may look at.
const IMPROVEMENT_BUDGET: usize = 50_000_000;

/// The lightest set of edges whose removal leaves no cycle.
pub(super) fn smallest_cut(node_count: usize, edges: &[WeightedEdge]) -> Cut {
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
        spare(node_count, edges, &mut cut);
    }
    Cut {
        edges: cut,
        is_smallest,
    }
}

/// The edges that lead back in an order of the nodes.
fn backward_edges(order: &[usize], edges: &[WeightedEdge]) -> Vec<usize> {
    let position = positions(order);
    (0..edges.len())
        .filter(|&index| position[edges[index].from] > position[edges[index].to])
        .collect()
}

fn positions(order: &[usize]) -> Vec<usize> {
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

/// A good order: greedy, then improved by moving single nodes as long as that helps and the budget lasts.
fn good_order(node_count: usize, edges: &[WeightedEdge]) -> Vec<usize> {
    let neighbours = Neighbours::new(node_count, edges);
    let mut order = greedy_order(node_count, &neighbours);
    let passes = (IMPROVEMENT_BUDGET / (node_count * node_count)).clamp(1, 50);
    for _ in 0..passes {
        let mut improved = false;
        for node in 0..node_count {
            improved |= move_to_best_place(node, &mut order, &neighbours);
        }
        if !improved {
            break;
        }
    }
    order
}

struct Neighbours {
    outgoing: Vec<Vec<(usize, usize)>>,
    incoming: Vec<Vec<(usize, usize)>>,
}

impl Neighbours {
    fn new(node_count: usize, edges: &[WeightedEdge]) -> Self {
        let mut outgoing = vec![Vec::new(); node_count];
        let mut incoming = vec![Vec::new(); node_count];
        for edge in edges {
            outgoing[edge.from].push((edge.to, edge.weight));
            incoming[edge.to].push((edge.from, edge.weight));
        }
        Self { outgoing, incoming }
    }
}

/// Takes sources to the front and sinks to the back; where there are neither, the node with the most weight going out
/// over coming in goes to the front.
fn greedy_order(node_count: usize, neighbours: &Neighbours) -> Vec<usize> {
    let sum = |edges: &[(usize, usize)]| edges.iter().map(|&(_, weight)| weight).sum::<usize>();
    let mut out: Vec<usize> = neighbours.outgoing.iter().map(|edges| sum(edges)).collect();
    let mut into: Vec<usize> = neighbours.incoming.iter().map(|edges| sum(edges)).collect();
    let mut rest: Vec<usize> = (0..node_count).collect();
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while !rest.is_empty() {
        let sink = rest.iter().position(|&node| out[node] == 0);
        let chosen = sink
            .or_else(|| rest.iter().position(|&node| into[node] == 0))
            .unwrap_or_else(|| {
                let difference =
                    |position: usize| out[rest[position]].cast_signed() - into[rest[position]].cast_signed();
                (0..rest.len())
                    .rev()
                    .max_by_key(|&position| difference(position))
                    .unwrap_or_default()
            });
        let node = rest.remove(chosen);
        if sink.is_some() {
            back.push(node);
        } else {
            front.push(node);
        }
        for &(to, weight) in &neighbours.outgoing[node] {
            into[to] = into[to].saturating_sub(weight);
        }
        for &(from, weight) in &neighbours.incoming[node] {
            out[from] = out[from].saturating_sub(weight);
        }
    }
    front.extend(back.into_iter().rev());
    front
}

/// Moves a node to where its own backward edges weigh least; whether that was an improvement.
fn move_to_best_place(node: usize, order: &mut Vec<usize>, neighbours: &Neighbours) -> bool {
    let position = positions(order);
    // What passing the node at a position, from left to right, changes: an edge from it to us is no longer backward, one from us to it becomes so.
    let mut change = vec![0_isize; order.len()];
    for &(to, weight) in &neighbours.outgoing[node] {
        change[position[to]] += weight.cast_signed();
    }
    for &(from, weight) in &neighbours.incoming[node] {
        change[position[from]] -= weight.cast_signed();
    }
    let (mut cost, mut best_cost, mut best) = (0_isize, 0_isize, 0_usize);
    let mut own_cost = 0;
    for (index, difference) in change.into_iter().enumerate() {
        if index == position[node] {
            own_cost = cost;
            continue;
        }
        cost += difference;
        if cost < best_cost {
            (best_cost, best) = (cost, index + 1);
        }
    }
    if best_cost >= own_cost {
        return false;
    }
    let from = position[node];
    order.remove(from);
    order.insert(if best > from { best - 1 } else { best }, node);
    true
}

/// Puts back every edge, heaviest first, without which the rest still has no cycle.
fn spare(node_count: usize, edges: &[WeightedEdge], cut: &mut Vec<usize>) {
    let mut kept = vec![true; edges.len()];
    for &index in cut.iter() {
        kept[index] = false;
    }
    let mut outgoing = vec![Vec::new(); node_count];
    for (index, edge) in edges.iter().enumerate() {
        outgoing[edge.from].push(index);
    }
    let mut candidates = cut.clone();
    candidates.sort_by_key(|&index| (std::cmp::Reverse(edges[index].weight), index));
    for index in candidates {
        kept[index] = !reaches(edges[index].to, edges[index].from, edges, &outgoing, &kept);
    }
    cut.retain(|&index| !kept[index]);
}

fn reaches(from: usize, to: usize, edges: &[WeightedEdge], outgoing: &[Vec<usize>], kept: &[bool]) -> bool {
    let mut seen = vec![false; outgoing.len()];
    let mut stack = vec![from];
    while let Some(node) = stack.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            stack.extend(
                outgoing[node]
                    .iter()
                    .filter(|&&index| kept[index])
                    .map(|&index| edges[index].to),
            );
        }
    }
    false
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
