//! What a verdict says of the files that were not read, and whether it still would: by a walk over the packages and the
//! repository, or without one where the stamps of all folders that it would enter tell that it would find the same.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::super::Options;
use super::super::orphans::files_of_packages;
use super::stamp::Stamp;
use super::witness::{Holds, Witness};
use crate::names::places::Places;
use crate::workspace::{Terrain, Workspace, display_path};

/// What lies around the files that were read, and what shows that.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Surroundings {
    said: Said,
    shown: Shown,
}

/// What the verdict says of files that were not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    /// A hash of the paths of all Rust files of the packages, and of where those lead that were not read.
    files: [u8; blake3::OUT_LEN],
    other_workspaces: Vec<String>,
}

/// What tells without a walk that nothing has changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Shown {
    /// How folders and some files looked, and which paths there were.
    By {
        stamps: Vec<(PathBuf, Stamp)>,
        paths: Vec<(PathBuf, bool)>,
    },
    /// Nothing yet: something has just changed.
    NotYet,
    /// Nothing here.
    Never,
}

impl Surroundings {
    /// What they are for a reading that began at a time; `read` are the files that were read.
    pub(super) fn of(workspace: &Workspace, options: &Options, read: &[Witness], began: SystemTime) -> Self {
        Self {
            shown: Shown::of(workspace, began),
            said: Said::of(workspace, options, read),
        }
    }

    /// Whether they are what they were.
    pub(super) fn hold(&self, workspace: &Workspace, options: &Options, read: &[Witness]) -> Holds {
        if self.shown.holds() {
            Holds::AtOnce
        } else if Said::of(workspace, options, read) == self.said {
            Holds::LookedInto
        } else {
            Holds::No
        }
    }

    /// The same for who found later that they are as they were; whether more is shown by that.
    pub(super) fn again(&mut self, workspace: &Workspace, found_since: SystemTime) -> bool {
        if !matches!(self.shown, Shown::Never) {
            self.shown = Shown::of(workspace, found_since);
        }
        matches!(self.shown, Shown::By { .. })
    }
}

impl Said {
    fn of(workspace: &Workspace, options: &Options, read: &[Witness]) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut add = |path: &Path| {
            let path = path.as_os_str().as_encoded_bytes();
            hasher.update(&(path.len() as u64).to_le_bytes()).update(path);
        };
        let looked_at: FxHashSet<&Path> = read.iter().map(Witness::path).collect();
        let places = Places::default();
        let (files, others) = rayon::join(
            || files_of_packages(workspace, options),
            || workspace.other_workspaces().iter(),
        );
        for path in files {
            add(&path);
            if !looked_at.contains(path.as_path()) {
                // A link to a file that was read, it is none that nobody reads.
                add(&places.canonical(&path));
            }
        }
        Self {
            files: *hasher.finalize().as_bytes(),
            other_workspaces: others.map(|path| display_path(workspace, path)).collect(),
        }
    }
}

impl Shown {
    /// What shows it to whoever knows what it has been since a time.
    fn of(workspace: &Workspace, since: SystemTime) -> Self {
        let terrain = Terrain::of(workspace);
        let places = terrain.folders.into_iter().chain(terrain.texts);
        let places: Vec<PathBuf> = places.collect();
        let stamped = |path: PathBuf| {
            let stamp = Stamp::at(&path);
            (path, stamp)
        };
        let stamps: Vec<(PathBuf, Stamp)> = places.into_par_iter().map(stamped).collect();
        if terrain.has_links || !stamps.iter().all(|(_, stamp)| stamp.shows_entries()) {
            return Self::Never;
        }
        if !stamps.iter().all(|(_, stamp)| stamp.is_settled(since)) {
            return Self::NotYet;
        }
        let mark = |path: PathBuf| {
            let is_there = path.exists();
            (path, is_there)
        };
        Self::By {
            stamps,
            paths: terrain.marks.into_iter().map(mark).collect(),
        }
    }

    fn holds(&self) -> bool {
        let Self::By { stamps, paths } = self else {
            return false;
        };
        paths.iter().all(|(path, was_there)| path.exists() == *was_there)
            && stamps.par_iter().all(|(path, stamp)| Stamp::at(path) == *stamp)
    }
}
