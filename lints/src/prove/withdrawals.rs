//! Each `!` of a list that permits: `crates` and `public` of components, `crates` of packages. It is proved by a use that is
//! denied and passes without it.

use archguard_invariants::graph::{ItemId, ItemKind, ReferenceKind};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::model::{Term, TermList};
use archguard_invariants::policy::{ComponentId, Policy, RuleId};

use super::aims::{also_taken_away, taken_away};
use super::borders::{Pairs, outsider};
use super::garden::Garden;
use super::places::Places;
use super::trials::Trial;

/// Finds a list in a policy.
type Find = fn(&mut Policy, usize) -> Option<&mut Spanned<TermList>>;

/// The entries of all lists.
pub(super) fn of_all(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Trial> {
    let (graph, policy) = (garden.graph, garden.policy);
    let mut trials = Vec::new();
    for (index, declared) in policy.policy.components.iter().enumerate() {
        let is_own = |id: &ComponentId| policy.component(*id).declaration == index;
        let rule = |key: &str| RuleId::reserved(format!("component.{}.{key}", declared.name.value.as_str()));
        let homes: Vec<ItemId> = policy.ids().filter(is_own).filter_map(|id| pairs.home(id)).collect();
        if let Some(list) = &declared.crates {
            let find: Find = |policy, index| policy.components[index].crates.as_mut();
            trials.extend(of_list(garden, &homes, (rule("crates"), index), (list, find)));
        }
        if let Some(list) = declared
            .public
            .as_ref()
            .filter(|list| list.value.iter().any(|it| is_negative(&it.value)))
        {
            let mut others = policy.ids().filter(|id| !is_own(id));
            let from = others.find_map(|id| pairs.home(id)).unwrap_or_else(|| outsider(garden));
            let find: Find = |policy, index| policy.components[index].public.as_mut();
            trials.extend(of_list(garden, &[from], (rule("public"), index), (list, find)));
        }
    }
    for (index, package) in policy.packages.iter().enumerate() {
        let name = &package.limits.package;
        let froms = places.within(|item| graph.krate(graph.item(item).krate).package == *name);
        if let Some(list) = &package.limits.crates {
            let rule = RuleId::reserved(format!("package.{name}.crates"));
            let find: Find = |policy, index| policy.packages[index].crates.as_mut();
            trials.extend(of_list(garden, &froms, (rule, index), (list, find)));
        }
    }
    trials
}

fn is_negative(term: &Term) -> bool {
    matches!(term, Term::Not(_))
}

fn of_list(
    garden: &mut Garden<'_>,
    froms: &[ItemId],
    (rule, index): (RuleId, usize),
    (list, find): (&Spanned<TermList>, Find),
) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (at, term) in list.value.iter().enumerate() {
        let Term::Not(pattern) = &term.value else { continue };
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
        } else if let Some(twin) = also_taken_away(garden, &list.value, at, &items) {
            Ok(format!("`{twin}` of the same list takes away all that it does"))
        } else {
            Err("nothing else in the list permits it, unless by a path that it is re-exported under".to_owned())
        };
        trials.push(Trial {
            rule: rule.clone(),
            written: Spanned {
                value: term.value.to_string(),
                span: term.span,
            },
            take_out: Box::new(move |policy| {
                if let Some(list) = find(policy, index) {
                    list.value.remove(at);
                }
            }),
            plants,
            reason,
        });
    }
    trials
}
