//! The repository keeps the architecture that its own `archguard.toml` declares, judged by its own tool.

use crate::check::{Check, Outcome};
use crate::command::Cargo;
use crate::repository::Repository;
use crate::terminal;

pub(crate) const CHECK: Check = Check {
    name: "own architecture",
    run,
};

fn run(repository: &Repository) -> Outcome {
    let cargo = Cargo::new(&["run", "--quiet", "--locked", "-p", "cargo-archguard", "--", "check"]);
    let (success, output) = match cargo.capture(repository) {
        Ok(result) => result,
        Err(fault) => return Outcome::Failed(vec![fault]),
    };
    terminal::line(output.trim_end());
    judge(success, &output)
}

/// Exit code 0 alone is not enough: a tool that does nothing ends with it too.
fn judge(success: bool, output: &str) -> Outcome {
    let verdict = output.lines().rfind(|line| !line.trim().is_empty());
    match verdict {
        Some(verdict) if success => Outcome::Passed(verdict.trim().to_owned()),
        Some(verdict) => Outcome::Failed(vec![format!("the tool refuses its own repository: {}", verdict.trim())]),
        None if success => Outcome::Failed(vec!["the tool ended with success and without a verdict".to_owned()]),
        None => Outcome::Failed(vec![
            "the tool was not built, or ended without a verdict: see above".to_owned(),
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::check::Outcome;

    #[test]
    fn success_needs_a_verdict() {
        assert_eq!(
            judge(true, "examined 7 packages\n"),
            Outcome::Passed("examined 7 packages".to_owned())
        );
        assert!(matches!(judge(true, "\n  \n"), Outcome::Failed(_)));
        assert!(matches!(judge(false, "1 finding\n"), Outcome::Failed(_)));
        assert!(matches!(judge(false, ""), Outcome::Failed(_)));
    }
}
