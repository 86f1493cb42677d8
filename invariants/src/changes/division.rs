//! Code that several rules share: whether together they speak of all that one rule of the other policy speaks of.

use std::slice;

use crate::place::Spanned;
use crate::policy::model::Term;

use super::lists::List;
use super::scopes::Reach;
use super::two::Two;

/// How often a rule may leave something to another: deeper ones count as weaker, rather than being tried in every order.
const MOST_DIVIDED: usize = 4;

/// Entries of a list, or all code where a rule has no `in`.
#[derive(Clone, Copy)]
enum Part<'l> {
    All,
    Entry(List<'l>, &'l Spanned<Term>),
}

impl Two<'_> {
    /// Whether rules of the lax policy together speak of what one of the strict policy does: of the code of today item by
    /// item, of the code of tomorrow entry by entry.
    pub(super) fn is_spoken_of(&self, strict: &Reach<'_>, lax: &[&Reach<'_>]) -> bool {
        if lax.is_empty() {
            return false;
        }
        let more = lax.iter().flat_map(|reach| reach.selectors());
        let more = more.flat_map(|list| list.roots.iter().map(|(root, _)| root.item));
        let more = more.filter(|item| self.graph.is_examined(*item));
        let mut code = self.code_of(strict).chain(more);
        let is_lost = |item| strict.contains(self, item) && !lax.iter().any(|reach| reach.contains(self, item));
        if code.any(is_lost) {
            return false;
        }
        match strict.within() {
            None => self.is_shared(Part::All, strict, lax, MOST_DIVIDED),
            Some(within) => within
                .terms
                .iter()
                .all(|term| self.is_shared(Part::Entry(within, term), strict, lax, MOST_DIVIDED)),
        }
    }

    /// Whether one of the rules speaks of a part, and others of what it leaves out of it.
    fn is_shared(&self, part: Part<'_>, strict: &Reach<'_>, lax: &[&Reach<'_>], depth: usize) -> bool {
        lax.iter().enumerate().any(|(index, reach)| {
            let speaks = match (part, reach.within()) {
                (_, None) => true,
                (Part::All, Some(_)) => false,
                (Part::Entry(list, term), Some(within)) => self.is_covered(list, &term.value, within),
            };
            let others = || {
                let mut others = lax.to_vec();
                others.remove(index);
                others
            };
            speaks
                && reach.excepts().into_iter().all(|list| {
                    let left_out = list
                        .terms
                        .iter()
                        .filter(|term| self.is_left_out(list, term, part, strict));
                    let mut left_out = left_out.map(|term| Part::Entry(list, term));
                    left_out.all(|part| depth > 0 && self.is_shared(part, strict, &others(), depth - 1))
                })
        })
    }

    /// Whether an entry takes code out of a part that the strict rule does not take out.
    fn is_left_out(&self, list: List<'_>, term: &Spanned<Term>, part: Part<'_>, strict: &Reach<'_>) -> bool {
        let is_known = |known: List<'_>| self.is_covered(list, &term.value, known);
        let meets = |within: List<'_>| self.may_meet(list, &term.value, within);
        let is_of_part = match part {
            Part::All => true,
            Part::Entry(of, entry) => meets(List {
                side: of.side,
                terms: slice::from_ref(entry),
            }),
        };
        is_of_part && strict.within().is_none_or(meets) && !strict.excepts().into_iter().any(is_known)
    }
}
