//! Which manifests cargo may want to read for one of them: found by what manifests say by themselves, before cargo has
//! been asked. Finds too many rather than too few.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::locate::normalised;
use super::manifest::Manifest;

/// Directories in which cargo looks for a manifest.
pub(super) struct Discovered {
    /// Those that have one, with what could be read of it.
    pub(super) found: BTreeMap<PathBuf, Option<Manifest>>,
    /// Those that have none.
    pub(super) absent: BTreeSet<PathBuf>,
}

/// Follows a manifest, and that of its workspace, to all that they lead to.
pub(super) fn discover(manifest_path: &Path, root: &Path) -> Discovered {
    let mut found = BTreeMap::new();
    let mut absent = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = [root, manifest_path]
        .iter()
        .filter_map(|path| path.parent())
        .map(PathBuf::from)
        .collect();
    while let Some(directory) = waiting.pop() {
        if found.contains_key(&directory) || absent.contains(&directory) {
            continue;
        }
        let path = directory.join("Cargo.toml");
        if !path.is_file() {
            absent.insert(directory);
            continue;
        }
        let manifest = Manifest::read(&path);
        if let Some(manifest) = &manifest {
            waiting.extend(manifest.path_dependencies(&directory));
            if path == root {
                waiting.extend(manifest.member_directories(&directory));
            }
            // Cargo looks upwards for workspaces; a package of another one inherits from that one's root.
            waiting.extend(
                manifest
                    .workspace_pointer()
                    .map(|pointer| normalised(&directory.join(pointer))),
            );
            waiting.extend(directory.ancestors().skip(1).map(PathBuf::from));
        }
        found.insert(directory, manifest);
    }
    Discovered { found, absent }
}
