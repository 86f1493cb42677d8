//! What lies in the directories themselves, whoever includes it: Rust files, and manifests of other workspaces.
//! Git-ignored files are left out, hidden ones are not; symlinks are not followed. What a user's or a clone's own
//! ignore files say does not count: the outcome is the same on every machine.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::locate::repository_root;
use super::manifest::Manifest;
use super::model::Workspace;

const MANIFEST: &str = "Cargo.toml";

/// Where git is told what to ignore.
const IGNORED: &str = ".gitignore";

/// What makes a repository of a folder, for whoever asks what git ignores.
const REPOSITORIES: [&str; 2] = [".git", ".jj"];

/// All `.rs` files below a package's directory, sorted, without those under another manifest, below one of the
/// excluded directories, or ignored by git. Which of them belong to a module tree is for the caller to say.
pub fn rust_files_below(root: &Path, excludes: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    // The walk does not ask whether to enter its own start.
    let entries = walk(root, excludes, |directory| !directory.join(MANIFEST).is_file());
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
        let Some(directory) = entry.path().parent().filter(|_| entry.file_name() == MANIFEST) else {
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

/// Where walks look, and what shows that they would find the same again.
#[derive(Debug, Default)]
pub(crate) struct Terrain {
    /// Every folder that is entered: its time changes when something in it comes, goes or is replaced.
    pub(crate) folders: BTreeSet<PathBuf>,
    /// The files whose text says where to look: what git ignores, and which manifests are those of workspaces.
    pub(crate) texts: BTreeSet<PathBuf>,
    /// What makes a repository of a folder above all that is entered, whether there or not.
    pub(crate) marks: BTreeSet<PathBuf>,
    /// Whether links matter, which may lead elsewhere without any of this showing it.
    pub(crate) has_links: bool,
}

impl Terrain {
    /// What both walks over a workspace rest on, or more.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        let targets = workspace.target_directories().into_iter();
        let excludes: Vec<PathBuf> = targets.map(Path::to_path_buf).collect();
        let top = workspace.repository_root.as_ref().unwrap_or(&workspace.root);
        let packages = workspace.packages.iter().map(|package| &package.directory);
        let starts: BTreeSet<&PathBuf> = packages.chain([top]).collect();
        let mut terrain = Self::default();
        for start in &starts {
            walk(start, &excludes, |_| true).for_each(|entry| terrain.add(&entry));
        }
        for above in starts.iter().flat_map(|start| start.ancestors().skip(1)) {
            if !terrain.folders.contains(above) {
                terrain.texts.insert(above.join(IGNORED));
                terrain.marks.extend(REPOSITORIES.map(|name| above.join(name)));
            }
        }
        terrain
    }

    fn add(&mut self, entry: &DirEntry) {
        let path = entry.path();
        let is_link = |path: &Path| path.is_symlink();
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            let [manifest, ignored] = [MANIFEST, IGNORED].map(|name| path.join(name));
            self.has_links |= is_link(&manifest);
            self.texts
                .extend([manifest, ignored].into_iter().filter(|text| text.exists()));
            self.folders.insert(path.to_path_buf());
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            self.has_links |= entry.path_is_symlink();
        }
    }
}

fn is_workspace_root(directory: &Path) -> bool {
    Manifest::read(&directory.join(MANIFEST)).is_some_and(|manifest| manifest.is_workspace_root())
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
