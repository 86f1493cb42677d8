//! Ids of what the world holds. Each is an index into one append-only list.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) u32);
        impl $name {
            pub(crate) fn index(self) -> usize {
                self.0 as usize
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
