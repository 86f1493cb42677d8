//! Each `!` of a list that permits: `uses`, `crates` and `public` of components, `uses` and `crates` of packages. It is proved by a
//! use that is denied and passes without it.

use archguard_invariants::graph::{ItemId, ItemKind, ReferenceKind};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::model::{Term, TermList, Uses};
use archguard_invariants::policy::{ComponentId, Policy, RuleId};

use super::aims::{also_taken_away, taken_away};
use super::borders::{Pairs, outsider};
use super::garden::{Garden, PlantId};
use super::permissions::{components_of, why_not_used};
use super::places::Places;
use super::trials::Trial;

/// Finds a list in a policy.
type Find = fn(&mut Policy, usize) -> Option<&mut TermList>;

/// A list of a policy: the rule that it stands for, whose it is, as it is written, and how to find it.
struct List<'p> {
    rule: RuleId,
    index: usize,
    terms: &'p TermList,
    find: Find,
}

/// The entries of all lists.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Trial> {
    let policy = garden.policy;
    let mut trials = Vec::new();
    for (index, declared) in policy.policy.components.iter().enumerate() {
        let is_own = |id: &ComponentId| policy.component(*id).declaration == index;
        let rule = |key: &str| RuleId::reserved(format!("component.{}.{key}", declared.name.value.as_str()));
        let homes: Vec<ItemId> = policy.ids().filter(is_own).filter_map(|id| pairs.home(id)).collect();
        let list = |key: &str, terms, find| List {
            rule: rule(key),
            index,
            terms,
            find,
        };
        if let Some(Uses::Only(terms)) = declared.uses.as_ref().map(|uses| &uses.value) {
            let list = list("uses", terms, |policy, index| {
                match policy.components[index].uses.as_mut().map(|uses| &mut uses.value) {
                    Some(Uses::Only(terms)) => Some(terms),
                    _ => None,
                }
            });
            trials.extend(of_uses(garden, pairs, &homes, &list));
        }
        if let Some(crates) = &declared.crates {
            let find: Find = |policy, index| Some(&mut policy.components[index].crates.as_mut()?.value);
            trials.extend(of_list(garden, &homes, &list("crates", &crates.value, find)));
        }
        if let Some(public) = declared
            .public
            .as_ref()
            .filter(|list| list.value.iter().any(is_negative))
        {
            let mut others = policy.ids().filter(|id| !is_own(id));
            let from = others.find_map(|id| pairs.home(id)).unwrap_or_else(|| outsider(garden));
            let find: Find = |policy, index| Some(&mut policy.components[index].public.as_mut()?.value);
            trials.extend(of_list(garden, &[from], &list("public", &public.value, find)));
        }
    }
    trials.extend(of_packages(garden, places, pairs));
    trials
}

fn of_packages(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Trial> {
    let (graph, policy) = (garden.graph, garden.policy);
    let mut trials = Vec::new();
    for (index, package) in policy.packages.iter().enumerate() {
        let name = &package.limits.package;
        let froms = places.within(|item| graph.krate(graph.item(item).krate).package == *name);
        let list = |key: &str, terms, find| List {
            rule: RuleId::reserved(format!("package.{name}.{key}")),
            index,
            terms,
            find,
        };
        if let Some(uses) = &package.limits.uses {
            let find: Find = |policy, index| Some(&mut policy.packages[index].uses.as_mut()?.value);
            trials.extend(of_uses(garden, pairs, &froms, &list("uses", &uses.value, find)));
        }
        if let Some(crates) = &package.limits.crates {
            let find: Find = |policy, index| Some(&mut policy.packages[index].crates.as_mut()?.value);
            trials.extend(of_list(garden, &froms, &list("crates", &crates.value, find)));
        }
    }
    trials
}

fn is_negative(term: &Spanned<Term>) -> bool {
    matches!(term.value, Term::Not(_))
}

impl List<'_> {
    /// What is to be tried of an entry.
    fn trial(&self, at: usize, plants: Vec<PlantId>, reason: Result<String, String>) -> Trial {
        let (find, index) = (self.find, self.index);
        Trial {
            rule: self.rule.clone(),
            written: Spanned {
                value: self.terms[at].value.to_string(),
                span: self.terms[at].span,
            },
            take_out: Box::new(move |policy| {
                if let Some(terms) = find(policy, index) {
                    terms.remove(at);
                }
            }),
            plants,
            reason,
        }
    }

    /// The entries that take away.
    fn negatives(&self) -> impl Iterator<Item = (usize, &PathPattern)> {
        self.terms
            .iter()
            .enumerate()
            .filter_map(|(at, term)| match &term.value {
                Term::Not(pattern) => Some((at, pattern)),
                _ => None,
            })
    }
}

/// How many places are tried as users of a component.
const USERS: usize = 3;

/// Of components.
fn of_uses(garden: &mut Garden<'_>, pairs: &Pairs, froms: &[ItemId], list: &List<'_>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (at, pattern) in list.negatives() {
        let named = components_of(garden, &Term::Pattern(pattern.clone()));
        let mut plants = Vec::new();
        for &from in froms.iter().take(USERS) {
            for home in named.iter().filter_map(|&id| pairs.home(id)) {
                let to = garden.function(home);
                plants.push(garden.violation(from, to, ReferenceKind::Call, false));
            }
        }
        let reason = if froms.is_empty() {
            Err("there is no code that it could forbid anything".to_owned())
        } else if plants.is_empty() {
            why_not_used(garden, pairs, &named, None)
        } else {
            Ok(why_not_withdrawn(garden, list, at, &named))
        };
        trials.push(list.trial(at, plants, reason));
    }
    trials
}

fn why_not_withdrawn(garden: &Garden<'_>, list: &List<'_>, at: usize, named: &[ComponentId]) -> String {
    let mut also = list.negatives().filter(|&(other, _)| other != at);
    let twin = also.find(|(_, pattern)| {
        let taken_away = components_of(garden, &Term::Pattern((*pattern).clone()));
        named.iter().all(|id| taken_away.contains(id))
    });
    if let Some((_, twin)) = twin {
        return format!("`!{twin}` of the same list takes away all that it does");
    }
    let mut others = list.terms.iter().filter(|term| !is_negative(term));
    if others.any(|term| components_of(garden, &term.value).iter().any(|id| named.contains(id))) {
        "what it takes away is judged the same without it".to_owned()
    } else {
        "it takes away nothing that the rest of the list holds".to_owned()
    }
}

/// Of crates and paths.
fn of_list(garden: &mut Garden<'_>, froms: &[ItemId], list: &List<'_>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (at, pattern) in list.negatives() {
        let items = taken_away(garden, pattern);
        let mut plants = Vec::new();
        for &to in &items {
            let inside = (garden.item(to).kind == ItemKind::Module).then(|| garden.function(to));
            for &from in froms {
                for to in inside.into_iter().chain([to]) {
                    plants.push(garden.violation(from, to, ReferenceKind::Call, false));
                }
            }
        }
        let reason = if froms.is_empty() {
            Err("there is no code that it could forbid anything".to_owned())
        } else if items.is_empty() {
            Ok("it leads to nothing".to_owned())
        } else if let Some(twin) = also_taken_away(garden, list.terms, at, &items) {
            Ok(format!("`{twin}` of the same list takes away all that it does"))
        } else {
            Err("nothing else in the list permits it, unless by a path that it is re-exported under".to_owned())
        };
        trials.push(list.trial(at, plants, reason));
    }
    trials
}
