//! The files of this repository, by paths relative to its root. It judges none of them.

use std::fs;
use std::path::{Path, PathBuf};

/// The working copy that `cargo xtask` was called in.
pub(crate) struct Repository {
    root: PathBuf,
}

impl Repository {
    /// Found by the variable that cargo sets when it runs a program: the path at compile time would be that of another
    /// working copy where two of them share one target directory.
    pub(crate) fn here() -> Result<Self, String> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("xtask runs as `cargo xtask`, not by itself")?;
        let root = Path::new(&manifest)
            .parent()
            .ok_or("xtask does not stand in a repository")?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    pub(crate) fn read(&self, path: &str) -> Result<String, String> {
        fs::read_to_string(self.root.join(path)).map_err(|error| format!("{path}: {error}"))
    }

    /// Writes a file that must not exist yet, and the folders above it.
    pub(crate) fn create(&self, path: &str, text: &str) -> Result<(), String> {
        let full = self.root.join(path);
        let folder = full.parent().unwrap_or(&self.root);
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::File::create_new(&full))
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
        written.map_err(|error| format!("{path}: {error}"))
    }

    /// Writes a file, whatever was in it before.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let full = self.root.join(path);
        let folder = full.parent().unwrap_or(&self.root);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&full, text));
        written.map_err(|error| format!("{path}: {error}"))
    }

    /// The names in `folder`, sorted; an error if it cannot be read.
    pub(crate) fn names(&self, folder: &str) -> Result<Vec<String>, String> {
        let fail = |error: std::io::Error| format!("{folder}: {error}");
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.join(folder)).map_err(fail)? {
            names.push(entry.map_err(fail)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// The stems of the files in `folder` that end in `.extension`, sorted.
    pub(crate) fn stems(&self, folder: &str, extension: &str) -> Result<Vec<String>, String> {
        let names = self.names(folder)?;
        let stem = |name: &String| Some(name.strip_suffix(extension)?.strip_suffix('.')?.to_owned());
        Ok(names.iter().filter_map(stem).collect())
    }
}
