//! The greedy order of Eades, Lin and Smyth (1993), with weights.

use std::collections::BTreeSet;

use super::smallest::Neighbours;

/// Takes sinks to the back and sources to the front; where there are neither, the node with the most weight going out over
/// coming in goes to the front. Among equals, the first.
pub(super) fn greedy_order(node_count: usize, neighbours: &Neighbours) -> Vec<usize> {
    let mut rest = Rest::new(node_count, neighbours);
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while let Some((node, is_sink)) = rest.choose() {
        if is_sink {
            back.push(node);
        } else {
            front.push(node);
        }
        rest.remove(node, neighbours);
    }
    front.extend(back.into_iter().rev());
    front
}

/// The nodes that have no place yet.
struct Rest {
    weights: Vec<Weights>,
    is_placed: Vec<bool>,
    sinks: BTreeSet<usize>,
    sources: BTreeSet<usize>,
    /// With what weighs more coming in than going out.
    by_difference: BTreeSet<(isize, usize)>,
}

/// What edges from and to nodes without a place weigh.
#[derive(Clone, Copy, PartialEq)]
struct Weights {
    out: usize,
    into: usize,
}

impl Weights {
    fn difference(self) -> isize {
        self.into.cast_signed() - self.out.cast_signed()
    }
}

impl Rest {
    fn new(node_count: usize, neighbours: &Neighbours) -> Self {
        let sum = |edges: &[(usize, usize)]| edges.iter().map(|&(_, weight)| weight).sum::<usize>();
        let weights = neighbours.outgoing.iter().zip(&neighbours.incoming);
        let mut rest = Self {
            weights: weights
                .map(|(outgoing, incoming)| Weights {
                    out: sum(outgoing),
                    into: sum(incoming),
                })
                .collect(),
            is_placed: vec![false; node_count],
            sinks: BTreeSet::new(),
            sources: BTreeSet::new(),
            by_difference: BTreeSet::new(),
        };
        for node in 0..node_count {
            rest.enter(node);
        }
        rest
    }

    /// The next node, and whether it goes to the back.
    fn choose(&self) -> Option<(usize, bool)> {
        if let Some(&sink) = self.sinks.first() {
            return Some((sink, true));
        }
        let source = self.sources.first().copied();
        let node = source.or_else(|| Some(self.by_difference.first()?.1));
        Some((node?, false))
    }

    fn remove(&mut self, node: usize, neighbours: &Neighbours) {
        self.leave(node);
        self.is_placed[node] = true;
        for &(to, weight) in &neighbours.outgoing[node] {
            self.change(to, |weights| weights.into -= weight);
        }
        for &(from, weight) in &neighbours.incoming[node] {
            self.change(from, |weights| weights.out -= weight);
        }
    }

    fn change(&mut self, node: usize, change: impl Fn(&mut Weights)) {
        if !self.is_placed[node] {
            self.leave(node);
            change(&mut self.weights[node]);
            self.enter(node);
        }
    }

    fn enter(&mut self, node: usize) {
        let weights = self.weights[node];
        if weights.out == 0 {
            self.sinks.insert(node);
        }
        if weights.into == 0 {
            self.sources.insert(node);
        }
        self.by_difference.insert((weights.difference(), node));
    }

    fn leave(&mut self, node: usize) {
        self.sinks.remove(&node);
        self.sources.remove(&node);
        self.by_difference.remove(&(self.weights[node].difference(), node));
    }
}
