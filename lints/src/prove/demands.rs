//! Entries of the lists under `must`: whether each makes a difference. New items meet everything else that is demanded, and of the
//! list in question the entry alone, or, where it is the only one, nothing; judged with and without the entry they must differ.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::place::{FileId, Spanned, TextSpan};
use archguard_invariants::policy::model::TermList;
use archguard_invariants::policy::require::{Access, BoundRequire, Conditions, KindWord, Relation};
use archguard_invariants::policy::{BoundPolicy, Policy, RuleId, Selector};

use super::aims::{aims, name, name_with};
use super::garden::{Fired, Garden, Plant, PlantId, witness};
use super::permissions::judged_by;
use super::places::Places;
use super::proof::{Outcome, Proven, Subject};
use super::requirements::{Bond, Form};

/// A list under `must`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Kind,
    Name,
    In,
    Visibility,
    Relation(Relation),
}

/// An entry of one.
pub(super) struct Demand {
    /// The rule, by its index in the policy.
    index: usize,
    rule: RuleId,
    list: List,
    entry: usize,
    written: Spanned<String>,
    plants: Vec<PlantId>,
    /// Why nothing could be planted; none where that is no fault.
    reason: Option<&'static str>,
}

const JUDGES: [Lint; 2] = [Lint::MisplacedItem, Lint::RequirementUnmet];
/// How many places and names are tried.
const TRIED: usize = 3;

pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Demand> {
    let policy = garden.policy;
    let mut demands = Vec::new();
    for (index, rule) in policy.requires.iter().enumerate() {
        for (list, entry, written) in entries(rule) {
            let forms = Forms::new(garden, places, rule, (list, entry));
            let reason = forms.why_not(list);
            let plants = forms.plant(garden);
            demands.push(Demand {
                index,
                rule: rule.rule.head.id.value.clone(),
                list,
                entry,
                written,
                plants,
                reason,
            });
        }
    }
    demands
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
        let listed = terms.iter().enumerate();
        let listed =
            listed.filter(|(_, term)| !matches!(term.value, archguard_invariants::policy::model::Term::Not(_)));
        found.extend(listed.map(|(at, term)| {
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
        }
    }

    /// Why an entry of a list leaves nothing to plant.
    fn why_not(&self, list: List) -> Option<&'static str> {
        let is_out = match list {
            List::Kind => self.kinds.is_empty(),
            List::Visibility => self.access.is_empty(),
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
    let holds = |item: ItemId| {
        let selected = rule.items.within.as_ref().is_none_or(|list| term(list, item).is_some());
        let met = rule.must.within.as_ref().is_none_or(|within| match term(within, item) {
            found if list != List::In => found.is_some(),
            found if entries == 1 => found.is_none(),
            found => found == Some(entry),
        });
        rule.scope.contains(graph, policy, item) && selected && met
    };
    let mut stands = places.some_within(1, holds);
    stands.truncate(TRIED);
    stands
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
    let mut bonds = Vec::new();
    for (relation, selector) in &rule.items.relations {
        let terms = rule
            .items
            .conditions
            .relations
            .iter()
            .find(|(known, _)| known == relation)?;
        bonds.push((*relation, first(garden, selector, &terms.1.value, None)?));
    }
    for (relation, selector) in &rule.must.relations {
        let terms = &rule
            .must
            .conditions
            .relations
            .iter()
            .find(|(known, _)| known == relation)?
            .1
            .value;
        let own = list == List::Relation(*relation);
        if own && terms.len() == 1 {
            continue;
        }
        bonds.push((*relation, first(garden, selector, terms, own.then_some(entry))?));
    }
    Some(bonds)
}

/// Something that an entry names; any entry without one.
fn first(garden: &mut Garden<'_>, selector: &Selector, terms: &TermList, entry: Option<usize>) -> Option<ItemId> {
    let aims = aims(garden, selector, terms);
    let mut wanted = aims
        .into_iter()
        .filter(|aim| entry.is_none_or(|entry| aim.term == entry));
    wanted.find_map(|aim| aim.items.ok()?.first().copied())
}

/// What has become of the entries; of each rule one is taken out at a time.
pub(super) fn settle(
    demands: Vec<Demand>,
    (planted, file): (&Graph, FileId),
    policy: &BoundPolicy<'_>,
    plants: &[Plant],
) -> Vec<Proven> {
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    let mut of_rule: Vec<usize> = vec![0; policy.requires.len()];
    for (number, demand) in demands.iter().enumerate() {
        let round = of_rule[demand.index];
        of_rule[demand.index] += 1;
        if rounds.len() == round {
            rounds.push(Vec::new());
        }
        rounds[round].push(number);
    }
    let whole = judged_by(&JUDGES, (planted, file), policy.policy);
    let mut outcomes: Vec<Option<Outcome>> = demands.iter().map(|_| None).collect();
    for round in rounds {
        let mut shorter: Policy = policy.policy.clone();
        for &number in &round {
            take_out(&mut shorter, &demands[number]);
        }
        let then = judged_by(&JUDGES, (planted, file), &shorter);
        for number in round {
            outcomes[number] = Some(outcome(&demands[number], planted, plants, (&whole, &then)));
        }
    }
    let settled = demands.into_iter().zip(outcomes);
    let settled = settled.filter_map(|(demand, outcome)| {
        Some(Proven {
            subject: Subject::Pattern,
            rule: Some(demand.rule),
            name: demand.written.value,
            span: Some(demand.written.span).filter(|span| *span != TextSpan::default()),
            outcome: outcome?,
        })
    });
    settled.collect()
}

fn outcome(demand: &Demand, planted: &Graph, plants: &[Plant], (whole, then): (&Fired, &Fired)) -> Outcome {
    if demand.plants.is_empty() {
        return match &demand.reason {
            Some(reason) => Outcome::Dead((*reason).to_owned()),
            None => Outcome::Idle("nothing can be made up that meets all else that is demanded".to_owned()),
        };
    }
    let differs =
        demand.plants.iter().find_map(
            |&plant| match (whole.by(plant, &demand.rule), then.by(plant, &demand.rule)) {
                (Some(lint), None) | (None, Some(lint)) => Some((plant, lint)),
                _ => None,
            },
        );
    match differs {
        Some((plant, lint)) => Outcome::Proved(witness(planted, &plants[plant as usize - 1], lint)),
        None => Outcome::Dead("every item that `items` selects is judged the same without it".to_owned()),
    }
}

fn take_out(policy: &mut Policy, demand: &Demand) {
    let must = &mut policy.requires[demand.index].must;
    match demand.list {
        List::Kind => drop(must.kinds.remove(demand.entry)),
        List::Name => drop(must.names.remove(demand.entry)),
        List::Visibility => drop(must.access.remove(demand.entry)),
        List::In => {
            if let Some(list) = &mut must.within {
                list.value.remove(demand.entry);
            }
            must.within = must.within.take().filter(|list| !list.value.is_empty());
        }
        List::Relation(relation) => {
            for (known, list) in &mut must.relations {
                if *known == relation {
                    list.value.remove(demand.entry);
                }
            }
            must.relations.retain(|(_, list)| !list.value.is_empty());
        }
    }
}
