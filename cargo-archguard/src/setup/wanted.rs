//! A file that is to hold a section of ours, and what that comes to: a value, nothing is written here.

use std::io;
use std::path::{Path, PathBuf};

use archguard_invariants::setup::{Part, State};

use super::section::{Found, Section};

/// A file that is to be made, changed or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) path: PathBuf,
    /// None where there is no file.
    pub(super) before: Option<String>,
    /// None where there is to be none.
    pub(super) after: Option<String>,
    /// Whether it has to be executable.
    pub(super) executable: bool,
}

/// One thing that setup makes, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) part: Part,
    pub(super) file: Option<String>,
    pub(super) state: State,
    /// Why, or what is to be done by hand.
    pub(super) told: Option<String>,
    pub(super) change: Option<Change>,
}

impl Piece {
    /// Something of which no file is changed.
    pub(super) fn told(part: Part, file: Option<&str>, state: State, told: impl Into<String>) -> Self {
        Self {
            part,
            file: file.map(str::to_owned),
            state,
            told: Some(told.into()),
            change: None,
        }
    }
}

/// Where the section goes in a text that does not have it: the text with it, or why and what is to be added by hand.
pub(super) type Placing = Box<dyn Fn(&str, &Section) -> Result<String, String>>;

/// A file that is to hold a section.
pub(super) struct Wanted {
    pub(super) part: Part,
    pub(super) path: PathBuf,
    /// The path as printed.
    pub(super) display: String,
    /// What stands before the section in a file that is made for it.
    pub(super) frame: &'static str,
    pub(super) section: Section,
    pub(super) placing: Placing,
    /// Whether a text without the section has what it is for.
    pub(super) already: fn(&str) -> bool,
    pub(super) executable: bool,
}

impl Wanted {
    /// What is to be done so that the section is there.
    pub(super) fn piece(&self) -> Piece {
        let text = match read(&self.path) {
            Ok(text) => text,
            Err(why) => return self.said(State::ByHand, Some(why)),
        };
        let Some(text) = text else {
            let after = format!("{}{}", self.frame, self.section.text("\n"));
            return self.changing(State::Missing, None, after);
        };
        match self.section.found(&text) {
            Found::Same if self.executable && !is_executable(&self.path) => {
                let mut piece = self.changing(State::Drifted, Some(text.clone()), text);
                piece.told = Some("it is not executable, so that nobody runs it".to_owned());
                piece
            }
            Found::Same => self.said(State::InPlace, None),
            Found::Older => match self.section.renewed(&text) {
                Some(after) => self.changing(State::Drifted, Some(text), after),
                None => self.said(State::Changed, None),
            },
            Found::Changed => {
                let why = "somebody has changed what setup made: it is left as it is";
                self.said(State::Changed, Some(why.to_owned()))
            }
            Found::Nothing if (self.already)(&text) => {
                self.said(State::InPlace, Some("there without setup".to_owned()))
            }
            Found::Nothing => match (self.placing)(&text, &self.section) {
                Ok(after) => self.changing(State::Missing, Some(text), after),
                Err(why) => self.said(State::ByHand, Some(why)),
            },
        }
    }

    /// What is to be done so that it is gone; nothing where setup made nothing.
    pub(super) fn undo(&self) -> Option<Piece> {
        let text = read(&self.path).ok()??;
        match self.section.found(&text) {
            Found::Nothing => None,
            Found::Changed => {
                let why = "somebody has changed what setup made: it is left as it is";
                Some(self.said(State::Changed, Some(why.to_owned())))
            }
            Found::Same | Found::Older => {
                let rest = self.section.taken_out(&text)?;
                let mut piece = self.changing(State::InPlace, Some(text), String::new());
                if let Some(change) = &mut piece.change {
                    change.after = (rest != self.frame).then_some(rest);
                    change.executable = false;
                }
                Some(piece)
            }
        }
    }

    fn said(&self, state: State, told: Option<String>) -> Piece {
        Piece {
            part: self.part,
            file: Some(self.display.clone()),
            state,
            told,
            change: None,
        }
    }

    fn changing(&self, state: State, before: Option<String>, after: String) -> Piece {
        let change = Change {
            path: self.path.clone(),
            before,
            after: Some(after),
            executable: self.executable,
        };
        Piece {
            change: Some(change),
            ..self.said(state, None)
        }
    }
}

/// The text of a file, none where there is none; or why it is nothing that setup can change.
pub(super) fn read(path: &Path) -> Result<Option<String>, String> {
    match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| "it is not UTF-8: setup leaves it as it is".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => Ok(None),
        Err(error) => Err(format!("it cannot be read: {error}")),
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|known| known.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    true
}
