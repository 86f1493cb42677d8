//! What lies in the directories themselves, whoever includes it: Rust files, and manifests of other workspaces.
//! Git-ignored files are left out, hidden ones are not; symlinks are not followed. What a user's or a clone's own
//! ignore files say does not count: the outcome is the same on every machine.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::locate::repository_root;
use super::manifest::Manifest;
use super::model::Workspace;

/// All `.rs` files below a package's directory, sorted, without those under another manifest, below one of the
/// excluded directories, or ignored by git. Which of them belong to a module tree is for the caller to say.
pub fn rust_files_below(root: &Path, excludes: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    // The walk does not ask whether to enter its own start.
    let entries = walk(root, excludes, |directory| !directory.join("Cargo.toml").is_file());
    for entry in entries {
        let is_file = entry
            .file_type()
            .is_some_and(|kind| kind.is_file() || kind.is_symlink());
        if is_file && entry.path().extension().is_some_and(|extension| extension == "rs") {
            files.push(entry.into_path());
        }
    }
    files.sort();
    files
}

/// Directories in the repository with a manifest that belongs to no examined package: roots of workspaces, and
/// packages that stand alone. What lies below such a workspace is not listed again, and vendored sources of dependencies
/// are nobody's own code.
pub(super) fn other_workspaces(workspace: &Workspace) -> Vec<PathBuf> {
    let top = workspace.repository_root.as_ref().unwrap_or(&workspace.root);
    let excludes: Vec<PathBuf> = workspace
        .target_directories()
        .into_iter()
        .map(Path::to_path_buf)
        .collect();
    let examined = workspace.packages.iter().map(|package| package.directory.as_path());
    let vendored = workspace.dependencies.iter().map(|package| package.directory.as_path());
    let roots = workspace.taken_in.iter().map(|other| other.root.as_path());
    let roots = roots.chain([workspace.root.as_path()]);
    let known: BTreeSet<&Path> = examined.chain(vendored).chain(roots).collect();
    let mut found = BTreeSet::new();
    for entry in walk(top, &excludes, |_| true) {
        let Some(directory) = entry.path().parent().filter(|_| entry.file_name() == "Cargo.toml") else {
            continue;
        };
        if !known.contains(directory) {
            found.insert(directory.to_path_buf());
        }
    }
    let roots: BTreeSet<PathBuf> = found
        .iter()
        .filter(|directory| is_workspace_root(directory))
        .cloned()
        .collect();
    let belongs = |directory: &Path| directory.ancestors().skip(1).any(|above| roots.contains(above));
    found
        .into_iter()
        .filter(|directory| roots.contains(directory) || !belongs(directory))
        .collect()
}

fn is_workspace_root(directory: &Path) -> bool {
    Manifest::read(&directory.join("Cargo.toml")).is_some_and(|manifest| manifest.is_workspace_root())
}

/// The entries below a directory. A directory that cannot be read has none.
fn walk(
    root: &Path,
    excludes: &[PathBuf],
    enters: impl Fn(&Path) -> bool + Send + Sync + 'static,
) -> impl Iterator<Item = DirEntry> {
    let in_repository = repository_root(root).is_some();
    let excludes = excludes.to_vec();
    WalkBuilder::new(root)
        .standard_filters(false)
        .git_ignore(true)
        .parents(in_repository)
        .require_git(in_repository)
        .filter_entry(move |entry| {
            let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
            let is_left_out = entry.file_name() == ".git" || excludes.iter().any(|path| path == entry.path());
            !is_directory || (!is_left_out && enters(entry.path()))
        })
        .build()
        .flatten()
}
