//! Which code `acyclic` speaks of, entry by entry: an entry of `in` or `except` is proved by a circle through the code that it
//! decides about, which is judged otherwise without it.

use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::bound::BoundAcyclic;
use archguard_invariants::policy::model::{Among, Term, TermList};
use archguard_invariants::policy::{BoundPolicy, Policy, Scope, Selector};

use super::circles::{Ring, close};
use super::components::is_dev;
use super::ends::ends;
use super::garden::{Garden, witness};
use super::lessening::{Entry, without};
use super::places::Places;
use super::proof::{Outcome, Proven, Subject};
use crate::context::Context;

/// A list of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    In,
    Except,
}

/// An entry, with circles through the code that it decides about.
pub(super) struct Bend {
    rule: usize,
    list: List,
    entry: usize,
    written: Spanned<Term>,
    rings: Vec<(Among, Ring)>,
    /// Why none is judged otherwise, where that is so.
    reason: String,
}

/// The entries of all rules.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Bend> {
    let policy = garden.policy;
    let mut bends = Vec::new();
    for (rule, acyclic) in policy.acyclics.iter().enumerate() {
        let (head, scope) = (&acyclic.rule.head, &acyclic.scope);
        let lists = [
            (List::In, &head.within, &scope.within),
            (List::Except, &head.except, &scope.except),
        ];
        for (list, terms, bound) in lists {
            for entry in Entry::of_list(bound.as_ref(), terms.as_ref()) {
                bends.push(bend(garden, places, (rule, acyclic), (list, entry)));
            }
        }
    }
    bends
}

fn bend(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    (rule, acyclic): (usize, &BoundAcyclic<'_>),
    (list, entry): (List, Entry<'_>),
) -> Bend {
    let (graph, policy) = (garden.graph, garden.policy);
    let less = less(graph, &acyclic.scope, (list, entry));
    let whole = |item: ItemId| acyclic.scope.contains(graph, policy, item);
    let then = |item: ItemId| less.contains(graph, policy, item);
    let decides = |item: ItemId| whole(item) != then(item);
    let either = |item: ItemId| whole(item) || then(item);
    let mut rings = Vec::new();
    for among in &acyclic.rule.among {
        if let Ok(ends) = ends((graph, policy), places, among.value, (&decides, &either)) {
            rings.push((among.value, close(garden, ends)));
        }
    }
    let examined = graph.items().map(|(id, _)| id).filter(|&id| graph.is_examined(id));
    let own: Vec<ItemId> = examined.filter(|&id| decides(id)).collect();
    let is_judged = acyclic.rule.head.dev || policy.policy.settings.check_dev;
    let reason = if own.is_empty() {
        let is_left = is_left(garden, &acyclic.scope, list);
        entry.why_not(graph, policy, (list.key(), &is_left))
    } else if !is_judged && own.iter().all(|&id| is_dev(graph, id)) {
        "its code is development code alone, which the rule does not judge without `dev = true`".to_owned()
    } else if rings.is_empty() {
        "no circle of what the rule looks at can lead through its code".to_owned()
    } else {
        "every circle that is planted through its code is judged the same without it".to_owned()
    };
    Bend {
        rule,
        list,
        entry: entry.index,
        written: entry.terms[entry.index].clone(),
        rings,
        reason,
    }
}

/// The scope without an entry.
fn less(graph: &Graph, scope: &Scope, (list, entry): (List, Entry<'_>)) -> Scope {
    let mut less = scope.clone();
    let shorter = Some(without(graph, entry.list, entry.terms, entry.index));
    match list {
        List::In => less.within = shorter,
        List::Except => less.except = shorter,
    }
    less
}

/// Whether the other list leaves an item to this one.
fn is_left<'g>(garden: &Garden<'g>, scope: &'g Scope, list: List) -> impl Fn(ItemId) -> bool + use<'g> {
    let (graph, policy) = (garden.graph, garden.policy);
    let holds = move |of: &Selector, item| of.term_of_definition(graph, policy, item).is_some();
    move |item| match list {
        List::In => !scope.except.as_ref().is_some_and(|except| holds(except, item)),
        List::Except => scope.within.as_ref().is_none_or(|within| holds(within, item)),
    }
}

impl List {
    fn key(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Except => "except",
        }
    }
}

/// What has become of the entries; of each rule one is taken out at a time.
pub(super) fn settle(bends: Vec<Bend>, planted: &Graph, policy: &BoundPolicy<'_>) -> Vec<Proven> {
    let mut found: Vec<Option<Outcome>> = bends.iter().map(|_| None).collect();
    let whole = Context::new(planted, policy);
    for round in rounds(&bends) {
        let mut shorter = policy.policy.clone();
        for &number in &round {
            take_out(&mut shorter, &bends[number]);
        }
        let binding = BoundPolicy::bind(&shorter, planted);
        let then = Context::new(planted, &binding.policy);
        for number in round {
            found[number] = differing(&bends[number], &whole, &then);
        }
    }
    let settled = bends.into_iter().zip(found).map(|(bend, found)| Proven {
        subject: Subject::Pattern,
        rule: Some(policy.acyclics[bend.rule].rule.head.id.value.clone()),
        name: bend.written.value.to_string(),
        span: Some(bend.written.span),
        outcome: found.unwrap_or(Outcome::Dead(bend.reason)),
    });
    settled.collect()
}

/// The numbers of the entries that are taken out together: of each rule one.
fn rounds(bends: &[Bend]) -> Vec<Vec<usize>> {
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for (number, bend) in bends.iter().enumerate().filter(|(_, bend)| !bend.rings.is_empty()) {
        let free = rounds
            .iter()
            .position(|round| round.iter().all(|&of| bends[of].rule != bend.rule));
        match free {
            Some(round) => rounds[round].push(number),
            None => rounds.push(vec![number]),
        }
    }
    rounds
}

fn take_out(policy: &mut Policy, bend: &Bend) {
    let head = &mut policy.acyclics[bend.rule].head;
    let list: Option<&mut Spanned<TermList>> = match bend.list {
        List::In => head.within.as_mut(),
        List::Except => head.except.as_mut(),
    };
    if let Some(list) = list {
        list.value.remove(bend.entry);
    }
}

fn differing(bend: &Bend, whole: &Context<'_>, then: &Context<'_>) -> Option<Outcome> {
    bend.rings.iter().find_map(|(among, ring)| {
        let by_whole = ring.found(whole, &whole.policy.acyclics[bend.rule], *among);
        let by_less = ring.found(then, &then.policy.acyclics[bend.rule], *among);
        let ((Some(lint), None) | (None, Some(lint))) = (by_whole, by_less) else {
            return None;
        };
        Some(Outcome::Proved(witness(whole.graph, &ring.plant, lint)))
    })
}
