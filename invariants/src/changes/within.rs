//! Layerings `within`: which submodule of a component may use which other.

use std::collections::BTreeSet;

use crate::graph::ItemId;
use crate::policy::BoundPolicy;
use crate::policy::bound::BoundLayering;
use crate::policy::model::Severity;

use super::change::{PolicyChange, What};
use super::two::Two;

impl Two<'_> {
    /// What a layering of the strict policy denies inside a component and none of the lax one does.
    pub(super) fn submodules(&self, changes: &mut Vec<PolicyChange>) {
        for strict in self
            .strict
            .layers
            .iter()
            .filter(|layering| layering.rule.inside.is_some())
        {
            let head = &strict.rule.head;
            let lax = self
                .lax
                .layers
                .iter()
                .find(|lax| lax.rule.head.id.value == head.id.value);
            let mut open = BTreeSet::new();
            let mut in_dev = BTreeSet::new();
            for (user, provider) in denied(self.strict, strict) {
                let names = || format!("`{}` -> `{}`", self.path(user), self.path(provider));
                let still = |dev: bool| {
                    let mut denying = self.lax.layers.iter().filter(|lax| denies(lax, user, provider));
                    denying.any(|lax| {
                        let as_severe = lax.rule.head.severity == Severity::Error || head.severity == Severity::Warn;
                        as_severe && (!dev || lax.rule.head.dev || self.lax.policy.settings.check_dev)
                    })
                };
                if !still(false) {
                    open.insert(names());
                } else if head.dev && !still(true) {
                    in_dev.insert(names());
                }
            }
            let lax = lax.map(|lax| &lax.rule.head);
            let list = |pairs: BTreeSet<String>| pairs.into_iter().collect::<Vec<_>>();
            if !open.is_empty() {
                changes.push(Two::of_rule(head, lax, What::Use(list(open))));
            }
            if !in_dev.is_empty() {
                changes.push(Two::of_rule(head, lax, What::UseInDev(list(in_dev))));
            }
        }
    }
}

fn denied<'l>(
    policy: &'l BoundPolicy<'_>,
    layering: &'l BoundLayering<'_>,
) -> impl Iterator<Item = (ItemId, ItemId)> + 'l {
    let ranked = &layering.submodules;
    let pairs = ranked
        .iter()
        .flat_map(move |(user, ..)| ranked.iter().map(move |(provider, ..)| (*user, *provider)));
    pairs.filter(move |&(user, provider)| {
        policy.component_of(user) == policy.component_of(provider) && denies(layering, user, provider)
    })
}

fn denies(layering: &BoundLayering<'_>, user: ItemId, provider: ItemId) -> bool {
    let of = |wanted: ItemId| layering.submodules.iter().find(|(item, ..)| *item == wanted);
    match (of(user), of(provider)) {
        (Some((_, rank, span)), Some((_, other, other_span))) => span != other_span && rank >= other,
        _ => false,
    }
}
