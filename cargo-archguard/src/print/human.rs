//! Puts the parts in order: problems and findings, notes, the line of verdict.

use std::io::{self, Write};

use archguard_invariants::verdict::{Outcome, ProblemEntry, Status, Verdict};
use codespan_reporting::diagnostic::Diagnostic;
use codespan_reporting::files::Error as FilesError;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{self, Chars, Config};

use super::group::group;
use super::sources::Sources;
use super::{diagnostic, notes, summary, visible};
use crate::request::Amount;

/// Prints a verdict for people.
pub(crate) fn verdict(
    verdict: &Verdict,
    sources: &mut Sources,
    color: bool,
    amount: Amount,
    out: &mut dyn Write,
) -> io::Result<()> {
    let verbose = amount == Amount::Verbose;
    let findings = verdict.findings.iter();
    for group in group(findings.filter(|finding| verbose || finding.status == Status::New)) {
        let diagnostic = diagnostic::of_group(&group, sources, verbose);
        emit(&diagnostic, sources, color, out)?;
    }
    problems(&verdict.problems, sources, color, out)?;
    closing(verdict, color, amount, out)
}

/// What stands below everything else: notes, and the line of verdict.
pub(super) fn closing(verdict: &Verdict, color: bool, amount: Amount, out: &mut dyn Write) -> io::Result<()> {
    if amount == Amount::Quiet {
        return Ok(());
    }
    let verbose = amount == Amount::Verbose;
    for note in notes::of(verdict, verbose) {
        writeln!(out, "{}: {note}", styled("note", "\u{1b}[1;32m", color))?;
    }
    let style = if verdict.outcome == Outcome::Clean {
        "\u{1b}[1;32m"
    } else {
        "\u{1b}[1;31m"
    };
    writeln!(
        out,
        "archguard: {}{}: {}",
        styled(verdict.outcome.word(), style, color),
        summary::narrowed(&verdict.narrowed, verdict.policy.base.as_ref()),
        summary::line(verdict)
    )
}

/// Prints problems for people.
pub(crate) fn problems(
    problems: &[ProblemEntry],
    sources: &mut Sources,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for problem in problems {
        let diagnostic = diagnostic::of_problem(problem, sources);
        emit(&diagnostic, sources, color, out)?;
    }
    Ok(())
}

fn emit(diagnostic: &Diagnostic<usize>, sources: &Sources, color: bool, out: &mut dyn Write) -> io::Result<()> {
    emit_as(diagnostic, sources, color, &Config::default(), out)
}

/// A diagnostic in the signs that the compiler draws with, to stand among its messages.
pub(super) fn as_the_compiler(diagnostic: &Diagnostic<usize>, sources: &Sources, color: bool) -> String {
    let config = Config {
        chars: Chars::ascii(),
        ..Config::default()
    };
    let mut text = Vec::new();
    emit_as(diagnostic, sources, color, &config, &mut text).expect("memory can be written to");
    String::from_utf8_lossy(&text).into_owned()
}

fn emit_as(
    diagnostic: &Diagnostic<usize>,
    sources: &Sources,
    color: bool,
    config: &Config,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diagnostic = &visible::diagnostic(diagnostic);
    if color {
        emit_with(diagnostic, sources, config, &mut Ansi::new(out))
    } else {
        emit_with(diagnostic, sources, config, &mut NoColor::new(out))
    }
}

fn emit_with(
    diagnostic: &Diagnostic<usize>,
    sources: &Sources,
    config: &Config,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    match term::emit_to_write_style(out, config, sources.files(), diagnostic) {
        Err(FilesError::Io(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
        Ok(()) => Ok(()),
    }
}

fn styled(text: &str, style: &str, color: bool) -> String {
    if color {
        format!("{style}{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}
