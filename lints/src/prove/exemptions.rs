//! What rules speak of and let pass, entry by entry: `in`, `except` and `through`, the shared code of a mandate, and each `!` of
//! what is prohibited. An entry is proved by a violation that is judged otherwise without it.

use archguard_invariants::graph::{ItemId, ItemKind, ReferenceKind};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::model::{RuleHead, Term, TermList};
use archguard_invariants::policy::{ComponentId, Policy, Scope, Selector};

use super::aims::{aims, also_taken_away, path_of, taken_away};
use super::components::is_dev;
use super::garden::{Garden, PlantId};
use super::lessening::Entry;
use super::permissions::components_of;
use super::places::Places;
use super::prohibitions::Prohibition;
use super::trials::{TakeOut, Trial};

/// How many things that a rule prohibits are tried at one place.
const TARGETS: usize = 6;
/// How many places are tried where the place matters not.
const PLACES: usize = 3;

/// A rule, by its index in the policy.
#[derive(Debug, Clone, Copy)]
enum Of {
    Forbid(usize),
    Mandate(usize),
}

/// The lists of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    In,
    Except,
    Through,
    Shared,
    Targets,
}

/// The entries of prohibitions.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>) -> Vec<Trial> {
    let policy = garden.policy;
    let mut trials = Vec::new();
    for (index, forbid) in policy.forbids.iter().enumerate() {
        let rule = Prohibition::of_forbid(forbid);
        trials.extend(of_rule(garden, places, &rule, Of::Forbid(index)));
    }
    for (index, mandate) in policy.mandates.iter().enumerate() {
        let rule = Prohibition::of_mandate(mandate);
        trials.extend(of_rule(garden, places, &rule, Of::Mandate(index)));
        let shared = &mandate.rule.shared.value;
        for at in (0..shared.len()).filter(|_| shared.len() > 1) {
            let entry = Entry {
                list: &mandate.shared,
                terms: shared,
                index: at,
            };
            trials.push(of_place(
                garden,
                places,
                &rule,
                (Of::Mandate(index), List::Shared),
                entry,
            ));
        }
    }
    trials
}

fn of_rule(garden: &mut Garden<'_>, places: &Places<'_>, rule: &Prohibition<'_>, of: Of) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (list, entry) in of_scope(rule.head, rule.scope) {
        trials.push(of_place(garden, places, rule, (of, list), entry));
    }
    let through = rule.lets_through.map_or(&[][..], |list| &list.value[..]);
    for (index, term) in through.iter().enumerate() {
        trials.push(of_through(garden, places, rule, of, (index, term)));
    }
    for (index, term) in rule.terms.iter().enumerate() {
        if matches!(term.value, Term::Not(_)) {
            trials.push(of_negative(garden, places, rule, of, (index, term)));
        }
    }
    trials
}

/// The entries of `in` and `except`.
fn of_scope<'a>(head: &'a RuleHead, scope: &'a Scope) -> Vec<(List, Entry<'a>)> {
    let within = Entry::of_list(scope.within.as_ref(), head.within.as_ref());
    let except = Entry::of_list(scope.except.as_ref(), head.except.as_ref());
    let within = within.into_iter().map(|entry| (List::In, entry));
    within
        .chain(except.into_iter().map(|entry| (List::Except, entry)))
        .collect()
}

/// An entry that code is in or not: violations in the code that it decides about.
fn of_place(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    rule: &Prohibition<'_>,
    (of, list): (Of, List),
    entry: Entry<'_>,
) -> Trial {
    let (graph, policy) = (garden.graph, garden.policy);
    let decides = entry.decides(graph, policy);
    let holds = |of: Option<&Selector>, item| of.is_none_or(|it| it.term_of_definition(graph, policy, item).is_some());
    // What the other lists leave to it.
    let is_left = |item: ItemId| {
        let within = list == List::In || holds(rule.scope.within.as_ref(), item);
        let except = list != List::Except && rule.scope.except.is_some() && holds(rule.scope.except.as_ref(), item);
        let shared = list != List::Shared && rule.shared.is_some() && holds(rule.shared, item);
        within && !except && !shared
    };
    let concerned = |item: ItemId| decides(item) && is_left(item);
    let mut plants = Vec::new();
    for (to, kind) in targets(garden, rule) {
        plants.extend(rule.violations_at(garden, places, &concerned, (to, kind)));
    }
    let is_judged = rule.head.dev || policy.policy.settings.check_dev;
    let mut own = graph
        .items()
        .filter(|&(id, _)| graph.is_examined(id) && concerned(id))
        .peekable();
    let reason = if own.peek().is_some() && !is_judged && own.all(|(id, _)| is_dev(graph, id)) {
        Ok("its code is development code alone, which the rule does not judge without `dev = true`".to_owned())
    } else if own_code(rule, garden, &concerned) {
        Ok("the rule names its code itself, and that may use itself".to_owned())
    } else {
        Ok(entry.why_not(graph, policy, (list.key(), &is_left)))
    };
    let written = &entry.terms[entry.index];
    trial(rule, written, plants, reason, take_out(of, list, entry.index))
}

/// Whether a rule prohibits but what an entry names.
fn own_code(rule: &Prohibition<'_>, garden: &Garden<'_>, concerned: &dyn Fn(ItemId) -> bool) -> bool {
    let (graph, policy) = (garden.graph, garden.policy);
    let mut own = graph
        .items()
        .map(|(id, _)| id)
        .filter(|&id| graph.is_examined(id) && concerned(id))
        .peekable();
    let is_named = |id| rule.targets.term_of_definition(graph, policy, id).is_some();
    own.peek().is_some() && own.all(is_named)
}

impl List {
    fn key(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Except => "except",
            Self::Through => "through",
            Self::Shared => "use",
            Self::Targets => "instead_of",
        }
    }
}

/// Things that a rule prohibits, of each entry one, with a way to name each.
fn targets(garden: &mut Garden<'_>, rule: &Prohibition<'_>) -> Vec<(ItemId, ReferenceKind)> {
    let (graph, policy) = (garden.graph, garden.policy);
    let is_covered =
        |id: ItemId| id.index() >= graph.item_count() || rule.targets.term_of_definition(graph, policy, id).is_some();
    let mut found = Vec::new();
    for aim in aims(garden, rule.targets, rule.terms) {
        let mut items = aim.items.iter().flatten().copied().filter(|&id| is_covered(id));
        found.extend(items.find_map(|to| Some((to, rule.kind(garden, to)?))));
    }
    found.truncate(TARGETS);
    found
}

/// An entry of `through`: what is prohibited, written by the path of what its components hand out.
fn of_through(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    rule: &Prohibition<'_>,
    of: Of,
    (index, term): (usize, &Spanned<Term>),
) -> Trial {
    let named = match &term.value {
        Term::Not(pattern) => components_of(garden, &Term::Pattern(pattern.clone())),
        other => components_of(garden, other),
    };
    let paths: Vec<String> = named.iter().flat_map(|&id| handed_out(garden, id)).collect();
    let policy = garden.policy;
    let is_user = |item: ItemId| {
        rule.speaks_of(garden.graph, policy, item) && policy.component_of(item).is_none_or(|id| !named.contains(&id))
    };
    let mut froms = places.some_within(1, is_user);
    froms.truncate(PLACES);
    let mut plants = Vec::new();
    for (to, kind) in targets(garden, rule) {
        for &from in &froms {
            for path in &paths {
                plants.push(garden.violation_written(from, to, (kind, rule.public), path));
            }
        }
    }
    let mut others = rule.lets_through.into_iter().flat_map(|list| (0..).zip(&list.value));
    let twin = others.find(|&(other, term)| {
        let also = components_of(garden, &term.value);
        other != index && !matches!(term.value, Term::Not(_)) && named.iter().all(|id| also.contains(id))
    });
    let reason = if paths.is_empty() {
        "its components hand out nothing".to_owned()
    } else if froms.is_empty() {
        "the rule speaks of no code but its own".to_owned()
    } else if let Some((_, twin)) = twin {
        format!("`{}` of the same list covers all that it names", twin.value)
    } else {
        "what its components hand out is judged the same without it".to_owned()
    };
    trial(rule, term, plants, Ok(reason), take_out(of, List::Through, index))
}

/// Paths that a component hands things out by.
fn handed_out(garden: &Garden<'_>, id: ComponentId) -> Vec<String> {
    let (graph, policy) = (garden.graph, garden.policy);
    let Some(public) = &policy.component(id).public else {
        let mut own = graph.items().filter(|&(item, _)| policy.component_of(item) == Some(id));
        let home = own.find(|(_, item)| item.kind == ItemKind::Module);
        return home
            .map(|(_, item)| format!("{}::planted", item.path))
            .into_iter()
            .collect();
    };
    let declared = &policy.policy.components[policy.component(id).declaration].public;
    let written = declared
        .iter()
        .flat_map(|list| &list.value)
        .filter_map(|term| path_of(&term.value));
    let roots = public
        .roots
        .iter()
        .map(|(root, _)| graph.item(root.item).path.to_string());
    let mut paths: Vec<String> = written.chain(roots).collect();
    paths.sort();
    paths.dedup();
    paths.truncate(PLACES);
    paths
        .into_iter()
        .flat_map(|path| [format!("{path}::planted"), path])
        .collect()
}

/// A `!` of what is prohibited: uses of what it takes away.
fn of_negative(
    garden: &mut Garden<'_>,
    places: &Places<'_>,
    rule: &Prohibition<'_>,
    of: Of,
    (index, term): (usize, &Spanned<Term>),
) -> Trial {
    let (graph, policy) = (garden.graph, garden.policy);
    let Term::Not(pattern) = &term.value else {
        unreachable!("only negative entries are asked for");
    };
    let items = taken_away(garden, pattern);
    let mut plants = Vec::new();
    let mut is_nameable = false;
    for &to in &items {
        let Some(kind) = rule.kind(garden, to) else { continue };
        is_nameable = true;
        plants.extend(rule.violations_at(garden, places, &|item| rule.speaks_of(graph, policy, item), (to, kind)));
    }
    let mut all = rule.targets.clone();
    all.excluded.clear();
    let is_held =
        |&item: &ItemId| item.index() < graph.item_count() && all.term_of_definition(graph, policy, item).is_some();
    let reason = if items.is_empty() {
        Ok("it leads to nothing".to_owned())
    } else if !is_nameable {
        Ok("nothing can name it in a way that its `as` lists".to_owned())
    } else if let Some(twin) = also_taken_away(garden, rule.terms, index, &items) {
        Ok(format!("`{twin}` of the same list takes away all that it does"))
    } else if items.iter().any(is_held) {
        Ok("what it takes away is judged the same without it".to_owned())
    } else {
        Err("nothing else in the list names it, unless by a path that it is re-exported under".to_owned())
    };
    trial(rule, term, plants, reason, take_out(of, List::Targets, index))
}

fn trial(
    rule: &Prohibition<'_>,
    written: &Spanned<Term>,
    plants: Vec<PlantId>,
    reason: Result<String, String>,
    take_out: TakeOut,
) -> Trial {
    Trial {
        rule: rule.head.id.value.clone(),
        written: Spanned {
            value: written.value.to_string(),
            span: written.span,
        },
        take_out,
        plants,
        reason,
    }
}

fn take_out(of: Of, list: List, entry: usize) -> TakeOut {
    Box::new(move |policy| {
        if let Some(terms) = terms_of(policy, of, list) {
            terms.remove(entry);
        }
    })
}

fn terms_of(policy: &mut Policy, of: Of, list: List) -> Option<&mut TermList> {
    let list = match (of, list) {
        (Of::Forbid(index), List::Targets) => Some(&mut policy.forbids[index].targets),
        (Of::Forbid(index), List::Through) => policy.forbids[index].through.as_mut(),
        (Of::Mandate(index), List::Targets) => Some(&mut policy.mandates[index].instead_of),
        (Of::Mandate(index), List::Shared) => Some(&mut policy.mandates[index].shared),
        (Of::Mandate(index), List::Through) => policy.mandates[index].through.as_mut(),
        (_, List::In) => head(policy, of).within.as_mut(),
        (_, List::Except) => head(policy, of).except.as_mut(),
        _ => None,
    };
    list.map(|list| &mut list.value)
}

fn head(policy: &mut Policy, of: Of) -> &mut RuleHead {
    match of {
        Of::Forbid(index) => &mut policy.forbids[index].head,
        Of::Mandate(index) => &mut policy.mandates[index].head,
    }
}
