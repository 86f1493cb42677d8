//! `exceptions`: lists what was accepted, with the state of each and the days that are left.

use std::io::{self, Write};

use archguard_invariants::decisions::{Decisions, ExceptionListing, ExceptionState, ListedException};
use archguard_invariants::verdict::Finding;

use crate::check::{Checked, check, print_json};
use crate::cli::ListFormat;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::{Amount, Options};
use crate::run::Ended;

/// Lists the exceptions; with `strict`, one that is stale or over is exit code 1.
pub(crate) fn run(
    options: &Options,
    format: ListFormat,
    strict: bool,
    mut progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let Checked {
        verdict,
        mut sources,
        decided,
    } = check(options, &mut progress);
    // Times that cannot be shown are no reason to keep the list back.
    let _ = progress.finish(err);
    let none = Decisions::default();
    let (decisions, elsewhere) = decided
        .as_ref()
        .map_or((&none, &[][..]), |decided| (&decided.decisions, &decided.elsewhere));
    let found: Vec<&Finding> = verdict.findings.iter().chain(elsewhere).collect();
    let listing = ExceptionListing::of(decisions, &found, verdict.problems.clone());
    let output = match format {
        ListFormat::Human => print_human(&listing, options, &mut sources, out),
        ListFormat::Json => print_json(&listing, out),
    };
    Ended {
        exit_code: listing.exit_code(strict),
        output,
    }
}

fn print_human(
    listing: &ExceptionListing,
    options: &Options,
    sources: &mut Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    print::problems(&listing.problems, sources, options.color, out)?;
    let quiet = options.amount == Amount::Quiet;
    let wanted = |entry: &&ListedException| !quiet || entry.state != ExceptionState::Used;
    for entry in listing.exceptions.iter().filter(wanted) {
        let to = entry.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
        writeln!(out, "{}:{}: {}: {}{to}", entry.file, entry.line, entry.rule, entry.from)?;
        writeln!(out, "    {}; {}: {}", state(entry), entry.owner, entry.reason)?;
    }
    if quiet {
        return Ok(());
    }
    let counts = listing.counts;
    let total = print::count(listing.exceptions.len(), "exception");
    let (used, stale, expired) = (counts.used, counts.stale, counts.expired);
    writeln!(
        out,
        "archguard: {total}: {used} in force, {stale} stale, {expired} expired"
    )
}

fn state(entry: &ListedException) -> String {
    let until = &entry.until;
    match (entry.state, entry.days_left) {
        (ExceptionState::Stale, _) => "stale: there is no such finding".to_owned(),
        (_, None) => format!("expired: `{until}` is no date of the form YYYY-MM-DD"),
        (ExceptionState::Expired, Some(_)) => format!("expired: ended on {until}"),
        (ExceptionState::Used, Some(days)) => format!("until {until}, {} left", print::count_days(days)),
        (ExceptionState::Unknown, Some(_)) => format!("until {until}, but its code was not seen"),
    }
}
