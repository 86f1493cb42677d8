//! The baseline shrinks by itself: a check that is clean and speaks of the whole workspace takes out what is gone.

use std::io::{self, Write};

use archguard_check::Decided;
use archguard_invariants::decisions::Baseline;
use archguard_invariants::verdict::{Outcome, Verdict};

/// What is left of the baseline under the findings of a verdict; none where nothing is to be taken out.
pub(crate) fn left(decided: &Decided, verdict: &Verdict) -> Option<Baseline> {
    let baseline = decided.decisions.baseline.as_ref()?;
    let findings = verdict.findings.iter().chain(&decided.elsewhere);
    let left = baseline.shrunk(findings, &decided.decisions.sight);
    (left != *baseline).then_some(left)
}

/// Rewrites the baseline without what is gone, and says so on standard error. Nothing happens under a verdict that is red: as
/// long as a breach has only changed its name, its entry tells what it was.
pub(crate) fn tidy(decided: &Decided, verdict: &Verdict, err: &mut dyn Write) -> io::Result<()> {
    let narrowed = !verdict.narrowed.packages.is_empty() || verdict.narrowed.policy.is_some();
    if verdict.outcome != Outcome::Clean || narrowed {
        return Ok(());
    }
    let Some(left) = left(decided, verdict) else {
        return Ok(());
    };
    let file = &decided.baseline_file;
    match file.replace(&left.to_text()) {
        Ok(()) => writeln!(
            err,
            "archguard: {} was rewritten: it holds less than before",
            file.display
        ),
        Err(error) => writeln!(
            err,
            "archguard: {} can shrink, but was not rewritten: {error}",
            file.display
        ),
    }
}
