//! Names, positions, and the indices by which the facts of one file point at each other.

use serde::{Deserialize, Serialize};
use ustr::Ustr;

/// An interned name.
pub type Name = Ustr;

/// An index into an append-only list, which leaves room for none.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(std::num::NonZeroU32);
        impl $name {
            /// What stands at the beginning.
            pub const FIRST: Self = Self(std::num::NonZeroU32::MIN);

            /// What stands at a position.
            pub const fn new(index: u32) -> Self {
                Self(Self::FIRST.0.saturating_add(index))
            }

            /// The position in its arena.
            pub const fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    };
}

index!(
    /// A scope of a file.
    ScopeIdx
);
index!(
    /// An item of a file.
    ItemIdx
);
index!(
    /// A path of a file.
    PathIdx
);
index!(
    /// A type of a file.
    TypeIdx
);
index!(
    /// An expression whose type may matter.
    ExprIdx
);
index!(
    /// A local binding.
    LocalIdx
);
index!(
    /// A closure of a file.
    ClosureIdx
);
index!(
    /// A cfg expression of a file.
    CfgIdx
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
