//! `policy-weakened`: the policy denies less than the one that the change is judged against. It looks at what both found and
//! at what has changed in them; how that is found out stands in `archguard_invariants::changes`.

use std::collections::{BTreeMap, BTreeSet};

use archguard_invariants::changes::{PolicyChange, PolicyChanges};
use archguard_invariants::finding::{Lint, RawFinding, Site};
use archguard_invariants::graph::Graph;
use archguard_invariants::place::{Place, TextSpan};
use archguard_invariants::policy::PolicyTexts;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{BaseFacts, ChangeEntry, Finding, Hop, SiteEntry, Source, Status, describe};

const RULE: &str = "policy.base";

/// What a policy is held against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The texts of the policy of today.
    pub texts: &'a PolicyTexts,
    /// What has changed since.
    pub changes: &'a PolicyChanges,
    /// What the older policy finds and that of today lets pass, described.
    pub let_through: &'a [Finding],
}

/// Of what the older policy finds in the code of today, the places at which that of today finds nothing as severe.
pub fn let_through(graph: &Graph, then: Vec<RawFinding>, now: &[RawFinding]) -> Vec<RawFinding> {
    let denied = |wanted: Severity| -> BTreeSet<Place> {
        let severe = now
            .iter()
            .filter(|finding| finding.severity == Severity::Error || wanted == Severity::Warn);
        let sites = severe.flat_map(|finding| &finding.sites);
        sites
            .filter(|site| site.reference.is_some())
            .map(|site| site.place)
            .collect()
    };
    let (errors, warnings) = (denied(Severity::Error), denied(Severity::Warn));
    let is_told = |finding: &RawFinding| {
        let mut same = now
            .iter()
            .filter(|other| other.lint == finding.lint && other.from == finding.from);
        same.any(|other| other.severity == Severity::Error || finding.severity == Severity::Warn)
    };
    let left = then.into_iter().filter_map(|mut finding| {
        let places = if finding.severity == Severity::Error {
            &errors
        } else {
            &warnings
        };
        let is_whole = finding.lint == Lint::DependencyCycle;
        let told = is_told(&finding);
        let is_let_pass = |site: &Site| match site.reference {
            Some(_) if !is_whole => !places.contains(&site.place),
            _ => !told,
        };
        finding.sites.retain(is_let_pass);
        (!finding.sites.is_empty() && graph.is_examined(finding.from)).then_some(finding)
    });
    left.collect()
}

/// What is told of one rule.
#[derive(Default)]
struct Told<'a> {
    changes: Vec<&'a PolicyChange>,
    let_through: Vec<&'a Finding>,
}

impl Told<'_> {
    fn severity(&self) -> Severity {
        let changes = self.changes.iter().map(|change| change.severity);
        let findings = self.let_through.iter().map(|finding| finding.severity);
        let mut all = changes.chain(findings);
        if all.any(|severity| severity == Severity::Error) {
            Severity::Error
        } else {
            Severity::Warn
        }
    }

    fn references(&self) -> Vec<Hop> {
        self.let_through.iter().flat_map(|finding| hops(finding)).collect()
    }
}

/// A finding for each rule that denies less, and the same beside the base's other facts. What is accepted is a warning.
pub fn check(against: Against<'_>, facts: &mut BaseFacts) -> Vec<Finding> {
    let mut told: BTreeMap<&str, Told<'_>> = BTreeMap::new();
    for change in &against.changes.weakened {
        told.entry(change.rule.as_str()).or_default().changes.push(change);
    }
    for finding in against.let_through {
        told.entry(&finding.rule).or_default().let_through.push(finding);
    }
    facts.add_strengthened(against.changes);
    let mut findings = Vec::new();
    for (rule, told) in told {
        findings.push(finding(against, facts, rule, &told));
        facts.weakened.push(ChangeEntry {
            rule: rule.to_owned(),
            severity: told.severity(),
            changes: told.changes.iter().map(|change| change.weakened()).collect(),
            references: told.references(),
        });
    }
    findings
}

fn finding(against: Against<'_>, facts: &BaseFacts, rule: &str, told: &Told<'_>) -> Finding {
    let places = told
        .let_through
        .iter()
        .flat_map(|finding| finding.sites.iter().cloned());
    let span = told.changes.iter().find_map(|change| change.laxer);
    let own = policy_site(against.texts, span);
    let sites: Vec<SiteEntry> = if told.let_through.is_empty() || span.is_some() {
        std::iter::once(own).chain(places).collect()
    } else {
        places.collect()
    };
    Finding {
        rule: RULE.to_owned(),
        lint: Lint::PolicyWeakened,
        severity: if facts.accepted {
            Severity::Warn
        } else {
            told.severity()
        },
        status: Status::New,
        exception: None,
        frozen_sites: None,
        fingerprint: describe::fingerprint(RULE, rule, None),
        from: Source {
            item: rule.to_owned(),
            module: against.texts.files()[0].file.to_string(),
            component: None,
        },
        to: None,
        sites,
        chain: Vec::new(),
        cut: Vec::new(),
        because: None,
        instead: Vec::new(),
        message: message(facts, rule, told),
        knot: Vec::new(),
        policy_span: None,
    }
}

fn message(facts: &BaseFacts, rule: &str, told: &Told<'_>) -> String {
    let changes: Vec<String> = told.changes.iter().map(|change| change.weakened()).collect();
    let why = if changes.is_empty() {
        "what it denied there is let pass".to_owned()
    } else {
        changes.join("; ")
    };
    let count = told
        .let_through
        .iter()
        .map(|finding| finding.sites.len())
        .sum::<usize>();
    let passes = match count {
        0 => String::new(),
        1 => ", and 1 place that it denied is let pass".to_owned(),
        many => format!(", and {many} places that it denied are let pass"),
    };
    format!("`{rule}` denies less than at {}: {why}{passes}", facts.name())
}

/// A place in the policy of today: its beginning where it says nothing of the rule any more.
fn policy_site(texts: &PolicyTexts, span: Option<TextSpan>) -> SiteEntry {
    let (file, span) = texts.locate(span.unwrap_or_default());
    let at = |byte| describe::position(&file.text, byte);
    let (start, end) = (at(span.start), at(span.end.max(span.start)));
    SiteEntry {
        file: file.file.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        kind: None,
        evidence: Vec::new(),
        resolution: None,
        public: false,
        cfg: None,
        cfg_sets: Vec::new(),
        generated: false,
    }
}

/// The references at the places of a finding.
fn hops(finding: &Finding) -> impl Iterator<Item = Hop> {
    finding.sites.iter().filter_map(|site| {
        Some(Hop {
            from: finding.from.item.clone(),
            to: finding.to.as_ref().map_or_else(String::new, |to| to.item.clone()),
            kind: site.kind?,
            file: site.file.clone(),
            line: site.line,
            column: site.column,
            end_line: site.end_line,
            end_column: site.end_column,
        })
    })
}
