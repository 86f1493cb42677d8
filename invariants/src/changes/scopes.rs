//! The code that a rule speaks of, in two policies: what of the one's the other leaves out.

use crate::graph::ItemId;
use crate::policy::model::{RuleHead, TermList};
use crate::policy::{BoundPolicy, Scope, Selector};

use super::lists::List;
use super::two::{Side, Two};

/// The code that a rule of one policy speaks of.
#[derive(Clone, Copy)]
pub(super) struct Reach<'a> {
    pub(super) side: Side,
    pub(super) head: &'a RuleHead,
    pub(super) scope: &'a Scope,
    /// Of a mandate: the shared component, of which it does not speak.
    pub(super) shared: Option<(&'a Selector, &'a TermList)>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(side: Side, head: &'a RuleHead, scope: &'a Scope) -> Self {
        Self {
            side,
            head,
            scope,
            shared: None,
        }
    }

    pub(super) fn contains(&self, two: &Two<'_>, item: ItemId) -> bool {
        let policy: &BoundPolicy<'_> = two.side(self.side);
        let shared = self
            .shared
            .is_some_and(|(shared, _)| shared.term_of_definition(two.graph, policy, item).is_some());
        !shared && self.scope.contains(two.graph, policy, item)
    }

    pub(super) fn selectors(&self) -> impl Iterator<Item = &'a Selector> {
        let scope = self.scope;
        let shared = self.shared.map(|(shared, _)| shared);
        scope.within.iter().chain(&scope.except).chain(shared)
    }

    pub(super) fn within(&self) -> Option<List<'a>> {
        let terms = self.head.within.as_ref()?;
        Some(self.list(&terms.value))
    }

    pub(super) fn excepts(&self) -> Vec<List<'a>> {
        let own = self.head.except.as_ref().map(|list| &list.value);
        let shared = self.shared.map(|(_, terms)| terms);
        own.into_iter().chain(shared).map(|terms| self.list(terms)).collect()
    }

    fn list(&self, terms: &'a TermList) -> List<'a> {
        List { side: self.side, terms }
    }
}

impl Two<'_> {
    /// Whether a rule speaks of any code at all.
    pub(super) fn speaks(&self, reach: &Reach<'_>) -> bool {
        self.code_of(reach).any(|item| reach.contains(self, item))
    }

    /// What the rule of the strict policy speaks of and that of the lax one does not, in words; nothing if it speaks of all
    /// of it.
    pub(super) fn scope_lost(&self, strict: &Reach<'_>, lax: &Reach<'_>) -> Vec<String> {
        let lost = self.code_lost(strict, lax);
        if !lost.is_empty() {
            return lost;
        }
        let mut lost = match (strict.within(), lax.within()) {
            (_, None) => Vec::new(),
            (None, Some(_)) => vec!["what its `in` leaves out".to_owned()],
            (Some(strict), Some(lax)) => quoted(self.uncovered(strict, lax)),
        };
        lost.extend(self.excepted(strict, lax));
        lost.sort();
        lost.dedup();
        lost
    }

    /// Items of today. What lies in a module that is lost is not said again.
    fn code_lost(&self, strict: &Reach<'_>, lax: &Reach<'_>) -> Vec<String> {
        let is_lost = |item: &ItemId| strict.contains(self, *item) && !lax.contains(self, *item);
        let more = lax
            .selectors()
            .flat_map(|list| list.roots.iter().map(|(root, _)| root.item));
        let more = more.filter(|item| self.graph.is_examined(*item));
        let mut items: Vec<ItemId> = self.code_of(strict).chain(more).filter(is_lost).collect();
        items.sort_unstable();
        items.dedup();
        let is_outer = |item: &&ItemId| {
            let mut around = self.graph.lineage(**item).skip(1);
            !around.any(|outer| items.binary_search(&outer).is_ok())
        };
        quoted(items.iter().filter(is_outer).map(|item| self.path(*item)).collect())
    }

    pub(super) fn code_of<'s>(&'s self, reach: &'s Reach<'_>) -> impl Iterator<Item = ItemId> + 's {
        let roots = reach
            .selectors()
            .flat_map(|list| list.roots.iter().map(|(root, _)| root.item));
        let roots = roots.filter(|item| self.graph.is_examined(*item));
        self.code.iter().copied().chain(roots)
    }

    /// What the lax policy takes out of the rule and the strict one did not.
    fn excepted(&self, strict: &Reach<'_>, lax: &Reach<'_>) -> Vec<String> {
        let before = strict.excepts();
        let is_fresh = |list: List<'_>, term| !before.iter().any(|known| self.is_covered(list, term, *known));
        let matters = |list: List<'_>, term| strict.within().is_none_or(|within| self.may_meet(list, term, within));
        let mut fresh = Vec::new();
        for list in lax.excepts() {
            let terms = list.terms.iter().map(|term| &term.value);
            let terms = terms.filter(|term| is_fresh(list, term) && matters(list, term));
            fresh.extend(terms.map(ToString::to_string));
        }
        quoted(fresh)
    }
}

fn quoted(list: Vec<String>) -> Vec<String> {
    list.into_iter().map(|entry| format!("`{entry}`")).collect()
}
