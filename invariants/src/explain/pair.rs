//! Explains two places: whether the first may use the second, by which rule, and the shortest chain of references between
//! them.

use super::document::{End, PairExplanation, RuleWord};
use super::place::{backticks, component_name, described, is_production, manner};
use super::subject::{Code, Extent};
use std::cmp::Ordering;

use crate::advice::allowances::{self, Denial};
use crate::advice::{Standpoint, applying, as_written};
use crate::finding::RawFinding;
use crate::graph::{CrateOrigin, Graph, ItemId};
use crate::policy::{BoundPolicy, ComponentId};
use crate::verdict::Hop;
use crate::verdict::describe;

/// Explains a pair; `findings` are all that the judges reported.
pub fn explain(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    from: &Code,
    to: &Code,
    findings: &[RawFinding],
) -> PairExplanation {
    let in_from = |item: ItemId| from.extent.holds(graph, policy, item);
    let in_to = |item: ItemId| to.extent.holds(graph, policy, item);
    let direct = graph.references().filter(|link| {
        in_from(link.from) && (in_to(link.to) || link.reference.also.is_some_and(in_to)) && is_production(graph, link)
    });
    let (chain, dev) = chain(graph, &in_from, &in_to);
    let rules = rules(graph, policy, from, to);
    PairExplanation {
        from: end(policy, from),
        to: end(policy, to),
        allowed: (!rules.is_empty()).then(|| rules.iter().all(|rule| rule.allows)),
        rules,
        direct: direct.count(),
        chain,
        dev,
        exceptions: Vec::new(),
        findings: described(
            graph,
            policy,
            findings
                .iter()
                .filter(|finding| in_from(finding.from) && finding.to.is_some_and(in_to)),
        ),
    }
}

/// The shortest chain through production code, else through any; and whether it needs development code.
fn chain(graph: &Graph, in_from: &dyn Fn(ItemId) -> bool, in_to: &dyn Fn(ItemId) -> bool) -> (Vec<Hop>, bool) {
    let sources: Vec<ItemId> = graph.items().map(|(id, _)| id).filter(|&id| in_from(id)).collect();
    let find = |dev: bool| {
        graph.shortest_chain(sources.iter().copied(), in_to, |link| {
            graph.is_examined(link.from) && (dev || is_production(graph, link))
        })
    };
    let (found, dev) = match find(false) {
        Some(found) => (Some(found), false),
        None => (find(true), true),
    };
    let hops: Vec<Hop> = found
        .unwrap_or_default()
        .into_iter()
        .map(|id| describe::hop(graph, id))
        .collect();
    let dev = dev && !hops.is_empty();
    (hops, dev)
}

fn end(policy: &BoundPolicy<'_>, code: &Code) -> End {
    let component = match &code.extent {
        Extent::Components(list) => list.first().map(|&id| policy.component(id).name.as_str().to_owned()),
        Extent::Items(roots) => roots.first().and_then(|root| component_name(policy, root.item)),
        Extent::Modules(modules) => modules.first().and_then(|&module| component_name(policy, module)),
    };
    let examined = code.standpoint.is_some();
    End {
        name: code.name.clone(),
        what: code.what.to_owned(),
        component: component.filter(|_| examined),
    }
}

/// What each rule says of the first using the second.
fn rules(graph: &Graph, policy: &BoundPolicy<'_>, from: &Code, to: &Code) -> Vec<RuleWord> {
    let Some(at) = &from.standpoint else { return Vec::new() };
    let mut said = match (at.component(), owners(policy, to)) {
        (Some(user), owners) if !owners.is_empty() && to.standpoint.is_some() => {
            of_components(graph, policy, at, user, &owners)
        }
        _ => Vec::new(),
    };
    said.extend(of_submodules(graph, policy, at, to));
    said.extend(of_crates(graph, policy, at, to));
    said.extend(of_prohibitions(graph, policy, at, to));
    said
}

fn owners(policy: &BoundPolicy<'_>, code: &Code) -> Vec<ComponentId> {
    match &code.extent {
        Extent::Components(list) => list.clone(),
        Extent::Items(roots) => roots
            .first()
            .and_then(|root| policy.component_of(root.item))
            .into_iter()
            .collect(),
        Extent::Modules(modules) => modules
            .first()
            .and_then(|&module| policy.component_of(module))
            .into_iter()
            .collect(),
    }
}

fn of_components(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    at: &Standpoint,
    user: ComponentId,
    owners: &[ComponentId],
) -> Vec<RuleWord> {
    let name = |id: ComponentId| policy.component(id).name.as_str();
    let said = allowances::components(graph, policy, at);
    let mut words = Vec::new();
    for &owner in owners {
        let Some(said) = said.iter().find(|said| said.component == owner) else {
            words.push(RuleWord {
                rule: format!("component.{}", name(user)),
                allows: true,
                says: format!("both are `{}`: inside a component everything is allowed", name(user)),
            });
            continue;
        };
        let (user, other) = (name(user), name(owner));
        let says = match said.denial {
            None => format!("`{user}` may use `{other}`"),
            Some(Denial::Above) => format!("puts `{other}` above `{user}`"),
            Some(Denial::Beside) => {
                format!("puts `{other}` and `{user}` side by side: siblings may not use each other")
            }
            Some(Denial::NotListed) => format!("`{user}` does not list `{other}`"),
            Some(Denial::Undeclared) => {
                format!("neither `uses` of `{user}` nor a layering that holds both speaks of `{other}`")
            }
            Some(Denial::Forbidden) => format!("forbids `{other}` in `{user}`"),
        };
        let by = said.by.iter().map(|rule| rule.as_str().to_owned());
        let by: Vec<String> = by.collect();
        let rules = if by.is_empty() {
            vec!["policy.undeclared".to_owned()]
        } else {
            by
        };
        words.extend(rules.into_iter().map(|rule| RuleWord {
            rule,
            allows: said.denial.is_none(),
            says: says.clone(),
        }));
        words.extend(public_words(policy, owner));
    }
    words
}

/// What layerings `within` members say of the submodules that both lie in.
fn of_submodules(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint, to: &Code) -> Vec<RuleWord> {
    let target = to.standpoint.iter().flat_map(|standpoint| &standpoint.modules).next();
    let (Some(&user), Some(&other)) = (at.modules.first(), target) else {
        return Vec::new();
    };
    // They order what is inside one member; of a component as a whole no submodule is meant.
    let of_component = matches!(to.extent, Extent::Components(_)) || at.modules.len() > 1;
    if of_component || policy.component_of(user) != policy.component_of(other) {
        return Vec::new();
    }
    let layerings = applying::layerings(graph, policy, at).into_iter();
    let words = layerings.filter_map(|layering| {
        let (from, rank) = layering.submodule_around(graph, user)?;
        let (to, below) = layering.submodule_around(graph, other)?;
        let path = |item: ItemId| &graph.item(item).path;
        let says = match rank.cmp(&below) {
            _ if from == to => return None,
            Ordering::Less => format!("puts `{}` below `{}`", path(to), path(from)),
            Ordering::Equal => format!(
                "puts `{}` and `{}` side by side: siblings may not use each other",
                path(to),
                path(from)
            ),
            Ordering::Greater => format!("puts `{}` above `{}`", path(to), path(from)),
        };
        Some(RuleWord {
            rule: layering.rule.head.id.value.as_str().to_owned(),
            allows: rank < below,
            says,
        })
    });
    words.collect()
}

/// What of a component may be written.
fn public_words(policy: &BoundPolicy<'_>, owner: ComponentId) -> Option<RuleWord> {
    let component = policy.component(owner);
    let public = component.public.as_ref()?;
    let declaration = &policy.policy.components[component.declaration];
    Some(RuleWord {
        rule: format!("component.{}.public", declaration.name.value.as_str()),
        allows: true,
        says: format!("only this of it may be written: {}", backticks(&as_written(public))),
    })
}

/// What `crates` says of an external crate.
fn of_crates(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint, to: &Code) -> Option<RuleWord> {
    let Extent::Items(roots) = &to.extent else { return None };
    let root = roots.first()?.item;
    let origin = graph.krate(graph.item(root).krate).origin;
    if !matches!(origin, CrateOrigin::External | CrateOrigin::Opaque) {
        return None;
    }
    let component = policy.component(at.component()?);
    let name = component.name.as_str();
    let declaration = policy.policy.components[component.declaration].name.value.as_str();
    let rule = format!("component.{declaration}.crates");
    Some(match &component.crates {
        None => RuleWord {
            rule,
            allows: true,
            says: format!("`{name}` has no list of crates: it may use every crate that no rule forbids"),
        },
        Some(crates) => {
            let allows = roots
                .iter()
                .any(|root| crates.term_of_definition(graph, policy, root.item).is_some());
            let verb = if allows { "lists" } else { "does not list" };
            RuleWord {
                rule,
                allows,
                says: format!("`{name}` {verb} it"),
            }
        }
    })
}

fn of_prohibitions(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint, to: &Code) -> Vec<RuleWord> {
    let Extent::Items(roots) = &to.extent else {
        return Vec::new();
    };
    let rules = applying::prohibitions(graph, policy, at);
    let naming = rules
        .into_iter()
        .filter(|rule| roots.iter().any(|root| rule.names(graph, policy, root.item)));
    naming
        .map(|rule| {
            let says = match rule.shared {
                Some(shared) => format!("leaves it to {} alone", backticks(&as_written(shared))),
                None => format!("forbids it{}", rule.kinds.map(manner).unwrap_or_default()),
            };
            RuleWord {
                rule: rule.head.id.value.as_str().to_owned(),
                allows: false,
                says,
            }
        })
        .collect()
}
