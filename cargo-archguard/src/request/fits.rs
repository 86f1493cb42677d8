//! Options that every command knows and not every command can heed: said, rather than left without effect.

use crate::cli::{Command, Common};

/// Why an option on the line means nothing to the command, if one does.
pub(super) fn objection(common: &Common, command: Option<&Command>) -> Option<String> {
    let command = command?;
    let narrows = !common.packages.is_empty();
    let why = match command {
        Command::Check(arguments) if arguments.with_cargo_check && narrows => {
            "`--with-cargo-check` checks the whole workspace: `-p`".to_owned()
        }
        Command::Baseline(_) if narrows => "a baseline is that of the whole workspace: `-p`".to_owned(),
        Command::Exceptions(_) if narrows => "exceptions are those of the whole workspace: `-p`".to_owned(),
        Command::Diff(_) if narrows => "a difference is that of the whole workspace: `-p`".to_owned(),
        Command::Prove(_) if narrows => "a proof is that of the whole policy: `-p`".to_owned(),
        Command::Init(_) if narrows => "a draft is that of the whole workspace: `-p`".to_owned(),
        Command::Setup(_) if narrows => "setup is that of the whole workspace: `-p`".to_owned(),
        Command::Explain(_) | Command::Guard(_) if narrows => {
            format!("`{}` speaks of what it is asked about: `-p`", command.name())
        }
        Command::Packs(_) | Command::Schema(_) => {
            let option = [
                (narrows, "-p"),
                (common.policy.is_some(), "--policy"),
                (common.manifest_path.is_some(), "--manifest-path"),
                (common.timings, "--timings"),
            ];
            let (_, option) = option.into_iter().find(|(is_there, _)| *is_there)?;
            format!("`{}` reads no workspace: `{option}`", command.name())
        }
        _ => return None,
    };
    Some(format!("{why} cannot be used with it"))
}
