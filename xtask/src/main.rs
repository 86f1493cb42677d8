//! `cargo xtask <task>`: the checks and generators of this repository.
//! Responsible for choosing the task; each task lives in its own module.

mod std_table;

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["std-table", rest @ ..] => std_table::run(rest).map_err(|error| error.to_string()),
        _ => Err("usage: cargo xtask std-table [--check]".to_owned()),
    };
    match outcome {
        Ok(report) => {
            // A closed pipe is no failure of the task.
            let _ = writeln!(std::io::stdout(), "{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "error: {message}");
            ExitCode::FAILURE
        }
    }
}
