//! `exceptions`: lists what was accepted, with the state of each and the days that are left.

use std::io::{self, Write};
use std::path::Path;

use archguard_check::{Checked, Decided, growth_since};
use archguard_invariants::decisions::{Accepted, Decisions, ExceptionListing, ExceptionState, Growth, ListedException};
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::{Finding, describe};

use crate::check::{check, print_json};
use crate::cli::ListFormat;
use crate::git::Commit;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::{Amount, Options};
use crate::run::Ended;

/// What is asked of the list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Whether one that is stale or over is exit code 1.
    pub(crate) strict: bool,
    /// The commit since which growth is shown.
    pub(crate) base: Option<&'a str>,
}

/// Lists the exceptions.
pub(crate) fn run(
    options: &Options,
    format: ListFormat,
    asked: Asked<'_>,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let Checked {
        verdict,
        sources,
        decided,
        ..
    } = check(options, progress, err);
    let mut sources = Sources::of(sources);
    let none = Decisions::default();
    let (decisions, elsewhere) = decided
        .as_ref()
        .map_or((&none, &[][..]), |decided| (&decided.decisions, &decided.elsewhere));
    let found: Vec<&Finding> = verdict.findings.iter().chain(elsewhere).collect();
    let mut listing = ExceptionListing::of(decisions, &found, verdict.problems.clone());
    match asked
        .base
        .zip(decided.as_ref())
        .map(|(base, decided)| growth(base, options, decided))
    {
        None => {}
        Some(Ok(growth)) => listing.growth = Some(growth),
        Some(Err(problems)) => {
            let problems = problems.into_iter();
            let described = problems.map(|problem| describe::problem(problem, &verdict.policy.file, None));
            listing.problems.extend(described);
        }
    }
    let output = match format {
        ListFormat::Human => print_human(&listing, options, &mut sources, out),
        ListFormat::Json => print_json(&listing, out),
    };
    Ended {
        exit_code: listing.exit_code(asked.strict),
        output,
    }
}

fn growth(base: &str, options: &Options, decided: &Decided) -> Result<Growth, Vec<Problem>> {
    let path = &decided.exceptions_file.path;
    let folder = path.parent().unwrap_or(Path::new("."));
    let commit = Commit::find(base, folder).map_err(|problem| vec![problem])?;
    growth_since(&commit, &options.asked, decided)
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
    if let Some(growth) = &listing.growth {
        print_growth(growth, out)?;
    }
    let counts = listing.counts;
    let total = print::count(listing.exceptions.len(), "exception");
    let (used, stale, expired) = (counts.used, counts.stale, counts.expired);
    writeln!(
        out,
        "archguard: {total}: {used} in force, {stale} stale, {expired} expired"
    )
}

fn print_growth(growth: &Growth, out: &mut dyn Write) -> io::Result<()> {
    let Growth { base, before, .. } = growth;
    let before = print::count(*before, "exception");
    let (added, removed) = (growth.added.len(), growth.removed.len());
    writeln!(
        out,
        "since {base}, which had {before}: {added} added, {removed} removed"
    )?;
    let each = |sign: char, list: &[Accepted], out: &mut dyn Write| {
        list.iter().try_for_each(|accepted| {
            let to = accepted.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
            writeln!(out, "  {sign} {}: {}{to}", accepted.rule, accepted.from)
        })
    };
    each('+', &growth.added, out)?;
    each('-', &growth.removed, out)
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
