//! What each rule of the policy did: the verdict lists rules, not only findings, so that one that looked at nothing shows.

use std::sync::Arc;

use archguard_invariants::policy::model::RuleHead;
use archguard_invariants::policy::{BoundPolicy, RuleId, Selector};
use rustc_hash::FxHashMap;

use crate::sink::Found;

/// One rule in the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleReport {
    /// Its id; reserved ids are listed where they fired.
    pub id: RuleId,
    /// `layers`, `forbid`, `mandate`, `require`, `acyclic`; `component`, `package` or `policy` for reserved ids.
    pub kind: &'static str,
    /// How many references (for `policy.unassigned`: modules; for `require`: items) it spoke of, whether or not they were a breach.
    pub matched: usize,
    /// Its patterns that lead nowhere because their crate is not there, as written.
    pub dormant: Vec<String>,
    /// How many findings it has.
    pub findings: usize,
}

/// Every rule of the policy, and the reserved ones that fired; sorted by id.
pub(crate) fn reports(
    policy: &BoundPolicy<'_>,
    found: &[Found],
    matched: &FxHashMap<RuleId, usize>,
) -> Vec<RuleReport> {
    let mut findings: FxHashMap<&RuleId, usize> = FxHashMap::default();
    for finding in found {
        *findings.entry(&finding.key.rule).or_default() += 1;
    }
    let report = |id: &RuleId, kind, dormant| RuleReport {
        id: id.clone(),
        kind,
        matched: matched.get(id).copied().unwrap_or_default(),
        dormant,
        findings: findings.get(id).copied().unwrap_or_default(),
    };
    let declared = |head: &RuleHead, kind, targets: Option<&Selector>| {
        report(&head.id.value, kind, targets.map(dormant).unwrap_or_default())
    };
    let mut reports: Vec<RuleReport> = Vec::new();
    reports.extend(
        policy
            .layers
            .iter()
            .map(|rule| declared(&rule.rule.head, "layers", None)),
    );
    reports.extend(
        policy
            .forbids
            .iter()
            .map(|rule| declared(&rule.rule.head, "forbid", Some(&rule.targets))),
    );
    reports.extend(
        policy
            .mandates
            .iter()
            .map(|rule| declared(&rule.rule.head, "mandate", Some(&rule.instead_of))),
    );
    reports.extend(policy.requires.iter().map(|rule| {
        let lists = rule.items.relations.iter().chain(&rule.must.relations);
        let dormant = lists.flat_map(|(_, list)| dormant(list)).collect();
        report(&rule.rule.head.id.value, "require", dormant)
    }));
    reports.extend(
        policy
            .acyclics
            .iter()
            .map(|rule| declared(&rule.rule.head, "acyclic", None)),
    );
    let known: Vec<RuleId> = reports.iter().map(|report| report.id.clone()).collect();
    let reserved = findings.keys().filter(|id| !known.contains(id));
    reports.extend(reserved.map(|id| report(id, reserved_kind(id), Vec::new())));
    reports.sort_by(|left, right| left.id.cmp(&right.id));
    reports
}

/// A pack stands for all that it names: it is dormant where nothing of it is there, and listed once.
fn dormant(targets: &Selector) -> Vec<String> {
    let text = |term: usize| targets.terms.get(term).map(|(text, _)| text);
    let awake = |wanted: &Arc<str>| {
        let mut terms = targets.terms.iter().enumerate();
        terms.any(|(term, (text, _))| text == wanted && !targets.dormant.contains(&term))
    };
    let mut listed: Vec<&Arc<str>> = Vec::new();
    for text in targets.dormant.iter().filter_map(|&term| text(term)) {
        let names_something = text.starts_with("pack:") && awake(text);
        if !names_something && !listed.contains(&text) {
            listed.push(text);
        }
    }
    listed.into_iter().map(ToString::to_string).collect()
}

fn reserved_kind(id: &RuleId) -> &'static str {
    if id.as_str().starts_with("component.") {
        "component"
    } else if id.as_str().starts_with("package.") {
        "package"
    } else {
        "policy"
    }
}
