//! One thing that an answer of cargo depends on, and how it looked when the answer was given.

use std::path::{Path, PathBuf};

use blake3::Hasher;
use serde::{Deserialize, Serialize};

use crate::kept::program;
use crate::workspace::stub::conventional;

/// What of a path matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Aspect {
    /// The bytes of a file, or that there is none.
    Content,
    /// Whether there is a file: of what is unpacked once and never changed.
    Presence,
    /// The names of the folders in a folder.
    Folders,
    /// The files in which cargo sees targets of a package without being told.
    Targets,
    /// Size and time of a program.
    Program,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) aspect: Aspect,
    pub(super) path: PathBuf,
}

/// What was looked at, and what was seen.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Witness {
    place: Place,
    seen: String,
}

impl Place {
    pub(super) fn new(aspect: Aspect, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { aspect, path }
    }

    /// Looks at it now.
    pub(super) fn witness(self) -> Witness {
        let seen = self.look();
        Witness { place: self, seen }
    }

    fn look(&self) -> String {
        match self.aspect {
            Aspect::Content => match std::fs::read(&self.path) {
                Ok(bytes) => blake3::hash(&bytes).to_hex().to_string(),
                Err(error) => error.kind().to_string(),
            },
            Aspect::Presence => self.path.is_file().to_string(),
            Aspect::Folders => listed(folders_in(&self.path)),
            Aspect::Targets => listed(conventional(&self.path)),
            Aspect::Program => program(&self.path),
        }
    }
}

impl Witness {
    /// Whether it looks as it did.
    pub(super) fn still_holds(&self) -> bool {
        self.place.look() == self.seen
    }
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// A hash of paths, whatever their order.
fn listed(mut paths: Vec<PathBuf>) -> String {
    paths.sort();
    let mut hasher = Hasher::new();
    for path in paths {
        let name = path.as_os_str().as_encoded_bytes();
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name);
    }
    hasher.finalize().to_hex().to_string()
}
