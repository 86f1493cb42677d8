//! The graph of what the code does: items as nodes, references as edges. Immutable once built.
//!
//! [`model`] holds the values, `ids` their numbers, [`builder`] is the only way to make a graph, `arrangement` the order of
//! references in it, [`query`] the reading side, [`projection`] the coarser views (module, component, crate), [`details`] what
//! only requirements ask for, [`cycles`] and [`chains`] the algorithms over them, [`targets`] what the policy's patterns lead
//! to, [`annotations`] what the code says of the architecture itself, [`planting`] a graph with more in it than the code has,
//! [`snapshot`] a graph written down, `invariants` the graph's own laws.

pub mod annotations;
mod arrangement;
pub mod builder;
pub mod chains;
mod cut;
pub mod cycles;
pub mod details;
pub mod generated;
mod ids;
mod invariants;
pub mod model;
pub mod planting;
pub mod projection;
pub mod query;
mod records;
pub mod snapshot;
pub mod targets;

#[cfg(test)]
mod tests;

pub use annotations::{Annotations, ComponentAnnotation, Covered, ExceptionAnnotation, SharedAnnotation};
pub use builder::GraphBuilder;
pub use details::{Details, Passing, Signature, TypeShape};
pub use model::{
    CfgId, CfgSetsId, Crate, CrateId, CrateOrigin, Evidence, ExaminedCounts, File, FileRole, Item, ItemId, ItemKind,
    Linked, Reference, ReferenceId, ReferenceKind, Resolution, TargetKind, TextId, Unresolved, UnresolvedReason,
    Visibility,
};
pub use planting::Planting;
pub use projection::Projection;
pub use query::Graph;
pub use snapshot::{Parts, Snapshot, SnapshotOf};
pub use targets::{Root, TargetState, Targets};
