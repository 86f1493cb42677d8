//! The document that `exceptions --format json` prints: every exception with its state, and the exit code that goes with it.

use serde::Serialize;

use super::{Decisions, Exception, Growth};
use crate::verdict::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_PROBLEMS, ExceptionCounts, Finding, ProblemEntry, Tool};

/// All exceptions, with what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExceptionListing {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// Who speaks.
    pub tool: Tool,
    /// The exceptions, in order of writing: those of the file, then those in the code.
    pub exceptions: Vec<ListedException>,
    /// How many of each kind.
    pub counts: ExceptionCounts,
    /// With `--base`: how they have grown since; else null.
    pub growth: Option<Growth>,
    /// What keeps the list from being whole.
    pub problems: Vec<ProblemEntry>,
}

/// One exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedException {
    /// The rule's id.
    pub rule: String,
    /// Whose code.
    pub from: String,
    /// What it leads to; null for a finding without a target.
    pub to: Option<String>,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day, as written.
    pub until: String,
    /// What has become of it.
    pub state: ExceptionState,
    /// How many days are left after today, negative where it is over; null where `until` is no date.
    pub days_left: Option<i64>,
    /// The file that it stands in.
    pub file: String,
    /// The line that it begins on.
    pub line: u32,
}

/// What has become of an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExceptionState {
    /// It accepts a finding.
    Used,
    /// It accepts nothing.
    Stale,
    /// Its finding is there, its time is over.
    Expired,
    /// Part of the code was not seen, and nobody knows whether it is needed.
    Unknown,
}

impl ExceptionListing {
    /// Lists exceptions under all findings that they can speak of.
    pub fn of(decisions: &Decisions, found: &[&Finding], problems: Vec<ProblemEntry>) -> Self {
        let listed = decisions.exceptions.entries.iter();
        let exceptions: Vec<ListedException> = listed.map(|entry| list(decisions, entry, found)).collect();
        let count = |state| exceptions.iter().filter(|entry| entry.state == state).count();
        let counts = ExceptionCounts {
            used: count(ExceptionState::Used),
            stale: count(ExceptionState::Stale),
            expired: count(ExceptionState::Expired),
        };
        Self {
            schema: 1,
            tool: Tool::THIS,
            exceptions,
            counts,
            growth: None,
            problems,
        }
    }

    /// 2 where there are problems; 1 if that is asked for and one is stale or over; else 0.
    pub fn exit_code(&self, check: bool) -> u8 {
        if !self.problems.is_empty() {
            EXIT_PROBLEMS
        } else if check && self.counts.stale + self.counts.expired > 0 {
            EXIT_FINDINGS
        } else {
            EXIT_CLEAN
        }
    }
}

fn list(decisions: &Decisions, entry: &Exception, found: &[&Finding]) -> ListedException {
    let named = found.iter().any(|finding| entry.names(finding));
    let state = match (named, entry.is_expired()) {
        (true, true) => ExceptionState::Expired,
        (true, false) => ExceptionState::Used,
        (false, _) if decisions.sight.reaches(&entry.from) => ExceptionState::Stale,
        (false, _) => ExceptionState::Unknown,
    };
    let place = decisions.exceptions.place_of(entry);
    ListedException {
        rule: entry.rule.as_str().to_owned(),
        from: entry.from.clone(),
        to: entry.to.clone(),
        reason: entry.reason.clone(),
        owner: entry.owner.clone(),
        until: entry.until.to_string(),
        state,
        days_left: entry.days_left,
        file: place.file.to_string(),
        line: place.start.line,
    }
}
