//! A problem: something that keeps the verdict from being whole. No severity, no exception, exit 2.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::place::TextSpan;

/// What kind of problem; the word is `code` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemCode {
    /// There is no policy.
    NoPolicy,
    /// The policy is not TOML, or a value has the wrong type.
    PolicySyntax,
    /// A key that the policy format does not have.
    UnknownKey,
    /// A component, set, crate or kind that does not exist.
    UnknownName,
    /// A pattern that is malformed.
    BadPattern,
    /// A pattern that matches nothing.
    NothingMatched,
    /// The policy contradicts itself: ids twice, equal claims, `uses` up a layering.
    PolicyConflict,
    /// An exception in source that the policy does not allow, or that is not whole.
    InlineException,
    /// Something that was let pass until a day, and the day is over.
    Expired,
    /// The workspace could not be loaded.
    Workspace,
    /// Code that should have been read and could not be.
    UnexaminedCode,
    /// Nothing was examined.
    NothingExamined,
    /// Code that could not be compiled, or was compiled unseen.
    Build,
    /// A commit to judge against that cannot be read.
    Base,
}

impl ProblemCode {
    /// All codes.
    pub const ALL: [Self; 14] = [
        Self::NoPolicy,
        Self::PolicySyntax,
        Self::UnknownKey,
        Self::UnknownName,
        Self::BadPattern,
        Self::NothingMatched,
        Self::PolicyConflict,
        Self::InlineException,
        Self::Expired,
        Self::Workspace,
        Self::UnexaminedCode,
        Self::NothingExamined,
        Self::Build,
        Self::Base,
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoPolicy => "no-policy",
            Self::PolicySyntax => "policy-syntax",
            Self::UnknownKey => "unknown-key",
            Self::UnknownName => "unknown-name",
            Self::BadPattern => "bad-pattern",
            Self::NothingMatched => "nothing-matched",
            Self::PolicyConflict => "policy-conflict",
            Self::InlineException => "inline-exception",
            Self::Expired => "expired",
            Self::Workspace => "workspace",
            Self::UnexaminedCode => "unexamined-code",
            Self::NothingExamined => "nothing-examined",
            Self::Build => "build",
            Self::Base => "base",
        }
    }
}

/// Where a problem stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProblemPlace {
    /// A stretch of the policy.
    Policy(TextSpan),
    /// A file, with line and column from 1 where known.
    File {
        /// The path as printed.
        file: Arc<str>,
        /// Line and column.
        start: Option<(u32, u32)>,
    },
    /// Nowhere in particular.
    None,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind.
    pub code: ProblemCode,
    /// One sentence that stands alone.
    pub message: String,
    /// Where.
    pub place: ProblemPlace,
    /// The nearest right thing.
    pub suggestion: Option<String>,
}
