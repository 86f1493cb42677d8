//! Which findings people read as one: those of one rule and lint in the same item. The verdict keeps them apart, as JSON
//! and counts do; only the page does not repeat reason and advice for each.

use std::collections::BTreeMap;

use archguard_invariants::finding::Lint;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, Hop, SiteEntry};

/// Findings that are shown together, in the verdict's order; never empty.
#[derive(Debug)]
pub(super) struct Group<'v> {
    findings: Vec<&'v Finding>,
}

/// One place of a finding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'v> {
    /// Whose place it is.
    pub(super) finding: &'v Finding,
    /// The place.
    pub(super) site: &'v SiteEntry,
    /// Whether it is the one that stands for the finding.
    pub(super) leads: bool,
}

/// Puts findings together; each group stands where its first finding stood.
pub(super) fn group<'v>(findings: impl Iterator<Item = &'v Finding>) -> Vec<Group<'v>> {
    let mut groups: Vec<Group<'v>> = Vec::new();
    let mut known = BTreeMap::new();
    for finding in findings {
        let next = groups.len();
        let index = if is_plain(finding) {
            *known.entry(key(finding)).or_insert(next)
        } else {
            next
        };
        if index == next {
            groups.push(Group { findings: Vec::new() });
        }
        groups[index].findings.push(finding);
    }
    groups
}

fn key(finding: &Finding) -> impl Ord + '_ {
    let is_error = finding.severity == Severity::Error;
    (
        &finding.rule,
        finding.lint,
        &finding.from.item,
        is_error,
        finding.status,
    )
}

/// Whether a finding is its places and no more. One with a way of its own to show, or of which somebody decided something,
/// needs the page for itself.
fn is_plain(finding: &Finding) -> bool {
    let undecided = finding.exception.is_none() && finding.frozen_sites.is_none();
    let has_way = !way(finding).is_empty() || !finding.cut.is_empty();
    finding.to.is_some() && !has_way && undecided && finding.lint.can_be_accepted()
}

/// The hops to show: a chain of one is the place itself.
pub(super) fn way(finding: &Finding) -> &[Hop] {
    match &finding.chain[..] {
        [_] if finding.lint == Lint::ForbiddenReach => &[],
        chain => chain,
    }
}

impl<'v> Group<'v> {
    /// A finding by itself.
    pub(super) fn alone(finding: &'v Finding) -> Self {
        Self {
            findings: vec![finding],
        }
    }

    /// The first finding, which speaks for all.
    pub(super) fn first(&self) -> &'v Finding {
        self.findings[0]
    }

    /// All of them.
    pub(super) fn findings(&self) -> &[&'v Finding] {
        &self.findings
    }

    /// All places: first one for each finding, so that none goes unshown while another is shown twice; then the rest.
    pub(super) fn marks(&self) -> Vec<Mark<'v>> {
        let of = |leads: bool| {
            self.findings.iter().flat_map(move |&finding| {
                let sites = finding.sites.iter().enumerate();
                let wanted = sites.filter(move |(index, _)| (*index == 0) == leads);
                wanted.map(move |(_, site)| Mark { finding, site, leads })
            })
        };
        of(true).chain(of(false)).collect()
    }
}
