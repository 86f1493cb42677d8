//! Workspaces in temporary directories, written from one text each. Nothing here needs the network: dependencies are
//! by path, vendored, or meant not to be found.

mod failing;
mod linking;
mod loading;
mod resolving;
mod showing;
mod taking_in;
mod walking;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::locate::canonical;
use super::{Dependency, Package, Request, Workspace, WorkspaceError, load};

/// A directory tree, made from a text in which a line `//- path` begins each file.
struct Fixture {
    _directory: TempDir,
    root: PathBuf,
}

impl Fixture {
    fn new(text: &str) -> Self {
        let directory = tempfile::Builder::new().prefix("archguard test ü ").tempdir().unwrap();
        let root = canonical(directory.path());
        for file in text.split("//- ").skip(1) {
            let (path, content) = file.split_once('\n').unwrap();
            let path = root.join(path.trim());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        Self {
            _directory: directory,
            root,
        }
    }

    /// Loads the workspace and proves that nothing in the whole tree has changed.
    fn load(&self, below: &str) -> Result<Workspace, WorkspaceError> {
        let before = contents(&self.root);
        let request = Request {
            manifest_path: None,
            directory: self.root.join(below),
            offline: true,
        };
        let loaded = load(&request);
        assert_eq!(before, contents(&self.root), "loading changed the tree");
        loaded
    }
}

/// Every path below a directory with the bytes of its file; none for directories.
fn contents(directory: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let entries = ignore::WalkBuilder::new(directory)
        .standard_filters(false)
        .build()
        .map(Result::unwrap);
    entries
        .map(|entry| (entry.path().to_path_buf(), std::fs::read(entry.path()).ok()))
        .collect()
}

fn package<'w>(workspace: &'w Workspace, name: &str) -> &'w Package {
    workspace
        .packages
        .iter()
        .find(|package| package.name == name)
        .expect("the package is there")
}

fn dependency<'p>(package: &'p Package, name_in_code: &str) -> &'p Dependency {
    let mut found = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.name_in_code == name_in_code);
    let first = found.next().expect("the dependency is there");
    assert!(found.next().is_none(), "{name_in_code} is there twice");
    first
}

/// A manifest of edition 2021 with more lines after its `[package]` table.
fn manifest(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}\n")
}

/// A lock file for packages by path that do not depend on each other.
fn lock_file(names: &[&str]) -> String {
    let entries = names
        .iter()
        .map(|name| format!("\n[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\n"));
    entries.fold("version = 4\n".to_owned(), |text, entry| text + &entry)
}
