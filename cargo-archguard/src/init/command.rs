//! Runs `init`: reads the code, drafts a policy, judges the code by the draft, and only then writes it. A draft that could not
//! be checked with is never written.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use archguard_invariants::draft::Draft;
use archguard_invariants::finding::RawFinding;
use archguard_invariants::policy::PolicyTexts;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::policy_file::POLICY_FILE;
use crate::progress::Progress;
use crate::question::Question;
use crate::request::{Amount, Options};
use crate::run::Ended;
use crate::stages::{self, Loaded};

/// A policy that is not written yet.
struct Plan {
    path: PathBuf,
    display: String,
    text: String,
    findings: Vec<RawFinding>,
}

/// Drafts a policy and writes it, or with `print` shows it.
pub(crate) fn run(
    options: &Options,
    print: bool,
    mut progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let mut question = Question::new(options);
    let plan = plan(&mut question, options, print, &mut progress);
    // Times that cannot be shown are no reason to keep the draft back.
    let _ = progress.finish(err);
    let output = match plan {
        None => Ok(()),
        Some(plan) if print => out.write_all(plan.text.as_bytes()),
        Some(plan) => match write_new(&plan.path, &plan.text) {
            Ok(()) => tell(&plan, options.amount, out),
            Err(error) => {
                let message = format!("`{}` cannot be written: {error}", plan.display);
                question.problems.push(problem(message));
                Ok(())
            }
        },
    };
    Ended {
        exit_code: question.end(err),
        output,
    }
}

fn plan(question: &mut Question<'_>, options: &Options, print: bool, progress: &mut Progress) -> Option<Plan> {
    progress.stage("loading the workspace");
    let workspace = question.workspace()?;
    question.check_packages(&workspace);
    let path = options
        .policy
        .clone()
        .unwrap_or_else(|| workspace.root().join(POLICY_FILE));
    let display = shown(&path, workspace.root());
    if !print && path.symlink_metadata().is_ok() {
        let message =
            format!("there is a policy already: `{display}`; `init --print` shows a draft without writing it");
        question.problems.push(problem(message));
    }
    if !question.problems.is_empty() {
        return None;
    }
    progress.stage("reading the code");
    let evidence = stages::read_evidence(&workspace, None);
    // What cannot be read is no reason to draft nothing: the check will name it again.
    let draft = Draft::of(&evidence.graph);
    if draft.components.is_empty() {
        let message = "there is no code to draft a policy from: no package has a library or a binary";
        question.problems.push(problem(message.to_owned()));
        return None;
    }
    let text = draft.to_toml();
    progress.stage("judging by the draft");
    let findings = judge(question, &workspace, &display, &text)?;
    Some(Plan {
        path,
        display,
        text,
        findings,
    })
}

/// What the draft finds in the code; none if it cannot judge it.
fn judge(question: &mut Question<'_>, workspace: &Loaded, display: &str, text: &str) -> Option<Vec<RawFinding>> {
    let policy = match stages::read_policy(&PolicyTexts::new(display, text)) {
        Ok(policy) => policy,
        Err(problems) => return refuse(question, problems),
    };
    let evidence = stages::read_evidence(workspace, Some(&policy));
    let binding = stages::bind(&policy, &evidence.graph);
    if !binding.problems.is_empty() {
        return refuse(question, binding.problems);
    }
    Some(stages::judge(&evidence.graph, &binding.policy).findings)
}

/// The draft speaks of something that a policy cannot say: what it is goes out without a place, the text being nowhere.
fn refuse(question: &mut Question<'_>, problems: Vec<Problem>) -> Option<Vec<RawFinding>> {
    let told = problems.into_iter().map(|told| Problem {
        message: format!("no draft could be made that fits the code: {}", told.message),
        place: ProblemPlace::None,
        ..told
    });
    question.problems.extend(told);
    None
}

/// Writes a file that must not be there yet, even if it came to be in the meantime.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::File::options().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn tell(plan: &Plan, amount: Amount, out: &mut dyn Write) -> io::Result<()> {
    if amount == Amount::Quiet {
        return Ok(());
    }
    writeln!(out, "archguard: wrote {}", plan.display)?;
    match plan.findings.len() {
        0 => writeln!(out, "archguard: the code keeps it today; `cargo archguard` checks"),
        1 => writeln!(
            out,
            "archguard: the code has 1 finding against it today; `cargo archguard` shows it"
        ),
        number => writeln!(
            out,
            "archguard: the code has {number} findings against it today; `cargo archguard` shows them"
        ),
    }
}

fn shown(path: &Path, root: &Path) -> String {
    let shown = path.strip_prefix(root).unwrap_or(path);
    shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn problem(message: String) -> Problem {
    Problem {
        code: ProblemCode::Workspace,
        message,
        place: ProblemPlace::None,
        suggestion: None,
    }
}
