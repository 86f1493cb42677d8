//! Where a workspace lies: its manifest, its root, its repository. Looks at directories, runs nothing.

use std::path::{Component, Path, PathBuf};

use super::error::WorkspaceError;
use super::load::Request;
use super::manifest::Manifest;

/// The manifest that a request means, absolute and without symlinks.
pub(super) fn requested_manifest(request: &Request) -> Result<PathBuf, WorkspaceError> {
    let Some(given) = &request.manifest_path else {
        return manifest_above(&request.directory);
    };
    let path = request.directory.join(given);
    let path = if path.is_dir() { path.join("Cargo.toml") } else { path };
    if !path.is_file() {
        return Err(WorkspaceError::ManifestMissing { path: given.clone() });
    }
    Ok(canonical_parent(&path))
}

fn manifest_above(directory: &Path) -> Result<PathBuf, WorkspaceError> {
    let start = canonical(directory);
    start
        .ancestors()
        .map(|candidate| candidate.join("Cargo.toml"))
        .find(|manifest| manifest.is_file())
        .ok_or_else(|| WorkspaceError::NoManifest {
            directory: directory.to_path_buf(),
        })
}

/// The path with its directory made canonical. The file keeps its name: a manifest may be a symlink itself, and means
/// the directory that it stands in.
fn canonical_parent(path: &Path) -> PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => canonical(parent).join(name),
        _ => path.to_path_buf(),
    }
}

/// Absolute and without symlinks as far as the system can tell.
pub(super) fn canonical(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    let Ok(canonical) = path.canonicalize() else {
        return std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    };
    // Windows answers with verbatim paths (`\\?\C:\..`), which cargo does not write.
    match canonical.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(plain) if plain.as_bytes().get(1) == Some(&b':') => PathBuf::from(plain),
        _ => canonical,
    }
}

/// The manifest of the workspace that a manifest belongs to, by cargo's rules: its own `[workspace]`, where
/// `package.workspace` points, or the nearest workspace above that does not exclude it.
pub fn root_manifest(manifest_path: &Path) -> PathBuf {
    let own = || manifest_path.to_path_buf();
    let (Some(manifest), Some(directory)) = (Manifest::read(manifest_path), manifest_path.parent()) else {
        return own();
    };
    if manifest.is_workspace_root() {
        return own();
    }
    if let Some(pointer) = manifest.workspace_pointer() {
        return normalised(&directory.join(pointer)).join("Cargo.toml");
    }
    directory
        .ancestors()
        .skip(1)
        .find(|above| {
            Manifest::read(&above.join("Cargo.toml"))
                .is_some_and(|candidate| candidate.is_workspace_root() && !candidate.excludes(above, directory))
        })
        .map_or_else(own, |above| above.join("Cargo.toml"))
}

/// The nearest directory at or above this one that holds `.git`: a directory, or a file in worktrees and submodules.
pub(super) fn repository_root(directory: &Path) -> Option<PathBuf> {
    directory
        .ancestors()
        .find(|above| above.join(".git").exists())
        .map(Path::to_path_buf)
}

/// The path without `.` and `..`, by its letters alone, as cargo does it with the paths in manifests.
pub(super) fn normalised(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}
