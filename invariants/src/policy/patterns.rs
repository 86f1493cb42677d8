//! The patterns that whoever makes a graph must look up, so that this policy can be bound to it.

use super::generated::Generated;
use super::model::{DevCode, Policy, Term};
use crate::pattern::PathPattern;

impl Policy {
    /// Every pattern of the policy: paths, what is taken away by `!`, and every bare name as the pattern of a crate of that
    /// name (it may turn out to be one). Sorted, without duplicates.
    pub fn patterns(&self) -> Vec<PathPattern> {
        let claimed = self.components.iter().flat_map(|component| {
            component
                .paths
                .iter()
                .chain(component.public.iter().flat_map(|public| &public.value))
        });
        let listed = self.lists().flatten();
        let mut patterns: Vec<PathPattern> = claimed
            .chain(listed)
            .filter_map(|term| pattern_of(&term.value))
            .chain(self.dev_code_patterns())
            .chain(self.facade_patterns())
            .chain(self.generated_patterns())
            .collect();
        for rule in self.layers.iter().filter(|rule| rule.inside.is_none()) {
            let members = rule.order.iter().flat_map(|rank| &rank.members);
            patterns.extend(members.filter_map(|member| pattern_of(&rank_term(&member.value))));
        }
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }

    fn generated_patterns(&self) -> impl Iterator<Item = PathPattern> {
        self.settings.generated.iter().filter_map(|entry| match &entry.value {
            Generated::Path(pattern) => Some(pattern.clone()),
            Generated::Files(_) => None,
        })
    }

    fn facade_patterns(&self) -> impl Iterator<Item = PathPattern> {
        self.facades.iter().flat_map(|facade| {
            let family = facade.family.iter().map(|listed| listed.value.clone());
            std::iter::once(PathPattern::of_crate(&facade.name.value)).chain(family)
        })
    }

    fn dev_code_patterns(&self) -> impl Iterator<Item = PathPattern> {
        self.settings.dev_code.iter().filter_map(|entry| match &entry.value {
            DevCode::Path(pattern) | DevCode::Attribute(pattern) => Some(pattern.clone()),
            DevCode::Feature(_) => None,
        })
    }
}

/// What a name in `order` says: the reader has already seen that it can be read.
pub(super) fn rank_term(name: &str) -> Term {
    if let Some(component) = name.strip_prefix("component:") {
        return Term::Component(component.into());
    }
    if let Some(krate) = name.strip_prefix("crate:") {
        return Term::Pattern(PathPattern::of_crate(krate));
    }
    match PathPattern::parse(name).as_deref() {
        Ok([pattern]) if name.contains([':', '*']) => Term::Pattern(pattern.clone()),
        _ => Term::Bare(name.into()),
    }
}

/// The pattern to look up for a term.
pub(super) fn pattern_of(term: &Term) -> Option<PathPattern> {
    match term {
        Term::Bare(name) => Some(PathPattern::of_crate(name)),
        Term::Component(_) => None,
        Term::Pattern(pattern) | Term::Packed(_, pattern) | Term::Not(pattern) => Some(pattern.clone()),
    }
}
