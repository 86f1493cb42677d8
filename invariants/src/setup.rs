//! What `setup` wires, how each piece stands, and the document that it prints. Values; making and writing are the command's.

use serde::Serialize;

use crate::verdict::{EXIT_CLEAN, EXIT_FINDINGS};

/// A part of what setup wires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The macro or the build wrapper.
    Build,
    /// The git hook before a commit.
    Hook,
    /// The entry of the pre-commit framework.
    PreCommit,
    /// The workflow on the server.
    Ci,
    /// The editor's check command.
    Editor,
    /// The section of AGENTS.md.
    Agents,
}

impl Part {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Build,
        Self::Hook,
        Self::PreCommit,
        Self::Ci,
        Self::Editor,
        Self::Agents,
    ];

    /// The word by which it is chosen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Hook => "hook",
            Self::PreCommit => "pre-commit",
            Self::Ci => "ci",
            Self::Editor => "editor",
            Self::Agents => "agents",
        }
    }
}

/// How a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is there.
    InPlace,
    /// It does not apply here.
    NotNeeded,
    /// It is not there.
    Missing,
    /// It is there as another version, or for another policy.
    Drifted,
    /// It is there, and somebody has changed it: setup leaves it alone.
    Changed,
    /// Something keeps it from working.
    Shadowed,
    /// It is not there, and people have to add it themselves.
    ByHand,
}

impl State {
    /// Whether nothing is left to do.
    pub fn is_fine(self) -> bool {
        matches!(self, Self::InPlace | Self::NotNeeded)
    }

    /// In words.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::InPlace => "in place",
            Self::NotNeeded => "not needed",
            Self::Missing => "missing",
            Self::Drifted => "drifted",
            Self::Changed => "changed",
            Self::Shadowed => "shadowed",
            Self::ByHand => "by hand",
        }
    }
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SetupTask {
    /// To show or apply.
    Apply,
    /// To say what is missing.
    Check,
    /// To take out what setup made.
    Undo,
}

/// What is done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FileAction {
    /// Nothing.
    None,
    /// It is made.
    Create,
    /// Lines of it change.
    Change,
    /// It is deleted.
    Delete,
}

/// What `setup` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetupDocument {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// What was asked for.
    pub task: SetupTask,
    /// Whether the changes were written; else they are a plan.
    pub applied: bool,
    /// Every piece, by part and file.
    pub pieces: Vec<SetupPiece>,
}

/// One thing that setup makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetupPiece {
    /// The part that it belongs to.
    pub part: Part,
    /// The file; null where it is not about one.
    pub file: Option<String>,
    /// How it stood before anything was done.
    pub state: State,
    /// Why, or what is to be done by hand.
    pub told: Option<String>,
    /// What is done to the file.
    pub action: FileAction,
    /// Whether the file is made executable.
    pub executable: bool,
    /// The line, from 1, at which lines go and come; null where none do.
    pub line: Option<usize>,
    /// The lines that go.
    pub removed: Vec<String>,
    /// The lines that come.
    pub added: Vec<String>,
}

impl SetupDocument {
    /// 0; 1 where a check finds something to do, or where setup could not take out all that it made.
    pub fn exit_code(&self) -> u8 {
        let is_fine = match self.task {
            SetupTask::Apply => true,
            SetupTask::Check => self.pieces.iter().all(|piece| piece.state.is_fine()),
            SetupTask::Undo => self.pieces.iter().all(|piece| piece.state != State::Changed),
        };
        if is_fine { EXIT_CLEAN } else { EXIT_FINDINGS }
    }
}
