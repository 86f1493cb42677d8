//! The rules that speak of code at a standpoint.

use crate::advice::standpoint::Standpoint;
use crate::graph::{Graph, ItemId};
use crate::policy::bound::{BoundAcyclic, BoundForbid, BoundLayering, BoundMandate};
use crate::policy::model::{KindFilter, RuleHead};
use crate::policy::require::BoundRequire;
use crate::policy::{BoundPolicy, ComponentId, Selector};

/// Something that code at the standpoint must not name: a `forbid`, or a `mandate` seen from outside its shared component.
#[derive(Debug, Clone, Copy)]
pub struct Prohibition<'p> {
    /// The rule's head.
    pub head: &'p RuleHead,
    /// What must not be named.
    pub targets: &'p Selector,
    /// Replacements by term, of a `forbid` in table form.
    pub replacements: &'p [(usize, String)],
    /// What kinds of reference it speaks of.
    pub kinds: Option<&'p KindFilter>,
    /// Whether reaching it through other code counts too.
    pub transitive: bool,
    /// The shared code of a mandate.
    pub shared: Option<&'p Selector>,
}

impl Prohibition<'_> {
    /// Whether it forbids any way of naming something.
    fn is_total(&self) -> bool {
        self.kinds.is_none_or(|kinds| kinds.kinds.is_empty() && !kinds.public)
    }

    /// Whether it forbids a whole component.
    pub fn names_component(&self, component: ComponentId) -> bool {
        self.is_total() && self.targets.components.iter().any(|&(listed, _)| listed == component)
    }

    /// Whether it forbids all of what an item holds, in every way.
    pub fn names_whole(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> bool {
        self.is_total() && self.targets.term_of_definition(graph, policy, item).is_some()
    }

    /// Whether it forbids an item in some way.
    pub fn names(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> bool {
        self.targets.term_of_definition(graph, policy, item).is_some()
    }
}

/// What must not be named here: what a rule names may name itself, and the shared component of a mandate does its work.
pub fn prohibitions<'p>(graph: &Graph, policy: &'p BoundPolicy<'p>, at: &Standpoint) -> Vec<Prohibition<'p>> {
    let forbids = policy.forbids.iter().filter(|rule| {
        let head = &rule.rule.head;
        judges(policy, at, head) && at.is_in_scope(graph, policy, &rule.scope)
    });
    let forbids = forbids.map(of_forbid);
    let mandates = policy.mandates.iter().filter(|rule| {
        let head = &rule.rule.head;
        judges(policy, at, head)
            && at.is_in_scope(graph, policy, &rule.scope)
            && !at.is_covered(graph, policy, &rule.shared)
    });
    let mandates = mandates.map(of_mandate);
    forbids
        .chain(mandates)
        .filter(|rule| !at.is_covered(graph, policy, rule.targets))
        .collect()
}

fn of_forbid<'p>(rule: &'p BoundForbid<'p>) -> Prohibition<'p> {
    Prohibition {
        head: &rule.rule.head,
        targets: &rule.targets,
        replacements: &rule.rule.replacements,
        kinds: Some(&rule.rule.kinds),
        transitive: rule.rule.transitive,
        shared: None,
    }
}

fn of_mandate<'p>(rule: &'p BoundMandate<'p>) -> Prohibition<'p> {
    Prohibition {
        head: &rule.rule.head,
        targets: &rule.instead_of,
        replacements: &[],
        kinds: None,
        transitive: false,
        shared: Some(&rule.shared),
    }
}

/// The mandates whose shared code this is.
pub fn mandates_kept_here<'p>(
    graph: &Graph,
    policy: &'p BoundPolicy<'p>,
    at: &Standpoint,
) -> Vec<&'p BoundMandate<'p>> {
    let mandates = policy.mandates.iter();
    mandates
        .filter(|rule| at.is_covered(graph, policy, &rule.shared))
        .collect()
}

/// The layerings that hold the component, or for those `within` a submodule around the standpoint.
pub fn layerings<'p>(graph: &Graph, policy: &'p BoundPolicy<'p>, at: &Standpoint) -> Vec<&'p BoundLayering<'p>> {
    let Some(user) = at.component() else { return Vec::new() };
    let within = |layering: &BoundLayering<'_>| {
        let mut modules = at.modules.iter();
        modules.any(|&module| layering.submodule_around(graph, module).is_some())
    };
    policy
        .layers
        .iter()
        .filter(|layering| judges(policy, at, &layering.rule.head))
        .filter(|layering| (layering.judges(user) && layering.rank_of(user).is_some()) || within(layering))
        .collect()
}

/// The requirements that may select items here; which do, depends on the items.
pub fn requirements<'p>(graph: &Graph, policy: &'p BoundPolicy<'p>, at: &Standpoint) -> Vec<&'p BoundRequire<'p>> {
    let rules = policy.requires.iter();
    rules
        .filter(|rule| judges(policy, at, &rule.rule.head) && at.is_in_scope(graph, policy, &rule.scope))
        .filter(|rule| {
            let within = rule.items.within.as_ref();
            within.is_none_or(|within| at.is_covered(graph, policy, within))
        })
        .collect()
}

/// The rules against cycles.
pub fn acyclics<'p>(graph: &Graph, policy: &'p BoundPolicy<'p>, at: &Standpoint) -> Vec<&'p BoundAcyclic<'p>> {
    let rules = policy.acyclics.iter();
    rules
        .filter(|rule| judges(policy, at, &rule.rule.head) && at.is_in_scope(graph, policy, &rule.scope))
        .collect()
}

/// Whether a rule judges the standpoint's code at all: development code only where it asks to.
fn judges(policy: &BoundPolicy<'_>, at: &Standpoint, head: &RuleHead) -> bool {
    !at.dev || head.dev || policy.policy.settings.check_dev
}
