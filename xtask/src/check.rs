//! What a check of the repository is: a name, and a function from the repository to what it examined or what is wrong.

use crate::repository::Repository;

/// One entry of the list that `cargo xtask ci` runs.
pub(crate) struct Check {
    /// What stands in the output, in a few words.
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Repository) -> Outcome,
}

/// What came out of one check.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is in order; what was examined, so that a check of nothing cannot look like one.
    Passed(String),
    /// There was nothing to do, and why.
    Skipped(String),
    /// What is wrong, one line each.
    Failed(Vec<String>),
}

impl Outcome {
    /// Passed if there are no faults and something was examined. `what` names the things counted, in the plural.
    pub(crate) fn of(faults: Vec<String>, examined: usize, what: &str) -> Self {
        if !faults.is_empty() {
            Self::Failed(faults)
        } else if examined == 0 {
            Self::Failed(vec![format!("examined no {what}: a check of nothing says nothing")])
        } else {
            Self::Passed(format!("{examined} {what}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn a_check_of_nothing_fails() {
        assert!(matches!(Outcome::of(Vec::new(), 0, "files"), Outcome::Failed(_)));
        assert_eq!(
            Outcome::of(Vec::new(), 2, "files"),
            Outcome::Passed("2 files".to_owned())
        );
        assert_eq!(
            Outcome::of(vec!["x".to_owned()], 2, "files"),
            Outcome::Failed(vec!["x".to_owned()])
        );
    }
}
