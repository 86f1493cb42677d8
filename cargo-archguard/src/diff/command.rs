//! The command: the check of the change, held against the commit, and what is different.

use std::io::Write;

use archguard_invariants::difference::DifferenceDocument;

use super::{lines, markdown};
use crate::against::Against;
use crate::check::{self, check_against, print_json};
use crate::cli::DiffFormat;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::Options;
use crate::run::Ended;

/// Compares and prints.
pub(crate) fn run(
    options: &Options,
    against: &Against,
    format: DiffFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let wanted = check::Asked {
        compilation: None,
        against: Some(against),
    };
    let checked = check_against(options, wanted, progress, err);
    let document = DifferenceDocument::of(&checked.verdict, checked.difference);
    let output = match format {
        DiffFormat::Json => print_json(&document, out),
        DiffFormat::Markdown => out.write_all(markdown::page(&document).as_bytes()),
        DiffFormat::Human => {
            let mut sources = Sources::of(checked.sources);
            print::problems(&document.problems, &mut sources, options.color, out)
                .and_then(|()| out.write_all(lines::of(&document, options.amount).as_bytes()))
        }
    };
    Ended {
        exit_code: document.exit_code(),
        output,
    }
}
