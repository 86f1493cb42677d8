//! Entries of lists that permit: `uses`, `crates` and `public` of components, `uses` and `crates` of packages. An entry is proved
//! by a use that passes and turns red where the entry alone is taken out of its list.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceKind};
use archguard_invariants::place::{FileId, Spanned};
use archguard_invariants::policy::model::{Term, TermList, Uses};
use archguard_invariants::policy::{BoundPolicy, ComponentId, Policy, RuleId, Selector};

use super::aims::{Aim, aims, path_of};
use super::borders::{Pairs, outsider};
use super::components::is_dev;
use super::garden::{Fired, Garden, Plant, PlantId, witness};
use super::places::Places;
use super::proof::{Outcome, Proven, Subject};
use super::trials::judged_by;

/// The list that an entry stands in: of which component as declared, or of which package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Uses(usize),
    Crates(usize),
    Public(usize),
    PackageUses(usize),
    PackageCrates(usize),
}

/// An entry, with the uses that it may be what permits.
pub(super) struct Entry {
    list: List,
    term: usize,
    rule: RuleId,
    written: Spanned<String>,
    plants: Vec<PlantId>,
    /// Why none passes by it; `Err` where that is no fault.
    reason: Result<String, String>,
}

/// Who judges what the lists permit.
const JUDGES: [Lint; 4] = [
    Lint::LayerBreach,
    Lint::UndeclaredDependency,
    Lint::CrateNotAllowed,
    Lint::PrivateInterface,
];

const NOTHING_MORE: &str = "all that it names passes without it";

/// The entries of all lists, with what they permit planted.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Entry> {
    let policy = garden.policy;
    let mut entries = Vec::new();
    for (index, declared) in policy.policy.components.iter().enumerate() {
        let members: Vec<ComponentId> = policy
            .ids()
            .filter(|&id| policy.component(id).declaration == index)
            .collect();
        let rule = |key: &str| RuleId::reserved(format!("component.{}.{key}", declared.name.value.as_str()));
        let homes: Vec<ItemId> = members.iter().filter_map(|&member| pairs.home(member)).collect();
        if let Some(Uses::Only(terms)) = declared.uses.as_ref().map(|uses| &uses.value) {
            let place = (List::Uses(index), rule("uses"));
            entries.extend(of_uses(garden, pairs, place, terms, &homes));
        }
        if let Some(crates) = &declared.crates {
            let list = members
                .first()
                .and_then(|&member| policy.component(member).crates.as_ref());
            let place = (List::Crates(index), rule("crates"));
            entries.extend(of_crates(garden, &homes, place, &crates.value, list));
        }
        if let Some(public) = &declared.public {
            let place = (List::Public(index), rule("public"));
            entries.extend(of_public(garden, pairs, &place, &public.value, &members));
        }
    }
    entries.extend(of_packages(garden, places, pairs));
    entries
}

fn of_packages(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Entry> {
    let (graph, policy) = (garden.graph, garden.policy);
    let mut entries = Vec::new();
    for (index, package) in policy.packages.iter().enumerate() {
        let name = &package.limits.package;
        let rule = |key: &str| RuleId::reserved(format!("package.{name}.{key}"));
        let froms = places.within(|item| graph.krate(graph.item(item).krate).package == *name);
        if let Some(uses) = &package.limits.uses {
            let place = (List::PackageUses(index), rule("uses"));
            entries.extend(of_uses(garden, pairs, place, &uses.value, &froms));
        }
        if let Some(crates) = &package.limits.crates {
            let place = (List::PackageCrates(index), rule("crates"));
            entries.extend(of_crates(garden, &froms, place, &crates.value, package.crates.as_ref()));
        }
    }
    entries
}

fn of_uses(
    garden: &mut Garden<'_>,
    pairs: &Pairs,
    (list, rule): (List, RuleId),
    terms: &TermList,
    froms: &[ItemId],
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (term, written) in terms.iter().enumerate() {
        if matches!(written.value, Term::Not(_)) {
            continue;
        }
        let named = components_of(garden, &written.value);
        let mut plants = Vec::new();
        for &from in froms.iter().take(USERS) {
            for home in named.iter().filter_map(|&id| pairs.home(id)) {
                let to = garden.function(home);
                plants.push(garden.violation(from, to, ReferenceKind::Call, false));
            }
        }
        let mut others = (0..).zip(terms).filter(|&(other, _)| other != term);
        let twin = others.find(|(_, other)| {
            let also = components_of(garden, &other.value);
            !matches!(other.value, Term::Not(_)) && named.iter().all(|id| also.contains(id))
        });
        entries.push(Entry {
            list,
            term,
            rule: rule.clone(),
            written: Spanned {
                value: written.value.to_string(),
                span: written.span,
            },
            plants,
            reason: why_not_used(garden, pairs, &named, twin.map(|(_, twin)| twin.value.to_string())),
        });
    }
    entries
}

/// How many members of a family are tried as users.
const USERS: usize = 3;

/// The components that an entry stands for: by name, or those that own code in what it names.
pub(super) fn components_of(garden: &Garden<'_>, term: &Term) -> Vec<ComponentId> {
    let policy = garden.policy;
    if let Term::Bare(name) | Term::Component(name) = term {
        let named = policy.components_named(name);
        if !named.is_empty() {
            return named;
        }
    }
    let own = garden.graph.items().map(|(id, _)| id);
    let mut owners: Vec<ComponentId> = match (path_of(term), term) {
        (Some(path), _) => {
            let lies_in = |item: ItemId| {
                let rest = garden.graph.item(item).path.strip_prefix(&*path);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
            };
            own.filter(|&id| lies_in(id))
                .filter_map(|id| policy.component_of(id))
                .collect()
        }
        (None, Term::Pattern(pattern)) => {
            let roots = garden.graph.targets(pattern).map_or(&[][..], |targets| &targets.roots);
            let lies_in = |item: ItemId| roots.iter().any(|root| garden.graph.covers(root.item, item));
            own.filter(|&id| lies_in(id))
                .filter_map(|id| policy.component_of(id))
                .collect()
        }
        _ => return Vec::new(),
    };
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// Why no use of components is let pass by an entry.
pub(super) fn why_not_used(
    garden: &Garden<'_>,
    pairs: &Pairs,
    named: &[ComponentId],
    twin: Option<String>,
) -> Result<String, String> {
    if named.iter().any(|&id| pairs.home(id).is_some()) {
        return Ok(twin.map_or_else(|| NOTHING_MORE.to_owned(), |twin| covered(&twin)));
    }
    let is_its = |item: ItemId| garden.policy.component_of(item).is_some_and(|id| named.contains(&id));
    let mut own = garden.graph.items().filter(|&(id, _)| is_its(id)).peekable();
    if own.peek().is_some() && own.all(|(id, _)| is_dev(garden.graph, id)) {
        Err("its code is development code alone".to_owned())
    } else {
        Ok("it owns no code".to_owned())
    }
}

fn covered(by: &str) -> String {
    format!("`{by}` of the same list covers all that it names")
}

fn of_crates(
    garden: &mut Garden<'_>,
    homes: &[ItemId],
    place: (List, RuleId),
    terms: &TermList,
    selector: Option<&Selector>,
) -> Vec<Entry> {
    let Some(selector) = selector else {
        return Vec::new();
    };
    let none = Ok("there is no code that it could permit anything".to_owned());
    of_selector(garden, place, terms, selector, &none, |garden, to, _| {
        let homes = homes.iter();
        let uses = homes.map(|&home| garden.violation(home, to, ReferenceKind::Call, false));
        uses.collect()
    })
}

fn of_public(
    garden: &mut Garden<'_>,
    pairs: &Pairs,
    place: &(List, RuleId),
    terms: &TermList,
    members: &[ComponentId],
) -> Vec<Entry> {
    let policy = garden.policy;
    let mut others = policy.ids().filter(|id| !members.contains(id));
    let from = others.find_map(|id| pairs.home(id)).unwrap_or_else(|| outsider(garden));
    let none = Ok("it leads to nothing that others could write".to_owned());
    let mut entries: Vec<Entry> = Vec::new();
    for &member in members {
        let Some(selector) = policy.component(member).public.as_ref() else {
            continue;
        };
        let of_member = of_selector(garden, place.clone(), terms, selector, &none, |garden, to, written| {
            // What is defined elsewhere is public by the path that it is re-exported under.
            let mut plants: Vec<PlantId> = written
                .map(|path| garden.violation_written(from, to, (ReferenceKind::Call, false), path))
                .into_iter()
                .collect();
            let to = match garden.item(to).kind {
                ItemKind::Module => garden.function(to),
                _ => to,
            };
            plants.push(garden.violation(from, to, ReferenceKind::Call, false));
            // A pattern is for what comes after it, too.
            if let Some(around) = garden.item(to).parent.filter(|_| written.is_none()) {
                let new = garden.function(around);
                plants.push(garden.violation(from, new, ReferenceKind::Call, false));
            }
            plants
        });
        // Of a family each member has its own; any of them proves the entry.
        for entry in of_member {
            match entries.iter_mut().find(|known| known.term == entry.term) {
                Some(known) => known.plants.extend(entry.plants),
                None => entries.push(entry),
            }
        }
    }
    entries
}

fn of_selector<'a>(
    garden: &mut Garden<'a>,
    (list, rule): (List, RuleId),
    terms: &TermList,
    selector: &Selector,
    none: &Result<String, String>,
    mut plant: impl FnMut(&mut Garden<'a>, ItemId, Option<&str>) -> Vec<PlantId>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for Aim { term, name, items } in aims(garden, selector, terms) {
        let path = path_of(&terms[term].value);
        let mut plants = Vec::new();
        for &to in items.iter().flatten() {
            plants.extend(plant(garden, to, path.as_deref()));
        }
        let reason = match items {
            Err(reason) => reason,
            Ok(_) if plants.is_empty() => none.clone(),
            Ok(items) => {
                Ok(twin(garden, selector, term, &items).map_or_else(|| NOTHING_MORE.to_owned(), |twin| covered(&twin)))
            }
        };
        entries.push(Entry {
            list,
            term,
            rule: rule.clone(),
            written: Spanned {
                value: name,
                span: terms[term].span,
            },
            plants,
            reason,
        });
    }
    entries
}

/// Another entry that covers everything that one names.
pub(super) fn twin(garden: &Garden<'_>, selector: &Selector, term: usize, items: &[ItemId]) -> Option<String> {
    let covers = |other: usize, item: ItemId| {
        let mut roots = selector.roots.iter().filter(|(_, of)| *of == other);
        item.index() < garden.graph.item_count() && roots.any(|(root, _)| garden.graph.covers(root.item, item))
    };
    let mut others = (0..selector.terms.len()).filter(|&other| other != term);
    let twin = others.find(|&other| items.iter().all(|&item| covers(other, item)))?;
    selector.terms.get(twin).map(|(written, _)| written.to_string())
}

/// What has become of the entries. Of all lists the same entry is taken out at once: they do not hear of each other, but for
/// `public`, which hands out what others are then judged by.
pub(super) fn settle(
    entries: Vec<Entry>,
    (planted, file): (&Graph, FileId),
    policy: &BoundPolicy<'_>,
    plants: &[Plant],
    fired: &Fired,
) -> Vec<Proven> {
    let rounds = entries.iter().map(|entry| entry.term + 1).max().unwrap_or_default();
    let shorter: Vec<[Fired; 2]> = (0..rounds)
        .map(|term| {
            [false, true].map(|public| {
                let taken = |entry: &&Entry| entry.term == term && matches!(entry.list, List::Public(_)) == public;
                let lists: Vec<List> = entries.iter().filter(taken).map(|entry| entry.list).collect();
                if lists.is_empty() {
                    return Fired::default();
                }
                judged((planted, file), &without(policy.policy, term, &lists))
            })
        })
        .collect();
    let settled = entries.into_iter().map(|entry| {
        let is_public = matches!(entry.list, List::Public(_));
        let then = &shorter[entry.term][usize::from(is_public)];
        let passes = |plant: &&PlantId| fired.by(**plant, &entry.rule).is_none();
        let mut passing = entry.plants.iter().filter(passes);
        let found = passing.find_map(|&plant| Some((plant, then.by(plant, &entry.rule)?)));
        let outcome = match (found, entry.reason) {
            (Some((plant, lint)), _) => Outcome::Proved(witness(planted, &plants[plant as usize - 1], lint)),
            (None, Ok(reason)) => Outcome::Dead(reason),
            (None, Err(reason)) => Outcome::Idle(reason),
        };
        Proven {
            subject: Subject::Pattern,
            rule: Some(entry.rule),
            name: entry.written.value,
            span: Some(entry.written.span),
            outcome,
        }
    });
    settled.collect()
}

/// The policy with one entry less in each of some lists.
fn without(policy: &Policy, term: usize, lists: &[List]) -> Policy {
    let mut policy = policy.clone();
    for &list in lists {
        let terms = match list {
            List::Uses(index) => match policy.components[index].uses.as_mut().map(|uses| &mut uses.value) {
                Some(Uses::Only(terms)) => Some(terms),
                _ => None,
            },
            List::Crates(index) => policy.components[index].crates.as_mut().map(|list| &mut list.value),
            List::Public(index) => policy.components[index].public.as_mut().map(|list| &mut list.value),
            List::PackageUses(index) => policy.packages[index].uses.as_mut().map(|list| &mut list.value),
            List::PackageCrates(index) => policy.packages[index].crates.as_mut().map(|list| &mut list.value),
        };
        if let Some(terms) = terms {
            terms.remove(term);
        }
    }
    policy
}

fn judged(planted: (&Graph, FileId), policy: &Policy) -> Fired {
    judged_by(&JUDGES, planted, policy)
}
