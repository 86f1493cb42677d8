//! Ids of what the world holds. Each is an index into one append-only list.

/// An id that leaves room for none.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(std::num::NonZeroU32);
        impl $name {
            /// What stands at the beginning.
            pub(crate) const FIRST: Self = Self(std::num::NonZeroU32::MIN);

            /// What stands at a position.
            pub(crate) const fn new(index: u32) -> Self {
                Self(Self::FIRST.0.saturating_add(index))
            }

            /// The position in its list.
            pub(crate) const fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    };
}

id!(
    /// A crate: a target of an examined package, or one that names can lead into.
    CrateIdx
);
id!(
    /// A file that has been read.
    SourceId
);
id!(
    /// Facts: of a file, or of what a macro expanded to.
    UnitId
);
id!(
    /// Facts at one position of one crate's module tree.
    InstanceId
);
id!(
    /// A module or a block that declares items.
    ScopeId
);
id!(
    /// A definition.
    DefId
);
