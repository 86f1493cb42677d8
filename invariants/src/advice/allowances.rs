//! Which components and crates code at a standpoint may use, and by which declaration: the workspace's policy, and what the
//! package around it says itself.

use crate::advice::applying::{Prohibition, prohibitions};
use crate::advice::standpoint::Standpoint;
use crate::graph::{CrateOrigin, Graph, ItemId};
use crate::policy::bound::{BoundPackage, BoundUses, Permission};
use crate::policy::{BoundPolicy, ComponentId, RuleId};

/// Why a component may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// A layering puts it above.
    Above,
    /// A layering puts it beside.
    Beside,
    /// The user has `uses`, and it is not in it.
    NotListed,
    /// The user has no `uses`, and no layering holds both.
    Undeclared,
    /// A prohibition names the whole component.
    Forbidden,
}

/// What the policy says of using one component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The component to use.
    pub component: ComponentId,
    /// The rules that say so, reserved ids included; empty where `[policy]` allows what is not declared.
    pub by: Vec<RuleId>,
    /// Why not; none if it may be used.
    pub denial: Option<Denial>,
}

/// What the policy says of using one external crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateAllowance {
    /// The crate's root.
    pub root: ItemId,
    /// The rule that forbids it as a whole; none if it may be used.
    pub denied_by: Option<RuleId>,
    /// Whether the manifest gives it to development code alone, and this is none.
    pub dev_only: bool,
}

/// What is said of every other component, in order of the policy.
pub fn components(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Vec<Allowance> {
    let Some(user) = &at.owner else { return Vec::new() };
    let prohibitions = prohibitions(graph, policy, at);
    let others = policy.ids().filter(|&id| user.is_new || id != user.component);
    let said = others.map(|component| {
        let allowance = of_component(policy, at, user.component, component);
        let forbidding = || {
            prohibitions
                .iter()
                .find(|rule| rule.names_component(component))
                .map(|rule| rule.head.id.value.clone())
        };
        let denied = |rule, denial| Allowance {
            component,
            by: vec![rule],
            denial: Some(denial),
        };
        if allowance.denial.is_some() {
            return allowance;
        }
        match (beyond_package(graph, policy, at, component), forbidding()) {
            (Some(rule), _) => denied(rule, Denial::NotListed),
            (None, Some(rule)) => denied(rule, Denial::Forbidden),
            (None, None) => allowance,
        }
    });
    said.collect()
}

/// The file that the package around the standpoint has of its own.
pub(crate) fn package<'p>(graph: &Graph, policy: &'p BoundPolicy<'p>, at: &Standpoint) -> Option<&'p BoundPackage<'p>> {
    let exempt = at.dev && !policy.policy.settings.check_dev;
    policy.package_of(graph, graph.krate(at.krate).root).filter(|_| !exempt)
}

/// The rule of the package's own file that leaves a component out.
fn beyond_package(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint, component: ComponentId) -> Option<RuleId> {
    let package = package(graph, policy, at)?;
    let listed = package.uses.as_ref()?.binary_search(&component).is_ok();
    (!listed).then(|| package_rule(package, "uses"))
}

fn package_rule(package: &BoundPackage<'_>, key: &str) -> RuleId {
    RuleId::reserved(format!("package.{}.{key}", package.limits.package))
}

/// What `uses` and layerings say.
fn of_component(policy: &BoundPolicy<'_>, at: &Standpoint, user: ComponentId, component: ComponentId) -> Allowance {
    let is_new = at.owner.as_ref().is_some_and(|owner| owner.is_new);
    let permission = if is_new && user == component {
        of_sibling(policy, user)
    } else {
        policy.permission(user, component)
    };
    let own_list = || vec![uses_rule(policy, user)];
    // Development code is judged by those layerings alone that say `dev = true`.
    let exempt = at.dev && !policy.policy.settings.check_dev;
    let (by, denial) = match permission {
        Permission::DeniedByLayering { layering, .. } if exempt && !policy.layers[layering].rule.head.dev => {
            (Vec::new(), None)
        }
        Permission::NotInUses | Permission::Undeclared if exempt => (Vec::new(), None),
        Permission::Allowed => (allowing(policy, user, component), None),
        Permission::DeniedByLayering { layering, siblings } => {
            let rule = policy.layers[layering].rule.head.id.value.clone();
            let denial = if siblings { Denial::Beside } else { Denial::Above };
            (vec![rule], Some(denial))
        }
        Permission::NotInUses => (own_list(), Some(Denial::NotListed)),
        Permission::Undeclared if policy.policy.settings.undeclared_allowed => (Vec::new(), None),
        Permission::Undeclared => (vec![RuleId::reserved("policy.undeclared")], Some(Denial::Undeclared)),
    };
    Allowance { component, by, denial }
}

/// A new member of a family against the member that stands in for it: as any two members.
fn of_sibling(policy: &BoundPolicy<'_>, member: ComponentId) -> Permission {
    let family = &policy.component(member).family;
    let other = policy
        .ids()
        .find(|&id| id != member && policy.component(id).family == *family);
    if let Some(other) = other {
        return policy.permission(other, member);
    }
    let layering = policy
        .layers
        .iter()
        .position(|layering| layering.rank_of(member).is_some());
    match (layering, &policy.component(member).uses) {
        (Some(layering), _) => Permission::DeniedByLayering {
            layering,
            siblings: true,
        },
        (None, Some(BoundUses::Everything)) => Permission::Allowed,
        (None, Some(BoundUses::Only(_))) => Permission::NotInUses,
        (None, None) => Permission::Undeclared,
    }
}

/// The declarations that allow a pair.
fn allowing(policy: &BoundPolicy<'_>, user: ComponentId, component: ComponentId) -> Vec<RuleId> {
    if policy.component(user).uses.is_some() {
        return vec![uses_rule(policy, user)];
    }
    let holding = policy.layers.iter().filter(|layering| {
        layering.judges(user) && layering.rank_of(user).is_some() && layering.rank_of(component).is_some()
    });
    holding.map(|layering| layering.rule.head.id.value.clone()).collect()
}

fn uses_rule(policy: &BoundPolicy<'_>, user: ComponentId) -> RuleId {
    let declaration = &policy.policy.components[policy.component(user).declaration];
    RuleId::reserved(format!("component.{}.uses", declaration.name.value.as_str()))
}

/// What is said of every direct dependency of the crate that the code is compiled into, by name.
pub fn crates(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Vec<CrateAllowance> {
    let prohibitions = prohibitions(graph, policy, at);
    let own = graph.krate(at.krate);
    let dev_only = |root: ItemId| !at.dev && own.dev_only.contains(&graph.item(root).krate);
    let mut roots: Vec<ItemId> = own
        .dependencies
        .iter()
        .map(|&id| graph.krate(id))
        .filter(|krate| matches!(krate.origin, CrateOrigin::External | CrateOrigin::Opaque))
        .map(|krate| krate.root)
        .collect();
    roots.sort_by_key(|&root| &graph.item(root).path);
    roots.dedup();
    roots
        .into_iter()
        .map(|root| CrateAllowance {
            root,
            denied_by: of_crate(graph, policy, at, &prohibitions, root),
            dev_only: dev_only(root),
        })
        .collect()
}

fn of_crate(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    at: &Standpoint,
    prohibitions: &[Prohibition<'_>],
    root: ItemId,
) -> Option<RuleId> {
    let listed = at.component().and_then(|id| {
        let crates = policy.component(id).crates.as_ref()?;
        Some((id, crates.term_of_definition(graph, policy, root).is_some()))
    });
    if let Some((id, false)) = listed {
        let declaration = &policy.policy.components[policy.component(id).declaration];
        let rule = format!("component.{}.crates", declaration.name.value.as_str());
        return Some(RuleId::reserved(rule));
    }
    if let Some(package) = package(graph, policy, at)
        && let Some(crates) = &package.crates
        && crates.term_of_definition(graph, policy, root).is_none()
    {
        return Some(package_rule(package, "crates"));
    }
    prohibitions
        .iter()
        .find(|rule| rule.names_whole(graph, policy, root))
        .map(|rule| rule.head.id.value.clone())
}
