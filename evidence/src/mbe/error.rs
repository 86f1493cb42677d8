//! What can go wrong in reading or expanding a macro. Not responsible for where: the caller knows the invocation.

use std::fmt;

/// Why a definition could not be read or an invocation could not be expanded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct MacroError {
    kind: MacroErrorKind,
    detail: String,
}

/// The classes of [`MacroError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MacroErrorKind {
    /// The definition is not a sequence of arms, or an arm breaks the rules of matchers or transcribers.
    MalformedDefinition,
    /// No arm accepts the arguments.
    NoMatchingArm,
    /// An arm committed to a fragment (`$x:expr`) that the arguments do not parse as; the compiler stops here too.
    InvalidFragment,
    /// An arm could continue in more than one way and looking at one token does not decide.
    Ambiguous,
    /// Variables of one repetition have different lengths, or a variable is used at the wrong depth.
    RepetitionMismatch,
    /// The input nests too deep or the output has too many tokens.
    LimitExceeded,
}

impl MacroError {
    pub(super) fn new(kind: MacroErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
        }
    }

    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(MacroErrorKind::MalformedDefinition, detail)
    }

    pub(super) fn repetition(detail: impl Into<String>) -> Self {
        Self::new(MacroErrorKind::RepetitionMismatch, detail)
    }

    pub(super) fn limit(detail: impl Into<String>) -> Self {
        Self::new(MacroErrorKind::LimitExceeded, detail)
    }

    /// The class of the error.
    pub fn kind(&self) -> MacroErrorKind {
        self.kind
    }
}

impl fmt::Display for MacroErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::MalformedDefinition => "malformed macro definition",
            Self::NoMatchingArm => "no arm of the macro matches",
            Self::InvalidFragment => "macro fragment does not parse",
            Self::Ambiguous => "ambiguous macro invocation",
            Self::RepetitionMismatch => "macro repetition does not fit",
            Self::LimitExceeded => "macro expansion exceeds a limit",
        })
    }
}
