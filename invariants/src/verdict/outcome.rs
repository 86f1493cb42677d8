//! What came out, and the exit code that says so. Nothing else in the workspace decides either.

use serde::{Deserialize, Serialize};

/// Exit code of a clean verdict.
pub const EXIT_CLEAN: u8 = 0;
/// Exit code where there are findings.
pub const EXIT_FINDINGS: u8 = 1;
/// Exit code where there are problems; also of a wrong command line.
pub const EXIT_PROBLEMS: u8 = 2;

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No new finding of severity error, and no problem.
    Clean,
    /// At least one new finding of severity error, and no problem.
    Findings,
    /// Judged, but with problems: what is listed is not the whole.
    Incomplete,
    /// Nothing could be judged.
    Error,
}

impl Outcome {
    /// Decides from three facts: whether anything was judged, whether there are problems, and whether there are new
    /// findings of severity error. Not having judged is an outcome of its own, so no caller can end green without it.
    pub(super) fn decide(judged: bool, problems: bool, new_errors: bool) -> Self {
        match (judged, problems, new_errors) {
            (false, _, _) => Self::Error,
            (true, true, _) => Self::Incomplete,
            (true, false, true) => Self::Findings,
            (true, false, false) => Self::Clean,
        }
    }

    /// The exit code that goes with it.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Clean => EXIT_CLEAN,
            Self::Findings => EXIT_FINDINGS,
            Self::Incomplete | Self::Error => EXIT_PROBLEMS,
        }
    }

    /// The word for it, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Findings => "findings",
            Self::Incomplete => "incomplete",
            Self::Error => "error",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn every_combination_has_its_outcome_and_exit_code() {
        let expected = [
            (false, false, false, Outcome::Error, 2),
            (false, false, true, Outcome::Error, 2),
            (false, true, false, Outcome::Error, 2),
            (false, true, true, Outcome::Error, 2),
            (true, false, false, Outcome::Clean, 0),
            (true, false, true, Outcome::Findings, 1),
            (true, true, false, Outcome::Incomplete, 2),
            (true, true, true, Outcome::Incomplete, 2),
        ];
        for (judged, problems, new_errors, outcome, exit) in expected {
            let decided = Outcome::decide(judged, problems, new_errors);
            assert_eq!(
                (decided, decided.exit_code()),
                (outcome, exit),
                "{judged} {problems} {new_errors}"
            );
        }
    }

    #[test]
    fn the_word_is_the_serialized_form() {
        for outcome in [Outcome::Clean, Outcome::Findings, Outcome::Incomplete, Outcome::Error] {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.word());
        }
    }
}
