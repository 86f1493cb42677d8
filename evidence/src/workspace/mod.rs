//! The workspace: which packages, targets and dependencies there are, and where their files lie.
//!
//! Everything comes from `cargo metadata`, and nothing in the workspace is ever written: no lock file, and into the target
//! directory only what [`load_cached`] keeps. Where cargo would have to write, manifests are copied aside and resolved there. No file of Rust
//! code is read here: whether a target's root file exists is the reader's business.
//!
//! ```no_run
//! use archguard_evidence::workspace::{Request, load};
//!
//! let workspace = load(&Request { manifest_path: None, directory: ".".into(), offline: false })?;
//! for package in &workspace.packages {
//!     println!("{} {} has {} targets", package.name, package.version, package.targets.len());
//! }
//! # Ok::<(), archguard_evidence::workspace::WorkspaceError>(())
//! ```

mod assemble;
mod cache;
mod cargo;
mod copy;
mod declared;
mod discover;
mod display;
mod error;
mod link;
mod load;
mod locate;
mod manifest;
mod merge;
mod model;
mod others;
mod stand_in;
mod stub;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use declared::place_of_dependency;
pub use display::display_path;
pub(crate) use display::lies_in_cargo_home;
pub use error::{ManifestPlace, WorkspaceError};
pub use load::{Request, load, load_cached};
pub use locate::root_manifest;
pub use model::{
    Dependency, DependencyKind, DependencyUse, Edition, ExternalId, ExternalPackage, ExternalSource, LibraryTarget,
    Note, OpaqueCrate, OpaqueId, OpaqueReason, Package, PackageId, PackageRef, Resolution, TakenIn, Target, TargetKind,
    Workspace,
};
pub use others::{Clash, Loader, Others, take_in};
pub(crate) use walk::Terrain;
pub use walk::rust_files_below;
