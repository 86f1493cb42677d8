//! `forbid` and `mandate`: of each thing that one policy prohibits, whether the rules of the other prohibit it to the same
//! code. A rule that goes by another id, or is written as several that share its targets or its code, prohibits what it did.

use crate::graph::ReferenceKind;
use crate::policy::bound::{BoundForbid, BoundMandate};
use crate::policy::model::{KindFilter, RuleHead, Severity, Term, TermList};
use crate::policy::{BoundPolicy, ComponentId};

use super::change::{PolicyChange, What};
use super::lists::List;
use super::scopes::Reach;
use super::two::{Side, Two};

/// A `forbid` or a `mandate`, as far as both prohibit.
struct Prohibition<'a> {
    reach: Reach<'a>,
    targets: &'a TermList,
    kinds: Option<&'a KindFilter>,
    through: &'a [ComponentId],
    transitive: bool,
}

impl<'a> Prohibition<'a> {
    fn all(side: Side, policy: &'a BoundPolicy<'a>) -> Vec<Self> {
        let forbids = policy.forbids.iter().map(|rule| Self::of_forbid(side, rule));
        let mandates = policy.mandates.iter().map(|rule| Self::of_mandate(side, rule));
        forbids.chain(mandates).collect()
    }

    fn of_forbid(side: Side, bound: &'a BoundForbid<'a>) -> Self {
        Self {
            reach: Reach::new(side, &bound.rule.head, &bound.scope),
            targets: &bound.rule.targets.value,
            kinds: Some(&bound.rule.kinds),
            through: &bound.through,
            transitive: bound.rule.transitive,
        }
    }

    fn of_mandate(side: Side, bound: &'a BoundMandate<'a>) -> Self {
        let mut reach = Reach::new(side, &bound.rule.head, &bound.scope);
        reach.shared = Some((&bound.shared, &bound.rule.shared.value));
        Self {
            reach,
            targets: &bound.rule.instead_of.value,
            kinds: None,
            through: &bound.through,
            transitive: false,
        }
    }

    fn head(&self) -> &'a RuleHead {
        self.reach.head
    }

    fn list(&self) -> List<'a> {
        List {
            side: self.reach.side,
            terms: self.targets,
        }
    }
}

impl Two<'_> {
    /// What the strict policy prohibits and the lax one does not.
    pub(super) fn prohibitions(&self, changes: &mut Vec<PolicyChange>) {
        let lax = Prohibition::all(Side::Lax, self.lax);
        for rule in Prohibition::all(Side::Strict, self.strict) {
            if self.speaks(&rule.reach) {
                self.prohibition(&rule, &lax, changes);
            }
        }
    }

    fn prohibition(&self, rule: &Prohibition<'_>, lax: &[Prohibition<'_>], changes: &mut Vec<PolicyChange>) {
        let head = rule.head();
        let successor = lax.iter().find(|other| other.head().id.value == head.id.value);
        let mut add = |what| changes.push(Two::of_rule(head, successor.map(Prohibition::head), what));
        if successor.is_some_and(|other| other.head().optional && !head.optional) {
            add(What::Presence);
        }
        let frame = successor.map(|other| self.frame(rule, other)).unwrap_or_default();
        // Others are asked only where the rule itself has become laxer.
        let mut others = None;
        let mut is_prohibited = |term: &Term| {
            let by = |other: &Prohibition<'_>| self.is_covered(rule.list(), term, other.list());
            if frame.is_empty() && successor.is_some_and(by) {
                return true;
            }
            let others = others.get_or_insert_with(|| {
                let as_strict = lax
                    .iter()
                    .filter(|other| self.frame_beside_scope(rule, other).is_empty());
                as_strict.collect::<Vec<_>>()
            });
            let naming: Vec<&Reach<'_>> = others
                .iter()
                .filter(|other| by(other))
                .map(|other| &other.reach)
                .collect();
            self.is_spoken_of(&rule.reach, &naming)
        };
        let terms = rule.targets.iter().map(|term| &term.value);
        let open: Vec<&Term> = terms.filter(|term| !is_prohibited(term)).collect();
        if open.is_empty() {
            return;
        }
        let Some(successor) = successor else {
            return add(What::Rule);
        };
        let uncovered = open
            .iter()
            .filter(|term| !self.is_covered(rule.list(), term, successor.list()));
        let mut uncovered: Vec<String> = uncovered.map(ToString::to_string).collect();
        uncovered.sort();
        uncovered.dedup();
        frame.into_iter().for_each(&mut add);
        if !uncovered.is_empty() {
            add(What::Targets(uncovered));
        }
    }

    /// Where a rule is laxer than another, whatever they prohibit.
    fn frame(&self, strict: &Prohibition<'_>, lax: &Prohibition<'_>) -> Vec<What> {
        let mut less = self.frame_beside_scope(strict, lax);
        let scope = self.scope_lost(&strict.reach, &lax.reach);
        if !scope.is_empty() {
            less.push(What::Scope(scope));
        }
        less
    }

    /// The same, whatever code they speak of.
    fn frame_beside_scope(&self, strict: &Prohibition<'_>, lax: &Prohibition<'_>) -> Vec<What> {
        let mut less = self.head_lost_beside_scope(&strict.reach, &lax.reach);
        if strict.transitive && !lax.transitive {
            less.push(What::Chains);
        }
        let kinds = kinds_lost(strict.kinds, lax.kinds);
        if !kinds.is_empty() {
            less.push(What::Kinds(kinds));
        }
        let is_fresh = |component: &&ComponentId| {
            let before = self.strict_id(Side::Lax, **component);
            before.is_none_or(|before| !strict.through.contains(&before))
        };
        let through: Vec<String> = lax
            .through
            .iter()
            .filter(is_fresh)
            .map(|it| self.name(Side::Lax, *it))
            .collect();
        if !through.is_empty() {
            less.push(What::Through(through));
        }
        less
    }

    /// Where a rule is laxer than another in what every rule has.
    pub(super) fn head_lost(&self, strict: &Reach<'_>, lax: &Reach<'_>) -> Vec<What> {
        let mut less = self.head_lost_beside_scope(strict, lax);
        let scope = self.scope_lost(strict, lax);
        if !scope.is_empty() {
            less.push(What::Scope(scope));
        }
        less
    }

    pub(super) fn head_lost_beside_scope(&self, strict: &Reach<'_>, lax: &Reach<'_>) -> Vec<What> {
        let mut less = Vec::new();
        if strict.head.severity == Severity::Error && lax.head.severity == Severity::Warn {
            less.push(What::Severity);
        }
        let judges_dev = |head: &RuleHead, policy: &BoundPolicy<'_>| head.dev || policy.policy.settings.check_dev;
        if strict.head.dev && !judges_dev(lax.head, self.lax) {
            less.push(What::Dev);
        }
        less
    }
}

/// Kinds of reference that the one speaks of and the other does not. Without a filter it is every kind.
fn kinds_lost(strict: Option<&KindFilter>, lax: Option<&KindFilter>) -> Vec<String> {
    let all = |kinds: &[ReferenceKind]| ReferenceKind::ALL.iter().all(|kind| kinds.contains(kind));
    let is_all = |filter: &KindFilter| all(&filter.kinds) || (filter.kinds.is_empty() && !filter.public);
    let Some(lax) = lax.filter(|lax| !is_all(lax)) else {
        return Vec::new();
    };
    let Some(strict) = strict.filter(|strict| !is_all(strict)) else {
        return vec!["every kind of reference".to_owned()];
    };
    let kinds = strict.kinds.iter().filter(|kind| !lax.kinds.contains(kind));
    let mut lost: Vec<String> = kinds.map(|kind| format!("`{}`", kind.word())).collect();
    lost.extend((strict.public && !lax.public).then(|| "`public`".to_owned()));
    lost
}
