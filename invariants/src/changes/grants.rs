//! What a component may use of external crates, what others may write of it, and what a package's own file leaves of both.

use std::collections::BTreeSet;

use crate::place::{Spanned, TextSpan};
use crate::policy::bound::BoundPackage;
use crate::policy::model::{Component, TermList};
use crate::policy::{BoundPolicy, ComponentId};

use super::change::{PolicyChange, What};
use super::lists::List;
use super::two::{Side, Two};

/// A list that grants: what is in it is allowed, and without it everything.
type Grant<'a> = Option<&'a Spanned<TermList>>;

impl Two<'_> {
    /// What the components' `crates` and `public` deny in the strict policy and not in the lax one; for the pairs of components
    /// that own the same code.
    pub(super) fn grants(
        &self,
        owners: &BTreeSet<(Option<ComponentId>, Option<ComponentId>)>,
        changes: &mut Vec<PolicyChange>,
    ) {
        let mut found = Vec::new();
        for (strict, lax) in owners {
            let (Some(strict), Some(lax)) = (*strict, *lax) else {
                continue;
            };
            let (one, other) = (declaration(self.strict, strict), declaration(self.lax, lax));
            let name = one.name.value.as_str();
            let mut add = |key: &str, what, span, laxer| {
                let change = Two::reserved(format!("component.{name}.{key}"), what, Some(span), Some(laxer));
                if !found.contains(&change) {
                    found.push(change);
                }
            };
            if let Some((what, span, laxer)) = self.granted(
                one.crates.as_ref(),
                other.crates.as_ref(),
                What::Crates,
                What::AllCrates,
            ) {
                add("crates", what, span, laxer.unwrap_or(other.name.span));
            }
            // What others may write of code is what the component says that owns it.
            if let Some((what, span, laxer)) = self.granted(
                one.public.as_ref(),
                other.public.as_ref(),
                What::Public,
                What::AllPublic,
            ) {
                add("public", what, span, laxer.unwrap_or(other.name.span));
            }
        }
        changes.extend(found);
    }

    fn granted(
        &self,
        strict: Grant<'_>,
        lax: Grant<'_>,
        some: fn(Vec<String>) -> What,
        all: What,
    ) -> Option<(What, TextSpan, Option<TextSpan>)> {
        let strict = strict?;
        let Some(lax) = lax else {
            return Some((all, strict.span, None));
        };
        let more = self.uncovered(list(Side::Lax, lax), list(Side::Strict, strict));
        (!more.is_empty()).then(|| (some(more), strict.span, Some(lax.span)))
    }

    /// What packages' own files deny in the strict policy and not in the lax one.
    pub(super) fn packages(&self, changes: &mut Vec<PolicyChange>) {
        for strict in &self.strict.packages {
            let name = &strict.limits.package;
            if !self.graph.crates().iter().any(|krate| krate.package == *name) {
                continue;
            }
            let lax = self.lax.packages.iter().find(|lax| lax.limits.package == *name);
            let mut add = |key: &str, what, span, laxer| {
                changes.push(Two::reserved(format!("package.{name}.{key}"), what, Some(span), laxer));
            };
            if let Some(span) = strict.limits.uses.as_ref().map(|uses| uses.span) {
                let more = self.used_more(strict, lax);
                if !more.is_empty() {
                    let laxer = lax.and_then(|lax| Some(lax.limits.uses.as_ref()?.span));
                    add("uses", What::Entries(more), span, laxer);
                }
            }
            let crates = lax.and_then(|lax| lax.limits.crates.as_ref());
            if let Some((what, span, laxer)) =
                self.granted(strict.limits.crates.as_ref(), crates, What::Crates, What::AllCrates)
            {
                add("crates", what, span, laxer);
            }
        }
    }

    /// Components that only the lax policy leaves to a package.
    fn used_more(&self, strict: &BoundPackage<'_>, lax: Option<&BoundPackage<'_>>) -> Vec<String> {
        let before = strict.uses.as_deref().unwrap_or_default();
        let Some(after) = lax.and_then(|lax| lax.uses.as_deref()) else {
            return vec!["every component".to_owned()];
        };
        let is_fresh = |component: &&ComponentId| {
            let known = self.strict_id(Side::Lax, **component);
            known.is_none_or(|known| !before.contains(&known))
        };
        after
            .iter()
            .filter(is_fresh)
            .map(|it| self.name(Side::Lax, *it))
            .collect()
    }
}

fn declaration<'a>(policy: &BoundPolicy<'a>, component: ComponentId) -> &'a Component {
    &policy.policy.components[policy.component(component).declaration]
}

fn list(side: Side, terms: &Spanned<TermList>) -> List<'_> {
    List {
        side,
        terms: &terms.value,
    }
}
