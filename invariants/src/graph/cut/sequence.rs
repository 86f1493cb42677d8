//! An order of nodes in which one can be moved, and two compared, without numbering the others anew.
//!
//! Each node has a label between those of its neighbours. Where no label is left between two, the smallest surrounding range
//! of labels that is sparse enough is spread evenly (Bender, Cole, Demaine, Farach-Colton and Zito 2002): a move takes
//! logarithmic time on average.

/// Labels have so many bits; the sum of two must fit too.
const LABEL_BITS: u32 = 62;

/// How many nodes a range of labels may hold to be spread is counted in fractions of this.
const CAPACITY_OF_ONE: u64 = 1 << 20;

pub(super) struct Sequence {
    /// By node; that of the end stands behind the nodes and is 0, before all others.
    labels: Vec<u64>,
    next: Vec<usize>,
    previous: Vec<usize>,
}

impl Sequence {
    pub(super) fn new(order: &[usize]) -> Self {
        let end = order.len();
        let mut sequence = Self {
            labels: vec![0; end + 1],
            next: vec![end; end + 1],
            previous: vec![end; end + 1],
        };
        let step = (1 << LABEL_BITS) / (end as u64 + 1);
        let mut last = end;
        for &node in order {
            sequence.labels[node] = sequence.labels[last] + step;
            sequence.link(last, node);
            last = node;
        }
        sequence.link(last, end);
        sequence
    }

    /// What compares as the nodes do, until one is moved.
    pub(super) fn label(&self, node: usize) -> u64 {
        self.labels[node]
    }

    /// The node before one; none before the first.
    pub(super) fn before(&self, node: usize) -> Option<usize> {
        let before = self.previous[node];
        (before != self.end()).then_some(before)
    }

    /// Moves a node directly behind another one, or to the front.
    pub(super) fn move_behind(&mut self, node: usize, other: Option<usize>) {
        let other = other.unwrap_or(self.end());
        if other == node || self.next[other] == node {
            return;
        }
        self.link(self.previous[node], self.next[node]);
        if self.room_behind(other) < 2 {
            self.make_room_around(other);
        }
        self.labels[node] = self.labels[other] + self.room_behind(other) / 2;
        let next = self.next[other];
        self.link(other, node);
        self.link(node, next);
    }

    /// The nodes from first to last.
    pub(super) fn order(&self) -> Vec<usize> {
        let end = self.end();
        let following = |&node: &usize| Some(self.next[node]).filter(|&next| next != end);
        let first = following(&end);
        std::iter::successors(first, following).collect()
    }

    /// Stands for what is before the first node and behind the last.
    fn end(&self) -> usize {
        self.labels.len() - 1
    }

    fn link(&mut self, node: usize, next: usize) {
        self.next[node] = next;
        self.previous[next] = node;
    }

    fn room_behind(&self, node: usize) -> u64 {
        let next = self.next[node];
        let limit = if next == self.end() {
            1 << LABEL_BITS
        } else {
            self.labels[next]
        };
        limit - self.labels[node]
    }

    /// Spreads the labels of the smallest range around a node that is sparse enough. The larger the range, the sparser it
    /// has to be: else the next move would spread it again.
    fn make_room_around(&mut self, node: usize) {
        let (mut first, mut last, mut count) = (node, node, 1_u64);
        let mut capacity = CAPACITY_OF_ONE;
        for bits in 1..=LABEL_BITS {
            let start = self.labels[node] >> bits << bits;
            let limit = start + (1 << bits);
            while first != self.end() && self.labels[self.previous[first]] >= start {
                first = self.previous[first];
                count += 1;
            }
            while self.next[last] != self.end() && self.labels[self.next[last]] < limit {
                last = self.next[last];
                count += 1;
            }
            // Twice the labels for a third more nodes.
            capacity = capacity * 4 / 3;
            let step = (limit - start) / count;
            let is_sparse = count * CAPACITY_OF_ONE < capacity || bits == LABEL_BITS;
            if step >= 4 && is_sparse {
                self.spread(first, count, start, step);
                return;
            }
        }
    }

    fn spread(&mut self, first: usize, count: u64, start: u64, step: u64) {
        let mut node = first;
        for number in 0..count {
            self.labels[node] = start + number * step;
            node = self.next[node];
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn there_is_always_room_at_one_place() {
        // Each node goes to the front in turn, then all behind the first.
        let order: Vec<usize> = (0..1000).collect();
        let mut sequence = Sequence::new(&order);
        for &node in &order {
            sequence.move_behind(node, None);
        }
        assert_eq!(sequence.order(), (0..1000).rev().collect::<Vec<_>>());
        for node in 0..999 {
            sequence.move_behind(node, Some(999));
        }
        assert_eq!(sequence.order()[..3], [999, 998, 997]);
        assert!(sequence.order().is_sorted_by_key(|&node| sequence.label(node)));
    }

    proptest! {
        #[test]
        fn nodes_stand_where_they_were_put(moves in prop::collection::vec((0..6_usize, 0..7_usize), 0..300)) {
            let mut plain: Vec<usize> = (0..6).collect();
            let mut sequence = Sequence::new(&plain);
            for (node, other) in moves {
                let other = Some(other).filter(|&other| other < 6);
                sequence.move_behind(node, other);
                if other != Some(node) {
                    plain.retain(|&known| known != node);
                    let at = other.map_or(0, |other| plain.iter().position(|&known| known == other).unwrap() + 1);
                    plain.insert(at, node);
                }
                prop_assert_eq!(&sequence.order(), &plain);
                prop_assert!(plain.is_sorted_by(|&left, &right| sequence.label(left) < sequence.label(right)));
                for pair in plain.windows(2) {
                    prop_assert_eq!(sequence.before(pair[1]), Some(pair[0]));
                }
            }
        }
    }
}
