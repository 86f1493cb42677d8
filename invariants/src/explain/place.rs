//! Explains a place: what may be done there, what it uses, who uses it.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{PlaceExplanation, RuleWord, UnspokenDependency, Usage};
use super::subject::{Code, Extent};
use crate::advice::Guidance;
use crate::advice::as_written as terms;
use crate::finding::RawFinding;
use crate::graph::query::Link;
use crate::graph::{CrateId, Graph, ItemId, Root};
use crate::packs;
use crate::pattern::PathPattern;
use crate::policy::model::{Facade, KindFilter, RuleHead};
use crate::policy::{BoundPolicy, Scope, Selector};
use crate::verdict::Finding;
use crate::verdict::describe;

/// Explains a stretch of code; `findings` are all that the judges reported.
pub fn explain(graph: &Graph, policy: &BoundPolicy<'_>, code: &Code, findings: &[RawFinding]) -> PlaceExplanation {
    let place = match &code.extent {
        Extent::Items(roots) => roots.first().and_then(|root| graph.item(root.item).place),
        Extent::Components(_) | Extent::Modules(_) => None,
    };
    let ours = |item: ItemId| code.extent.holds(graph, policy, item);
    PlaceExplanation {
        name: code.name.clone(),
        what: code.what.to_owned(),
        file: place.map(|place| graph.file(place.file).display.to_string()),
        line: place.map(|place| place.start.line),
        guidance: code
            .standpoint
            .as_ref()
            .map(|standpoint| Guidance::of(graph, policy, standpoint)),
        named_by: named_by(graph, policy, code),
        uses: uses(graph, policy, &ours),
        unspoken: unspoken(graph, policy, code),
        family: family(graph, policy, code),
        family_of: family_of(graph, policy, code),
        used_by: used_by(graph, policy, &ours),
        findings: described(graph, policy, findings.iter().filter(|finding| ours(finding.from))),
    }
}

/// Findings as the verdict prints them.
pub(super) fn described<'f>(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    findings: impl Iterator<Item = &'f RawFinding>,
) -> Vec<Finding> {
    let component_of = |item: ItemId| component_name(policy, item);
    findings
        .map(|finding| describe::finding(graph, &component_of, finding.clone()))
        .collect()
}

/// The name of the component that owns an item.
pub(super) fn component_name(policy: &BoundPolicy<'_>, item: ItemId) -> Option<String> {
    policy
        .component_of(item)
        .map(|id| policy.component(id).name.as_str().to_owned())
}

/// Whether a reference is production code.
pub(super) fn is_production(graph: &Graph, link: &Link<'_>) -> bool {
    let from = graph.item(link.from);
    !(link.reference.dev || from.dev || graph.krate(from.krate).dev)
}

type Ends = (Option<String>, Option<String>, String);

/// Puts references together by an end, each group with its first place.
fn by_end<'g>(graph: &Graph, links: impl Iterator<Item = (Ends, Link<'g>)>) -> Vec<Usage> {
    let mut groups: BTreeMap<Ends, Usage> = BTreeMap::new();
    for ((module, component, krate), link) in links {
        let place = link.reference.place;
        let found = groups
            .entry((component.clone(), module.clone(), krate.clone()))
            .or_insert_with(|| Usage {
                module,
                component,
                krate,
                references: 0,
                file: graph.file(place.file).display.to_string(),
                line: place.start.line,
                column: place.start.column,
            });
        found.references += 1;
    }
    groups.into_values().collect()
}

fn uses(graph: &Graph, policy: &BoundPolicy<'_>, ours: &dyn Fn(ItemId) -> bool) -> Vec<Usage> {
    let links = graph
        .references()
        .filter(|link| ours(link.from) && !ours(link.to) && is_production(graph, link));
    let ends = links.map(|link| {
        let component = component_name(policy, link.to).filter(|_| graph.is_examined(link.to));
        let krate = graph.krate(graph.item(link.to).krate).name.to_string();
        ((None, component, krate), link)
    });
    by_end(graph, ends)
}

fn used_by(graph: &Graph, policy: &BoundPolicy<'_>, ours: &dyn Fn(ItemId) -> bool) -> Vec<Usage> {
    let links = graph.references().filter(|link| {
        let named = ours(link.to) || link.reference.also.is_some_and(ours);
        named && !ours(link.from) && graph.is_examined(link.from) && is_production(graph, link)
    });
    let ends = links.map(|link| {
        let module = graph.item(graph.item(link.from).module).path.to_string();
        let krate = graph.krate(graph.item(link.from).krate).name.to_string();
        ((Some(module), component_name(policy, link.from), krate), link)
    });
    by_end(graph, ends)
}

/// What packs know and no rule speaks of, among the dependencies of the crates that the code is compiled into; of external
/// code the crate itself.
fn unspoken(graph: &Graph, policy: &BoundPolicy<'_>, code: &Code) -> Vec<UnspokenDependency> {
    let crates: BTreeSet<CrateId> = match &code.standpoint {
        Some(at) => {
            let modules = at.modules.iter().map(|&module| graph.item(module).krate);
            let own = modules.chain([at.krate]).map(|krate| graph.krate(krate));
            own.flat_map(|krate| &krate.dependencies).copied().collect()
        }
        None => external_roots(code).map(|root| graph.item(root).krate).collect(),
    };
    let unspoken = packs::unspoken_dependencies(policy, graph).into_iter();
    unspoken
        .filter(|dependency| crates.contains(&dependency.krate))
        .map(|dependency| UnspokenDependency {
            krate: dependency.name,
            packs: dependency.packs.into_iter().map(str::to_owned).collect(),
        })
        .collect()
}

fn external_roots(code: &Code) -> impl Iterator<Item = ItemId> {
    let roots = match (&code.extent, &code.standpoint) {
        (Extent::Items(roots), None) => roots.as_slice(),
        _ => &[],
    };
    roots.iter().map(|root| root.item)
}

/// What `[facades]` counts to an external crate.
fn family(graph: &Graph, policy: &BoundPolicy<'_>, code: &Code) -> Vec<String> {
    let is_root = |facade: &&Facade| {
        external_roots(code).any(|root| {
            let item = graph.item(root);
            item.parent.is_none() && *graph.krate(item.krate).name == *facade.name.value
        })
    };
    let listed = policy.policy.facades.iter().filter(is_root);
    listed
        .flat_map(|facade| facade.family.iter().map(|listed| listed.value.to_string()))
        .collect()
}

/// The crates to which `[facades]` counts external code.
fn family_of(graph: &Graph, policy: &BoundPolicy<'_>, code: &Code) -> Vec<String> {
    let covers = |pattern: &PathPattern| external_roots(code).any(|root| pattern.covers_path(&graph.item(root).path));
    let facades = policy.policy.facades.iter();
    facades
        .filter(|facade| facade.family.iter().any(|listed| covers(&listed.value)))
        .map(|facade| facade.name.value.to_string())
        .collect()
}

/// The rules whose prohibitions speak of it.
fn named_by(graph: &Graph, policy: &BoundPolicy<'_>, code: &Code) -> Vec<RuleWord> {
    let forbids = policy
        .forbids
        .iter()
        .filter(|rule| names(graph, policy, &rule.targets, code));
    let forbids = forbids.map(|rule| RuleWord {
        rule: rule.rule.head.id.value.as_str().to_owned(),
        allows: false,
        says: format!(
            "forbids it{}{}{}",
            manner(&rule.rule.kinds),
            scope_words(&rule.scope),
            instead_words(&rule.rule.head)
        ),
    });
    let mandates = policy
        .mandates
        .iter()
        .filter(|rule| names(graph, policy, &rule.instead_of, code));
    let mandates = mandates.map(|rule| RuleWord {
        rule: rule.rule.head.id.value.as_str().to_owned(),
        allows: false,
        says: format!("leaves it to {} alone", backticks(&terms(&rule.shared))),
    });
    forbids.chain(mandates).collect()
}

fn names(graph: &Graph, policy: &BoundPolicy<'_>, targets: &Selector, code: &Code) -> bool {
    let by_definition = |item: ItemId| targets.term_of_definition(graph, policy, item).is_some();
    match &code.extent {
        Extent::Components(list) => targets.components.iter().any(|(listed, _)| list.contains(listed)),
        Extent::Items(roots) => {
            let inside = |root: &(Root, usize)| code.extent.holds(graph, policy, root.0.item);
            roots.iter().any(|root| by_definition(root.item)) || targets.roots.iter().any(inside)
        }
        Extent::Modules(modules) => modules.iter().any(|&module| by_definition(module)),
    }
}

/// " of the package `p` in `a` outside `b`".
pub(super) fn scope_words(scope: &Scope) -> String {
    let words = |word: &str, list: Option<&Selector>| list.map(|list| format!(" {word} {}", backticks(&terms(list))));
    let package = scope.package.as_ref();
    let package = package.map(|package| format!(" of the package `{package}`"));
    let within = words("in", scope.within.as_ref());
    let except = words("outside", scope.except.as_ref());
    [package, within, except].into_iter().flatten().collect()
}

/// " as call, in what other components can see".
pub(super) fn manner(kinds: &KindFilter) -> String {
    let words: Vec<&str> = kinds.kinds.iter().map(|kind| kind.word()).collect();
    let mut manner = if words.is_empty() {
        String::new()
    } else {
        format!(" as {}", words.join(", "))
    };
    if kinds.public {
        manner.push_str(" in what other components can see");
    }
    manner
}

fn instead_words(head: &RuleHead) -> String {
    let instead: Vec<String> = head.instead.iter().map(|path| path.value.clone()).collect();
    if instead.is_empty() {
        String::new()
    } else {
        format!("; use {} instead", backticks(&instead))
    }
}

/// "`a`, `b`".
pub(super) fn backticks(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
