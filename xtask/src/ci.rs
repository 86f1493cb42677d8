//! `cargo xtask ci`: the one list of checks, each with its name and its duration, all of them even when one fails.

use crate::check::{Check, Outcome};
use crate::checks;
use crate::generated;
use crate::repository::Repository;
use crate::terminal;
use std::time::Instant;

/// Quick ones first: what fails soon is known soon.
const CHECKS: &[Check] = &[
    checks::FORMATTING,
    checks::ARCHITECTURE_PATHS,
    checks::DEPENDENCY_REASONS,
    checks::LINT_LIST,
    checks::SELF_CONTAINED,
    generated::CHECK,
    checks::CLIPPY,
    checks::DOCUMENTATION,
    checks::README_COMMANDS,
    checks::OWN_ARCHITECTURE,
    checks::EXAMPLES,
    checks::OPTIMISED_BUILD,
];

/// Runs every check; returns the closing line. The error is the summary of those that failed.
pub(crate) fn run(repository: &Repository) -> Result<String, String> {
    let mut failed: Vec<(&str, Vec<String>)> = Vec::new();
    for check in CHECKS {
        terminal::line(&format!("== {}", check.name));
        let start = Instant::now();
        let outcome = (check.run)(repository);
        let seconds = start.elapsed().as_secs_f64();
        let result = match outcome {
            Outcome::Passed(examined) => format!("ok: {examined}"),
            Outcome::Skipped(why) => format!("skipped: {why}"),
            Outcome::Failed(faults) => {
                terminal::line(&faults.join("\n"));
                let result = format!("FAILED: {}", faults.len());
                failed.push((check.name, faults));
                result
            }
        };
        terminal::line(&format!("== {} {result} ({seconds:.1} s)\n", check.name));
    }
    if failed.is_empty() {
        return Ok(format!("{} checks, none failed", CHECKS.len()));
    }
    Err(summary(&failed))
}

fn summary(failed: &[(&str, Vec<String>)]) -> String {
    let lines = failed
        .iter()
        .flat_map(|(name, faults)| faults.iter().map(move |fault| format!("\n  {name}: {fault}")));
    format!(
        "{} of {} checks failed:{}",
        failed.len(),
        CHECKS.len(),
        lines.collect::<String>()
    )
}
