//! A plan as it is printed: the lines that come and go, in words and as a document.

use std::io::{self, Write};

use archguard_invariants::setup::{FileAction, SetupDocument, SetupPiece, SetupTask, State};

use super::wanted::{Change, Piece};
use crate::print;

/// A piece as a value that is printed.
pub(super) fn piece(piece: &Piece) -> SetupPiece {
    let difference = piece.change.as_ref().map(Difference::of).unwrap_or_default();
    SetupPiece {
        part: piece.part,
        file: piece.file.clone(),
        state: piece.state,
        told: piece.told.clone(),
        action: piece.change.as_ref().map_or(FileAction::None, action),
        executable: piece.change.as_ref().is_some_and(|change| change.executable),
        line: difference.line,
        removed: difference.removed,
        added: difference.added,
    }
}

fn action(change: &Change) -> FileAction {
    match (&change.before, &change.after) {
        (None, None) => FileAction::None,
        (None, Some(_)) => FileAction::Create,
        (Some(_), Some(_)) => FileAction::Change,
        (Some(_), None) => FileAction::Delete,
    }
}

/// What lies between the lines that both texts begin and end with.
#[derive(Default)]
struct Difference {
    line: Option<usize>,
    removed: Vec<String>,
    added: Vec<String>,
}

impl Difference {
    fn of(change: &Change) -> Self {
        let text = |text: &Option<String>| -> Vec<String> {
            text.as_deref().unwrap_or_default().lines().map(str::to_owned).collect()
        };
        let (before, after) = (text(&change.before), text(&change.after));
        let shorter = before.len().min(after.len());
        let begin = before
            .iter()
            .zip(&after)
            .take_while(|(left, right)| left == right)
            .count();
        let both = before.iter().rev().zip(after.iter().rev());
        let end = both
            .take(shorter - begin)
            .take_while(|(left, right)| left == right)
            .count();
        let removed = before[begin..before.len() - end].to_vec();
        let added = after[begin..after.len() - end].to_vec();
        Self {
            line: (!removed.is_empty() || !added.is_empty()).then_some(begin + 1),
            removed,
            added,
        }
    }
}

/// Prints what is to be done, or what there is.
pub(super) fn human(document: &SetupDocument, is_quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    for piece in &document.pieces {
        let is_news = !piece.state.is_fine() || piece.action != FileAction::None;
        if is_news || !is_quiet {
            one(document, piece, out)?;
        }
    }
    if is_quiet && document.exit_code() == 0 {
        return Ok(());
    }
    writeln!(out, "archguard: {}", headline(document))
}

fn one(document: &SetupDocument, piece: &SetupPiece, out: &mut dyn Write) -> io::Result<()> {
    let verb = match piece.action {
        _ if document.task == SetupTask::Check => piece.state.phrase(),
        FileAction::None => piece.state.phrase(),
        FileAction::Create => "create",
        FileAction::Change => "change",
        FileAction::Delete => "delete",
    };
    write!(out, "{} ({verb})", piece.part.word())?;
    if let Some(file) = &piece.file {
        write!(out, " {file}")?;
    }
    if let Some(line) = piece
        .line
        .filter(|_| piece.action == FileAction::Change && document.task != SetupTask::Check)
    {
        write!(out, ":{line}")?;
    }
    if let Some(told) = &piece.told {
        write!(out, ": {told}")?;
    }
    writeln!(out)?;
    let is_shown = document.task != SetupTask::Check && !document.applied && piece.action != FileAction::Delete;
    if is_shown {
        piece
            .removed
            .iter()
            .try_for_each(|line| writeln!(out, "    - {line}"))?;
        piece.added.iter().try_for_each(|line| writeln!(out, "    + {line}"))?;
    }
    Ok(())
}

fn headline(document: &SetupDocument) -> String {
    let pieces = document.pieces.iter();
    let changes = pieces.clone().filter(|piece| piece.action != FileAction::None).count();
    let files = print::count(changes, "file");
    let left = pieces
        .filter(|piece| matches!(piece.state, State::Changed | State::ByHand | State::Shadowed))
        .count();
    let left = match left {
        0 => String::new(),
        number => format!("; {} for people to look at", print::count(number, "thing")),
    };
    match (document.task, document.applied, changes) {
        (SetupTask::Check, ..) => match document.pieces.iter().filter(|piece| !piece.state.is_fine()).count() {
            0 => "everything is in place".to_owned(),
            number => format!(
                "{} of {} not in place; `cargo archguard setup` shows what is to be done",
                number,
                print::count(document.pieces.len(), "piece")
            ),
        },
        (SetupTask::Apply, _, 0) => format!("nothing to change{left}"),
        (SetupTask::Apply, true, _) => format!("wrote {files}{left}"),
        (SetupTask::Apply, false, _) => {
            format!("a plan for {files}, nothing is written{left}; `cargo archguard setup --yes` applies it")
        }
        (SetupTask::Undo, _, 0) => format!("there is nothing that setup made and could take out{left}"),
        (SetupTask::Undo, true, _) => format!("took out what setup had made, in {files}{left}"),
        (SetupTask::Undo, false, _) => {
            format!("a plan for {files}, nothing is written{left}; `cargo archguard setup --undo --yes` applies it")
        }
    }
}
