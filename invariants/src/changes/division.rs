//! Code that several rules share: whether together they speak of all that one rule of the other policy speaks of.

use std::collections::BTreeMap;
use std::slice;

use crate::graph::{CrateId, ItemId};
use crate::pattern::{PathPattern, Segment};
use crate::place::Spanned;
use crate::policy::Selector;
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

    /// Whether each crate that a rule speaks of is one that another one speaks of as much: then nothing that stays within a
    /// crate, as circles of modules do, is left between two of them.
    pub(super) fn is_divided_by_crates(&self, strict: &Reach<'_>, lax: &[&Reach<'_>]) -> bool {
        let (Some(within), Some(selector)) = (strict.within(), &strict.scope.within) else {
            return lax.iter().any(|rest| self.leaves_whole_crates(strict, rest, lax));
        };
        let mut of_crates: BTreeMap<CrateId, Vec<&Spanned<Term>>> = BTreeMap::new();
        for (index, term) in within.terms.iter().enumerate() {
            if matches!(term.value, Term::Not(_)) {
                continue;
            }
            match self.crate_of(strict, selector, (index, &term.value)) {
                Some(krate) => of_crates.entry(krate).or_default().push(term),
                None => return false,
            }
        }
        let krate = |item: ItemId| self.graph.item(item).krate;
        let by_one = |id: CrateId, terms: &[&Spanned<Term>], reach: &Reach<'_>| {
            let mut code = self
                .code_of(strict)
                .chain(self.code_of(reach))
                .filter(|item| krate(*item) == id);
            code.all(|item| !strict.contains(self, item) || reach.contains(self, item))
                && terms
                    .iter()
                    .all(|term| self.is_shared(Part::Entry(within, term), strict, &[reach], 0))
        };
        of_crates
            .into_iter()
            .all(|(id, terms)| lax.iter().any(|reach| by_one(id, &terms, reach)))
    }

    /// The same of a rule without `in`: whether one of them has none either, and whatever that leaves out of the code of the
    /// other policy's are crates, each as a whole and spoken of by another one.
    fn leaves_whole_crates(&self, strict: &Reach<'_>, rest: &Reach<'_>, lax: &[&Reach<'_>]) -> bool {
        let is_of_all = rest.scope.package.is_none() || rest.scope.package == strict.scope.package;
        if rest.within().is_some() || !is_of_all {
            return false;
        }
        let parts = || std::iter::once(rest).chain(lax.iter().copied());
        let code: Vec<ItemId> = parts().chain([strict]).flat_map(|reach| self.code_of(reach)).collect();
        let mut of_crates: BTreeMap<CrateId, Vec<ItemId>> = BTreeMap::new();
        for item in code.into_iter().filter(|item| strict.contains(self, *item)) {
            of_crates.entry(self.graph.item(item).krate).or_default().push(item);
        }
        let by_one = |code: &Vec<ItemId>| parts().any(|reach| code.iter().all(|item| reach.contains(self, *item)));
        if !of_crates.values().all(by_one) {
            return false;
        }
        let (Some(except), Some(selector)) = (&rest.head.except, &rest.scope.except) else {
            return true;
        };
        let list = List {
            side: rest.side,
            terms: &except.value,
        };
        let mut left_out = (0..)
            .zip(list.terms)
            .filter(|(_, term)| self.is_left_out(list, term, Part::All, strict));
        left_out.all(|(index, term)| {
            let is_whole = self
                .crate_of(rest, selector, (index, &term.value))
                .is_some_and(|krate| self.is_whole(rest, selector, (index, krate)));
            let part = Part::Entry(list, term);
            is_whole && lax.iter().any(|reach| self.is_shared(part, strict, &[reach], 0))
        })
    }

    /// Whether an entry takes in the whole of a crate.
    fn is_whole(&self, reach: &Reach<'_>, selector: &Selector, (index, krate): (usize, CrateId)) -> bool {
        let krate = self.graph.krate(krate);
        let mut roots = selector.roots.iter().filter(|(_, of)| *of == index);
        let mut components = selector.components.iter().filter(|(_, of)| *of == index);
        let claims_it = |component| {
            let mut claims = self.side(reach.side).claims_of(component);
            claims.any(|(path, own_only)| path == &*krate.head && !own_only)
        };
        roots.any(|(root, _)| root.item == krate.root && !root.own_only)
            || components.any(|&(component, _)| claims_it(component))
    }

    /// The crate that all of an entry lies in, today and tomorrow.
    fn crate_of(&self, reach: &Reach<'_>, selector: &Selector, (index, term): (usize, &Term)) -> Option<CrateId> {
        let is_named = |path: &PathPattern| matches!(path.segments.first(), Some(Segment::Literal(_)));
        if matches!(term, Term::Pattern(path) | Term::Packed(_, path) if !is_named(path)) {
            return None;
        }
        let roots = selector.roots.iter().filter(|(_, of)| *of == index);
        let roots = roots.map(|(root, _)| root.item);
        let policy = self.side(reach.side);
        let components = selector.components.iter().filter(|(_, of)| *of == index);
        let owned = components.flat_map(|&(component, _)| {
            let code = self.code.iter().copied();
            code.filter(move |item| policy.component_of(*item) == Some(component))
        });
        let mut crates: Vec<CrateId> = roots.chain(owned).map(|item| self.graph.item(item).krate).collect();
        crates.sort_unstable();
        crates.dedup();
        match crates[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether one of the rules speaks of a part, and others of what it leaves out of it.
    fn is_shared(&self, part: Part<'_>, strict: &Reach<'_>, lax: &[&Reach<'_>], depth: usize) -> bool {
        lax.iter().enumerate().any(|(index, reach)| {
            let (held, taken_away) = reach.within().map(divided).unwrap_or_default();
            let speaks = match (part, reach.within()) {
                (_, None) => true,
                (Part::All, Some(_)) => false,
                (Part::Entry(list, term), Some(within)) => {
                    let held = List {
                        side: within.side,
                        terms: &held,
                    };
                    self.is_covered(list, &term.value, held)
                }
            };
            let others = || {
                let mut others = lax.to_vec();
                others.remove(index);
                others
            };
            let taken_away = List {
                side: reach.side,
                terms: &taken_away,
            };
            // A rule of a package's own file never speaks of the crates of others.
            let is_of_all = reach.scope.package.is_none() || reach.scope.package == strict.scope.package;
            speaks
                && is_of_all
                && reach.excepts().into_iter().chain([taken_away]).all(|list| {
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
        let (_, taken_away) = strict.within().map(divided).unwrap_or_default();
        let taken_away = List {
            side: strict.side,
            terms: &taken_away,
        };
        let is_known = strict.excepts().into_iter().chain([taken_away]).any(is_known);
        is_of_part && strict.within().is_none_or(meets) && !is_known
    }
}

/// What a list holds, and what its `!` take away, as entries like those of `except`.
fn divided(list: List<'_>) -> (Vec<Spanned<Term>>, Vec<Spanned<Term>>) {
    let (mut held, mut taken_away) = (Vec::new(), Vec::new());
    for term in list.terms {
        match &term.value {
            Term::Not(path) => taken_away.push(Spanned {
                value: Term::Pattern(path.clone()),
                span: term.span,
            }),
            _ => held.push(term.clone()),
        }
    }
    (held, taken_away)
}
