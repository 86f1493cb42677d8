//! The `.rs` files of examined packages, and those of them that nothing reaches.

use std::path::{Path, PathBuf};

use archguard_invariants::graph::{File, FileRole};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use super::Options;
use crate::names::exclusions::Exclusions;
use crate::names::world::World;
use crate::workspace::{Workspace, display_path, rust_files_below};

/// Every `.rs` file below the examined packages.
pub(super) fn files_of_packages(workspace: &Workspace, options: &Options) -> Vec<PathBuf> {
    rust_files(workspace, &Exclusions::new(&options.excluded_paths(workspace)))
}

fn rust_files(workspace: &Workspace, exclusions: &Exclusions) -> Vec<PathBuf> {
    let mut excludes = exclusions.roots().to_vec();
    let targets = workspace.target_directories().into_iter();
    excludes.extend(targets.map(Path::to_path_buf));
    let packages = workspace.packages.par_iter();
    let found: Vec<Vec<PathBuf>> = packages
        .filter(|package| !exclusions.cover(&package.directory))
        .map(|package| rust_files_below(&package.directory, &excludes))
        .collect();
    found.into_iter().flatten().collect()
}

/// `.rs` files of examined packages that no module tree and no include reaches.
pub(super) fn orphans(world: &World<'_>) -> Vec<File> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for path in rust_files(world.workspace, &world.exclusions) {
        let canonical = world.store.canonical(&path);
        let is_known = world.store.knows(&canonical) || world.exclusions.cover(&path);
        if !seen.insert(canonical) || is_known {
            continue;
        }
        found.push(File {
            display: display_path(world.workspace, &path).into(),
            absolute: path,
            role: FileRole::Orphan,
            lines: 0,
        });
    }
    found
}
