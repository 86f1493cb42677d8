//! What the command tells the compiler's wrapper, which cargo starts as a process of its own for each unit.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::store::Mode;

/// The environment variable that names the session's file. Set by the command for the cargo that it starts.
pub const SESSION_VARIABLE: &str = "ARCHGUARD_COMPILER_SESSION";

/// What holds for all units of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Session {
    /// Directories of the packages whose units are asked about.
    pub(super) directories: Vec<PathBuf>,
    pub(super) mode: Mode,
    /// The user's own wrapper, for dependencies.
    pub(super) wrapper_of_dependencies: Option<PathBuf>,
    /// Where what is known of compilers is kept.
    pub(super) folder: PathBuf,
}

impl Session {
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        serde_json::from_slice(&fs::read(path)?).map_err(io::Error::from)
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_vec(self)?)
    }

    /// Whether units of the package in a directory are asked about.
    pub(super) fn covers(&self, directory: Option<&Path>) -> bool {
        let Some(directory) = directory else { return false };
        let real = fs::canonicalize(directory).unwrap_or_else(|_| directory.to_path_buf());
        self.directories.contains(&real)
    }
}
