//! Names, positions, and the indices by which the facts of one file point at each other.

use serde::{Deserialize, Serialize};
use ustr::Ustr;

use crate::index::index;

/// An interned name.
pub type Name = Ustr;

index!(
    /// A scope of a file.
    #[derive(Serialize, Deserialize)]
    pub ScopeIdx
);
index!(
    /// An item of a file.
    #[derive(Serialize, Deserialize)]
    pub ItemIdx
);
index!(
    /// A path of a file.
    #[derive(Serialize, Deserialize)]
    pub PathIdx
);
index!(
    /// A type of a file.
    #[derive(Serialize, Deserialize)]
    pub TypeIdx
);
index!(
    /// An expression whose type may matter.
    #[derive(Serialize, Deserialize)]
    pub ExprIdx
);
index!(
    /// A local binding.
    #[derive(Serialize, Deserialize)]
    pub LocalIdx
);
index!(
    /// A closure of a file.
    #[derive(Serialize, Deserialize)]
    pub ClosureIdx
);
index!(
    /// A cfg expression of a file.
    #[derive(Serialize, Deserialize)]
    pub CfgIdx
);

/// A stretch of the file in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Span {
    /// Whether all of another stretch lies in this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}
