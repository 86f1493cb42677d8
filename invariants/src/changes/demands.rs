//! `require` and `acyclic`: whether another rule still selects as much, and still demands as much of it.

use crate::place::Spanned;
use crate::policy::bound::BoundAcyclic;
use crate::policy::model::{Among, TermList};
use crate::policy::require::{BoundRequire, Conditions, NamePattern};

use super::change::{PolicyChange, What};
use super::lists::List;
use super::scopes::Reach;
use super::two::{Side, Two};

impl Two<'_> {
    /// What the strict policy requires and the lax one does not.
    pub(super) fn requirements(&self, changes: &mut Vec<PolicyChange>) {
        for strict in &self.strict.requires {
            // What selects nothing any more requires nothing.
            if strict.selected.is_empty() && !strict.rule.head.optional {
                continue;
            }
            let less = |lax: &BoundRequire<'_>| self.required_less(strict, lax);
            if self.lax.requires.iter().any(|lax| less(lax).is_empty()) || self.is_required_by_several(strict) {
                continue;
            }
            let head = &strict.rule.head;
            let same = |lax: &&BoundRequire<'_>| lax.rule.head.id.value == head.id.value;
            match self.lax.requires.iter().find(same) {
                None => changes.push(Two::of_rule(head, None, What::Rule)),
                Some(lax) => {
                    let told = less(lax).into_iter();
                    changes.extend(told.map(|what| Two::of_rule(head, Some(&lax.rule.head), what)));
                }
            }
        }
    }

    /// Whether several rules together require it, each of a part of the code. One of them that has to select something is
    /// enough to tell of a scope in which nothing is left.
    fn is_required_by_several(&self, strict: &BoundRequire<'_>) -> bool {
        let reach = Reach::new(Side::Strict, &strict.rule.head, &strict.scope);
        let parts: Vec<(Reach<'_>, bool)> = self
            .lax
            .requires
            .iter()
            .map(|lax| (lax, Reach::new(Side::Lax, &lax.rule.head, &lax.scope)))
            .filter(|(lax, part)| {
                self.head_lost_beside_scope(&reach, part).is_empty() && self.conditions_lost(strict, lax).is_empty()
            })
            .map(|(lax, part)| (part, lax.rule.head.optional))
            .collect();
        let is_missed = strict.rule.head.optional || parts.iter().any(|&(_, optional)| !optional);
        let parts: Vec<&Reach<'_>> = parts.iter().map(|(part, _)| part).collect();
        is_missed && self.is_spoken_of(&reach, &parts)
    }

    fn required_less(&self, strict: &BoundRequire<'_>, lax: &BoundRequire<'_>) -> Vec<What> {
        let (head, other) = (&strict.rule.head, &lax.rule.head);
        let reach = Reach::new(Side::Strict, head, &strict.scope);
        let mut less = self.head_lost(&reach, &Reach::new(Side::Lax, other, &lax.scope));
        if other.optional && !head.optional {
            less.push(What::Presence);
        }
        less.extend(self.conditions_lost(strict, lax));
        less
    }

    /// What it selects less, and demands less.
    fn conditions_lost(&self, strict: &BoundRequire<'_>, lax: &BoundRequire<'_>) -> Vec<What> {
        let mut less = Vec::new();
        let mut selection = self.keys_lost((Side::Strict, &strict.rule.items), (Side::Lax, &lax.rule.items));
        if !strict.kinds.iter().all(|kind| lax.kinds.contains(kind)) {
            selection.push("kind");
        }
        if !selection.is_empty() {
            less.push(What::Selection(keys(selection)));
        }
        let mut demand = self.keys_lost((Side::Lax, &lax.rule.must), (Side::Strict, &strict.rule.must));
        let (strict, lax) = (&strict.rule.must, &lax.rule.must);
        if !strict.kinds.is_empty()
            && (lax.kinds.is_empty() || !lax.kinds.iter().all(|kind| strict.kinds.contains(kind)))
        {
            demand.push("kind");
        }
        if !demand.is_empty() {
            less.push(What::Demand(keys(demand)));
        }
        less
    }

    /// The keys of `wide` because of which something that meets `narrow` may not meet `wide`. Kinds are for the caller.
    fn keys_lost(&self, narrow: (Side, &Conditions), wide: (Side, &Conditions)) -> Vec<&'static str> {
        let (from, to) = (narrow.1, wide.1);
        let mut lost = Vec::new();
        if !to.names.is_empty() && !names_are_covered(&from.names, &to.names) {
            lost.push("name");
        }
        if let Some(list) = &to.within
            && self.is_wider(narrow.0, from.within.as_ref(), wide.0, list)
        {
            lost.push("in");
        }
        if !to.access.is_empty() && (from.access.is_empty() || !from.access.iter().all(|it| to.access.contains(it))) {
            lost.push("visibility");
        }
        for (relation, list) in &to.relations {
            let own = from.relations.iter().find(|(known, _)| known == relation);
            if self.is_wider(narrow.0, own.map(|(_, list)| list), wide.0, list) {
                lost.push(crate::policy::require::Key::Relation(*relation).word());
            }
        }
        // Wrappers are looked into: the more there are, the more meets the condition.
        let no_wrapper = Vec::new();
        if let Some(own) = &from.through {
            let theirs = to.through.as_ref().map_or(&no_wrapper, |list| &list.value);
            if !self
                .uncovered(list(narrow.0, &own.value), list(wide.0, theirs))
                .is_empty()
            {
                lost.push("through");
            }
        }
        let differs = |own: Option<bool>, wanted: Option<bool>| wanted.is_some() && own != wanted;
        lost.extend(differs(from.is_async, to.is_async).then_some("async"));
        lost.extend(differs(from.is_unsafe, to.is_unsafe).then_some("unsafe"));
        lost
    }

    /// Whether a list, or its absence, takes in what another does not.
    fn is_wider(
        &self,
        side: Side,
        own: Option<&Spanned<TermList>>,
        other_side: Side,
        other: &Spanned<TermList>,
    ) -> bool {
        own.is_none_or(|own| {
            let left = self.uncovered(list(side, &own.value), list(other_side, &other.value));
            !left.is_empty()
        })
    }

    /// Circles that the strict policy denies and the lax one does not.
    pub(super) fn circles(&self, changes: &mut Vec<PolicyChange>) {
        for strict in &self.strict.acyclics {
            let head = &strict.rule.head;
            let reach = Reach::new(Side::Strict, head, &strict.scope);
            if !self.speaks(&reach) {
                continue;
            }
            let lost =
                |lax: &BoundAcyclic<'_>| self.head_lost(&reach, &Reach::new(Side::Lax, &lax.rule.head, &lax.scope));
            let among = |lax: &BoundAcyclic<'_>, wanted: Among| lax.rule.among.iter().any(|it| it.value == wanted);
            let is_open = |wanted: &Among| {
                let mut others = self.lax.acyclics.iter();
                let by_several = || *wanted == Among::Modules && self.is_acyclic_by_crates(&reach);
                !others.any(|lax| among(lax, *wanted) && lost(lax).is_empty()) && !by_several()
            };
            let open: Vec<Among> = strict.rule.among.iter().map(|it| it.value).filter(is_open).collect();
            if open.is_empty() {
                continue;
            }
            let Some(lax) = self
                .lax
                .acyclics
                .iter()
                .find(|lax| lax.rule.head.id.value == head.id.value)
            else {
                changes.push(Two::of_rule(head, None, What::Rule));
                continue;
            };
            let mut add = |what| changes.push(Two::of_rule(head, Some(&lax.rule.head), what));
            lost(lax).into_iter().for_each(&mut add);
            let gone: Vec<String> = open.into_iter().filter(|it| !among(lax, *it)).map(word).collect();
            if !gone.is_empty() {
                add(What::Circles(gone));
            }
        }
    }

    /// Whether rules against circles of modules divide the code of one by crates, which circles of modules never leave.
    fn is_acyclic_by_crates(&self, strict: &Reach<'_>) -> bool {
        let of_modules = |lax: &&BoundAcyclic<'_>| lax.rule.among.iter().any(|it| it.value == Among::Modules);
        let parts = self.lax.acyclics.iter().filter(of_modules);
        let parts: Vec<Reach<'_>> = parts
            .map(|lax| Reach::new(Side::Lax, &lax.rule.head, &lax.scope))
            .filter(|part| self.head_lost_beside_scope(strict, part).is_empty())
            .collect();
        self.is_divided_by_crates(strict, &parts.iter().collect::<Vec<_>>())
    }
}

fn list(side: Side, terms: &TermList) -> List<'_> {
    List { side, terms }
}

fn keys(mut keys: Vec<&str>) -> Vec<String> {
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(str::to_owned).collect()
}

fn word(among: Among) -> String {
    let word = match among {
        Among::Components => "components",
        Among::Modules => "modules",
        Among::Crates => "crates",
    };
    word.to_owned()
}

/// Whether every name that the one list lets pass the other does.
fn names_are_covered(narrow: &[Spanned<NamePattern>], wide: &[Spanned<NamePattern>]) -> bool {
    let of = |list: &'_ [Spanned<NamePattern>], negative: bool| -> Vec<NamePattern> {
        let each = list
            .iter()
            .map(|name| &name.value)
            .filter(|name| name.negative == negative);
        each.cloned().collect()
    };
    let (wanted, offered) = (of(narrow, false), of(wide, false));
    let is_offered = |name: &NamePattern| offered.iter().any(|other| other.segment.covers(&name.segment));
    // Without a name that is let pass, all are.
    let positives = offered.is_empty() || (!wanted.is_empty() && wanted.iter().all(is_offered));
    let (away, also_away) = (of(wide, true), of(narrow, true));
    positives
        && away
            .iter()
            .all(|name| also_away.iter().any(|other| other.segment.covers(&name.segment)))
}
