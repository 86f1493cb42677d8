//! The workspaces that are measured, as folders that may be written to: published crates by exact version, which anybody
//! can have, and copies of checkouts.

use std::path::{Path, PathBuf};
use std::process::Command;

use archguard_tests::unpack;
use tempfile::TempDir;

use super::copy::copy_tracked;
use crate::repository::Repository;

/// What pins the published crates.
const PINNED: &str = "tests/corpus/published";

/// A workspace in a folder that goes with it.
pub(crate) struct Corpus {
    pub(crate) name: String,
    folder: TempDir,
}

impl Corpus {
    /// What the published crates are called.
    pub(crate) const PINNED: &str = "pinned crates";

    /// What a checkout is called: as its folder.
    pub(crate) fn name_of(checkout: &Path) -> String {
        let full = checkout.canonicalize();
        let full = full.as_deref().unwrap_or(checkout);
        full.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The published crates that tests read, as one workspace.
    pub(crate) fn pinned(repository: &Repository) -> Result<Self, String> {
        let folder = unpack(&repository.root().join(PINNED)).map_err(|error| crate::chain(&error))?;
        Ok(Self {
            name: Self::PINNED.to_owned(),
            folder,
        })
    }

    /// A copy of a checkout, with its dependencies fetched as far as they can be had.
    pub(crate) fn checkout(checkout: &Path) -> Result<Self, String> {
        let whose = |error: std::io::Error| format!("{}: {error}", checkout.display());
        let full = checkout.canonicalize().map_err(whose)?;
        let folder = tempfile::tempdir().map_err(whose)?;
        copy_tracked(&full, folder.path())?;
        let corpus = Self {
            name: Self::name_of(&full),
            folder,
        };
        corpus.fetch();
        Ok(corpus)
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Where they cannot be had, the check reads without them, and says so; what builds is then left out.
    fn fetch(&self) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let _ = Command::new(cargo)
            .args(["fetch", "--quiet"])
            .current_dir(self.folder.path())
            .stdin(std::process::Stdio::null())
            .status();
    }
}
