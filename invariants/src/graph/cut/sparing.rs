//! Edges of a cut that can be spared: without them the rest still has no cycle.

use super::sequence::Sequence;
use super::smallest::WeightedEdge;

/// Puts back every edge, heaviest first, without which the rest still has no cycle. `order` is one in which all edges but
/// those of the cut lead forward.
pub(super) fn spare(order: &[usize], edges: &[WeightedEdge], cut: &mut Vec<usize>) {
    let mut kept = Kept::new(order, edges, cut);
    let mut candidates = cut.clone();
    candidates.sort_by_key(|&index| (std::cmp::Reverse(edges[index].weight), index));
    let mut spared = vec![false; edges.len()];
    for index in candidates {
        spared[index] = kept.put_back(edges[index].from, edges[index].to);
    }
    cut.retain(|&index| !spared[index]);
}

/// The edges that stay, and an order in which all of them lead forward.
struct Kept {
    sequence: Sequence,
    outgoing: Vec<Vec<usize>>,
    incoming: Vec<Vec<usize>>,
    landmarks: Landmarks,
    /// By node, the number of the search that met it, from either side.
    met: Vec<(usize, Side)>,
    searches: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Start,
    End,
}

/// What a search from both sides came to.
enum Found {
    Way,
    /// All that the start reaches before the end, or all that reaches the end after the start: there is no way.
    All(Side, Vec<usize>),
}

impl Kept {
    fn new(order: &[usize], edges: &[WeightedEdge], cut: &[usize]) -> Self {
        let nodes = order.len();
        let (mut outgoing, mut incoming) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes]);
        let mut is_cut = vec![false; edges.len()];
        for &index in cut {
            is_cut[index] = true;
        }
        for (edge, _) in edges.iter().zip(is_cut).filter(|&(_, is_cut)| !is_cut) {
            outgoing[edge.from].push(edge.to);
            incoming[edge.to].push(edge.from);
        }
        Self {
            sequence: Sequence::new(order),
            landmarks: Landmarks::new(order, &outgoing, &incoming),
            outgoing,
            incoming,
            met: vec![(0, Side::Start); nodes],
            searches: 0,
        }
    }

    /// Puts an edge back unless it closes a cycle; whether it did.
    fn put_back(&mut self, from: usize, to: usize) -> bool {
        if self.sequence.label(to) <= self.sequence.label(from) {
            if self.landmarks.are_between(to, from) {
                return false;
            }
            match self.search(to, from) {
                Found::Way => return false,
                Found::All(side, nodes) => self.move_aside(side, nodes, (from, to)),
            }
        }
        self.outgoing[from].push(to);
        self.incoming[to].push(from);
        true
    }

    /// Looks for a way in turns from its start and from its end, only at what stands between them.
    fn search(&mut self, start: usize, end: usize) -> Found {
        if start == end {
            return Found::Way;
        }
        self.searches += 1;
        self.met[start] = (self.searches, Side::Start);
        self.met[end] = (self.searches, Side::End);
        let between = self.sequence.label(start)..=self.sequence.label(end);
        let (mut from_start, mut from_end) = (Frontier::new(start), Frontier::new(end));
        loop {
            let (side, frontier) = if from_start.edges <= from_end.edges {
                (Side::Start, &mut from_start)
            } else {
                (Side::End, &mut from_end)
            };
            let Some(&node) = frontier.nodes.get(frontier.done) else {
                return Found::All(side, std::mem::take(&mut frontier.nodes));
            };
            frontier.done += 1;
            let neighbours = match side {
                Side::Start => &self.outgoing[node],
                Side::End => &self.incoming[node],
            };
            frontier.edges += neighbours.len() + 1;
            for &neighbour in neighbours {
                let (search, by) = self.met[neighbour];
                let is_new = search != self.searches;
                if !is_new && by != side {
                    return Found::Way;
                }
                if is_new && between.contains(&self.sequence.label(neighbour)) {
                    self.met[neighbour] = (self.searches, side);
                    frontier.nodes.push(neighbour);
                }
            }
        }
    }

    /// Makes an edge lead forward: what its end reaches goes behind its start, or what reaches its start before its end.
    fn move_aside(&mut self, side: Side, mut nodes: Vec<usize>, (from, to): (usize, usize)) {
        nodes.sort_unstable_by_key(|&node| self.sequence.label(node));
        let mut behind = match side {
            Side::Start => Some(from),
            Side::End => self.sequence.before(to),
        };
        for node in nodes {
            self.sequence.move_behind(node, behind);
            behind = Some(node);
        }
    }
}

/// What one side of a search has met, and how much of it was gone through.
struct Frontier {
    nodes: Vec<usize>,
    done: usize,
    edges: usize,
}

impl Frontier {
    fn new(node: usize) -> Self {
        Self {
            nodes: vec![node],
            done: 0,
            edges: 0,
        }
    }
}

/// Nodes spread over the order, and what lies before and behind each: where one node reaches another by way of one of
/// them, the way need not be searched. Edges that are put back only add ways.
struct Landmarks {
    /// By node: the landmarks that it reaches, a bit for each.
    reached: Vec<u64>,
    /// By node: the landmarks that reach it.
    reaching: Vec<u64>,
}

impl Landmarks {
    fn new(order: &[usize], outgoing: &[Vec<usize>], incoming: &[Vec<usize>]) -> Self {
        let mut own = vec![0_u64; order.len()];
        for bit in 0..u64::BITS as usize {
            // The middle of each part.
            if let Some(&node) = order.get(order.len() * (2 * bit + 1) / (2 * u64::BITS as usize)) {
                own[node] |= 1 << bit;
            }
        }
        let (mut reached, mut reaching) = (own.clone(), own);
        for &node in order {
            reaching[node] |= incoming[node].iter().fold(0, |all, &from| all | reaching[from]);
        }
        for &node in order.iter().rev() {
            reached[node] |= outgoing[node].iter().fold(0, |all, &to| all | reached[to]);
        }
        Self { reached, reaching }
    }

    fn are_between(&self, start: usize, end: usize) -> bool {
        self.reached[start] & self.reaching[end] != 0
    }
}
