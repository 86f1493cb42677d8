//! The shipped table of the standard library: public paths with their definitions, associated names, preludes.
//!
//! The standard library's sources are not on a user's machine, so the tool brings what it needs of them, made by
//! `cargo xtask std-table` from one toolchain's documentation and compiled crates. A name that the table lacks is
//! unknown, never assumed.

mod arch;
mod builtin;
mod kind;
mod members;
mod paths;
mod sections;
mod table;
#[cfg(test)]
mod tests;

pub use builtin::is_builtin_attribute;
pub use kind::{AssociatedKind, StdKind};
pub use members::Associated;
pub use paths::Entry;
pub use table::StdTable;
