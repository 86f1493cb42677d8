//! An order made better by moving single nodes.

use super::sequence::Sequence;
use super::smallest::Neighbours;

/// How many node positions would be looked at by one who tries them all; that many passes are made.
const IMPROVEMENT_BUDGET: usize = 50_000_000;

/// Moves each node to its best place, again and again as long as that helps, which it soon does not.
pub(super) fn improved(order: &[usize], neighbours: &Neighbours) -> Vec<usize> {
    let node_count = order.len();
    let mut sequence = Sequence::new(order);
    let passes = (IMPROVEMENT_BUDGET / (node_count * node_count).max(1)).clamp(1, 50);
    for _ in 0..passes {
        let mut improved = false;
        for node in 0..node_count {
            improved |= move_to_best_place(node, &mut sequence, neighbours);
        }
        if !improved {
            break;
        }
    }
    sequence.order()
}

/// Moves a node to the first place where its own backward edges weigh least; whether that was an improvement. That place
/// is the front or directly behind a neighbour: nothing changes anywhere else.
fn move_to_best_place(node: usize, sequence: &mut Sequence, neighbours: &Neighbours) -> bool {
    // What passing a neighbour, from left to right, changes: an edge from it to us is no longer backward, one from us to it becomes so.
    let outgoing = neighbours.outgoing[node]
        .iter()
        .map(|&(to, weight)| (sequence.label(to), to, weight.cast_signed()));
    let incoming = neighbours.incoming[node]
        .iter()
        .map(|&(from, weight)| (sequence.label(from), from, -weight.cast_signed()));
    let mut changes: Vec<(u64, usize, isize)> = outgoing.chain(incoming).collect();
    changes.sort_unstable();
    let own = sequence.label(node);
    let (mut cost, mut own_cost) = (0_isize, 0_isize);
    let (mut best_cost, mut best) = (0_isize, None);
    for passed in changes.chunk_by(|left, right| left.1 == right.1) {
        let (label, neighbour, _) = passed[0];
        cost += passed.iter().map(|&(.., change)| change).sum::<isize>();
        if label < own {
            own_cost = cost;
        }
        if cost < best_cost {
            (best_cost, best) = (cost, Some(neighbour));
        }
    }
    if best_cost >= own_cost {
        return false;
    }
    sequence.move_behind(node, best);
    true
}
