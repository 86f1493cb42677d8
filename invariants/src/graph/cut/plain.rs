//! The same order and cut in the plainest way, in quadratic time: what the fast ways are compared with.

use proptest::prelude::*;

use super::smallest::{Neighbours, WeightedEdge, backward_edges, positions};

/// How many node positions the improvement of an order may look at.
const IMPROVEMENT_BUDGET: usize = 50_000_000;

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

/// Edges between so many nodes, no two alike, as a view of a graph has them.
fn edges(nodes: usize, most: usize) -> impl Strategy<Value = Vec<WeightedEdge>> {
    prop::collection::btree_map((0..nodes, 0..nodes), 1..5_usize, 0..most).prop_map(|edges| {
        let edges = edges.into_iter().filter(|((from, to), _)| from != to);
        edges
            .map(|((from, to), weight)| WeightedEdge { from, to, weight })
            .collect()
    })
}

proptest! {
    #[test]
    fn the_fast_order_is_the_plain_one(edges in edges(24, 120)) {
        prop_assert_eq!(super::smallest::good_order(24, &edges), good_order(24, &edges));
    }

    #[test]
    fn what_is_spared_fast_is_what_is_spared_plainly(edges in edges(24, 120), order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let cut = backward_edges(&order, &edges);
        let (mut fast, mut plain) = (cut.clone(), cut);
        super::sparing::spare(&order, &edges, &mut fast);
        spare(24, &edges, &mut plain);
        prop_assert_eq!(fast, plain);
    }
}
