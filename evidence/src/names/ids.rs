//! Ids of what the world holds. Each is an index into one append-only list.

use crate::index::index;

index!(
    /// A crate: a target of an examined package, or one that names can lead into.
    pub(crate) CrateIdx
);
index!(
    /// A file that has been read.
    pub(crate) SourceId
);
index!(
    /// Facts: of a file, or of what a macro expanded to.
    pub(crate) UnitId
);
index!(
    /// Facts at one position of one crate's module tree.
    pub(crate) InstanceId
);
index!(
    /// A module or a block that declares items.
    pub(crate) ScopeId
);
index!(
    /// A definition.
    pub(crate) DefId
);
