//! Two policies bound to one graph, and which of their components are the same.

use crate::graph::{Graph, ItemId};
use crate::place::TextSpan;
use crate::policy::model::{RuleHead, Severity};
use crate::policy::{BoundPolicy, ComponentId, RuleId};

use super::change::{PolicyChange, What};

/// The two policies: what `strict` denies is looked for in `lax`.
pub(super) struct Two<'a> {
    pub(super) graph: &'a Graph,
    pub(super) strict: &'a BoundPolicy<'a>,
    pub(super) lax: &'a BoundPolicy<'a>,
    /// By component of `strict`: the same one in `lax`.
    same: Vec<Option<ComponentId>>,
    /// Code to look at one by one: every examined module, and every other item that a component claims.
    pub(super) code: Vec<ItemId>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Strict,
    Lax,
}

impl<'a> Two<'a> {
    pub(super) fn new(graph: &'a Graph, strict: &'a BoundPolicy<'a>, lax: &'a BoundPolicy<'a>) -> Self {
        let code = code(graph, [strict, lax]);
        let same = same(&code, strict, lax);
        Self {
            graph,
            strict,
            lax,
            same,
            code,
        }
    }

    pub(super) fn side(&self, side: Side) -> &'a BoundPolicy<'a> {
        match side {
            Side::Strict => self.strict,
            Side::Lax => self.lax,
        }
    }

    /// Whether a component of the one is the same as one of the other.
    pub(super) fn is_same(&self, strict: Option<ComponentId>, lax: Option<ComponentId>) -> bool {
        match strict {
            Some(strict) => self.same[strict.0 as usize] == lax && lax.is_some(),
            None => lax.is_none(),
        }
    }

    /// The component of the strict policy that one of either is; none if there is no such.
    pub(super) fn strict_id(&self, side: Side, component: ComponentId) -> Option<ComponentId> {
        match side {
            Side::Strict => Some(component),
            Side::Lax => {
                let at = self.same.iter().position(|lax| *lax == Some(component))?;
                Some(ComponentId(u32::try_from(at).ok()?))
            }
        }
    }

    pub(super) fn name(&self, side: Side, component: ComponentId) -> String {
        self.side(side).component(component).name.as_str().to_owned()
    }

    /// A path as messages print it.
    pub(super) fn path(&self, item: ItemId) -> String {
        self.graph.item(item).path.to_string()
    }

    /// A difference in a rule that both have.
    pub(super) fn of_rule(strict: &RuleHead, lax: Option<&RuleHead>, what: What) -> PolicyChange {
        PolicyChange {
            rule: strict.id.value.clone(),
            what,
            severity: strict.severity,
            stricter: Some(strict.id.span),
            laxer: lax.map(|lax| lax.id.span),
        }
    }

    /// A difference in what is no rule.
    pub(super) fn reserved(
        rule: impl Into<String>,
        what: What,
        stricter: Option<TextSpan>,
        laxer: Option<TextSpan>,
    ) -> PolicyChange {
        PolicyChange {
            rule: RuleId::reserved(rule.into()),
            what,
            severity: Severity::Error,
            stricter,
            laxer,
        }
    }
}

fn code(graph: &Graph, policies: [&BoundPolicy<'_>; 2]) -> Vec<ItemId> {
    let is_claimed = |path: &str| policies.iter().any(|policy| policy.claims_path(path));
    let items = graph.items().filter(|(id, item)| {
        graph.is_examined(*id) && (item.kind == crate::graph::ItemKind::Module || is_claimed(&item.path))
    });
    items.map(|(id, _)| id).collect()
}

/// By name; what then is left, by the code that belongs to it: a component may be renamed.
fn same(code: &[ItemId], strict: &BoundPolicy<'_>, lax: &BoundPolicy<'_>) -> Vec<Option<ComponentId>> {
    let by_name = |component: ComponentId| {
        let name = &strict.component(component).name;
        lax.ids().find(|other| lax.component(*other).name == *name)
    };
    let mut same: Vec<Option<ComponentId>> = strict.ids().map(by_name).collect();
    let owned = |policy: &BoundPolicy<'_>, component: ComponentId| -> Vec<ItemId> {
        let of_it = code
            .iter()
            .filter(|item| policy.component_of(**item) == Some(component));
        of_it.copied().collect()
    };
    for component in strict
        .ids()
        .filter(|component| same[component.0 as usize].is_none())
        .collect::<Vec<_>>()
    {
        let wanted = owned(strict, component);
        let renamed = lax
            .ids()
            .find(|other| !same.contains(&Some(*other)) && !wanted.is_empty() && owned(lax, *other) == wanted);
        same[component.0 as usize] = renamed;
    }
    same
}
