//! The numbers of what a graph holds. That there is none takes no room beside them: there are many references, and most have
//! few of those that they may have.

use std::fmt;
use std::num::NonZeroU32;

use petgraph::graph::NodeIndex;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! ids {
    ($($(#[$what:meta])* $name:ident)*) => {$(
        $(#[$what])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Id);

        impl $name {
            /// The id of what stands at an index.
            pub fn new(index: usize) -> Self {
                Self::of(u32::try_from(index).unwrap_or(u32::MAX)).expect("fewer than 2^32 - 1 of a kind")
            }

            /// The index of what it is the id of.
            pub fn index(self) -> usize {
                self.0.number() as usize
            }

            /// None for what is too large for an index.
            pub(super) fn of(number: u32) -> Option<Self> {
                Id::of(number).map(Self)
            }

            pub(super) fn number(self) -> u32 {
                self.0.number()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({})", stringify!($name), self.0.number())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.number().serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::of(u32::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no index"))
            }
        }
    )*};
}

ids! {
    /// An item; index into [`Graph::items`](super::Graph::items).
    ItemId
    /// A cfg expression, normalised text; index into [`Graph::cfg`](super::Graph::cfg).
    CfgId
    /// Some of the cfg sets that a compiler spoke under; index for [`Graph::cfg_sets`](super::Graph::cfg_sets).
    CfgSetsId
    /// What many references share: the path as written; index into [`Graph::text`](super::Graph::text).
    TextId
}

impl ItemId {
    /// The same for algorithms.
    pub(super) fn node(self) -> NodeIndex<u32> {
        NodeIndex::new(self.index())
    }
}

/// One more than an index, so that zero is left for none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Id(NonZeroU32);

impl Id {
    fn of(index: u32) -> Option<Self> {
        NonZeroU32::MIN.checked_add(index).map(Self)
    }

    fn number(self) -> u32 {
        self.0.get() - 1
    }
}
