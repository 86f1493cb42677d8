//! Runs `baseline`: checks, plans, writes, and says what changed.

use std::io::{self, Write};

use archguard_invariants::decisions::Baseline;
use archguard_invariants::verdict::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_PROBLEMS, Verdict};

use super::plan::{Plan, Task, differences};
use crate::check::{Checked, check};
use crate::decided::Decided;
use crate::print;
use crate::progress::Progress;
use crate::request::{Amount, Latitude, Options};
use crate::run::Ended;

/// Brings the baseline up to date, or says whether it is.
pub(crate) fn run(
    options: &Options,
    task: Task,
    mut progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let mut checked = check(options, &mut progress);
    // Times that cannot be shown are no reason to keep the result back.
    let _ = progress.finish(err);
    let decided = checked.decided.take().filter(|_| checked.verdict.problems.is_empty());
    let Some(decided) = decided else {
        let Checked {
            verdict, mut sources, ..
        } = checked;
        let output = print::problems(&verdict.problems, &mut sources, options.color, out)
            .and_then(|()| writeln!(out, "archguard: no baseline can be made of a verdict that is not whole"));
        return Ended {
            exit_code: EXIT_PROBLEMS,
            output,
        };
    };
    let plan = plan(options, task, &decided, &checked.verdict);
    let (exit_code, text) = carry_out(&plan, options, &decided);
    let output = if options.amount == Amount::Quiet && exit_code == EXIT_CLEAN {
        Ok(())
    } else {
        out.write_all(text.as_bytes())
    };
    Ended { exit_code, output }
}

fn plan(options: &Options, task: Task, decided: &Decided, verdict: &Verdict) -> Plan {
    let known = decided.decisions.baseline.as_ref();
    let left = known.map(|known| known.shrunk(verdict.findings.iter(), &decided.decisions.sight));
    let new = Baseline::freeze(verdict.findings.iter());
    let may_grow = options.latitude != Latitude::Narrow;
    Plan::of(task, known, left.unwrap_or_default(), &new, may_grow)
}

/// Does what is planned; the exit code, and what to say.
fn carry_out(plan: &Plan, options: &Options, decided: &Decided) -> (u8, String) {
    let file = &decided.baseline_file.display;
    let none = Baseline::default();
    let known = decided.decisions.baseline.as_ref().unwrap_or(&none);
    let told = |head: String, lines: &[String]| {
        let all = std::iter::once(&head).chain(lines);
        let text = all.map(String::as_str).collect::<Vec<_>>().join("\n");
        format!("archguard: {text}\n")
    };
    match plan {
        Plan::Nothing => (EXIT_CLEAN, told(format!("there is no {file}"), &[])),
        Plan::Keep => {
            let size = lines_of(known);
            (
                EXIT_CLEAN,
                told(format!("{file} is as small as it can be: {size}"), &[]),
            )
        }
        Plan::CanShrink(left) => {
            let head = format!(
                "{file} can shrink to {}; `cargo archguard baseline` rewrites it",
                lines_of(left)
            );
            (EXIT_FINDINGS, told(head, &differences(known, left)))
        }
        Plan::Refuse(new) => {
            let allow = match options.latitude {
                Latitude::Narrow => "under `--ci` nothing is frozen",
                _ => "`--accept-new` freezes them too",
            };
            let head = format!("{file} was not written: it would let pass what is new; {allow}");
            (EXIT_FINDINGS, told(head, &differences(known, &known.grown_by(new))))
        }
        Plan::Write(wanted) => match write(decided, wanted) {
            Ok(()) => {
                let head = format!("{file} was written: {}", lines_of(wanted));
                (EXIT_CLEAN, told(head, &differences(known, wanted)))
            }
            Err(error) => (
                EXIT_PROBLEMS,
                told(format!("{file} could not be written: {error}"), &[]),
            ),
        },
    }
}

fn write(decided: &Decided, wanted: &Baseline) -> io::Result<()> {
    decided.baseline_file.replace(&wanted.to_text())
}

fn lines_of(baseline: &Baseline) -> String {
    print::count(baseline.entries().len(), "line")
}
