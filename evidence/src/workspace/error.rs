//! Why no workspace could be loaded at all. What can be had in part is no error: see [`super::Resolution`].

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// No workspace could be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// Neither the directory nor any above it holds a manifest.
    #[error("no `Cargo.toml` in `{}` or above it", .directory.display())]
    NoManifest {
        /// Where the search began.
        directory: PathBuf,
    },
    /// The manifest that was asked for does not exist.
    #[error("there is no manifest `{}`", .path.display())]
    ManifestMissing {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A workspace without packages has no code.
    #[error("the workspace `{}` has no packages", .manifest.display())]
    NoPackages {
        /// The root manifest.
        manifest: PathBuf,
    },
    /// Cargo itself could not be run.
    #[error("cannot run `{program}`")]
    NoCargo {
        /// The program that was tried.
        program: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Cargo could not read the workspace.
    #[error("cargo cannot read the workspace of `{}`: {message}", .manifest.display())]
    Cargo {
        /// The manifest that cargo was asked about.
        manifest: PathBuf,
        /// What cargo said.
        message: String,
        /// The place that cargo named, if it did.
        place: Option<ManifestPlace>,
    },
}

/// A place in a manifest; line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestPlace {
    /// The manifest.
    pub file: PathBuf,
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}
