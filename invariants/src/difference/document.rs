//! The document that `diff --format json` prints, and the exit code that goes with it.

use serde::Serialize;

use super::Difference;
use crate::policy::model::Severity;
use crate::verdict::{BaseFacts, EXIT_CLEAN, EXIT_FINDINGS, EXIT_PROBLEMS, Finding, ProblemEntry, Tool, Verdict};

/// What a change does to the architecture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceDocument {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// Who speaks.
    pub tool: Tool,
    /// What came out; the exit code follows from it.
    pub outcome: DifferenceOutcome,
    /// The commit, and what the policy has become since; null where the commit could not be read.
    pub base: Option<BaseFacts>,
    /// Dependencies and findings.
    #[serde(flatten)]
    pub difference: Difference,
    /// What keeps this from being whole.
    pub problems: Vec<ProblemEntry>,
}

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceOutcome {
    /// Nothing was introduced, and the policy denies what it denied, or what it does not is accepted.
    Clean,
    /// Findings of severity error were introduced, or the policy was weakened.
    Worse,
    /// There are problems: what is listed is not the whole.
    Incomplete,
}

impl DifferenceDocument {
    /// From the verdict on the change, and its difference from the base.
    pub fn of(verdict: &Verdict, difference: Option<Difference>) -> Self {
        let base = verdict.policy.base.clone();
        let is_weaker = base
            .as_ref()
            .is_some_and(|base| !base.accepted && has_error(&base.weakened));
        let is_whole = difference.is_some() && verdict.problems.is_empty();
        let difference = difference.unwrap_or_default();
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        let outcome = if !is_whole {
            DifferenceOutcome::Incomplete
        } else if is_weaker || difference.introduced.iter().any(is_error) {
            DifferenceOutcome::Worse
        } else {
            DifferenceOutcome::Clean
        };
        Self {
            schema: 1,
            tool: Tool::THIS,
            outcome,
            base,
            difference,
            problems: verdict.problems.clone(),
        }
    }

    /// The exit code that goes with the outcome.
    pub fn exit_code(&self) -> u8 {
        match self.outcome {
            DifferenceOutcome::Clean => EXIT_CLEAN,
            DifferenceOutcome::Worse => EXIT_FINDINGS,
            DifferenceOutcome::Incomplete => EXIT_PROBLEMS,
        }
    }
}

fn has_error(entries: &[crate::verdict::ChangeEntry]) -> bool {
    entries.iter().any(|entry| entry.severity == Severity::Error)
}
