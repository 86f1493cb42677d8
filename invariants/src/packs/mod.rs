//! Packs: lists of what the field knows of, shipped with the tool, for rules to name as `pack:sql`.
//!
//! The data stands in `packs/*.toml` of this crate, each entry with the version that it was checked against. Nothing
//! here judges, and no crate need be a dependency of anybody's for a pack to name it: such an entry lies dormant.

mod document;
mod known;
mod model;
mod shipped;

pub use document::{PackDocument, PackEntryDocument, PacksDocument};
pub(crate) use known::direct_dependencies;
pub use known::{KnownDependency, known_dependencies, unspoken_dependencies};
pub use model::{Pack, PackEntry};
