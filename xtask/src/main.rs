//! Every check and generator of the repository: which one is asked for, and with what exit code it ends.
//! What a command does stands in its own file.

mod accuracy;
mod agreement;
mod bench;
mod check;
mod checks;
mod ci;
mod command;
mod generated;
mod new_lint;
mod plan;
mod repository;
mod std_table;
mod synthetic;
mod terminal;

use repository::Repository;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  accuracy [--list] <dir>.. count which paths in the code of workspaces resolve; list those that do not
  agreement [--all-targets] [--list] <dir>..
                            have workspaces compiled and count what source and compiler see alone; list it
  bench [--quick] [--write] [--synthetic | --workspaces] [--without-builds] [<checkout>..]
                            measure whole commands on published crates, copies of checkouts and made workspaces
  ci                        run every check of the repository
  generate                  write the files that are made from others: schemas, tables, copies of pages
  new-lint <id> [--dry-run] make the files of a new lint: judge, test, page
  std-table [--check]       make the table of the standard library from the installed documentation
  synthetic [--shape <shape>] [--modules <n>] [--references <n>] [--seed <n>] <dir>
                            write a workspace made from these numbers, to measure by";

fn main() -> ExitCode {
    if let Some(exit_code) = agreement::run_as_wrapper() {
        return exit_code;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["accuracy", rest @ ..] => accuracy::run(rest),
        ["agreement", rest @ ..] => agreement::run(rest),
        ["bench", rest @ ..] => Repository::here().and_then(|repository| bench::run(&repository, rest)),
        ["ci"] => Repository::here().and_then(|repository| ci::run(&repository)),
        ["generate"] => Repository::here().and_then(|repository| generated::write(&repository)),
        ["new-lint", id] => Repository::here().and_then(|it| new_lint::run(&it, id, new_lint::Mode::Apply)),
        ["new-lint", id, "--dry-run"] | ["new-lint", "--dry-run", id] => {
            Repository::here().and_then(|it| new_lint::run(&it, id, new_lint::Mode::DryRun))
        }
        // What `bench` starts of itself.
        ["stages", rest @ ..] => bench::run_stages(rest),
        ["yardstick", rest @ ..] => bench::run_yardstick(rest),
        ["std-table", rest @ ..] => std_table::run(rest).map_err(|error| chain(&error)),
        ["synthetic", rest @ ..] => synthetic::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(report) => {
            terminal::line(&report);
            ExitCode::SUCCESS
        }
        Err(message) => {
            terminal::failure(&message);
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
