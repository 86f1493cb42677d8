//! Runs `check` and `verify`: the check, what is tidied up after it, and its printing.

use std::io::{self, Write};

use archguard_check::{Checked, Latitude};

use crate::cli::CheckFormat;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::Options;
use crate::run::Ended;
use crate::shrink;
use crate::verify::Compilation;

/// Checks, with what the compiler sees if it is to be asked, and prints.
pub(crate) fn run(
    options: &Options,
    compilation: Option<&Compilation>,
    format: CheckFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let Checked {
        verdict,
        sources,
        decided,
    } = check(options, compilation, progress, err);
    let mut sources = Sources::of(sources);
    let exit_code = verdict.exit_code();
    if let Some(decided) = decided.filter(|_| options.asked.latitude == Latitude::Free) {
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

/// Checks, and ends the progress.
pub(crate) fn check(
    options: &Options,
    compilation: Option<&Compilation>,
    mut progress: Progress,
    err: &mut dyn Write,
) -> Checked {
    let compiling = compilation.map(|compilation| compilation.request(options));
    let checked = archguard_check::check(&options.asked, compiling, &mut progress);
    // Times that cannot be shown are no reason to keep the verdict back.
    let _ = progress.finish(err);
    checked
}
