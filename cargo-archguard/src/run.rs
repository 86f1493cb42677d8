//! From arguments to exit code, on one screen.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};

use archguard_check::Surroundings;
use archguard_invariants::verdict::EXIT_PROBLEMS;

use crate::progress::Progress;
use crate::request::{Action, Refusal, Request};
use crate::{baseline, check, diff, exceptions, explain, graph, guard, init, packs, prove, schema, setup, with_cargo};

/// Runs the command that `arguments` (the program's name first) ask for. Results go to `out`, everything else to `err`;
/// the exit code comes back: 0 clean, 1 findings, 2 problems or a wrong command line.
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    run_in(Surroundings::of_process(), arguments, out, err)
}

/// [`run`] on a day and in a place that the caller names.
pub fn run_in(
    surroundings: Surroundings,
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let request = match Request::parse(arguments, surroundings) {
        Ok(request) => request,
        Err(refusal) => return refuse(&refusal, out, err),
    };
    let mut out = BufWriter::new(out);
    let progress = Progress::start(&request.options);
    let written = match &request.action {
        Action::CheckWithCargo { cargo_options, against } => {
            let against = against.as_ref();
            with_cargo::run(&request.options, cargo_options, against, progress, &mut out, err)
        }
        Action::Check { format, against } => {
            let asked = check::Asked {
                compilation: None,
                against: against.as_ref(),
            };
            check::run(&request.options, asked, *format, progress, &mut out, err)
        }
        Action::Verify {
            compilation,
            format,
            against,
        } => {
            let asked = check::Asked {
                compilation: Some(compilation),
                against: against.as_ref(),
            };
            check::run(&request.options, asked, *format, progress, &mut out, err)
        }
        Action::Packs { format } => packs::run(&request.options, *format, &mut out),
        Action::Schema { file } => schema::run(*file, &mut out),
        Action::Baseline { task, format } => baseline::run(&request.options, *task, *format, progress, &mut out, err),
        Action::Exceptions { format, strict, base } => {
            let asked = exceptions::Asked {
                strict: *strict,
                base: base.as_deref(),
            };
            exceptions::run(&request.options, *format, asked, progress, &mut out, err)
        }
        Action::Diff { against, format } => diff::run(&request.options, against, *format, progress, &mut out, err),
        Action::Graph { format, by } => graph::run(&request.options, *format, *by, progress, &mut out, err),
        Action::Explain { names, format } => explain::run(&request.options, names, *format, progress, &mut out, err),
        Action::Init { task } => init::run(&request.options, *task, progress, &mut out, err),
        Action::Setup { asked, format } => setup::run(&request.options, asked, *format, progress, &mut out, err),
        Action::Prove { format } => prove::run(&request.options, *format, progress, &mut out, err),
        Action::Guard { files, format } => guard::run(&request.options, files, *format, progress, &mut out, err),
    };
    let (exit_code, flushed) = match written {
        Ended {
            exit_code,
            output: Ok(()),
        } => (exit_code, out.flush()),
        Ended { exit_code, output } => (exit_code, output),
    };
    settle(exit_code, flushed, err)
}

/// How a command ended: what it found out, and whether it could say so.
pub(crate) struct Ended {
    /// The exit code of what was found.
    pub(crate) exit_code: u8,
    /// Whether the results could be written.
    pub(crate) output: io::Result<()>,
}

fn refuse(refusal: &Refusal, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let to: &mut dyn Write = if refusal.asked_for { out } else { &mut *err };
    let written = to.write_all(refusal.text.as_bytes()).and_then(|()| to.flush());
    settle(refusal.exit_code, written, err)
}

/// A reader that closed the pipe has seen enough. Any other failure to write means that nobody saw the results.
fn settle(exit_code: u8, written: io::Result<()>, err: &mut dyn Write) -> u8 {
    match written {
        Ok(()) => exit_code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit_code,
        Err(error) => {
            // Where standard error is gone too, the exit code is all that is left to say it with.
            let _ = writeln!(err, "error: the results could not be written: {error}");
            EXIT_PROBLEMS
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails every write with one kind of error.
    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    fn help_into(out: &mut dyn Write) -> (u8, String) {
        let mut err = Vec::new();
        let exit_code = run(["cargo-archguard", "--help"].map(OsString::from), out, &mut err);
        (exit_code, String::from_utf8(err).unwrap())
    }

    #[test]
    fn a_closed_pipe_changes_no_exit_code() {
        assert_eq!(help_into(&mut Failing(io::ErrorKind::BrokenPipe)), (0, String::new()));
        for exit_code in [0, 1, 2] {
            let written = Err(io::ErrorKind::BrokenPipe.into());
            assert_eq!(settle(exit_code, written, &mut Vec::new()), exit_code);
        }
    }

    #[test]
    fn results_that_cannot_be_written_are_no_success() {
        let (exit_code, err) = help_into(&mut Failing(io::ErrorKind::StorageFull));
        assert_eq!(exit_code, 2);
        assert!(err.starts_with("error: the results could not be written: "), "{err}");
    }
}
