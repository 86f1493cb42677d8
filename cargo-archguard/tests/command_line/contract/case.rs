//! One case of the contract: an option of a command, and what it does.

use super::shop::Shop;

/// What an option does to a run.
pub(super) enum Effect {
    /// Another exit code: without it, with it.
    Exits(i32, i32),
    /// This is said with it and not without it.
    Says(&'static str),
    /// This is said without it and not with it.
    Hides(&'static str),
    /// Standard output is one document by this schema.
    Document(&'static str),
    /// Standard output is SARIF.
    Sarif,
    /// The same as without it, because it is the default or there is nothing to do for it; why.
    Same(&'static str),
    /// It is refused here: what is said.
    Refused(&'static str),
    /// This file is there with it and not without it.
    Writes(&'static str),
    /// Cargo is called with it, and without it is not.
    TellsCargo,
    /// A run in the folder beside the workspace succeeds with it alone.
    Finds,
}

/// A command, an option with its word where it takes one of a few, and what it does.
pub(super) struct Case {
    /// The command, or nothing.
    pub(super) command: &'static str,
    /// `--quiet`, `--format json`, `NAME`, `FILE policy`.
    pub(super) option: &'static str,
    /// What is typed for it.
    pub(super) typed: &'static str,
    /// The rest of the line, of both runs.
    pub(super) rest: String,
    pub(super) effect: Effect,
    /// What is done to the shop before each run.
    pub(super) before: fn(&Shop),
    /// Set for both runs.
    pub(super) variable: Option<&'static str>,
}

impl Case {
    pub(super) fn before(self, before: fn(&Shop)) -> Self {
        Self { before, ..self }
    }
}

/// An option that is typed as it is called.
pub(super) fn case(command: &'static str, option: &'static str, rest: &str, effect: Effect) -> Case {
    typed(command, option, option, rest, effect)
}

pub(super) fn typed(
    command: &'static str,
    option: &'static str,
    typed: &'static str,
    rest: &str,
    effect: Effect,
) -> Case {
    Case {
        command,
        option,
        typed,
        rest: rest.to_owned(),
        effect,
        before: |_| {},
        variable: None,
    }
}
