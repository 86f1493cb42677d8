//! Violations of `acyclic`: two components, sibling modules or crates that use each other, in a copy of their own.

use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceId, ReferenceKind};
use archguard_invariants::policy::bound::BoundAcyclic;
use archguard_invariants::policy::model::Among;
use archguard_invariants::policy::{BoundPolicy, ComponentId};
use rustc_hash::FxHashMap;

use super::garden::{Garden, Plant, witness};
use super::places::Places;
use super::proof::{Outcome, Proven, Subject};
use crate::context::Context;
use crate::judges::dependency_cycle::check_among;
use crate::sink::Sink;

/// A circle that was planted for one word of one rule; or why none could be.
struct Circle {
    rule: usize,
    among: usize,
    planted: Result<(Plant, [ReferenceId; 2]), &'static str>,
}

/// Every `acyclic` with its words; how many circles were planted.
pub(super) fn of_all(graph: &Graph, policy: &BoundPolicy<'_>, places: &Places<'_>) -> (Vec<Proven>, usize) {
    if policy.acyclics.is_empty() {
        return (Vec::new(), 0);
    }
    let mut garden = Garden::new(graph, policy);
    let mut circles = Vec::new();
    for (rule, acyclic) in policy.acyclics.iter().enumerate() {
        for (index, among) in acyclic.rule.among.iter().enumerate() {
            let planted = match ends(graph, policy, places, acyclic, among.value) {
                Ok(ends) => Ok(close(&mut garden, ends)),
                Err(reason) => Err(reason),
            };
            circles.push(Circle {
                rule,
                among: index,
                planted,
            });
        }
    }
    let (planted, _, _) = garden.finish();
    let binding = BoundPolicy::bind(policy.policy, &planted);
    let count = circles.iter().filter(|circle| circle.planted.is_ok()).count();
    (judge(&planted, &binding.policy, &circles), count)
}

/// Two items whose code may close a circle.
fn ends(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    places: &Places<'_>,
    acyclic: &BoundAcyclic<'_>,
    among: Among,
) -> Result<[ItemId; 2], &'static str> {
    let speaks_of = |item: ItemId| acyclic.scope.contains(graph, policy, item);
    match among {
        Among::Components => {
            let of = |item: ItemId| policy.component_of(item);
            let found = places.some_within(1, |item| of(item).is_some() && speaks_of(item));
            two_apart(found, |item| of(item).map_or(0, |ComponentId(id)| id as usize + 1))
                .ok_or("it speaks of the code of fewer than two components")
        }
        Among::Crates => {
            let found = places.some_within(usize::MAX, speaks_of);
            two_apart(found, |item| graph.item(item).krate.0 as usize)
                .ok_or("it speaks of the code of fewer than two crates")
        }
        Among::Modules => {
            let mut by_parent: FxHashMap<ItemId, ItemId> = FxHashMap::default();
            for module in places.some_within(usize::MAX, speaks_of) {
                let item = graph.item(module);
                let Some(parent) = item.parent.filter(|_| item.kind == ItemKind::Module) else {
                    continue;
                };
                if let Some(&other) = by_parent.get(&parent) {
                    return Ok([other, module]);
                }
                by_parent.insert(parent, module);
            }
            Err("it speaks of no two modules beside each other")
        }
    }
}

fn two_apart(items: Vec<ItemId>, node: impl Fn(ItemId) -> usize) -> Option<[ItemId; 2]> {
    let first = *items.first()?;
    let other = items.into_iter().find(|&item| node(item) != node(first))?;
    Some([first, other])
}

fn close(garden: &mut Garden<'_>, [first, second]: [ItemId; 2]) -> (Plant, [ReferenceId; 2]) {
    let one = garden.function(first);
    let other = garden.child(
        second,
        ItemKind::Function,
        &format!("planted_back_{}", garden.plants.len() + 1),
    );
    let there = garden.refer(one, other, ReferenceKind::Call, false);
    let back = garden.refer(other, one, ReferenceKind::Call, false);
    garden.note(first, Some(second));
    let plant = Plant {
        from: first,
        to: Some(second),
    };
    (plant, [there, back])
}

fn judge(planted: &Graph, policy: &BoundPolicy<'_>, circles: &[Circle]) -> Vec<Proven> {
    let ctx = Context::new(planted, policy);
    let mut proven = Vec::new();
    for (index, acyclic) in policy.acyclics.iter().enumerate() {
        let of_rule = circles.iter().filter(|circle| circle.rule == index);
        let words: Vec<Proven> = of_rule.map(|circle| of_word(&ctx, acyclic, circle)).collect();
        let id = &acyclic.rule.head.id;
        let fired = words.iter().map(|word| &word.outcome);
        let outcome = fired.clone().find(|outcome| matches!(outcome, Outcome::Proved(_)));
        let outcome = outcome.or_else(|| fired.clone().next()).cloned();
        proven.push(Proven {
            subject: Subject::Rule,
            rule: Some(id.value.clone()),
            name: id.value.as_str().to_owned(),
            span: Some(id.span),
            outcome: outcome.unwrap_or_else(|| Outcome::Dead("it names nothing to look among".to_owned())),
        });
        proven.extend(words);
    }
    proven
}

fn of_word<'a>(ctx: &Context<'a>, acyclic: &BoundAcyclic<'a>, circle: &Circle) -> Proven {
    let among = &acyclic.rule.among[circle.among];
    let outcome = match &circle.planted {
        Err(reason) => Outcome::Dead((*reason).to_owned()),
        Ok((plant, edges)) => {
            let mut sink = Sink::default();
            check_among(ctx, acyclic, among.value, &mut sink);
            let (found, _) = sink.into_parts();
            let closes = |found: &crate::sink::Found| {
                let details = &found.details;
                let known = details.knot.iter().map(|&(_, _, id)| id);
                let mut ways = known
                    .chain(details.chain.iter().copied())
                    .chain(details.cut.iter().copied());
                ways.any(|id| edges.contains(&id))
            };
            match found.iter().find(|found| closes(found)) {
                Some(found) => Outcome::Proved(witness(ctx.graph, plant, found.key.lint)),
                None => Outcome::Dead("a circle that was planted is not found".to_owned()),
            }
        }
    };
    Proven {
        subject: Subject::Pattern,
        rule: Some(acyclic.rule.head.id.value.clone()),
        name: word(among.value).to_owned(),
        span: Some(among.span),
        outcome,
    }
}

fn word(among: Among) -> &'static str {
    match among {
        Among::Components => "components",
        Among::Modules => "modules",
        Among::Crates => "crates",
    }
}
