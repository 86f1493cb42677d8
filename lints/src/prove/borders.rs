//! Violations across the borders of components: of layerings, `uses`, `public` and `crates`, and of what the policy asks
//! without an entry. Every ordered pair of components is planted once; each rule then finds its own among them.

use archguard_invariants::graph::{CrateOrigin, ItemId, ItemKind, ReferenceKind};
use archguard_invariants::place::{Spanned, TextSpan};
use archguard_invariants::policy::bound::{BoundLayering, BoundUses};
use archguard_invariants::policy::{ComponentId, Permission, RuleId};

use super::components::is_dev;
use super::garden::{Expectation, Garden, PlantId};
use super::places::Places;
use super::proof::Subject;
use super::trials::Trial;

/// Where each component's code may stand, and the pairs that were planted.
pub(super) struct Pairs {
    homes: Vec<Option<ItemId>>,
    pairs: Vec<(ComponentId, ComponentId, PlantId)>,
}

impl Pairs {
    pub(super) fn plant(garden: &mut Garden<'_>, places: &Places<'_>) -> Self {
        let policy = garden.policy;
        let mut homes = vec![None; policy.components.len()];
        for place in places.some_within(1, |item| policy.component_of(item).is_some()) {
            note(&mut homes, policy.component_of(place), place);
        }
        for place in places.items_within(1, |item| policy.component_of(item).is_some()) {
            note(&mut homes, policy.component_of(place), place);
        }
        let mut pairs = Vec::new();
        for user in policy.ids() {
            for used in policy.ids().filter(|&used| used != user) {
                if let (Some(from), Some(to)) = (homes[user.0 as usize], homes[used.0 as usize]) {
                    pairs.push((user, used, garden.violation(from, to, ReferenceKind::Call, false)));
                }
            }
        }
        Self { homes, pairs }
    }

    fn those(&self, holds: impl Fn(ComponentId, ComponentId) -> bool) -> Vec<PlantId> {
        let pairs = self.pairs.iter().filter(|&&(user, used, _)| holds(user, used));
        pairs.map(|&(_, _, plant)| plant).collect()
    }

    pub(super) fn home(&self, component: ComponentId) -> Option<ItemId> {
        self.homes[component.0 as usize]
    }
}

fn note(homes: &mut [Option<ItemId>], owner: Option<ComponentId>, place: ItemId) {
    if let Some(owner) = owner {
        homes[owner.0 as usize].get_or_insert(place);
    }
}

/// A layering and the entries of its order.
pub(super) fn of_layering(garden: &mut Garden<'_>, pairs: &Pairs, layering: &BoundLayering<'_>) -> Vec<Expectation> {
    let rule = &layering.rule.head.id;
    let submodules = submodules(garden, layering);
    let mut of_rule: Vec<PlantId> = submodules.iter().map(|&(_, _, plant)| plant).collect();
    let mut entries = Vec::new();
    for member in layering.rule.order.iter().flat_map(|rank| &rank.members) {
        let is_it = |id: ComponentId| {
            let mut ranks = layering.ranks.iter();
            ranks.any(|&(ranked, _, span)| ranked == id && span == member.span)
        };
        let mut plants = pairs.those(|user, used| is_it(user) || is_it(used));
        of_rule.extend(&plants);
        let of_submodules = submodules
            .iter()
            .filter(|&&(from, to, _)| from == member.span || to == member.span);
        plants.extend(of_submodules.map(|&(_, _, plant)| plant));
        entries.push(Expectation {
            subject: Subject::Pattern,
            rule: Some(rule.value.clone()),
            name: member.value.to_string(),
            span: Some(member.span),
            reason: why_not(garden, pairs, layering, &is_it),
            plants,
        });
    }
    let whole = Expectation {
        subject: Subject::Rule,
        rule: Some(rule.value.clone()),
        name: rule.value.as_str().to_owned(),
        span: Some(rule.span),
        reason: why_not(garden, pairs, layering, &|id| layering.rank_of(id).is_some()),
        plants: of_rule,
    };
    std::iter::once(whole).chain(entries).collect()
}

/// The entries of `in` and `except` of a layering, to be judged by all that was planted for it.
pub(super) fn narrowing(index: usize, layering: &BoundLayering<'_>, whole: &Expectation) -> Vec<Trial> {
    let head = &layering.rule.head;
    let lists = [(true, &head.within), (false, &head.except)];
    let mut trials = Vec::new();
    for (is_within, list) in lists {
        let entries = list.iter().flat_map(|list| list.value.iter().enumerate());
        trials.extend(entries.map(|(at, term)| Trial {
            rule: head.id.value.clone(),
            written: Spanned {
                value: term.value.to_string(),
                span: term.span,
            },
            take_out: Box::new(move |policy| {
                let head = &mut policy.layers[index].head;
                let list = if is_within { &mut head.within } else { &mut head.except };
                if let Some(list) = list {
                    list.value.remove(at);
                }
            }),
            plants: whole.plants.clone(),
            reason: Ok("every use that is planted between components is judged the same without it".to_owned()),
        }));
    }
    trials
}

/// For a layering inside members: from each submodule to each other of the same member; with the places of the two entries.
fn submodules(garden: &mut Garden<'_>, layering: &BoundLayering<'_>) -> Vec<(TextSpan, TextSpan, PlantId)> {
    let parent = |item: ItemId| garden.graph.item(item).parent;
    let mut found = Vec::new();
    for &(from, _, from_span) in &layering.submodules {
        for &(to, _, to_span) in &layering.submodules {
            if from != to && parent(from) == parent(to) {
                found.push((from, to, from_span, to_span));
            }
        }
    }
    let planted = found.into_iter().map(|(from, to, from_span, to_span)| {
        let plant = garden.violation(from, to, ReferenceKind::Call, false);
        (from_span, to_span, plant)
    });
    planted.collect()
}

fn why_not(
    garden: &Garden<'_>,
    pairs: &Pairs,
    layering: &BoundLayering<'_>,
    is_it: &dyn Fn(ComponentId) -> bool,
) -> Result<String, String> {
    let (graph, policy) = (garden.graph, garden.policy);
    if layering.ranks.is_empty() {
        return Ok("no member has two of its submodules".to_owned());
    }
    if policy.ids().filter(|&id| is_it(id)).all(|id| pairs.home(id).is_none()) {
        let is_its = |item: ItemId| policy.component_of(item).is_some_and(is_it);
        let mut own = graph.items().filter(|&(id, _)| is_its(id));
        return if own.next().is_some() && own.all(|(id, _)| is_dev(graph, id)) {
            Err("its code is development code alone".to_owned())
        } else {
            Ok("it owns no code".to_owned())
        };
    }
    let others = pairs.pairs.iter().filter(|&&(user, used, _)| {
        let ranked = layering.rank_of(user).is_some() && layering.rank_of(used).is_some();
        (is_it(user) || is_it(used)) && ranked && layering.judges(user)
    });
    let denied = others.filter_map(|&(user, used, _)| match policy.permission(user, used) {
        Permission::DeniedByLayering { layering, .. } => Some(&policy.layers[layering].rule.head.id.value),
        _ => None,
    });
    let mut by: Vec<&RuleId> = denied.filter(|id| **id != layering.rule.head.id.value).collect();
    by.sort();
    by.dedup();
    if let Some(first) = by.first() {
        return Ok(format!("whatever it denies `{}` denies before it", first.as_str()));
    }
    if layering.users.is_some() {
        return Ok("its `in` and `except` leave nobody who could use what is above".to_owned());
    }
    Ok("there is nobody else in the order with code".to_owned())
}

/// `uses`, `public` and `crates` of components, each declaration once.
pub(super) fn of_components(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Expectation> {
    let policy = garden.policy;
    let mut expectations = Vec::new();
    for (index, declared) in policy.policy.components.iter().enumerate() {
        let members: Vec<ComponentId> = policy
            .ids()
            .filter(|&id| policy.component(id).declaration == index)
            .collect();
        let name = declared.name.value.as_str();
        let rule = |key: &str| RuleId::reserved(format!("component.{name}.{key}"));
        let uses = members
            .iter()
            .any(|&id| matches!(policy.component(id).uses, Some(BoundUses::Only(_))));
        if let Some(uses) = declared.uses.as_ref().filter(|_| uses) {
            expectations.push(key(
                rule("uses"),
                uses.span,
                pairs.those(|user, _| members.contains(&user)),
                Err("everything that it does not list is denied by a layering, or there is nothing else".to_owned()),
            ));
        }
        if let Some(public) = &declared.public {
            let plants = private(garden, places, pairs, &members);
            let all = "it lists all that the component has";
            let reason = if hands_out(garden, &members) {
                Err(format!("{all}, and what that re-exports counts as its own"))
            } else {
                Ok(all.to_owned())
            };
            expectations.push(key(rule("public"), public.span, plants, reason));
        }
        if let Some(crates) = &declared.crates {
            let plants = foreign(garden, pairs, &members);
            let reason = Ok("the component owns no code".to_owned());
            expectations.push(key(rule("crates"), crates.span, plants, reason));
        }
    }
    expectations
}

/// Whether components re-export what is not theirs.
fn hands_out(garden: &Garden<'_>, members: &[ComponentId]) -> bool {
    let owner = |item: ItemId| garden.policy.component_of(item);
    garden.graph.references().any(|link| {
        let from = owner(link.from).filter(|id| members.contains(id));
        link.reference.reexport && from.is_some() && owner(link.to) != from
    })
}

fn key(rule: RuleId, span: TextSpan, plants: Vec<PlantId>, reason: Result<String, String>) -> Expectation {
    Expectation {
        subject: Subject::Key,
        name: rule.as_str().to_owned(),
        rule: Some(rule),
        span: Some(span),
        plants,
        reason,
    }
}

/// How many modules of a component are tried for something that nobody may write.
const PRIVATE: usize = 20;

/// Code in no component writes something new in each module of a component.
fn private(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs, members: &[ComponentId]) -> Vec<PlantId> {
    let policy = garden.policy;
    let outsider = outsider(garden);
    let other = policy
        .ids()
        .filter(|id| !members.contains(id))
        .find_map(|id| pairs.home(id));
    let mut plants = Vec::new();
    for &member in members {
        let inside = places.some_within(PRIVATE, |item| policy.component_of(item) == Some(member));
        let items = places.items_within(PRIVATE, |item| policy.component_of(item) == Some(member));
        let from = other.unwrap_or(outsider);
        for module in inside {
            let kept = garden.function(module);
            plants.push(garden.violation(from, kept, ReferenceKind::Call, false));
        }
        plants.extend(
            items
                .into_iter()
                .map(|item| garden.violation(from, item, ReferenceKind::Call, false)),
        );
    }
    plants
}

/// Code of a component calls a crate that nobody has heard of.
fn foreign(garden: &mut Garden<'_>, pairs: &Pairs, members: &[ComponentId]) -> Vec<PlantId> {
    let names = ["planted_crate", "call"].map(str::to_owned);
    let Some(call) = garden.external(&names, ItemKind::Function) else {
        return Vec::new();
    };
    let homes: Vec<ItemId> = members.iter().filter_map(|&member| pairs.home(member)).collect();
    let planted = homes.into_iter();
    planted
        .map(|home| garden.violation(home, call, ReferenceKind::Call, false))
        .collect()
}

/// The root of a crate of the workspace that no component claims.
pub(super) fn outsider(garden: &mut Garden<'_>) -> ItemId {
    garden.krate("planted_outsider", CrateOrigin::Workspace)
}

/// `uses` and `crates` of packages' own files.
pub(super) fn of_packages(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Expectation> {
    let (graph, policy) = (garden.graph, garden.policy);
    let mut expectations = Vec::new();
    for package in &policy.packages {
        let name = &package.limits.package;
        let froms = places.within(|item| graph.krate(graph.item(item).krate).package == *name);
        let rule = |key: &str| RuleId::reserved(format!("package.{name}.{key}"));
        if let Some(uses) = &package.limits.uses {
            let mut plants = Vec::new();
            for &from in &froms {
                let others: Vec<ItemId> = policy.ids().filter_map(|id| pairs.home(id)).collect();
                let planted = others.into_iter();
                plants.extend(planted.map(|to| garden.violation(from, to, ReferenceKind::Call, false)));
            }
            let reason = Err("the workspace's policy allows its components nothing else".to_owned());
            expectations.push(key(rule("uses"), uses.span, plants, reason));
        }
        if let Some(crates) = &package.limits.crates {
            let names = ["planted_crate", "call"].map(str::to_owned);
            let call = garden.external(&names, ItemKind::Function);
            let mut plants = Vec::new();
            for &from in &froms {
                plants.extend(call.map(|call| garden.violation(from, call, ReferenceKind::Call, false)));
            }
            let reason = Err("the workspace's policy allows its components no other crate".to_owned());
            expectations.push(key(rule("crates"), crates.span, plants, reason));
        }
    }
    expectations
}

/// What holds without an entry: `unassigned` and `undeclared`.
pub(super) fn of_defaults(garden: &mut Garden<'_>, pairs: &Pairs) -> Vec<Expectation> {
    let policy = garden.policy;
    let settings = &policy.policy.settings;
    let mut expectations = Vec::new();
    let mut default = |id: &str, plants: Vec<PlantId>, reason: &str| {
        expectations.push(Expectation {
            subject: Subject::Key,
            rule: Some(RuleId::reserved(id)),
            name: id.to_owned(),
            span: None,
            plants,
            reason: Err(reason.to_owned()),
        });
    };
    if !settings.unassigned_allowed {
        let root = outsider(garden);
        let name = format!("planted_{}", garden.plants.len() + 1);
        let module = garden.child(root, ItemKind::Module, &name);
        let plant = garden.note(module, None);
        default(
            "policy.unassigned",
            vec![plant],
            "every new module belongs to a component",
        );
    }
    if !settings.undeclared_allowed {
        let plants = pairs.those(|user, used| policy.permission(user, used) == Permission::Undeclared);
        default(
            "policy.undeclared",
            plants,
            "a `uses` or a layering speaks of every pair of components",
        );
    }
    expectations
}
