//! What was asked for: the command line with its contradictions settled. Nothing after this looks at arguments.

use std::ffi::OsString;

use archguard_check::{Latitude, Surroundings};
use archguard_invariants::policy::format::PolicyFile;
use archguard_invariants::setup::Part;
use archguard_invariants::verdict::EXIT_PROBLEMS;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::against::Against;
use crate::baseline::Task;
use crate::cli::{
    AnswerFormat, BaselineArguments, CheckArguments, CheckCommandArguments, CheckFormat, Command, CommandLine, Common,
    DiffFormat, GraphFormat, GraphNodes, InitArguments, ListFormat, PacksFormat, SchemaOf, SetupArguments, SetupPart,
    SetupWith,
};
use crate::verify::Compilation;
use crate::{color, init, setup};

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// What holds for every command.
    pub(crate) options: Options,
    /// The command.
    pub(crate) action: Action,
}

/// What holds for every command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// What is asked of the check.
    pub(crate) asked: archguard_check::Options,
    /// Whether standard output is coloured.
    pub(crate) color: bool,
    /// Whether standard error is coloured.
    pub(crate) error_color: bool,
    /// How much to print.
    pub(crate) amount: Amount,
    /// Whether to say where the time went.
    pub(crate) timings: bool,
}

/// How much to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Findings and problems only.
    Quiet,
    /// The verdict, and of long lists the beginning and the number.
    Normal,
    /// Everything in full.
    Verbose,
}

/// The command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// `check`.
    Check {
        /// How to print.
        format: CheckFormat,
        /// What to hold the policy against.
        against: Option<Against>,
    },
    /// `check --with-cargo-check`.
    CheckWithCargo {
        /// What cargo's own check is given besides.
        cargo_options: Vec<OsString>,
        /// What to hold the policy against.
        against: Option<Against>,
    },
    /// `verify`.
    Verify {
        /// What to compile.
        compilation: Compilation,
        /// How to print.
        format: CheckFormat,
        /// What to hold the policy against.
        against: Option<Against>,
    },
    /// `baseline`.
    Baseline {
        /// What to do.
        task: Task,
        /// How to print.
        format: AnswerFormat,
    },
    /// `exceptions`.
    Exceptions {
        /// How to print.
        format: ListFormat,
        /// Whether a stale or expired one is exit code 1.
        strict: bool,
        /// The commit since which growth is shown.
        base: Option<String>,
    },
    /// `diff`.
    Diff {
        /// What to compare with.
        against: Against,
        /// How to print.
        format: DiffFormat,
    },
    /// `graph`.
    Graph {
        /// How to print.
        format: GraphFormat,
        /// What the nodes are.
        by: GraphNodes,
    },
    /// `packs`.
    Packs {
        /// How to print.
        format: PacksFormat,
    },
    /// `schema`.
    Schema {
        /// Of which file.
        file: PolicyFile,
    },
    /// `explain`.
    Explain {
        /// One name or two.
        names: Vec<String>,
        /// How to print.
        format: AnswerFormat,
    },
    /// `guard`.
    Guard {
        /// The files.
        files: Vec<String>,
        /// How to print.
        format: AnswerFormat,
    },
    /// `setup`.
    Setup {
        /// What to do, with which parts.
        asked: setup::Asked,
        /// How to print.
        format: AnswerFormat,
    },
    /// `prove`.
    Prove {
        /// How to print.
        format: AnswerFormat,
    },
    /// `init`.
    Init {
        /// What to do with the draft.
        task: init::Task,
    },
}

/// Why there is no request: help and version, which were asked for, or a wrong command line.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What to print, line end included.
    pub(crate) text: String,
    /// Whether it was asked for, and so belongs to standard output.
    pub(crate) asked_for: bool,
    /// The exit code.
    pub(crate) exit_code: u8,
}

impl Request {
    /// Reads the arguments, the program's name first. `cargo archguard` passes `archguard` as the next: it is dropped.
    pub(crate) fn parse(
        arguments: impl IntoIterator<Item = OsString>,
        surroundings: Surroundings,
    ) -> Result<Self, Refusal> {
        let mut arguments: Vec<OsString> = arguments.into_iter().collect();
        if arguments.get(1).is_some_and(|argument| argument == "archguard") {
            arguments.remove(1);
        }
        let matches = CommandLine::command()
            .try_get_matches_from(arguments)
            .map_err(|error| Refusal::of(&error))?;
        let line = CommandLine::from_arg_matches(&matches).map_err(|error| Refusal::of(&error))?;
        if let Some(objection) = fits::objection(&line.common, line.command.as_ref()) {
            return Err(Refusal::usage(&objection));
        }
        let action = action(line.command, line.check)?;
        Ok(Self {
            options: Options::of(line.common, surroundings),
            action,
        })
    }
}

impl Options {
    fn of(common: Common, surroundings: Surroundings) -> Self {
        let amount = match (common.quiet, common.verbose) {
            (true, _) => Amount::Quiet,
            (false, true) => Amount::Verbose,
            (false, false) => Amount::Normal,
        };
        let latitude = match (common.ci, surroundings.ci) {
            (true, _) => Latitude::Narrow,
            (false, true) => Latitude::Asked,
            (false, false) => Latitude::Free,
        };
        Self {
            asked: archguard_check::Options {
                manifest_path: common.manifest_path,
                packages: common.packages,
                policy: common.policy,
                offline: common.offline,
                latitude,
                today: surroundings.today,
            },
            color: color::for_output(common.color),
            error_color: color::for_errors(common.color),
            amount,
            timings: common.timings,
        }
    }
}

fn action(command: Option<Command>, check: CheckArguments) -> Result<Action, Refusal> {
    let CheckArguments { format, against } = check;
    let against = Against::of(against);
    let check = |own: Option<CheckFormat>, against: Option<Against>| Action::Check {
        format: own.or(format).unwrap_or(CheckFormat::Human),
        against,
    };
    if let Some(objection) = command.as_ref().and_then(|it| stray(it, format, against.as_ref())) {
        return Err(Refusal::usage(&objection));
    }
    match command {
        None => Ok(check(None, against)),
        Some(Command::Check(arguments)) if arguments.with_cargo_check => with_cargo(arguments, format, against),
        Some(Command::Check(CheckCommandArguments { check: own, .. })) => {
            Ok(check(own.format, Against::of(own.against).or(against)))
        }
        Some(Command::Verify(mut arguments)) => Ok(Action::Verify {
            format: arguments.format.or(format).unwrap_or(CheckFormat::Human),
            against: Against::of(std::mem::take(&mut arguments.against)).or(against),
            compilation: Compilation::of(arguments),
        }),
        Some(Command::Baseline(arguments)) => Ok(Action::Baseline {
            task: baseline_task(&arguments),
            format: arguments.format,
        }),
        Some(Command::Exceptions(arguments)) => Ok(Action::Exceptions {
            format: arguments.format,
            strict: arguments.check,
            base: arguments.base,
        }),
        Some(Command::Diff(arguments)) => Ok(Action::Diff {
            format: arguments.format,
            against: Against::compared(arguments.rev, arguments.allow_policy_change),
        }),
        Some(Command::Graph(arguments)) => match (arguments.format, arguments.by) {
            (GraphFormat::Json, Some(_)) => Err(Refusal::usage(
                "`--by` is for dot and mermaid; the JSON document holds every module and reference",
            )),
            (format, by) => Ok(Action::Graph {
                format,
                by: by.unwrap_or_default(),
            }),
        },
        Some(Command::Packs(arguments)) => Ok(Action::Packs {
            format: arguments.format,
        }),
        Some(Command::Schema(arguments)) => Ok(Action::Schema {
            file: file_of(arguments.file),
        }),
        Some(Command::Explain(arguments)) => Ok(Action::Explain {
            names: arguments.names,
            format: arguments.format,
        }),
        Some(Command::Guard(arguments)) => Ok(Action::Guard {
            files: arguments.files,
            format: arguments.format,
        }),
        Some(Command::Setup(arguments)) => Ok(Action::Setup {
            format: arguments.format,
            asked: setup_asked(&arguments),
        }),
        Some(Command::Prove(arguments)) => Ok(Action::Prove {
            format: arguments.format,
        }),
        Some(Command::Init(arguments)) => Ok(Action::Init {
            task: init_task(&arguments),
        }),
    }
}

fn baseline_task(arguments: &BaselineArguments) -> Task {
    match (arguments.check, arguments.accept_new) {
        (true, _) => Task::Check,
        (false, true) => Task::AcceptNew,
        (false, false) => Task::Freeze,
    }
}

fn init_task(arguments: &InitArguments) -> init::Task {
    match (arguments.print, arguments.baseline) {
        (true, _) => init::Task::Print,
        (false, true) => init::Task::WriteAndFreeze,
        (false, false) => init::Task::Write,
    }
}

fn file_of(schema: SchemaOf) -> PolicyFile {
    match schema {
        SchemaOf::Policy => PolicyFile::Policy,
        SchemaOf::Package => PolicyFile::Package,
        SchemaOf::Exceptions => PolicyFile::Exceptions,
        SchemaOf::Baseline => PolicyFile::Baseline,
    }
}

/// What is wrong with options of a check that stand before another command.
fn stray(command: &Command, format: Option<CheckFormat>, against: Option<&Against>) -> Option<String> {
    if matches!(command, Command::Check(_) | Command::Verify(_)) {
        return None;
    }
    let name = command.name();
    if against.is_some() {
        return Some(format!("`--base` before `{name}` is that of `check` and `verify`"));
    }
    format?;
    Some(match command {
        Command::Init(_) => "`--format` is for `check`: `init` writes a policy".to_owned(),
        Command::Schema(_) => format!("`--format` is that of `check`; `{name}` has none"),
        _ => format!("`--format` before `{name}` is that of `check`; write it after: `{name} --format <FORMAT>`"),
    })
}

/// What a command wants that is no check.
fn setup_asked(arguments: &SetupArguments) -> setup::Asked {
    let part = |part: &SetupPart| match part {
        SetupPart::Build => Part::Build,
        SetupPart::Hook => Part::Hook,
        SetupPart::PreCommit => Part::PreCommit,
        SetupPart::Ci => Part::Ci,
        SetupPart::Editor => Part::Editor,
        SetupPart::Agents => Part::Agents,
    };
    setup::Asked {
        task: match (arguments.check, arguments.undo) {
            (true, _) => setup::Task::Check,
            (false, true) => setup::Task::Undo,
            (false, false) => setup::Task::Apply,
        },
        only: arguments.only.iter().map(part).collect(),
        with: arguments.with.map(|with| match with {
            SetupWith::Macro => setup::Method::Macro,
            SetupWith::Wrapper => setup::Method::Wrapper,
        }),
        unasked: arguments.yes,
    }
}

fn with_cargo(
    arguments: CheckCommandArguments,
    format: Option<CheckFormat>,
    against: Option<Against>,
) -> Result<Action, Refusal> {
    let CheckArguments {
        format: own,
        against: own_against,
    } = arguments.check;
    match own.or(format) {
        Some(CheckFormat::RustcJson) => Ok(Action::CheckWithCargo {
            cargo_options: arguments.cargo_options,
            against: Against::of(own_against).or(against),
        }),
        _ => Err(Refusal::usage(
            "`--with-cargo-check` passes on what cargo says to editors: it needs `--format rustc-json`",
        )),
    }
}

impl Refusal {
    fn of(error: &clap::Error) -> Self {
        let asked_for = !error.use_stderr();
        let colored = if asked_for {
            color::for_output(None)
        } else {
            color::for_errors(None)
        };
        let text = if colored {
            error.render().ansi().to_string()
        } else {
            error.render().to_string()
        };
        Self {
            text,
            asked_for,
            exit_code: if asked_for { 0 } else { EXIT_PROBLEMS },
        }
    }

    fn usage(message: &str) -> Self {
        Self::of(&CommandLine::command().error(ErrorKind::ArgumentConflict, message))
    }
}

mod fits;

#[cfg(test)]
mod tests;
