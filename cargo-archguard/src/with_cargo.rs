//! `check --with-cargo-check`: cargo's own check, whose messages are passed on as they come, and then what the architecture
//! has to say. For an editor that runs one command in place of cargo's, and must not lose the compiler's errors by it.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use archguard_invariants::verdict::EXIT_PROBLEMS;
use serde::Deserialize;

use crate::against::Against;
use crate::check;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::{Amount, Options};
use crate::run::Ended;

/// Runs both. The exit code is that of the check; where it is clean and cargo failed, what did not compile is a problem.
pub(crate) fn run(
    options: &Options,
    cargo_options: &[OsString],
    against: Option<&Against>,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let compiled = match compile(options, cargo_options, out) {
        Ok(compiled) => compiled,
        Err(Failure::Output(error)) => {
            return Ended {
                exit_code: EXIT_PROBLEMS,
                output: Err(error),
            };
        }
        Err(Failure::NoCargo(program, error)) => {
            // Where standard error is gone too, the exit code says it.
            let _ = writeln!(err, "error: `{program}` cannot be run: {error}");
            false
        }
    };
    let asked = check::Asked {
        compilation: None,
        against,
    };
    let checked = check::recall_or_check(options, asked, progress, err);
    let own = checked.verdict.exit_code();
    let exit_code = if own == 0 && !compiled { EXIT_PROBLEMS } else { own };
    let mut sources = Sources::of(checked.sources);
    let output = print::rustc::verdict(&checked.verdict, &mut sources, out)
        .and_then(|()| print::rustc::finished(exit_code == 0, out));
    Ended { exit_code, output }
}

/// Why cargo's messages could not be passed on.
enum Failure {
    /// Cargo could not be started, or not be listened to.
    NoCargo(String, io::Error),
    /// Nobody listens to us.
    Output(io::Error),
}

/// Whether everything compiles.
fn compile(options: &Options, cargo_options: &[OsString], out: &mut dyn Write) -> Result<bool, Failure> {
    let mut command = command(options, cargo_options);
    let program = command.get_program().to_string_lossy().into_owned();
    let no_cargo = |error| Failure::NoCargo(program.clone(), error);
    let mut cargo = command.spawn().map_err(no_cargo)?;
    let passed_on = pass_on(&mut cargo, out);
    if passed_on.is_err() {
        // Nobody listens: what else cargo would compile is for nobody.
        let _ = cargo.kill();
    }
    let status = cargo.wait().map_err(no_cargo)?;
    passed_on.map_err(Failure::Output)?;
    Ok(status.success())
}

fn command(options: &Options, cargo_options: &[OsString]) -> Command {
    let program = env::var_os("CARGO").filter(|program| !program.is_empty());
    let mut command = Command::new(program.unwrap_or_else(|| OsString::from("cargo")));
    command.args(["check", "--workspace", "--all-targets", "--message-format=json"]);
    if let Some(manifest) = &options.asked.manifest_path {
        command.arg("--manifest-path").arg(manifest);
    }
    if options.asked.offline {
        command.arg("--offline");
    }
    if options.amount == Amount::Quiet {
        command.arg("--quiet");
    }
    command.args(cargo_options).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// Passes on line by line what cargo says, but for the end, which has not come yet.
fn pass_on(cargo: &mut Child, out: &mut dyn Write) -> io::Result<()> {
    let Some(said) = cargo.stdout.take() else {
        return Ok(());
    };
    let mut said = BufReader::new(said);
    let mut line = Vec::new();
    while said.read_until(b'\n', &mut line)? > 0 {
        if !is_end(&line) {
            out.write_all(&line)?;
            // An editor shows each as it comes.
            out.flush()?;
        }
        line.clear();
    }
    Ok(())
}

/// Whether a line says that the build is over.
fn is_end(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Message<'m> {
        reason: &'m str,
    }
    serde_json::from_slice(line).is_ok_and(|message: Message<'_>| message.reason == "build-finished")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_known_by_its_reason_alone() {
        assert!(is_end(b"{\"reason\":\"build-finished\",\"success\":true}\n"));
        assert!(is_end(b"{\"success\":true,\"reason\":\"build-finished\"}\n"));
        assert!(!is_end(
            b"{\"reason\":\"compiler-message\",\"message\":\"build-finished\"}\n"
        ));
        assert!(!is_end(b"build-finished\n"));
    }
}
