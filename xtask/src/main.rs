//! Every check and generator of the repository: which one is asked for, and with what exit code it ends.
//! What a command does stands in its own file.

mod check;
mod checks;
mod ci;
mod command;
mod new_lint;
mod plan;
mod repository;
mod terminal;

use repository::Repository;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  ci                        run every check of the repository
  new-lint <id> [--dry-run] make rule file, doc page and fixture of a new lint";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = Repository::here().and_then(|repository| match words.as_slice() {
        ["ci"] => ci::run(&repository),
        ["new-lint", id] => new_lint::run(&repository, id, new_lint::Mode::Apply),
        ["new-lint", id, "--dry-run"] | ["new-lint", "--dry-run", id] => {
            new_lint::run(&repository, id, new_lint::Mode::DryRun)
        }
        _ => Err(USAGE.to_owned()),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            terminal::line(&message);
            ExitCode::FAILURE
        }
    }
}
