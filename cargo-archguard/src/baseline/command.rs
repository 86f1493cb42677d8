//! Runs `baseline`: checks, plans, writes, and says what changed.

use std::io::{self, Write};

use archguard_check::{Checked, Decided, Latitude};
use archguard_invariants::decisions::{Baseline, BaselineChange, BaselineDocument, BaselineOutcome};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::{EXIT_CLEAN, Verdict, describe};

use super::plan::{Plan, Task};
use crate::check::{check, print_json};
use crate::cli::AnswerFormat;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::{Amount, Options};
use crate::run::Ended;

/// Brings the baseline up to date, or says whether it is.
pub(crate) fn run(
    options: &Options,
    task: Task,
    format: AnswerFormat,
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
    let document = match decided.filter(|_| verdict.problems.is_empty()) {
        Some(decided) => carry_out(&plan(options, task, &decided, &verdict), &decided),
        None => BaselineDocument::error(None, verdict.problems),
    };
    let output = match format {
        AnswerFormat::Human => tell(&document, options, &mut sources, out),
        AnswerFormat::Json => print_json(&document, out),
    };
    Ended {
        exit_code: document.exit_code(),
        output,
    }
}

fn plan(options: &Options, task: Task, decided: &Decided, verdict: &Verdict) -> Plan {
    let known = decided.decisions.baseline.as_ref();
    let left = known.map(|known| known.shrunk(verdict.findings.iter(), &decided.decisions.sight));
    let new = Baseline::freeze(verdict.findings.iter());
    let may_grow = options.asked.latitude != Latitude::Narrow;
    Plan::of(task, known, left.unwrap_or_default(), &new, may_grow)
}

/// Does what is planned.
fn carry_out(plan: &Plan, decided: &Decided) -> BaselineDocument {
    let file = decided.baseline_file.display.clone();
    let none = Baseline::default();
    let known = decided.decisions.baseline.as_ref().unwrap_or(&none);
    let (outcome, wanted) = match plan {
        Plan::Nothing => (BaselineOutcome::Absent, known.clone()),
        Plan::Keep => (BaselineOutcome::Kept, known.clone()),
        Plan::CanShrink(left) => (BaselineOutcome::CanShrink, left.clone()),
        Plan::Refuse(new) => (BaselineOutcome::Refused, known.grown_by(new)),
        Plan::Write(wanted) => (BaselineOutcome::Written, wanted.clone()),
    };
    if outcome == BaselineOutcome::Written
        && let Err(error) = decided.baseline_file.replace(&wanted.to_text())
    {
        let problem = Problem {
            code: ProblemCode::Workspace,
            message: format!("`{file}` cannot be written: {error}"),
            place: ProblemPlace::None,
            suggestion: None,
        };
        let problem = describe::problem(problem, &file, None);
        return BaselineDocument::error(Some(file), vec![problem]);
    }
    BaselineDocument::of(file, outcome, known, &wanted)
}

fn tell(document: &BaselineDocument, options: &Options, sources: &mut Sources, out: &mut dyn Write) -> io::Result<()> {
    print::problems(&document.problems, sources, options.color, out)?;
    if options.amount == Amount::Quiet && document.exit_code() == EXIT_CLEAN {
        return Ok(());
    }
    writeln!(out, "archguard: {}", headline(document, options))?;
    document
        .changes
        .iter()
        .try_for_each(|change| writeln!(out, "{}", line(change)))
}

fn headline(document: &BaselineDocument, options: &Options) -> String {
    let Some(file) = &document.file else {
        return "no baseline can be made of a verdict that is not whole".to_owned();
    };
    let holds = || print::count(document.entries.len(), "line");
    match document.outcome {
        BaselineOutcome::Absent => format!("there is no {file}"),
        BaselineOutcome::Kept => format!("{file} is as small as it can be: {}", holds()),
        BaselineOutcome::Written => format!("{file} was written: {}", holds()),
        BaselineOutcome::CanShrink => {
            let gone = document.changes.iter().filter(|change| change.after == 0).count();
            let left = print::count(document.entries.len() - gone, "line");
            format!("{file} can shrink to {left}; `cargo archguard baseline` rewrites it")
        }
        BaselineOutcome::Refused => {
            let allow = match options.asked.latitude {
                Latitude::Narrow => "under `--ci` nothing is frozen",
                _ => "`--accept-new` freezes them too",
            };
            format!("{file} was not written: it would let pass what is new; {allow}")
        }
        BaselineOutcome::Error => format!("{file} stays as it was"),
    }
}

fn line(change: &BaselineChange) -> String {
    let name = change.name();
    match (change.before, change.after) {
        (0, _) => format!("  + {name}"),
        (_, 0) => format!("  - {name}"),
        (before, after) => format!("  ~ {name} ({before} -> {after} places)"),
    }
}
