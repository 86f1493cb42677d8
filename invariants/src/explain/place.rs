//! Explains a place: what may be done there, what it uses, who uses it.

use std::collections::BTreeMap;

use super::document::{PlaceExplanation, RuleWord, Usage};
use super::subject::{Code, Extent};
use crate::advice::Guidance;
use crate::advice::as_written as terms;
use crate::finding::RawFinding;
use crate::graph::query::Link;
use crate::graph::{Graph, ItemId, Root};
use crate::policy::model::{KindFilter, RuleHead};
use crate::policy::{BoundPolicy, Selector};
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
            scope_words(rule.scope.within.as_ref(), rule.scope.except.as_ref()),
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

/// " in `a`, except in `b`".
pub(super) fn scope_words(within: Option<&Selector>, except: Option<&Selector>) -> String {
    let within = within.map(|list| format!(" in {}", backticks(&terms(list))));
    let except = except.map(|list| format!(" outside {}", backticks(&terms(list))));
    format!("{}{}", within.unwrap_or_default(), except.unwrap_or_default())
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
