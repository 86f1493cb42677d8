//! What is measured: a name, what has to be so before each run, and the command. How often is for `rounds`.

use std::process::Command;

/// What a case is, to be found again among the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    CountLines,
    Parse,
    Metadata,
    NoOpCheck,
    Cold,
    Server,
    Warm,
    BodyChanged,
    ItemAdded,
    OwnCrates,
    OwnCratesWrapped,
    OwnCratesWrappedAndRead,
    OneFile,
    OneFileWrapped,
    NoOpWrapped,
    CheckFromNothing,
    VerifyFromNothing,
    VerifyWarm,
    VerifyOneFile,
    Tool(&'static str),
}

impl What {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::CountLines => "reading and counting every line",
            Self::Parse => "bare parallel parse by `syn`, the same files",
            Self::Metadata => "`cargo metadata`",
            Self::NoOpCheck => "`cargo check`, nothing changed",
            Self::Cold => "**cold**: nothing kept, and kept for the next run",
            Self::Server => "the same on a server (`CI`), where nothing is kept",
            Self::Warm => "**warm**: nothing changed",
            Self::BodyChanged => "one file changed: a function's body",
            Self::ItemAdded => "one file changed: an item more",
            Self::OwnCrates => "`cargo check` of the own crates",
            Self::OwnCratesWrapped => "`cargo check` of the own crates **with the wrapper**, nothing kept",
            Self::OwnCratesWrappedAndRead => {
                "`cargo check` of the own crates **with the wrapper**, what was read is kept"
            }
            Self::OneFile => "`cargo check`, one file changed",
            Self::OneFileWrapped => "`cargo check`, one file changed, **with the wrapper**",
            Self::NoOpWrapped => "`cargo check`, nothing changed, with the wrapper",
            Self::CheckFromNothing => "`cargo check` from nothing, dependencies too",
            Self::VerifyFromNothing => "**`verify`** from nothing, dependencies too",
            Self::VerifyWarm => "`verify`, nothing changed",
            Self::VerifyOneFile => "`verify`, one file changed",
            Self::Tool(label) => label,
        }
    }
}

/// Whether a run counts, by its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndsWith {
    /// 0 alone: a build.
    Success,
    /// 0 or 1: a check that was whole, whatever it found.
    Whole,
    /// 0 to 2: a check, also of code of which not everything can be read.
    Verdict,
}

impl EndsWith {
    pub(crate) fn accepts(self, code: Option<i32>) -> bool {
        match self {
            Self::Success => code == Some(0),
            Self::Whole => matches!(code, Some(0 | 1)),
            Self::Verdict => matches!(code, Some(0..=2)),
        }
    }
}

/// Makes ready for a run; the number is another one each time.
pub(crate) type Prepare<'a> = Box<dyn Fn(usize) -> Result<(), String> + 'a>;

/// One thing to measure.
pub(crate) struct Case<'a> {
    pub(crate) what: What,
    pub(crate) prepare: Prepare<'a>,
    pub(crate) command: Box<dyn Fn() -> Command + 'a>,
    pub(crate) ends_with: EndsWith,
}

impl<'a> Case<'a> {
    /// A case that needs nothing before it.
    pub(crate) fn plain(what: What, ends_with: EndsWith, command: impl Fn() -> Command + 'a) -> Self {
        Self::after(what, ends_with, |_| Ok(()), command)
    }

    pub(crate) fn after(
        what: What,
        ends_with: EndsWith,
        prepare: impl Fn(usize) -> Result<(), String> + 'a,
        command: impl Fn() -> Command + 'a,
    ) -> Self {
        Self {
            what,
            prepare: Box::new(prepare),
            command: Box::new(command),
            ends_with,
        }
    }
}
