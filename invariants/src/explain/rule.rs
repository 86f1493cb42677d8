//! Explains a rule: what it says, where it stands, what it speaks of today, and its findings.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{RuleExplanation, RuleMatch};
use super::place::{component_name, described};
use super::says;
use crate::advice::as_written;
use crate::advice::document::EntryPoint;
use crate::finding::RawFinding;
use crate::graph::query::Link;
use crate::graph::{Graph, ItemId};
use crate::place::TextSpan;
use crate::policy::bound::{BoundLayering, BoundMandate, Scope};
use crate::policy::model::{RuleHead, Severity};
use crate::policy::{BoundPolicy, ComponentId, RuleId, Selector};
use crate::verdict::RuleKind;
use crate::verdict::describe::position;

/// Explains a rule of the policy, or one that the tool reserves; `findings` are all that the judges reported.
pub fn explain(graph: &Graph, policy: &BoundPolicy<'_>, id: &RuleId, findings: &[RawFinding]) -> RuleExplanation {
    let head = policy.policy.heads().find(|head| head.id.value == *id);
    let span = head.map(|head| head.id.span).or_else(|| reserved_span(policy, id));
    // A fragment's rule stands in the fragment.
    let (file, span) = match span.map(|span| policy.policy.texts.locate(span)) {
        Some((file, span)) => (file, Some(span)),
        None => (&policy.policy.texts.files()[0], None),
    };
    let text = &file.text;
    RuleExplanation {
        rule: id.as_str().to_owned(),
        kind: kind(policy, id),
        says: says::of(policy, id),
        file: file.file.to_string(),
        line: span.map(|span| position(text, span.start).line),
        text: span.map(|span| passage(text, span, head.is_some())),
        severity: head.map_or(Severity::Error, |head| head.severity),
        dev: head.is_some_and(|head| head.dev),
        because: head.and_then(|head| head.because.clone()),
        instead: head.map(instead).unwrap_or_default(),
        entry_points: mandate(policy, id)
            .map(|rule| EntryPoint::of(graph, policy, &rule.shared))
            .unwrap_or_default(),
        docs: head.and_then(|head| head.docs.clone()),
        scope: scope(graph, policy, id),
        matches: matches(graph, policy, id),
        dormant: targets(policy, id).map(dormant).unwrap_or_default(),
        exceptions: Vec::new(),
        findings: described(graph, policy, findings.iter().filter(|finding| finding.rule == *id)),
    }
}

fn instead(head: &RuleHead) -> Vec<String> {
    head.instead.iter().map(|path| path.value.clone()).collect()
}

fn kind(policy: &BoundPolicy<'_>, id: &RuleId) -> RuleKind {
    let is = |head: &RuleHead| head.id.value == *id;
    if policy.layers.iter().any(|rule| is(&rule.rule.head)) {
        RuleKind::Layers
    } else if policy.forbids.iter().any(|rule| is(&rule.rule.head)) {
        RuleKind::Forbid
    } else if policy.mandates.iter().any(|rule| is(&rule.rule.head)) {
        RuleKind::Mandate
    } else if policy.acyclics.iter().any(|rule| is(&rule.rule.head)) {
        RuleKind::Acyclic
    } else if policy.requires.iter().any(|rule| is(&rule.rule.head)) {
        RuleKind::Require
    } else {
        RuleKind::of_reserved(id.as_str()).unwrap_or(RuleKind::Policy)
    }
}

/// Where a component is declared whose `uses`, `public` or `crates` is asked about, or what a package's own file lists.
fn reserved_span(policy: &BoundPolicy<'_>, id: &RuleId) -> Option<TextSpan> {
    let component = says::component_key(policy, id).map(|(component, _)| component.name.span);
    component.or_else(|| says::package_list(policy, id).map(|(_, _, list)| list.span))
}

/// The lines of the policy around a span: of a rule from its header to the next, of a component its own line.
fn passage(text: &str, span: TextSpan, whole_table: bool) -> String {
    let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    if !whole_table {
        return text[line_start..line_end].trim_end().to_owned();
    }
    let start = text[..line_end].rfind("\n[[").map_or(0, |at| at + 1);
    let start = if text[..line_end].starts_with("[[") && start == 0 {
        0
    } else {
        start
    };
    let end = text[line_end..].find("\n[").map_or(text.len(), |at| line_end + at);
    let lines: Vec<&str> = text[start..end].trim_end().lines().collect();
    // Comments after the last key belong to what follows.
    let last = lines
        .iter()
        .rposition(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .unwrap_or_default();
    lines[..=last.min(lines.len().saturating_sub(1))].join("\n")
}

fn targets<'p>(policy: &'p BoundPolicy<'_>, id: &RuleId) -> Option<&'p Selector> {
    let forbid = policy.forbids.iter().find(|rule| rule.rule.head.id.value == *id);
    let mandate = || policy.mandates.iter().find(|rule| rule.rule.head.id.value == *id);
    forbid
        .map(|rule| &rule.targets)
        .or_else(|| mandate().map(|rule| &rule.instead_of))
}

fn dormant(targets: &Selector) -> Vec<String> {
    let terms = as_written(targets);
    targets
        .dormant
        .iter()
        .filter_map(|&term| terms.get(term).cloned())
        .collect()
}

fn mandate<'p, 'a>(policy: &'p BoundPolicy<'a>, id: &RuleId) -> Option<&'p BoundMandate<'a>> {
    policy.mandates.iter().find(|rule| rule.rule.head.id.value == *id)
}

fn layering<'p, 'a>(policy: &'p BoundPolicy<'a>, id: &RuleId) -> Option<&'p BoundLayering<'a>> {
    policy.layers.iter().find(|rule| rule.rule.head.id.value == *id)
}

/// The components with code that a rule speaks of, in order of the policy.
fn scope(graph: &Graph, policy: &BoundPolicy<'_>, id: &RuleId) -> Vec<String> {
    let name = |id: ComponentId| policy.component(id).name.as_str().to_owned();
    if let Some(layering) = layering(policy, id) {
        let ranked = policy
            .ids()
            .filter(|&id| layering.rank_of(id).is_some() && layering.judges(id));
        return ranked.map(name).collect();
    }
    if let Some((declaration, _)) = says::component_key(policy, id) {
        let members = policy.ids().filter(|&id| {
            let of = policy.component(id).declaration;
            policy.policy.components[of].name.value == declaration.name.value
        });
        return members.map(name).collect();
    }
    if let Some((limits, _, _)) = says::package_list(policy, id) {
        let is_its = |item: ItemId| graph.krate(graph.item(item).krate).package == limits.package;
        let owners: BTreeSet<ComponentId> = graph
            .items()
            .filter(|&(item, _)| graph.is_examined(item) && is_its(item))
            .filter_map(|(item, _)| policy.component_of(item))
            .collect();
        return owners.into_iter().map(name).collect();
    }
    let Some((scope, shared)) = declared_scope(policy, id) else {
        return policy.ids().map(name).collect();
    };
    let mut found = vec![false; policy.components.len()];
    for (item, _) in graph.items().filter(|&(item, _)| graph.is_examined(item)) {
        let Some(owner) = policy.component_of(item) else {
            continue;
        };
        let slot = &mut found[owner.0 as usize];
        let is_shared = || shared.is_some_and(|list| list.term_of_definition(graph, policy, item).is_some());
        *slot = *slot || (scope.contains(graph, policy, item) && !is_shared());
    }
    policy.ids().filter(|id| found[id.0 as usize]).map(name).collect()
}

/// `in` and `except` of a rule, and the shared code that a mandate does not speak of.
fn declared_scope<'p>(policy: &'p BoundPolicy<'_>, id: &RuleId) -> Option<(&'p Scope, Option<&'p Selector>)> {
    let is = |head: &RuleHead| head.id.value == *id;
    if let Some(rule) = policy.forbids.iter().find(|rule| is(&rule.rule.head)) {
        return Some((&rule.scope, None));
    }
    if let Some(rule) = policy.mandates.iter().find(|rule| is(&rule.rule.head)) {
        return Some((&rule.scope, Some(&rule.shared)));
    }
    if let Some(rule) = policy.requires.iter().find(|rule| is(&rule.rule.head)) {
        return Some((&rule.scope, None));
    }
    let rule = policy.acyclics.iter().find(|rule| is(&rule.rule.head))?;
    Some((&rule.scope, None))
}

/// The references that a rule speaks of, allowed ones included, by what they name and whose they are.
fn matches(graph: &Graph, policy: &BoundPolicy<'_>, id: &RuleId) -> Vec<RuleMatch> {
    let mut counts: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    let targets = targets(policy, id);
    for link in graph.references().filter(|link| graph.is_examined(link.from)) {
        let what = match targets {
            Some(targets) => {
                let term = targets.term_of_reference(graph, policy, &link);
                let named = term.and_then(|term| targets.terms.get(term));
                named.map(|(text, _)| text.to_string())
            }
            None => used_component(graph, policy, id, &link),
        };
        if let Some(what) = what {
            *counts.entry((what, component_name(policy, link.from))).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|((what, by), references)| RuleMatch { what, by, references })
        .collect()
}

/// The component at the other end of a reference that a layering or a `uses` speaks of.
fn used_component(graph: &Graph, policy: &BoundPolicy<'_>, id: &RuleId, link: &Link<'_>) -> Option<String> {
    let owner_of = |item: ItemId| policy.component_of(item).filter(|_| graph.is_examined(item));
    let (from, to) = (owner_of(link.from)?, owner_of(link.to)?);
    let ranked = |layering: &BoundLayering<'_>| {
        layering.judges(from) && layering.rank_of(from).is_some() && layering.rank_of(to).is_some()
    };
    let declares = |name: &str| {
        let of = policy.component(from).declaration;
        policy.policy.components[of].name.value.as_str() == name
    };
    let listed = says::component_key(policy, id).filter(|(_, key)| *key == "uses");
    let package = says::package_list(policy, id).filter(|(_, key, _)| *key == "uses");
    let lies_in = |package: &str| *graph.krate(graph.item(link.from).krate).package == *package;
    let spoken_of = layering(policy, id).is_some_and(ranked)
        || listed.is_some_and(|(component, _)| declares(component.name.value.as_str()))
        || package.is_some_and(|(limits, _, _)| lies_in(&limits.package));
    (from != to && spoken_of).then(|| policy.component(to).name.as_str().to_owned())
}
