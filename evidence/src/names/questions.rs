//! Questions that may lead back to themselves: globs that glob each other, imports of imports, types of impls.
//!
//! A question met again while it is being answered adds nothing. What was found meanwhile is not whole, unless the circle
//! closed inside the question itself: then its answer is whole and is kept. Answers that are not whole serve as long as the
//! outermost question of their circle is being answered, so that the work stays linear in the names involved; and whoever
//! uses one has met that question too. Whoever asked it is told which others are in its circle, and may answer them all.

use std::cell::{Cell, RefCell};
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// How many questions may stand inside each other: more than anybody's re-exports, less than the stack holds.
pub(crate) const DEEPEST: u32 = 100_000;

/// The questions being asked, over all tables.
#[derive(Debug)]
pub(crate) struct Questions {
    /// The open ones, the innermost last: by numbers that no other gets.
    open: RefCell<Vec<u64>>,
    asked: Cell<u64>,
    /// What questions have met that are answered and not whole, by number: whoever met them has met that.
    closed: RefCell<FxHashMap<u64, Met>>,
    /// The answered questions that are in a circle with an open one, by number, in the order in which they were answered.
    unfinished: RefCell<Vec<u64>>,
    /// The outermost question that something met again since the current one began.
    reached: Cell<u32>,
    /// Counts how often answers that are not whole became void.
    round: Cell<u32>,
    was_too_deep: Cell<bool>,
}

impl Default for Questions {
    fn default() -> Self {
        Self {
            open: RefCell::default(),
            asked: Cell::new(0),
            closed: RefCell::default(),
            unfinished: RefCell::default(),
            reached: Cell::new(u32::MAX),
            round: Cell::new(0),
            was_too_deep: Cell::new(false),
        }
    }
}

/// An open question, by depth and number.
type Met = (u32, u64);

/// How the answering of a question ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// It is in a circle with questions that are open: the number by which it will be told.
    InCircle(u64),
    /// Its answer is whole. These are in a circle with it: most often none.
    Whole(Vec<u64>),
}

/// An answer that is not known to be whole.
#[derive(Debug)]
struct Provisional<V> {
    value: V,
    round: u32,
    /// The outermost question that it met; none for one that is whole for the moment.
    met: Option<Met>,
}

/// Answers to questions of one kind.
#[derive(Debug)]
pub(crate) struct Table<K, V> {
    whole: RefCell<FxHashMap<K, V>>,
    provisional: RefCell<FxHashMap<K, Provisional<V>>>,
    asked: RefCell<FxHashMap<K, u32>>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            whole: RefCell::default(),
            provisional: RefCell::default(),
            asked: RefCell::default(),
        }
    }
}

impl<K, V> Table<K, V> {
    /// Forgets all answers that are whole.
    pub(crate) fn clear(&self) {
        self.whole.borrow_mut().clear();
    }
}

impl Questions {
    /// The answer to a question; none while it is being answered. Without `keep` nothing is kept for good: what is asked
    /// about is still growing. What the answer is in the end is told by how the answering ended.
    pub(crate) fn ask<K, V>(
        &self,
        table: &Table<K, V>,
        key: K,
        keep: impl Fn() -> bool,
        answer: impl FnOnce() -> V,
        end: impl FnOnce(Ended, V) -> V,
    ) -> Option<V>
    where
        K: Copy + Eq + Hash,
        V: Clone,
    {
        if let Some(known) = table.whole.borrow().get(&key) {
            return Some(known.clone());
        }
        if let Some(&depth) = table.asked.borrow().get(&key) {
            self.reached.set(self.reached.get().min(depth));
            return None;
        }
        let depth = self.open.borrow().len() as u32;
        if depth == 0 {
            self.forget();
            self.closed.borrow_mut().clear();
            self.unfinished.borrow_mut().clear();
        }
        if depth >= DEEPEST {
            // The answers on the way here are kept without it: to ask again from each would take the square of the time.
            self.was_too_deep.set(true);
            return None;
        }
        if let Some(known) = self.provisional(table, &key) {
            return Some(known);
        }
        table.asked.borrow_mut().insert(key, depth);
        let number = self.asked.replace(self.asked.get() + 1);
        self.open.borrow_mut().push(number);
        let finished = self.unfinished.borrow().len();
        let before = self.reached.replace(u32::MAX);
        let value = answer();
        let reached = self.reached.get();
        table.asked.borrow_mut().remove(&key);
        self.reached.set(before);
        if reached >= depth {
            let circle = self.unfinished.borrow_mut().split_off(finished);
            // What is asked meanwhile is not the outermost question, and is no matter of those around this one.
            let value = end(Ended::Whole(circle), value);
            self.open.borrow_mut().pop();
            self.unfinished.borrow_mut().truncate(finished);
            self.reached.set(before);
            self.answered(table, key, value.clone(), keep());
            return Some(value);
        }
        self.open.borrow_mut().pop();
        self.reached.set(before.min(reached));
        let outer = (reached, self.open.borrow()[reached as usize]);
        self.closed.borrow_mut().insert(number, outer);
        self.unfinished.borrow_mut().push(number);
        let value = end(Ended::InCircle(number), value);
        self.hold(table, key, value.clone(), Some(outer));
        Some(value)
    }

    /// Takes an answer that is whole, for good or, without `keep`, for the moment.
    pub(crate) fn answered<K: Eq + Hash, V>(&self, table: &Table<K, V>, key: K, value: V, keep: bool) {
        if keep {
            table.provisional.borrow_mut().remove(&key);
            table.whole.borrow_mut().insert(key, value);
        } else {
            self.hold(table, key, value, None);
        }
    }

    fn hold<K: Eq + Hash, V>(&self, table: &Table<K, V>, key: K, value: V, met: Option<Met>) {
        let round = self.round.get();
        let provisional = Provisional { value, round, met };
        table.provisional.borrow_mut().insert(key, provisional);
    }

    /// An answer that is not whole and can be used here; whoever does has met what it has met.
    fn provisional<K: Eq + Hash, V: Clone>(&self, table: &Table<K, V>, key: &K) -> Option<V> {
        let provisional = table.provisional.borrow();
        let known = provisional.get(key).filter(|known| known.round == self.round.get())?;
        if let Some(met) = known.met {
            let depth = self.still_open(met)?;
            self.reached.set(self.reached.get().min(depth));
        }
        Some(known.value.clone())
    }

    /// How deep the open question is that somebody met, or that the one that he met has met since.
    fn still_open(&self, (depth, number): Met) -> Option<u32> {
        let (open, closed) = (self.open.borrow(), self.closed.borrow());
        let mut at = (depth, number);
        while open.get(at.0 as usize) != Some(&at.1) {
            at = *closed.get(&at.1)?;
        }
        Some(at.0)
    }

    /// Whether some question was given up because too many stood around it.
    pub(crate) fn were_too_deep(&self) -> bool {
        self.was_too_deep.get()
    }

    /// Does something, and tells whether that met a question that is being answered, whose answer might change it.
    pub(crate) fn meeting<T>(&self, work: impl FnOnce() -> T) -> (T, bool) {
        let before = self.reached.replace(u32::MAX);
        let done = work();
        let reached = self.reached.replace(before);
        self.reached.set(before.min(reached));
        (done, reached != u32::MAX)
    }

    /// Voids provisional answers: an outermost question begins, or what they are about has grown.
    pub(crate) fn forget(&self) {
        self.round.set(self.round.get().wrapping_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph of globs: what each node reaches, itself included.
    struct Reach<'g> {
        edges: &'g [&'g [usize]],
        questions: Questions,
        table: Table<usize, Vec<usize>>,
        answered: Cell<usize>,
        /// The nodes in open circles by number; none if nobody wants to know.
        tied: Option<RefCell<FxHashMap<u64, usize>>>,
    }

    impl Reach<'_> {
        fn of(&self, node: usize) -> Vec<usize> {
            let answer = || {
                self.answered.set(self.answered.get() + 1);
                let mut found = vec![node];
                for &next in self.edges[node] {
                    found.extend(self.of(next));
                }
                found.sort_unstable();
                found.dedup();
                found
            };
            let end = |ended, found: Vec<usize>| {
                if let Some(tied) = &self.tied {
                    self.tell_all(tied, node, ended, &found);
                }
                found
            };
            let found = self.questions.ask(&self.table, node, || true, answer, end);
            found.unwrap_or_default()
        }

        /// All nodes of a circle reach the same.
        fn tell_all(&self, tied: &RefCell<FxHashMap<u64, usize>>, node: usize, ended: Ended, found: &[usize]) {
            match ended {
                Ended::InCircle(number) => assert_eq!(tied.borrow_mut().insert(number, node), None),
                Ended::Whole(circle) => {
                    for number in circle {
                        let other = tied.borrow_mut().remove(&number).expect("it was told");
                        self.questions.answered(&self.table, other, found.to_vec(), true);
                    }
                }
            }
        }
    }

    fn reach<'g>(edges: &'g [&'g [usize]]) -> Reach<'g> {
        Reach {
            edges,
            questions: Questions::default(),
            table: Table::default(),
            answered: Cell::new(0),
            tied: None,
        }
    }

    #[test]
    fn every_node_of_a_circle_reaches_all_of_it() {
        let graph = reach(&[&[1], &[2], &[0, 3], &[]]);
        for node in 0..3 {
            assert_eq!(graph.of(node), [0, 1, 2, 3], "from {node}");
        }
        assert_eq!(graph.of(3), [3]);
    }

    #[test]
    fn what_is_found_does_not_depend_on_where_one_begins() {
        // Something else than the whole circle is met first, and used again before the circle is closed.
        let graphs: [&[&[usize]]; 2] = [
            &[&[1], &[2, 3, 4], &[5], &[5], &[], &[1]],
            &[&[1], &[2, 0], &[3, 1], &[2, 4], &[5, 3], &[4, 6], &[]],
        ];
        for edges in graphs {
            let expected: Vec<Vec<usize>> = (0..edges.len()).map(|node| reach(edges).of(node)).collect();
            for first in 0..edges.len() {
                let graph = reach(edges);
                graph.of(first);
                for (node, expected) in expected.iter().enumerate() {
                    assert_eq!(&graph.of(node), expected, "from {node}, after {first}");
                }
            }
        }
    }

    #[test]
    fn whoever_closes_a_circle_can_answer_all_of_it() {
        // Two circles, the one in the other's reach, and what is in neither.
        let edges: [&[usize]; 7] = [&[1, 6], &[2, 3], &[0], &[4], &[5, 6], &[3], &[]];
        for first in 0..edges.len() {
            let mut graph = reach(&edges);
            graph.tied = Some(RefCell::default());
            graph.of(first);
            let answered = graph.answered.get();
            for node in graph.of(first) {
                assert_eq!(graph.of(node), reach(&edges).of(node), "from {node}, after {first}");
            }
            assert_eq!(graph.answered.get(), answered, "nobody goes round again, after {first}");
        }
    }

    #[test]
    fn circles_take_linear_work() {
        let all: Vec<usize> = (0..60).collect();
        // Each node leads to all others, or to the two next ones and the one before.
        let dense: Vec<Vec<usize>> = all.iter().map(|_| all.clone()).collect();
        let near = |node: usize| [node + 1, node + 2, node.saturating_sub(1)];
        let narrow: Vec<Vec<usize>> = all
            .iter()
            .map(|&node| near(node).map(|next| next % 60).to_vec())
            .collect();
        for edges in [dense, narrow] {
            let edges: Vec<&[usize]> = edges.iter().map(Vec::as_slice).collect();
            let graph = reach(&edges);
            assert_eq!(graph.of(0), all);
            assert_eq!(graph.answered.get(), 60);
        }
    }
}
