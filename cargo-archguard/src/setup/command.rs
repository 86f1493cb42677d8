//! Runs `setup`: plans, shows, asks where somebody can answer, writes.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use archguard_check::{Watch, stages};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::setup::{FileAction, Part, SetupDocument, SetupTask};

use super::plan::{self, Chosen, Method};
use super::site::Site;
use super::wanted::{Change, Piece};
use super::{agents, shown};
use crate::check::print_json;
use crate::cli::AnswerFormat;
use crate::progress::Progress;
use crate::question::{Prepared, Question};
use crate::request::{Amount, Options};
use crate::run::Ended;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What to do.
    pub(crate) task: Task,
    /// The parts that were named.
    pub(crate) only: Vec<Part>,
    /// How builds are to be judged, if that was said.
    pub(crate) with: Option<Method>,
    /// Whether nobody is to be asked.
    pub(crate) unasked: bool,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Wire what is missing.
    Apply,
    /// Say what is missing.
    Check,
    /// Take out what setup made.
    Undo,
}

/// Shows a plan, and carries it out if it may.
pub(crate) fn run(
    options: &Options,
    asked: &Asked,
    format: AnswerFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let (mut question, planned) = Question::answered(options, progress, err, |question, progress| {
        planned(question, asked, progress)
    });
    let ended = match planned {
        Some(pieces) if question.is_whole() => {
            Some(carry_out(&pieces, options, asked, format, &mut question, out, err))
        }
        _ => None,
    };
    let problems = question.end(err);
    match ended {
        Some(ended) if problems == 0 => ended,
        Some(Ended { output, .. }) => Ended {
            exit_code: problems,
            output,
        },
        None => Ended {
            exit_code: problems,
            output: Ok(()),
        },
    }
}

fn planned(question: &mut Question<'_>, asked: &Asked, progress: &mut Progress) -> Option<Vec<Piece>> {
    let chosen = Chosen {
        only: &asked.only,
        with: asked.with,
    };
    if asked.task == Task::Undo {
        progress.stage("loading the workspace");
        let workspace = question.workspace()?;
        return Some(plan::undo(&Site::of(&workspace), &chosen));
    }
    let Prepared {
        workspace,
        policy,
        graph,
    } = question.prepare(progress, stages::read_outline)?;
    let bound = question.bind(&policy, &graph);
    let lines = agents::lines(&graph, &bound);
    Some(plan::pieces(&Site::of(&workspace), &chosen, &lines))
}

fn carry_out(
    pieces: &[Piece],
    options: &Options,
    asked: &Asked,
    format: AnswerFormat,
    question: &mut Question<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let is_quiet = options.amount == Amount::Quiet;
    let mut document = SetupDocument {
        schema: 1,
        task: match asked.task {
            Task::Apply => SetupTask::Apply,
            Task::Check => SetupTask::Check,
            Task::Undo => SetupTask::Undo,
        },
        applied: false,
        pieces: pieces.iter().map(shown::piece).collect(),
    };
    let has_changes = document.pieces.iter().any(|piece| piece.action != FileAction::None);
    let mut output = Ok(());
    if asked.task != Task::Check && has_changes {
        document.applied = asked.unasked;
        if !asked.unasked && format == AnswerFormat::Human && is_conversation() {
            output = shown::human(&document, is_quiet, out).and_then(|()| out.flush());
            document.applied = output.is_ok() && agrees(err);
            if !document.applied {
                return Ended {
                    exit_code: document.exit_code(),
                    output,
                };
            }
        }
    }
    if document.applied
        && let Err(why) = write_all(pieces)
    {
        question.problems.push(problem(why));
        return Ended { exit_code: 2, output };
    }
    let printed = match format {
        AnswerFormat::Human => shown::human(&document, is_quiet, out),
        AnswerFormat::Json => print_json(&document, out),
    };
    Ended {
        exit_code: document.exit_code(),
        output: output.and(printed),
    }
}

fn is_conversation() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn agrees(err: &mut dyn Write) -> bool {
    let mut answer = String::new();
    let is_asked = write!(err, "apply it? [y/N] ").and_then(|()| err.flush()).is_ok();
    is_asked
        && io::stdin().read_line(&mut answer).is_ok()
        && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// Writes every change; before the first, every file is looked at once more.
fn write_all(pieces: &[Piece]) -> Result<(), String> {
    let changes: Vec<(&Change, &str)> = pieces
        .iter()
        .filter_map(|piece| Some((piece.change.as_ref()?, piece.file.as_deref().unwrap_or_default())))
        .collect();
    for (change, shown) in &changes {
        let now = super::wanted::read(&change.path);
        if now.as_ref().ok() != Some(&change.before) {
            return Err(format!("`{shown}` has changed meanwhile; nothing is written"));
        }
    }
    for (change, shown) in changes {
        write(change).map_err(|error| format!("`{shown}` cannot be written: {error}"))?;
    }
    Ok(())
}

fn write(change: &Change) -> io::Result<()> {
    let Some(text) = &change.after else {
        fs::remove_file(&change.path)?;
        remove_empty(&change.path);
        return Ok(());
    };
    if let Some(folder) = change.path.parent() {
        fs::create_dir_all(folder)?;
    }
    if change.before.as_ref() != Some(text) {
        fs::write(&change.path, text)?;
    }
    if change.executable {
        make_executable(&change.path)?;
    }
    Ok(())
}

/// Folders that were made for a file go with it.
fn remove_empty(path: &Path) {
    for folder in path.ancestors().skip(1).take(2) {
        let is_of_tools = folder.file_name().is_some_and(|name| {
            [".cargo", ".github", "workflows", ".vscode"].contains(&name.to_string_lossy().as_ref())
        });
        if !is_of_tools || fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_mode(permissions.mode() | 0o111);
    fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}

fn problem(message: String) -> Problem {
    Problem {
        code: ProblemCode::Workspace,
        message,
        place: ProblemPlace::None,
        suggestion: None,
    }
}
