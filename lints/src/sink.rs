//! Findings under construction: one per rule, lint, from item and definition, with all its sites.

use archguard_invariants::finding::{Lint, RawFinding, Site};
use archguard_invariants::graph::{ItemId, ReferenceId};
use archguard_invariants::place::TextSpan;
use archguard_invariants::policy::RuleId;
use archguard_invariants::policy::model::{RuleHead, Severity};
use rustc_hash::FxHashMap;

/// What makes a finding one finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) rule: RuleId,
    pub(crate) lint: Lint,
    pub(crate) from: ItemId,
    pub(crate) to: Option<ItemId>,
}

/// What is said of a finding; made once, with its first site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Details {
    pub(crate) severity: Severity,
    pub(crate) written: String,
    pub(crate) message: String,
    /// Whether the message goes on from what the code at the first site does (`wording::deed`), which is only known when all
    /// sites are.
    pub(crate) continues_deed: bool,
    pub(crate) because: Option<String>,
    pub(crate) instead: Vec<String>,
    pub(crate) policy_span: Option<TextSpan>,
    pub(crate) chain: Vec<ReferenceId>,
    pub(crate) cut: Vec<ReferenceId>,
    pub(crate) knot: Vec<(usize, usize, ReferenceId)>,
}

impl Details {
    /// With what the rule says for all its findings.
    pub(crate) fn of_rule(head: &RuleHead) -> Self {
        Self {
            severity: head.severity,
            because: head.because.clone(),
            instead: head.instead.iter().map(|instead| instead.value.clone()).collect(),
            policy_span: Some(head.id.span),
            ..Self::default()
        }
    }
}

/// A place, and whether the code there came out of a macro whose body holds the reference.
#[derive(Debug, Clone)]
pub(crate) struct FoundSite {
    pub(crate) site: Site,
    pub(crate) inherited: bool,
}

/// A finding with its sites so far.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) key: Key,
    pub(crate) details: Details,
    pub(crate) sites: Vec<FoundSite>,
}

impl Found {
    /// As others see it.
    pub(crate) fn into_raw(self) -> RawFinding {
        let Self { key, details, sites } = self;
        RawFinding {
            rule: key.rule,
            lint: key.lint,
            severity: details.severity,
            from: key.from,
            to: key.to,
            written: details.written,
            sites: sites.into_iter().map(|found| found.site).collect(),
            chain: details.chain,
            cut: details.cut,
            knot: details.knot,
            message: details.message,
            instead: details.instead,
            because: details.because,
            policy_span: details.policy_span,
        }
    }
}

/// Where the judges report to.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    found: Vec<Found>,
    by_key: FxHashMap<Key, usize>,
    matched: FxHashMap<RuleId, usize>,
}

impl Sink {
    /// Adds a site to a finding; `details` is asked for only if the finding is new.
    pub(crate) fn report(&mut self, key: Key, site: FoundSite, details: impl FnOnce() -> Details) {
        if let Some(&index) = self.by_key.get(&key) {
            self.found[index].sites.push(site);
        } else {
            self.by_key.insert(key.clone(), self.found.len());
            self.found.push(Found {
                key,
                details: details(),
                sites: vec![site],
            });
        }
    }

    /// Adds a finding that knows all its sites.
    pub(crate) fn report_whole(&mut self, key: Key, sites: Vec<FoundSite>, details: Details) {
        self.found.push(Found { key, details, sites });
    }

    /// Counts references (or modules) that a rule spoke of, whether or not they were a breach.
    pub(crate) fn matched(&mut self, rule: &RuleId, count: usize) {
        *self.matched.entry(rule.clone()).or_default() += count;
    }

    /// Everything that was reported, in order of reporting, and the counts by rule.
    pub(crate) fn into_parts(self) -> (Vec<Found>, FxHashMap<RuleId, usize>) {
        (self.found, self.matched)
    }
}
