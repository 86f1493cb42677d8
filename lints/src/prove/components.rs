//! Components: that something can be done wrong in one or with one. Their paths are for `paths`.

use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::policy::model::Component;
use archguard_invariants::policy::{BoundPolicy, ComponentId, Scope, Selector};

use super::garden::{Fired, Plant, witness};
use super::paths::Paths;
use super::proof::{Outcome, Proven, Subject};

/// Every component as declared, each with its paths behind it.
pub(super) fn of_all(graph: &Graph, policy: &BoundPolicy<'_>, plants: &[Plant], fired: &Fired) -> Vec<Proven> {
    let paths = Paths::new(graph, policy);
    let mut proven = Vec::new();
    for (index, component) in policy.policy.components.iter().enumerate() {
        proven.push(whole(graph, policy, plants, fired, (index, component)));
        proven.extend(paths.of_component(index, component));
    }
    proven
}

/// The declaration of the component that owns an item.
pub(super) fn declaration(policy: &BoundPolicy<'_>, item: ItemId) -> Option<usize> {
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
