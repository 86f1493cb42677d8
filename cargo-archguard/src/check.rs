//! Runs `check` and `verify`: the check, what is tidied up after it, and its printing.

use std::io::{self, Write};

use archguard_check::{Checked, Latitude};

use crate::against::Against;
use crate::cli::CheckFormat;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::Options;
use crate::run::Ended;
use crate::shrink;
use crate::verify::Compilation;

/// What is asked of a check.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    /// What to have compiled, if the compiler is to be asked.
    pub(crate) compilation: Option<&'a Compilation>,
    /// What to hold the policy against.
    pub(crate) against: Option<&'a Against>,
}

/// Checks and prints.
pub(crate) fn run(
    options: &Options,
    asked: Asked<'_>,
    format: CheckFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let Checked {
        verdict,
        sources,
        decided,
        ..
    } = recall_or_check(options, asked, progress, err);
    let mut sources = Sources::of(sources);
    let exit_code = verdict.exit_code();
    // What counts against a base is less than what stands in the files.
    let may_tidy = options.asked.latitude == Latitude::Free && asked.against.is_none();
    if let Some(decided) = decided.filter(|_| may_tidy) {
        let _ = shrink::tidy(&decided, &verdict, err);
    }
    let output = match format {
        CheckFormat::Human => print::verdict(&verdict, &mut sources, options.color, options.amount, out),
        CheckFormat::Json => print_json(&verdict, out),
        CheckFormat::Sarif => print_json(&print::sarif::document(&verdict, &mut sources), out),
        CheckFormat::Github => print::github::verdict(&verdict, &sources, options.amount, out),
        CheckFormat::RustcJson => {
            let finished = |out: &mut dyn Write| print::rustc::finished(exit_code == 0, out);
            print::rustc::verdict(&verdict, &mut sources, out).and_then(|()| finished(out))
        }
    };
    Ended { exit_code, output }
}

/// One JSON document and a line end.
pub(crate) fn print_json(document: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document).map_err(io::Error::from)?;
    writeln!(out)
}

/// Checks the source, and ends the progress.
pub(crate) fn check(options: &Options, progress: Progress, err: &mut dyn Write) -> Checked {
    check_against(options, Asked::default(), progress, err)
}

/// The verdict on what is asked for, which may be known, and ends the progress.
pub(crate) fn recall_or_check(
    options: &Options,
    asked: Asked<'_>,
    mut progress: Progress,
    err: &mut dyn Write,
) -> Checked {
    if asked.compilation.is_some() || asked.against.is_some() {
        return check_against(options, asked, progress, err);
    }
    let checked = archguard_check::recall_or_check(&options.asked, &mut progress);
    progress.finish(err);
    checked
}

/// Checks what is asked for, and ends the progress.
pub(crate) fn check_against(
    options: &Options,
    asked: Asked<'_>,
    mut progress: Progress,
    err: &mut dyn Write,
) -> Checked {
    let compiling = asked.compilation.map(|compilation| compilation.request(options));
    let commit = asked.against.map(|against| against.find(options));
    let base = asked
        .against
        .zip(commit.as_ref())
        .map(|(against, commit)| against.base(commit));
    let checked = archguard_check::check_against(&options.asked, compiling, base, &mut progress);
    progress.finish(err);
    checked
}
