//! What a requirement selects items by that stand in relation to something, entry by entry: `derive`, `call`, `take` and the like of
//! `items`, and the wrappers that `take` and `return` look into. An entry is proved by a new item that is judged otherwise
//! without it.

use archguard_invariants::graph::ItemId;
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::model::{Term, TermList};
use archguard_invariants::policy::require::{BoundRequire, Conditions, Relation};
use archguard_invariants::policy::{Policy, Selector};

use super::aims::also_taken_away;
use super::bonds::{self, Bond};
use super::garden::{Garden, PlantId};
use super::permissions::twin;
use super::places::Places;
use super::requirements::{plant, why_not};
use super::selections::{speaks_of, stands};
use super::trials::Trial;

/// A list of `items`.
#[derive(Debug, Clone, Copy)]
enum List {
    Relation(Relation),
    Through,
}

/// The entries of all requirements.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Trial> {
    let policy = garden.policy;
    let mut trials = Vec::new();
    for (index, rule) in policy.requires.iter().enumerate() {
        for (list, selector, terms) in lists(rule) {
            for entry in 0..terms.len() {
                trials.push(of_entry(garden, places, (index, rule), (list, selector, terms, entry)));
            }
        }
    }
    trials
}

/// Lists of which an entry can be left out: a wrapper always, else one of several.
fn lists<'r>(rule: &'r BoundRequire<'_>) -> Vec<(List, &'r Selector, &'r TermList)> {
    let written = rule.items.conditions.relations.iter();
    let relations = rule.items.relations.iter().zip(written);
    let relations = relations.map(|((relation, list), (_, terms))| (List::Relation(*relation), list, &terms.value));
    let mut lists: Vec<_> = relations.filter(|(_, _, terms)| terms.len() > 1).collect();
    let through = rule.items.through.as_ref().zip(rule.items.conditions.through.as_ref());
    lists.extend(through.map(|(list, terms)| (List::Through, list, &terms.value)));
    lists
}

fn of_entry(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    (index, rule): (usize, &BoundRequire<'_>),
    (list, selector, terms, entry): (List, &Selector, &TermList, usize),
) -> Trial {
    let (graph, policy) = (garden.graph, garden.policy);
    let named = bonds::named(garden, selector, (terms, entry));
    let stands = stands(places, rule, &|item| speaks_of(graph, policy, rule, item));
    let others = bonds::of_items(garden, rule);
    let mut plants: Vec<PlantId> = Vec::new();
    for &item in named.iter().flatten() {
        if let Some(others) = &others {
            let bonds: Vec<Bond> = others.iter().map(|&bond| list.bond(bond, item)).collect();
            plants.extend(plant(garden, rule, &rule.kinds, &stands, &bonds));
        }
    }
    let reason = match (named, others) {
        (Err(reason), _) => reason,
        (Ok(_), None) => Err("nothing can be made up that `items` selects".to_owned()),
        (Ok(items), Some(_)) => {
            overlap(garden, selector, (terms, entry), &items).unwrap_or_else(|| Ok(why_not(rule, &stands)))
        }
    };
    Trial {
        rule: rule.rule.head.id.value.clone(),
        written: Spanned {
            value: terms[entry].value.to_string(),
            span: terms[entry].span,
        },
        take_out: Box::new(move |policy| take_out(policy, index, (list, entry))),
        plants,
        reason,
    }
}

/// What makes an entry the same as none: another covers it, or a `!` takes it away; `Err` where a `!` is at no fault.
pub(super) fn overlap(
    garden: &mut Garden<'_>,
    selector: &Selector,
    (terms, entry): (&TermList, usize),
    items: &[ItemId],
) -> Option<Result<String, String>> {
    let (graph, policy) = (garden.graph, garden.policy);
    let is_there = |item: ItemId| item.index() < graph.item_count();
    if matches!(terms[entry].value, Term::Not(_)) {
        if let Some(twin) = also_taken_away(garden, terms, entry, items) {
            return Some(Ok(format!("`{twin}` of the same list takes away all that it does")));
        }
        let mut all = selector.clone();
        all.excluded.clear();
        let is_held = |&item: &ItemId| is_there(item) && all.term_of_definition(graph, policy, item).is_some();
        let nobody = "nothing else in the list names it, unless by a path that it is re-exported under";
        return (!items.iter().any(is_held)).then(|| Err(nobody.to_owned()));
    }
    let is_out = |&item: &ItemId| is_there(item) && selector.term_of_definition(graph, policy, item).is_none();
    if !selector.excluded.is_empty() && items.iter().all(is_out) {
        return Some(Ok("a `!` of the same list takes away all that it names".to_owned()));
    }
    let twin = twin(garden, selector, entry, items)?;
    Some(Ok(format!("`{twin}` of the same list covers all that it names")))
}

impl List {
    /// What an item is to stand in relation to for an entry of this list.
    fn bond(self, bond: Bond, item: ItemId) -> Bond {
        match self {
            Self::Relation(relation) if relation == bond.relation => Bond::new(relation, item),
            Self::Relation(_) => bond,
            Self::Through => bond.wrapped(item),
        }
    }
}

fn take_out(policy: &mut Policy, index: usize, (list, entry): (List, usize)) {
    let items: &mut Conditions = &mut policy.requires[index].items;
    match list {
        List::Relation(relation) => {
            for (known, list) in &mut items.relations {
                if *known == relation {
                    list.value.remove(entry);
                }
            }
        }
        List::Through => {
            if let Some(list) = &mut items.through {
                list.value.remove(entry);
            }
        }
    }
}
