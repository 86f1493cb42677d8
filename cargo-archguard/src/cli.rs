//! The command line as clap reads it. What the words mean together is decided in `request`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

/// Checks a workspace against its declared architecture.
///
/// Reads archguard.toml at the workspace root, reads what the code really does, and says with evidence where the two
/// disagree. Without a command it checks.
#[derive(Debug, Parser)]
#[command(
    name = "cargo archguard",
    bin_name = "cargo archguard",
    version,
    term_width = 100,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 clean, 1 findings, 2 problems (also of the command line)."
)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) check: CheckArguments,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Options that every command takes.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, independent of the others"
)]
pub(crate) struct Common {
    /// The manifest of the workspace (or of a member); else the nearest one from here upwards
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Speak of this package only; may be given several times
    #[arg(
        short = 'p',
        long = "package",
        global = true,
        value_name = "NAME",
        conflicts_with = "ci"
    )]
    pub(crate) packages: Vec<String>,
    /// The policy file, instead of archguard.toml at the workspace root
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "ci")]
    pub(crate) policy: Option<PathBuf>,
    /// Whether to colour what is printed
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
    /// Print findings and problems only, nothing where there are none
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print every list in full, and how long each stage took
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// Print on standard error where the time of this run went
    #[arg(long, global = true)]
    pub(crate) timings: bool,
    /// Refuse whatever narrows or loosens the check: --policy, -p, --allow-policy-change
    #[arg(long, global = true)]
    pub(crate) ci: bool,
    /// Never let cargo use the network
    #[arg(long, global = true)]
    pub(crate) offline: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What `check` takes.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// How to print the verdict [default: human]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<CheckFormat>,
    #[command(flatten)]
    pub(crate) against: AgainstArguments,
}

/// What a change is judged against.
#[derive(Debug, Default, Args)]
pub(crate) struct AgainstArguments {
    /// Judge by the policy, exceptions and baseline of this commit too: what they deny stays denied
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,
    /// Accept that the policy denies less than at --base: a warning instead of a finding
    #[arg(long, requires = "base", conflicts_with = "ci")]
    pub(crate) allow_policy_change: bool,
}

/// What `check` takes where it is named.
#[derive(Debug, Args)]
pub(crate) struct CheckCommandArguments {
    #[command(flatten)]
    pub(crate) check: CheckArguments,
    /// Run cargo's own check first and pass its messages on, for editors; with --format rustc-json
    #[arg(long)]
    pub(crate) with_cargo_check: bool,
    /// What cargo's own check is given besides: features, a target
    #[arg(last = true, value_name = "CARGO_OPTION", requires = "with_cargo_check")]
    pub(crate) cargo_options: Vec<OsString>,
}

/// What `verify` takes.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, as cargo has them"
)]
pub(crate) struct VerifyArguments {
    /// Features to compile with, as for cargo
    #[arg(short = 'F', long, value_name = "FEATURES")]
    pub(crate) features: Vec<String>,
    /// Compile with all features
    #[arg(long, conflicts_with_all = ["features", "no_default_features"])]
    pub(crate) all_features: bool,
    /// Compile without the default features
    #[arg(long)]
    pub(crate) no_default_features: bool,
    /// One more set of features to compile with; may be given several times
    #[arg(long = "feature-set", value_name = "FEATURES")]
    pub(crate) feature_sets: Vec<String>,
    /// Compile for this platform
    #[arg(long, value_name = "TRIPLE")]
    pub(crate) target: Option<String>,
    /// Compile libraries, binaries and build scripts only: what is judged unless a rule says `dev = true`
    #[arg(long, conflicts_with = "ci")]
    pub(crate) production: bool,
    /// Ask the compiler for typed bodies only, and nowhere for the written paths in items
    #[arg(long, conflicts_with = "ci")]
    pub(crate) bodies: bool,
    /// Ask the compiler for every written path, also where no macro from elsewhere writes items: up to twice the cost
    #[arg(long, conflicts_with = "bodies")]
    pub(crate) everything: bool,
    /// Go on with the rest where something does not compile; the verdict stays incomplete
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// How to print the verdict [default: human]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<CheckFormat>,
    #[command(flatten)]
    pub(crate) against: AgainstArguments,
}

/// How a verdict can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    Human,
    /// One JSON document, docs/schema/verdict-1.json
    Json,
    /// Annotations in the log of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Messages as cargo passes the compiler's on, a line each, for editors
    RustcJson,
}

/// What `baseline` takes.
#[derive(Debug, Args)]
pub(crate) struct BaselineArguments {
    /// Write nothing; exit code 1 if something in it is gone
    #[arg(long)]
    pub(crate) check: bool,
    /// Freeze new findings, too, where there is a baseline already
    #[arg(long, conflicts_with_all = ["check", "ci"])]
    pub(crate) accept_new: bool,
    /// How to print what was done; json is docs/schema/baseline-1.json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: AnswerFormat,
}

/// What `exceptions` takes.
#[derive(Debug, Args)]
pub(crate) struct ExceptionsArguments {
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
    /// Exit code 1 if one is stale or expired
    #[arg(long)]
    pub(crate) check: bool,
    /// Say how the list has grown since this commit
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,
}

/// How a list can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// One JSON document, docs/schema/exceptions-1.json
    Json,
}

/// What `diff` takes.
#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The commit to compare with
    #[arg(value_name = "REV")]
    pub(crate) rev: String,
    /// Accept that the policy denies less than there
    #[arg(long, conflicts_with = "ci")]
    pub(crate) allow_policy_change: bool,
    /// How to print the difference
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: DiffFormat,
}

/// How a difference can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Human,
    /// One JSON document, docs/schema/diff-1.json
    Json,
    /// A comment for a review
    Markdown,
}

/// What `graph` takes.
#[derive(Debug, Args)]
pub(crate) struct GraphArguments {
    /// How to print the graph
    #[arg(long, value_name = "FORMAT", default_value = "dot")]
    pub(crate) format: GraphFormat,
    /// What the nodes are, for dot and mermaid [default: module]
    #[arg(long, value_name = "WHAT")]
    pub(crate) by: Option<GraphNodes>,
}

/// How a graph can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// One JSON document with every reference, docs/schema/graph-1.json
    Json,
    /// Graphviz
    Dot,
    /// Mermaid
    Mermaid,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A path in the code, a component, a file (there or not) or a rule's id; of two places, how they hang together
    #[arg(required = true, num_args = 1..=2, value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// How to print the answer; json is docs/schema/explain-1.json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: AnswerFormat,
}

/// What `guard` takes.
#[derive(Debug, Args)]
pub(crate) struct GuardArguments {
    /// The files to be written, whether they are there or not
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// How to print the answer; json is docs/schema/guard-1.json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: AnswerFormat,
}

/// What `prove` takes.
#[derive(Debug, Args)]
pub(crate) struct ProveArguments {
    /// How to print the proof; json is docs/schema/prove-1.json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: AnswerFormat,
}

/// What `init` takes.
#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// Print the draft to standard output, and write nothing
    #[arg(long)]
    pub(crate) print: bool,
    /// Freeze what the code does against the draft today, so that only what is new fails
    #[arg(long, conflicts_with_all = ["print", "ci"])]
    pub(crate) baseline: bool,
}

/// What `setup` takes.
#[derive(Debug, Args)]
pub(crate) struct SetupArguments {
    /// Apply the plan without asking; else it is only shown where nobody can be asked
    #[arg(long, conflicts_with = "check")]
    pub(crate) yes: bool,
    /// Write nothing; exit code 1 if something is missing, drifted or shadowed
    #[arg(long)]
    pub(crate) check: bool,
    /// Take out what setup made, and nothing else
    #[arg(long, conflicts_with = "check")]
    pub(crate) undo: bool,
    /// How builds are judged [default: the wrapper where the tool is on the path, else the macro]
    #[arg(long, value_name = "HOW", conflicts_with = "undo")]
    pub(crate) with: Option<SetupWith>,
    /// Only these parts, separated by commas [default: all that fit]
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    pub(crate) only: Vec<SetupPart>,
    /// How to print the plan; json is docs/schema/setup-1.json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: AnswerFormat,
}

/// How a build is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SetupWith {
    /// The macro `enforce!` in each crate: nothing to install
    Macro,
    /// The tool in the compiler's place: diagnostics underline the code
    Wrapper,
}

/// What setup can wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SetupPart {
    /// The macro or the wrapper
    Build,
    /// The git hook before a commit
    Hook,
    /// The entry of the pre-commit framework
    PreCommit,
    /// The workflow for GitHub
    Ci,
    /// rust-analyzer's check command, in .vscode/settings.json
    Editor,
    /// The section of AGENTS.md
    Agents,
}

/// How an answer can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people and assistants
    Human,
    /// One JSON document
    Json,
}

/// What the nodes of a printed graph are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum GraphNodes {
    /// Modules of the workspace
    #[default]
    Module,
    /// Components of the policy
    Component,
    /// Crates, external ones included
    Crate,
    /// Items of the workspace
    Item,
}

/// What `packs` takes.
#[derive(Debug, Args)]
pub(crate) struct PacksArguments {
    /// How to print the packs
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: PacksFormat,
}

/// How packs can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PacksFormat {
    /// For people; with --verbose each entry's documentation too
    Human,
    /// One JSON document, docs/schema/packs-1.json
    Json,
}

/// What `schema` takes.
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// The file that an editor is to know
    #[arg(value_name = "FILE", default_value = "policy")]
    pub(crate) file: SchemaOf,
}

/// Files of which there is a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// archguard.toml at the workspace root
    Policy,
    /// archguard.toml of a package
    Package,
    /// archguard.exceptions.toml
    Exceptions,
    /// archguard.baseline.toml
    Baseline,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the workspace against its policy (the default)
    Check(CheckCommandArguments),
    /// Check with what the compiler itself saw: typed bodies and every written path, on this toolchain
    Verify(VerifyArguments),
    /// Say what a change does to the architecture: dependencies, findings and policy since a commit
    Diff(DiffArguments),
    /// Freeze the findings of today, so that only new ones fail; take out what is gone
    Baseline(BaselineArguments),
    /// List the exceptions with their state and the days that are left
    Exceptions(ExceptionsArguments),
    /// Print what uses what
    Graph(GraphArguments),
    /// Say what holds for a place, a rule, or between two places, and what the code does there
    Explain(ExplainArguments),
    /// Say what code in these files may and may not do, before it is written
    Guard(GuardArguments),
    /// Plant a violation of every rule, pattern and component in memory, and show that it is found
    Prove(ProveArguments),
    /// Draft a commented policy from the code, and write it where there is none
    Init(InitArguments),
    /// List what the shipped packs (pack:sql and others) name
    Packs(PacksArguments),
    /// Print the JSON Schema by which editors complete and check the policy
    Schema(SchemaArguments),
    /// Wire the check into build, hook, CI, editor and AGENTS.md; shows its plan first
    Setup(SetupArguments),
}

impl Command {
    /// The command's name.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Check(_) => "check",
            Self::Verify(_) => "verify",
            Self::Baseline(_) => "baseline",
            Self::Exceptions(_) => "exceptions",
            Self::Graph(_) => "graph",
            Self::Explain(_) => "explain",
            Self::Guard(_) => "guard",
            Self::Prove(_) => "prove",
            Self::Init(_) => "init",
            Self::Packs(_) => "packs",
            Self::Schema(_) => "schema",
            Self::Setup(_) => "setup",
            Self::Diff(_) => "diff",
        }
    }
}

/// The command line's definition, for tests that compare it with the documentation.
pub fn command_line() -> clap::Command {
    CommandLine::command()
}
