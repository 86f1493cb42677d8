//! Which items a requirement speaks of, entry by entry: `in` and `except` of the rule, `in` and `kind` of `items`. An entry is
//! proved by a new item that is judged otherwise without it. What items stand in relation to is for `relations`.

use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::require::{BoundRequire, KindWord};
use archguard_invariants::policy::{BoundPolicy, Policy, Selector};

use super::bonds;
use super::garden::{Garden, PlantId};
use super::lessening::Entry;
use super::places::Places;
use super::requirements::{PLACES, plant};
use super::trials::Trial;

/// Lists that code is in or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    In,
    Except,
    ItemsIn,
}

/// The entries of all requirements.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Trial> {
    let policy = garden.policy;
    let mut trials = Vec::new();
    for (index, rule) in policy.requires.iter().enumerate() {
        for (list, entry) in entries(rule) {
            trials.push(of_place(garden, places, (index, rule), (list, entry)));
        }
        let kinds = &rule.items.conditions.kinds;
        for (at, kind) in kinds.iter().enumerate().filter(|_| kinds.len() > 1) {
            trials.push(of_kind(garden, places, (index, rule), (at, *kind)));
        }
    }
    trials
}

fn entries<'a>(rule: &'a BoundRequire<'_>) -> Vec<(List, Entry<'a>)> {
    let head = &rule.rule.head;
    let items = (rule.items.within.as_ref(), rule.items.conditions.within.as_ref());
    let lists = [
        (List::In, rule.scope.within.as_ref(), head.within.as_ref()),
        (List::Except, rule.scope.except.as_ref(), head.except.as_ref()),
        (List::ItemsIn, items.0, items.1),
    ];
    let entries = lists
        .into_iter()
        .flat_map(|(key, list, terms)| Entry::of_list(list, terms).into_iter().map(move |entry| (key, entry)));
    entries.collect()
}

fn of_place(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    (index, rule): (usize, &BoundRequire<'_>),
    (list, entry): (List, Entry<'_>),
) -> Trial {
    let (graph, policy) = (garden.graph, garden.policy);
    let decides = entry.decides(graph, policy);
    let holds = |of: Option<&Selector>, item| of.map(|it| it.term_of_definition(graph, policy, item).is_some());
    // What the other lists leave to it.
    let is_left = |item: ItemId| {
        let within = list == List::In || holds(rule.scope.within.as_ref(), item) != Some(false);
        let except = list != List::Except && holds(rule.scope.except.as_ref(), item) == Some(true);
        let items = list == List::ItemsIn || holds(rule.items.within.as_ref(), item) != Some(false);
        within && !except && items
    };
    let stands = stands(places, rule, &|item| decides(item) && is_left(item));
    let key = match list {
        List::In | List::ItemsIn => "in",
        List::Except => "except",
    };
    let reason = entry.why_not(graph, policy, (key, &is_left));
    let written = &entry.terms[entry.index];
    let written = Spanned {
        value: written.value.to_string(),
        span: written.span,
    };
    let kinds = rule.kinds.clone();
    let at = entry.index;
    let take_out = move |policy: &mut Policy| {
        let rule = &mut policy.requires[index];
        let list = match list {
            List::In => rule.head.within.as_mut(),
            List::Except => rule.head.except.as_mut(),
            List::ItemsIn => rule.items.within.as_mut(),
        };
        if let Some(list) = list {
            list.value.remove(at);
        }
    };
    trial(garden, rule, (&kinds, &stands), written, reason, take_out)
}

fn of_kind(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    (index, rule): (usize, &BoundRequire<'_>),
    (at, kind): (usize, KindWord),
) -> Trial {
    let (graph, policy) = (garden.graph, garden.policy);
    let stands = stands(places, rule, &|item| speaks_of(graph, policy, rule, item));
    let twice = rule
        .items
        .conditions
        .kinds
        .iter()
        .filter(|&&other| other == kind)
        .count()
        > 1;
    let reason = if twice {
        "the list names it twice"
    } else {
        "every item of this kind that the rest of `items` selects meets `must` by that alone, or there can be none"
    };
    let written = Spanned {
        value: kind.word().to_owned(),
        span: rule.items.conditions.span,
    };
    let take_out = move |policy: &mut Policy| {
        policy.requires[index].items.kinds.remove(at);
    };
    trial(garden, rule, (&[kind], &stands), written, reason.to_owned(), take_out)
}

/// Whether a rule speaks of the code of an item.
pub(super) fn speaks_of(graph: &Graph, policy: &BoundPolicy<'_>, rule: &BoundRequire<'_>, item: ItemId) -> bool {
    let covers = |list: &Selector| list.term_of_definition(graph, policy, item).is_some();
    rule.scope.contains(graph, policy, item) && rule.items.within.as_ref().is_none_or(covers)
}

/// Places where new items may stand.
pub(super) fn stands(places: &Places<'_>, rule: &BoundRequire<'_>, holds: &dyn Fn(ItemId) -> bool) -> Vec<ItemId> {
    let mut stands = places.some_within(1, holds);
    // Where `must` says where, all places count.
    if rule.must.within.is_none() {
        stands.truncate(PLACES);
    }
    stands
}

fn trial(
    garden: &mut Garden<'_>,
    rule: &BoundRequire<'_>,
    (kinds, stands): (&[KindWord], &[ItemId]),
    written: Spanned<String>,
    reason: String,
    take_out: impl Fn(&mut Policy) + 'static,
) -> Trial {
    let bonds = bonds::of_items(garden, rule);
    let can_be = bonds.is_some();
    let plants: Vec<PlantId> = bonds.map_or_else(Vec::new, |bonds| plant(garden, rule, kinds, stands, &bonds));
    Trial {
        rule: rule.rule.head.id.value.clone(),
        written,
        take_out: Box::new(take_out),
        plants,
        reason: if can_be {
            Ok(reason)
        } else {
            Err("nothing can be made up that `items` selects".to_owned())
        },
    }
}
