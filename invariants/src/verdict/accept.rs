//! What exceptions and baseline do to findings: the status of each, and the counts. An exception that is over leaves its
//! finding new, whatever the baseline says: who was asked to answer for it still is.

use super::model::{AcceptedBy, BaselineCounts, ExceptionCounts, Finding, Status};
use crate::decisions::{Decisions, Exception, Places};
use crate::finding::Lint;

/// Gives every finding its status. `elsewhere` are findings that are not told but can be meant.
pub(crate) fn accept(
    findings: &mut [Finding],
    elsewhere: &[Finding],
    decisions: &Decisions,
) -> (ExceptionCounts, BaselineCounts) {
    for finding in &mut *findings {
        finding.exception = decisions.exceptions.naming(finding).map(accepted_by);
        if finding.exception.as_ref().is_some_and(|exception| !exception.expired) {
            finding.status = Status::Excepted;
        }
    }
    let exceptions = count_exceptions(findings, elsewhere, decisions);
    let baseline = apply_baseline(findings, elsewhere, decisions);
    (exceptions, baseline)
}

fn accepted_by(exception: &Exception) -> AcceptedBy {
    AcceptedBy {
        reason: exception.reason.clone(),
        owner: exception.owner.clone(),
        until: exception.until.to_string(),
        expired: exception.is_expired(),
    }
}

fn count_exceptions(findings: &[Finding], elsewhere: &[Finding], decisions: &Decisions) -> ExceptionCounts {
    let is_stale = |finding: &&Finding| finding.lint == Lint::StaleException;
    let all = || findings.iter().chain(elsewhere).filter(|finding| !is_stale(finding));
    let mut counts = ExceptionCounts {
        stale: findings.iter().filter(is_stale).count(),
        ..ExceptionCounts::default()
    };
    for exception in &decisions.exceptions.entries {
        let named = all().any(|finding| exception.names(finding));
        counts.used += usize::from(named && !exception.is_expired());
        counts.expired += usize::from(named && exception.is_expired());
    }
    counts
}

fn apply_baseline(findings: &mut [Finding], elsewhere: &[Finding], decisions: &Decisions) -> BaselineCounts {
    let Some(baseline) = &decisions.baseline else {
        return BaselineCounts::default();
    };
    let places = Places::of(findings.iter());
    let held: Vec<bool> = findings
        .iter()
        .map(|finding| finding.exception.is_none() && baseline.holds(finding, &places))
        .collect();
    let left = baseline.shrunk(findings.iter().chain(elsewhere), &decisions.sight);
    drop(places);
    for (finding, held) in findings.iter_mut().zip(&held) {
        finding.frozen_sites = baseline.sites_of(finding);
        if *held {
            finding.status = Status::Baseline;
        }
    }
    BaselineCounts {
        matched: held.iter().filter(|held| **held).count(),
        gone: baseline.entries().len() - left.entries().len(),
    }
}
