//! What was decided about a finding, in one note: who accepted it until when, or why that no longer holds.

use archguard_invariants::date::Day;
use archguard_invariants::verdict::{AcceptedBy, Finding, Status};

use super::summary::count;

/// The note; nothing where nobody decided anything.
pub(super) fn note(finding: &Finding) -> Option<String> {
    match (&finding.exception, finding.status) {
        (Some(exception), _) => Some(excepted(exception)),
        (None, Status::Baseline) => Some("in the baseline".to_owned()),
        (None, _) => finding.frozen_sites.map(|frozen| {
            let frozen = count(frozen, "place");
            format!("the baseline holds {frozen} of this, there are {}", finding.sites.len())
        }),
    }
}

fn excepted(exception: &AcceptedBy) -> String {
    let AcceptedBy {
        reason, owner, until, ..
    } = exception;
    if !exception.expired {
        return format!("accepted until {until} by {owner}: {reason}");
    }
    let ended = match Day::parse(until) {
        Ok(day) => format!("ended on {day}"),
        Err(error) => format!("does not hold, {error}"),
    };
    format!("the exception for this {ended} (owner {owner}: {reason})")
}
