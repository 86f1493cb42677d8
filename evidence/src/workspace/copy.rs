//! The copy of a workspace's manifests in a temporary directory, for what cargo cannot do without writing. It has the
//! same layout below the directory that all copied packages share, with empty files for the targets' roots.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::discover::discover;
use super::locate::{canonical, normalised, root_manifest};
use super::manifest::Manifest;
use super::stand_in::missing_packages;
use super::stub::{Missing, target_files};

/// The copy; it lives as long as this value.
pub(super) struct Copy {
    /// Only here to remove the directory in the end.
    _directory: TempDir,
    copied: PathBuf,
    original: PathBuf,
    manifest: PathBuf,
}

impl Copy {
    /// Copies the manifests of the workspace that this one belongs to.
    pub(super) fn of(manifest_path: &Path, missing: Missing) -> io::Result<Self> {
        let root = root_manifest(manifest_path);
        let packages = discover(manifest_path, &root).found;
        let stand_ins = match missing {
            Missing::StoodIn => missing_packages(packages.iter().filter_map(|(at, read)| Some((at, read.as_ref()?)))),
            Missing::Left => BTreeMap::new(),
        };
        let original = shared_ancestor(packages.keys().chain(stand_ins.keys()));
        let directory = tempfile::Builder::new().prefix("archguard-").tempdir()?;
        let copied = canonical(directory.path());
        let copy = Self {
            _directory: directory,
            manifest: PathBuf::new(),
            copied,
            original,
        };
        for (package, manifest) in &packages {
            copy.add_package(package, manifest.as_ref(), missing)?;
        }
        for (directory, stand_in) in &stand_ins {
            let place = copy.place_of(directory);
            if place.starts_with(&copy.copied) {
                stand_in.write(&place)?;
            }
        }
        let lock_file = root.with_file_name("Cargo.lock");
        if lock_file.is_file() {
            std::fs::copy(&lock_file, copy.place_of(&lock_file))?;
        }
        let manifest = copy.place_of(manifest_path);
        Ok(Self { manifest, ..copy })
    }

    /// The copy of the manifest that was asked for.
    pub(super) fn manifest(&self) -> &Path {
        &self.manifest
    }

    /// The original of a path in the copy. Other paths stay as they are.
    pub(super) fn original(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.copied) {
            Ok(rest) if rest.as_os_str().is_empty() => self.original.clone(),
            Ok(rest) => self.original.join(rest),
            Err(_) => path.to_path_buf(),
        }
    }

    /// What cargo said about the copy, as if it had said it about the original.
    pub(super) fn original_message(&self, message: &str) -> String {
        message.replace(&*self.copied.to_string_lossy(), &self.original.to_string_lossy())
    }

    fn place_of(&self, original: &Path) -> PathBuf {
        self.copied
            .join(original.strip_prefix(&self.original).unwrap_or(original))
    }

    fn add_package(&self, directory: &Path, manifest: Option<&Manifest>, missing: Missing) -> io::Result<()> {
        let place = self.place_of(directory);
        std::fs::create_dir_all(&place)?;
        std::fs::copy(directory.join("Cargo.toml"), place.join("Cargo.toml"))?;
        let files = manifest
            .map(|manifest| target_files(manifest, directory, missing))
            .unwrap_or_default();
        for file in files {
            let stub = normalised(&place.join(file));
            // A path that leaves the copy is an original: nothing is ever written there.
            let Some(folder) = stub.parent().filter(|_| stub.starts_with(&self.copied)) else {
                continue;
            };
            std::fs::create_dir_all(folder)?;
            std::fs::write(&stub, "")?;
        }
        Ok(())
    }
}

fn shared_ancestor<'p>(mut directories: impl Iterator<Item = &'p PathBuf>) -> PathBuf {
    let first = directories.next().cloned().unwrap_or_default();
    directories.fold(first, |shared, directory| {
        let ancestor = shared.ancestors().find(|ancestor| directory.starts_with(ancestor));
        ancestor.map(Path::to_path_buf).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_ancestor_is_the_nearest() {
        let shared = |paths: &[&str]| shared_ancestor(paths.iter().map(PathBuf::from).collect::<Vec<_>>().iter());
        assert_eq!(shared(&["/a/b", "/a/b/c", "/a/bc"]), PathBuf::from("/a"));
        assert_eq!(shared(&["/a/b"]), PathBuf::from("/a/b"));
        assert_eq!(shared(&["/a", "/b"]), PathBuf::from("/"));
    }
}
