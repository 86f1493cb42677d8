//! A verdict written down whole: with what its document leaves out. Read again, it is the same verdict.

use serde::{Deserialize, Serialize};

use super::examined::UnresolvedPath;
use super::model::{KnotReferences, Verdict};
use crate::place::TextSpan;

/// A verdict, and what no document shows of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WrittenVerdict {
    verdict: Verdict,
    /// Of each finding.
    behind: Vec<(Option<TextSpan>, Vec<KnotReferences>)>,
    unresolved_paths: Vec<UnresolvedPath>,
    notes: Vec<String>,
    untyped_method_calls: usize,
}

impl From<Verdict> for WrittenVerdict {
    fn from(mut verdict: Verdict) -> Self {
        let findings = verdict.findings.iter_mut();
        let behind = findings.map(|finding| (finding.policy_span.take(), std::mem::take(&mut finding.knot)));
        Self {
            behind: behind.collect(),
            unresolved_paths: std::mem::take(&mut verdict.examined.unresolved_paths),
            notes: std::mem::take(&mut verdict.examined.notes),
            untyped_method_calls: verdict.examined.untyped_method_calls,
            verdict,
        }
    }
}

impl From<WrittenVerdict> for Verdict {
    fn from(written: WrittenVerdict) -> Self {
        let mut verdict = written.verdict;
        for (finding, (policy_span, knot)) in verdict.findings.iter_mut().zip(written.behind) {
            finding.policy_span = policy_span;
            finding.knot = knot;
        }
        verdict.examined.unresolved_paths = written.unresolved_paths;
        verdict.examined.notes = written.notes;
        verdict.examined.untyped_method_calls = written.untyped_method_calls;
        verdict
    }
}
