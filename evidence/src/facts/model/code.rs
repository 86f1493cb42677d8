//! What the code of a file names and does. It is most of what a file says, and of files that others only name nobody asks
//! for it: what is kept of it stays as it is written down until then.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::body::{ClosureFact, ExprFact, FormattedFact, LiteralFact, LocalFact, PassFact, RefFact};

/// What the code of one file names and does.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct CodeFacts {
    /// Expressions.
    pub exprs: Vec<ExprFact>,
    /// Local bindings.
    pub locals: Vec<LocalFact>,
    /// References.
    pub refs: Vec<RefFact>,
    /// String literals that may be SQL.
    pub literals: Vec<LiteralFact>,
    /// Closures, outer ones before those inside them.
    pub closures: Vec<ClosureFact>,
    /// What is passed to calls.
    pub passes: Vec<PassFact>,
    /// Arguments that are texts with values formatted into them.
    pub formatted_arguments: Vec<FormattedFact>,
}

impl CodeFacts {
    /// The same without room for more, as [`FileFacts::without_room`](super::FileFacts::without_room).
    fn without_room(mut self) -> Self {
        self.exprs.shrink_to_fit();
        self.locals.shrink_to_fit();
        self.refs.shrink_to_fit();
        self.closures.shrink_to_fit();
        self.passes.shrink_to_fit();
        self
    }
}

/// [`CodeFacts`] as they were found, or as they are kept.
pub enum Code {
    /// Found now.
    Found(CodeFacts),
    /// As they are written down, and once somebody has asked what that says.
    Kept(Box<[u8]>, OnceLock<CodeFacts>),
}

impl Code {
    /// What was found.
    pub(crate) fn of(facts: CodeFacts) -> Self {
        Self::Found(facts.without_room())
    }
}

impl Deref for Code {
    type Target = CodeFacts;

    fn deref(&self) -> &CodeFacts {
        match self {
            Self::Found(facts) => facts,
            Self::Kept(bytes, facts) => facts.get_or_init(|| {
                // What is damaged is told by its hash before: see `Shelf`.
                postcard::from_bytes(bytes).expect("what was kept is what was written down")
            }),
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Found(facts) => {
                let bytes = postcard::to_stdvec(facts).map_err(S::Error::custom)?;
                serializer.serialize_bytes(&bytes)
            }
            Self::Kept(bytes, _) => serializer.serialize_bytes(bytes),
        }
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        Ok(Self::Kept(bytes.into(), OnceLock::new()))
    }
}
