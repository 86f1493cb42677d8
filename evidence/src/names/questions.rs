//! Questions that may lead back to themselves: globs that glob each other, imports of imports, types of impls.
//!
//! A question met again while it is being answered adds nothing. What was found meanwhile holds only for that moment,
//! unless the circle closed inside the question itself: then its answer is whole and is kept. Answers that are not whole
//! serve until the outermost question is answered, so that the work stays linear in the names involved.

use std::cell::{Cell, RefCell};
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// How many questions may stand inside each other: more than anybody's re-exports, less than the stack holds.
pub(crate) const DEEPEST: u32 = 100_000;

/// The questions being asked, over all tables.
#[derive(Debug)]
pub(crate) struct Questions {
    depth: Cell<u32>,
    /// The outermost question that something met again since the current one began.
    reached: Cell<u32>,
    /// Counts outermost questions: provisional answers of earlier ones are void.
    round: Cell<u32>,
    was_too_deep: Cell<bool>,
}

impl Default for Questions {
    fn default() -> Self {
        Self {
            depth: Cell::new(0),
            reached: Cell::new(u32::MAX),
            round: Cell::new(0),
            was_too_deep: Cell::new(false),
        }
    }
}

/// Answers to questions of one kind.
#[derive(Debug)]
pub(crate) struct Table<K, V> {
    whole: RefCell<FxHashMap<K, V>>,
    provisional: RefCell<FxHashMap<K, (u32, V)>>,
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

impl Questions {
    /// The answer to a question; none while it is being answered. Without `keep` nothing is kept for good: what is asked
    /// about is still growing.
    pub(crate) fn ask<K, V>(
        &self,
        table: &Table<K, V>,
        key: K,
        keep: impl Fn() -> bool,
        answer: impl FnOnce() -> V,
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
        let depth = self.depth.get();
        if depth == 0 {
            self.forget();
        }
        if depth >= DEEPEST {
            // The answers on the way here are kept without it: to ask again from each would take the square of the time.
            self.was_too_deep.set(true);
            return None;
        }
        if let Some((round, known)) = table.provisional.borrow().get(&key)
            && *round == self.round.get()
        {
            return Some(known.clone());
        }
        table.asked.borrow_mut().insert(key, depth);
        self.depth.set(depth + 1);
        let before = self.reached.replace(u32::MAX);
        let value = answer();
        let reached = self.reached.get();
        self.depth.set(depth);
        table.asked.borrow_mut().remove(&key);
        if reached >= depth {
            self.reached.set(before);
            if keep() {
                table.whole.borrow_mut().insert(key, value.clone());
                return Some(value);
            }
        } else {
            self.reached.set(before.min(reached));
        }
        table
            .provisional
            .borrow_mut()
            .insert(key, (self.round.get(), value.clone()));
        Some(value)
    }

    /// Whether some question was given up because too many stood around it.
    pub(crate) fn were_too_deep(&self) -> bool {
        self.was_too_deep.get()
    }

    /// Whether a question is being answered.
    pub(crate) fn are_open(&self) -> bool {
        self.depth.get() > 0
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
            self.questions
                .ask(&self.table, node, || true, answer)
                .unwrap_or_default()
        }
    }

    fn reach<'g>(edges: &'g [&'g [usize]]) -> Reach<'g> {
        Reach {
            edges,
            questions: Questions::default(),
            table: Table::default(),
            answered: Cell::new(0),
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
    fn dense_circles_take_linear_work() {
        let all: Vec<usize> = (0..60).collect();
        let edges: Vec<&[usize]> = (0..60).map(|_| all.as_slice()).collect();
        let graph = reach(&edges);
        assert_eq!(graph.of(0), all);
        assert!(
            graph.answered.get() <= 60,
            "{} answers for 60 nodes",
            graph.answered.get()
        );
    }
}
