//! Entries of the lists under `must`: whether each makes a difference. New items meet everything else that is demanded, and of the
//! list in question the entry alone, or, where it is the only one, nothing; judged with and without the entry they must differ.

use archguard_invariants::graph::ItemId;
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::model::{Term, TermList};
use archguard_invariants::policy::require::{Access, BoundRequire, Conditions, KindWord, Relation};
use archguard_invariants::policy::{Policy, Selector};

use super::aims::{aims, name, name_with};
use super::bonds::{self, Bond};
use super::garden::{Garden, PlantId};
use super::lessening::without;
use super::places::Places;
use super::relations::overlap;
use super::requirements::Form;
use super::trials::Trial;

/// A list under `must`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Kind,
    Name,
    In,
    Visibility,
    Relation(Relation),
    Through,
}

/// How many places and names are tried.
const TRIED: usize = 3;

pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Trial> {
    let policy = garden.policy;
    let mut trials = Vec::new();
    for (index, rule) in policy.requires.iter().enumerate() {
        for (list, entry, written) in entries(rule) {
            let forms = Forms::new(garden, places, rule, (list, entry));
            let plants = forms.plant(garden);
            let covered = covered(garden, rule, (list, entry));
            let reason = match forms.why_not(list) {
                _ if !plants.is_empty() => covered
                    .unwrap_or_else(|| Ok("every item that `items` selects is judged the same without it".to_owned())),
                Some(reason) => Ok(reason.to_owned()),
                None => Err("nothing can be made up that meets all else that is demanded".to_owned()),
            };
            trials.push(Trial {
                rule: rule.rule.head.id.value.clone(),
                written,
                take_out: Box::new(move |policy| take_out(policy, index, (list, entry))),
                plants,
                reason,
            });
        }
    }
    trials
}

/// Of wrappers what covers one, or takes it away.
fn covered(
    garden: &mut Garden<'_>,
    rule: &BoundRequire<'_>,
    (list, entry): (List, usize),
) -> Option<Result<String, String>> {
    let wrappers = rule.must.through.as_ref().filter(|_| list == List::Through)?;
    let terms = &rule.must.conditions.through.as_ref()?.value;
    let items = bonds::named(garden, wrappers, (terms, entry)).ok()?;
    overlap(garden, wrappers, (terms, entry), &items)
}

/// The entries of all lists; what is a word has the place of the table.
fn entries(rule: &BoundRequire<'_>) -> Vec<(List, usize, Spanned<String>)> {
    let must = rule.must.conditions;
    let word = |value: String| Spanned { value, span: must.span };
    let mut found = Vec::new();
    let kinds = must.kinds.iter().enumerate();
    found.extend(kinds.map(|(at, kind)| (List::Kind, at, word(kind.word().to_owned()))));
    let names = must.names.iter().enumerate();
    found.extend(names.map(|(at, name)| {
        let value = name.value.to_string();
        (List::Name, at, Spanned { value, span: name.span })
    }));
    let access = must.access.iter().enumerate();
    found.extend(access.map(|(at, access)| (List::Visibility, at, word(access.word().to_owned()))));
    let mut terms = |list: List, terms: &TermList| {
        found.extend(terms.iter().enumerate().map(|(at, term)| {
            let value = term.value.to_string();
            (list, at, Spanned { value, span: term.span })
        }));
    };
    if let Some(within) = &must.within {
        terms(List::In, &within.value);
    }
    for (relation, list) in &must.relations {
        terms(List::Relation(*relation), &list.value);
    }
    if let Some(through) = &must.through {
        terms(List::Through, &through.value);
    }
    found
}

/// What new items are to be.
struct Forms {
    stands: Vec<ItemId>,
    kinds: Vec<KindWord>,
    names: Vec<String>,
    access: Vec<Access>,
    is_async: bool,
    is_unsafe: bool,
    bonds: Option<Vec<Bond>>,
    /// Whether they are for a `!` of `in`.
    is_negative: bool,
}

impl Forms {
    fn new(garden: &mut Garden<'_>, places: &Places<'_>, rule: &BoundRequire<'_>, focus: (List, usize)) -> Self {
        let (items, must) = (rule.items.conditions, rule.must.conditions);
        let flag = |items: Option<bool>, must: Option<bool>| must.or(items).unwrap_or_default();
        Self {
            stands: stands(garden, places, rule, focus),
            kinds: chosen(&rule.kinds, &must.kinds, (focus, List::Kind)),
            names: names(items, must),
            access: chosen(
                if items.access.is_empty() {
                    &Access::ALL
                } else {
                    &items.access
                },
                &must.access,
                (focus, List::Visibility),
            ),
            is_async: flag(items.is_async, must.is_async),
            is_unsafe: flag(items.is_unsafe, must.is_unsafe),
            bonds: bonds(garden, rule, focus),
            is_negative: less_of_must(garden, rule, focus).is_some(),
        }
    }

    /// Why an entry of a list leaves nothing to plant.
    fn why_not(&self, list: List) -> Option<&'static str> {
        let is_out = match list {
            List::Kind => self.kinds.is_empty(),
            List::Visibility => self.access.is_empty(),
            List::In if self.stands.is_empty() && self.is_negative => {
                return Some("it takes away no code of the rest of the list that the rule speaks of");
            }
            List::In if self.stands.is_empty() => {
                return Some("no code that the rule speaks of is there by this entry alone");
            }
            _ => false,
        };
        is_out.then_some("what `items` selects leaves no choice in this")
    }

    fn plant(&self, garden: &mut Garden<'_>) -> Vec<PlantId> {
        let mut plants = Vec::new();
        let Some(bonds) = &self.bonds else { return plants };
        for &stand in &self.stands {
            for &kind in self.kinds.iter().take(TRIED) {
                for name in &self.names {
                    for &access in self.access.iter().take(TRIED) {
                        let form = Form {
                            kind,
                            name,
                            access,
                            is_async: self.is_async,
                            is_unsafe: self.is_unsafe,
                        };
                        plants.push(form.plant(garden, stand, bonds));
                    }
                }
            }
        }
        plants
    }
}

/// Of what may be chosen that which is demanded; under the focus the entry alone, or what is not demanded where it is alone.
fn chosen<T: Copy + PartialEq>(free: &[T], demanded: &[T], ((list, entry), own): ((List, usize), List)) -> Vec<T> {
    let holds = |value: &T| match demanded {
        [] => true,
        [only] if list == own => value != only,
        several if list == own => *value == several[entry],
        several => several.contains(value),
    };
    free.iter().copied().filter(holds).collect()
}

fn stands(
    garden: &Garden<'_>,
    places: &Places<'_>,
    rule: &BoundRequire<'_>,
    (list, entry): (List, usize),
) -> Vec<ItemId> {
    let (graph, policy) = (garden.graph, garden.policy);
    let term = |list: &Selector, item: ItemId| list.term_of_definition(graph, policy, item);
    let entries = rule.must.conditions.within.as_ref().map_or(0, |list| list.value.len());
    let less = less_of_must(garden, rule, (list, entry));
    let holds = |item: ItemId| {
        let selected = rule.items.within.as_ref().is_none_or(|list| term(list, item).is_some());
        let met = rule.must.within.as_ref().is_none_or(|within| match term(within, item) {
            found if list != List::In => found.is_some(),
            found if less.is_some() => found.is_none() && less.as_ref().is_some_and(|less| term(less, item).is_some()),
            found if entries == 1 => found.is_none(),
            found => found == Some(entry),
        });
        rule.scope.contains(graph, policy, item) && selected && met
    };
    let mut stands = places.some_within(1, holds);
    stands.truncate(TRIED);
    stands
}

/// What `in` of `must` is without an entry that takes away.
fn less_of_must(garden: &Garden<'_>, rule: &BoundRequire<'_>, (list, entry): (List, usize)) -> Option<Selector> {
    let terms = &rule.must.conditions.within.as_ref()?.value;
    let takes_away = list == List::In && matches!(terms[entry].value, Term::Not(_));
    let whole = rule.must.within.as_ref().filter(|_| takes_away)?;
    Some(without(garden.graph, whole, terms, entry))
}

/// Names that either side asks for or rules out, alone and one in another; the judges say what each of them meets.
fn names(items: &Conditions, must: &Conditions) -> Vec<String> {
    let all = || {
        items
            .names
            .iter()
            .chain(&must.names)
            .map(|pattern| &pattern.value.segment)
    };
    let mut names: Vec<String> = all().filter_map(name).collect();
    if names.is_empty() {
        return ["planted", "Planted"].map(str::to_owned).to_vec();
    }
    for word in names.clone() {
        names.extend(all().filter_map(|segment| name_with(segment, &word)));
    }
    names.sort();
    names.dedup();
    names
}

/// Whatever the item has to stand in relation to; none where something of it cannot be made up.
fn bonds(garden: &mut Garden<'_>, rule: &BoundRequire<'_>, (list, entry): (List, usize)) -> Option<Vec<Bond>> {
    let mut bonds = bonds::of_items(garden, rule)?;
    let wrapper = match (list, &rule.must.through, &rule.must.conditions.through) {
        (List::Through, Some(wrappers), Some(terms)) => {
            Some(*bonds::named(garden, wrappers, (&terms.value, entry)).ok()?.first()?)
        }
        _ => None,
    };
    for (relation, selector) in &rule.must.relations {
        let terms = bonds::terms(rule.must.conditions, *relation);
        let own = list == List::Relation(*relation);
        if own && terms.len() == 1 {
            continue;
        }
        let bond = if own {
            let named = bonds::named(garden, selector, (terms, entry)).ok()?;
            Bond::new(*relation, *named.first()?)
        } else {
            bonds::first(*relation, &aims(garden, selector, terms))?
        };
        bonds.push(wrapper.map_or(bond, |wrapper| bond.wrapped(wrapper)));
    }
    Some(bonds)
}

fn take_out(policy: &mut Policy, index: usize, (list, entry): (List, usize)) {
    let must = &mut policy.requires[index].must;
    match list {
        List::Kind => drop(must.kinds.remove(entry)),
        List::Name => drop(must.names.remove(entry)),
        List::Visibility => drop(must.access.remove(entry)),
        List::In => {
            if let Some(list) = &mut must.within {
                list.value.remove(entry);
            }
            must.within = must.within.take().filter(|list| !list.value.is_empty());
        }
        List::Relation(relation) => {
            for (known, list) in &mut must.relations {
                if *known == relation {
                    list.value.remove(entry);
                }
            }
            must.relations.retain(|(_, list)| !list.value.is_empty());
        }
        List::Through => {
            if let Some(list) = &mut must.through {
                list.value.remove(entry);
            }
        }
    }
}
