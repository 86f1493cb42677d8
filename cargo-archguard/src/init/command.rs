//! Runs `init`: writes what is planned where nothing is yet, and says what the code does against it.

use std::io::{self, Write};
use std::path::Path;

use archguard_check::Checked;
use archguard_invariants::decisions::Baseline;
use archguard_invariants::verdict::{Status, Verdict};

use super::plan::{Plan, Task, problem};
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::question::Question;
use crate::request::{Amount, Options};
use crate::run::Ended;

/// Drafts a policy and writes it, with a baseline if that is asked for, or only shows it.
pub(crate) fn run(
    options: &Options,
    task: Task,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let (mut question, plan) = Question::answered(options, progress, err, |question, progress| {
        Plan::of(question, options, task, progress)
    });
    let output = match plan {
        None => Ok(()),
        Some(plan) if task == Task::Print => out.write_all(plan.text.as_bytes()),
        Some(plan) => write(plan, options, task, &mut question, out, err),
    };
    Ended {
        exit_code: question.end(err),
        output,
    }
}

fn write(
    plan: Plan,
    options: &Options,
    task: Task,
    question: &mut Question<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    if let Err(error) = write_new(&plan.path, &plan.text) {
        let message = format!("`{}` cannot be written: {error}", plan.display);
        question.problems.push(problem(message));
        return Ok(());
    }
    let mut lines = vec![format!("wrote {}", plan.display)];
    let own = options
        .asked
        .policy
        .as_ref()
        .map(|_| format!(" --policy {}", plan.display));
    let own = own.unwrap_or_default();
    match task {
        Task::WriteAndFreeze => match freeze(plan.checked, options, err) {
            Ok(Some(frozen)) => lines.push(frozen),
            Ok(None) => lines.push(kept(&own)),
            Err(why) => question.problems.push(problem(why)),
        },
        Task::Write | Task::Print => lines.extend(today(&plan.checked, &own)),
    }
    if options.amount == Amount::Quiet {
        return Ok(());
    }
    lines.iter().try_for_each(|line| writeln!(out, "archguard: {line}"))
}

/// Freezes what the draft finds, if anything; what was done, or why it could not be.
fn freeze(checked: Checked, options: &Options, err: &mut dyn Write) -> Result<Option<String>, String> {
    let Checked {
        verdict,
        sources,
        decided,
        ..
    } = checked;
    let file = decided.map(|decided| decided.baseline_file);
    let Some(file) = file.filter(|_| verdict.problems.is_empty()) else {
        // That nobody reads them changes nothing.
        let _ = print::problems(&verdict.problems, &mut Sources::of(sources), options.error_color, err);
        return Err("no baseline can be made of a verdict that is not whole: \
                    mend what stands above, then `cargo archguard baseline`"
            .to_owned());
    };
    let baseline = Baseline::freeze(verdict.findings.iter());
    if baseline.entries().is_empty() {
        return Ok(None);
    }
    file.replace(&baseline.to_text())
        .map_err(|error| format!("`{}` cannot be written: {error}", file.display))?;
    Ok(Some(format!(
        "wrote {}: {} of today; a check fails only for what is new",
        file.display,
        print::count(new(&verdict), "finding")
    )))
}

fn new(verdict: &Verdict) -> usize {
    let findings = verdict.findings.iter();
    findings.filter(|finding| finding.status == Status::New).count()
}

fn kept(own: &str) -> String {
    format!("the code keeps it today; `cargo archguard{own}` checks")
}

/// What a check says today, and what can be done about it; `own` is how the commands are told of the policy.
fn today(checked: &Checked, own: &str) -> Vec<String> {
    let new = new(&checked.verdict);
    let problems = checked.verdict.problems.len();
    let mut lines = Vec::new();
    match new {
        0 if problems == 0 => lines.push(kept(own)),
        0 => {}
        _ => {
            let them = if new == 1 { "it" } else { "them" };
            lines.push(format!(
                "the code has {} against it today; `cargo archguard{own}` shows {them}",
                print::count(new, "finding")
            ));
            lines.push(format!(
                "`cargo archguard baseline{own}` freezes {them}, so that only what is new fails"
            ));
        }
    }
    if problems > 0 {
        let (keep, them) = if problems == 1 {
            ("keeps", "it")
        } else {
            ("keep", "them")
        };
        lines.push(format!(
            "{} {keep} the verdict from being whole; `cargo archguard{own}` shows {them}",
            print::count(problems, "problem")
        ));
    }
    lines
}

/// Writes a file that must not be there yet, even if it came to be in the meantime.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::File::options().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
