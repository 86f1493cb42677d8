//! Violations of `acyclic`: two components, sibling modules or crates that use each other, in a copy of their own. Where they may
//! stand is for `ends`; the entries of `in` and `except` are for `bends`.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceId, ReferenceKind};
use archguard_invariants::policy::BoundPolicy;
use archguard_invariants::policy::bound::BoundAcyclic;
use archguard_invariants::policy::model::Among;

use super::bends;
use super::ends::ends;
use super::garden::{Garden, Plant, witness};
use super::places::Places;
use super::proof::{Outcome, Proven, Subject};
use crate::context::Context;
use crate::judges::dependency_cycle::check_among;
use crate::sink::Sink;

/// Two items that use each other.
pub(super) struct Ring {
    pub(super) plant: Plant,
    edges: [ReferenceId; 2],
}

/// A circle that was planted for one word of one rule; or why none could be.
struct Circle {
    rule: usize,
    among: usize,
    planted: Result<Ring, &'static str>,
}

/// Every `acyclic` with its words; how many circles were planted.
pub(super) fn of_all(graph: &Graph, policy: &BoundPolicy<'_>, places: &Places<'_>) -> (Vec<Proven>, usize) {
    if policy.acyclics.is_empty() {
        return (Vec::new(), 0);
    }
    let mut garden = Garden::new(graph, policy);
    let mut circles = Vec::new();
    for (rule, acyclic) in policy.acyclics.iter().enumerate() {
        let speaks_of = |item: ItemId| acyclic.scope.contains(graph, policy, item);
        for (index, among) in acyclic.rule.among.iter().enumerate() {
            let ends = ends((graph, policy), places, among.value, (&speaks_of, &speaks_of));
            circles.push(Circle {
                rule,
                among: index,
                planted: ends.map(|ends| close(&mut garden, ends)),
            });
        }
    }
    let bends = bends::of_all(&mut garden, places);
    let (planted, plants, _) = garden.finish();
    let binding = BoundPolicy::bind(policy.policy, &planted);
    let mut proven = judge(&planted, &binding.policy, &circles);
    proven.extend(bends::settle(bends, &planted, &binding.policy));
    (proven, plants.len())
}

/// Plants a circle.
pub(super) fn close(garden: &mut Garden<'_>, [first, second]: [ItemId; 2]) -> Ring {
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
    Ring {
        plant,
        edges: [there, back],
    }
}

impl Ring {
    /// The lint that finds it under a rule.
    pub(super) fn found<'a>(&self, ctx: &Context<'a>, acyclic: &BoundAcyclic<'a>, among: Among) -> Option<Lint> {
        let mut sink = Sink::default();
        check_among(ctx, acyclic, among, &mut sink);
        let (found, _) = sink.into_parts();
        let closes = |found: &&crate::sink::Found| {
            let details = &found.details;
            let known = details.knot.iter().map(|&(_, _, id)| id);
            let mut ways = known
                .chain(details.chain.iter().copied())
                .chain(details.cut.iter().copied());
            ways.any(|id| self.edges.contains(&id))
        };
        found.iter().find(closes).map(|found| found.key.lint)
    }
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
        Ok(ring) => match ring.found(ctx, acyclic, among.value) {
            Some(lint) => Outcome::Proved(witness(ctx.graph, &ring.plant, lint)),
            None => Outcome::Dead("a circle that was planted is not found".to_owned()),
        },
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
