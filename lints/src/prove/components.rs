//! Components: that something can be done wrong in one or with one; and the paths of theirs that own nothing.

use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::policy::model::{Component, Term};
use archguard_invariants::policy::{BoundPolicy, ComponentId, Scope, Selector};
use rustc_hash::FxHashSet;

use super::garden::{Fired, Plant, witness};
use super::proof::{Outcome, Proven, Subject};

/// Every component as declared, each with its paths behind it.
pub(super) fn of_all(graph: &Graph, policy: &BoundPolicy<'_>, plants: &[Plant], fired: &Fired) -> Vec<Proven> {
    let owned = owned(graph, policy);
    let mut proven = Vec::new();
    for (index, component) in policy.policy.components.iter().enumerate() {
        proven.push(whole(graph, policy, plants, fired, (index, component)));
        proven.extend(paths(graph, policy, &owned, (index, component)));
    }
    proven
}

fn declaration(policy: &BoundPolicy<'_>, item: ItemId) -> Option<usize> {
    policy.component_of(item).map(|id| policy.component(id).declaration)
}

fn whole(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    plants: &[Plant],
    fired: &Fired,
    (index, component): (usize, &Component),
) -> Proven {
    let is_its = |item: ItemId| item.index() < graph.item_count() && declaration(policy, item) == Some(index);
    let mut concerned = (1..).zip(plants).filter(|(_, plant)| {
        let ends = [Some(plant.from), plant.to];
        ends.into_iter().flatten().any(is_its)
    });
    let found = concerned.find_map(|(number, plant)| Some((plant, fired.any(number)?)));
    let outcome = match found {
        Some((plant, lint)) => Outcome::Proved(witness(graph, plant, lint)),
        None if !graph.items().any(|(id, _)| is_its(id)) => Outcome::Dead("it owns no code".to_owned()),
        None if graph.items().all(|(id, _)| !is_its(id) || is_dev(graph, id)) => {
            Outcome::Idle("its code is development code alone".to_owned())
        }
        None => match passing(policy, index) {
            Some(rule) => Outcome::Idle(format!("nothing forbids its code anything, and `{rule}` lets it pass")),
            None => Outcome::Dead(
                "nothing forbids its code anything, and nothing keeps other code from it: it can be left out"
                    .to_owned(),
            ),
        },
    };
    Proven {
        subject: Subject::Component,
        rule: None,
        name: component.name.value.as_str().to_owned(),
        span: Some(component.name.span),
        outcome,
    }
}

/// The first rule that leaves a component alone, or lets pass what it hands out.
fn passing<'p>(policy: &'p BoundPolicy<'_>, index: usize) -> Option<&'p str> {
    let is_its = |id: ComponentId| policy.component(id).declaration == index;
    let listed = |list: &Selector| list.components.iter().any(|&(id, _)| is_its(id));
    let excepted = |scope: &Scope| scope.except.as_ref().is_some_and(listed);
    let handed = |through: &[ComponentId]| through.iter().any(|&id| is_its(id));
    let forbids = policy.forbids.iter();
    let mut forbids = forbids.filter(|rule| excepted(&rule.scope) || handed(&rule.through));
    let mandates = policy.mandates.iter();
    let mut mandates = mandates.filter(|rule| excepted(&rule.scope) || handed(&rule.through) || listed(&rule.shared));
    let requires = policy.requires.iter();
    let mut requires = requires.filter(|rule| excepted(&rule.scope));
    let head = forbids.next().map(|rule| &rule.rule.head);
    let head = head.or_else(|| mandates.next().map(|rule| &rule.rule.head));
    let head = head.or_else(|| requires.next().map(|rule| &rule.rule.head));
    head.map(|head| head.id.value.as_str())
}

/// Whether an item is development code.
pub(super) fn is_dev(graph: &Graph, item: ItemId) -> bool {
    let of = graph.item(item);
    of.dev || graph.krate(of.krate).dev
}

/// Each item with the declarations that own something in it.
fn owned(graph: &Graph, policy: &BoundPolicy<'_>) -> FxHashSet<(ItemId, usize)> {
    let mut owned = FxHashSet::default();
    for (id, _) in graph.items() {
        let Some(index) = declaration(policy, id) else { continue };
        for outer in graph.lineage(id) {
            // What is around it has been noted with it.
            if !owned.insert((outer, index)) {
                break;
            }
        }
    }
    owned
}

fn paths(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    owned: &FxHashSet<(ItemId, usize)>,
    (index, component): (usize, &Component),
) -> Vec<Proven> {
    let mut proven = Vec::new();
    for term in &component.paths {
        let Term::Pattern(pattern) = &term.value else { continue };
        let roots = graph.targets(pattern).map_or(&[][..], |targets| &targets.roots);
        if roots.iter().any(|root| owned.contains(&(root.item, index))) {
            continue;
        }
        let outcome = if roots.is_empty() {
            Outcome::Dead("it leads to nothing".to_owned())
        } else {
            Outcome::Dead(shadowed(policy, roots.iter().map(|root| root.item)))
        };
        proven.push(Proven {
            subject: Subject::Path,
            rule: None,
            name: format!("{}: {pattern}", component.name.value.as_str()),
            span: Some(term.span),
            outcome,
        });
    }
    proven
}

fn shadowed(policy: &BoundPolicy<'_>, roots: impl Iterator<Item = ItemId>) -> String {
    let mut owners: Vec<String> = roots
        .filter_map(|root| policy.component_of(root))
        .map(|id| format!("`{}`", policy.component(id).name.as_str()))
        .collect();
    owners.sort();
    owners.dedup();
    if owners.is_empty() {
        return "all that it names is taken away again".to_owned();
    }
    let claim = if owners.len() == 1 { "claims" } else { "claim" };
    format!(
        "{} {claim} all that it names, by paths that are nearer",
        owners.join(", ")
    )
}
