//! What the policy takes out of the reading: files and directories, by place. Why and until when is not known here.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Files and directories that are not examined.
#[derive(Debug, Default)]
pub(crate) struct Exclusions {
    /// As given, and without symlinks.
    roots: Vec<PathBuf>,
}

impl Exclusions {
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        let mut roots = paths.to_vec();
        roots.extend(paths.iter().filter_map(|path| std::fs::canonicalize(path).ok()));
        roots.sort();
        roots.dedup();
        Self { roots }
    }

    /// Whether a file or directory is taken out, by the path that leads to it or by where it really lies.
    pub(crate) fn cover(&self, path: &Path) -> bool {
        let below = |path: &Path| self.roots.iter().any(|root| path.starts_with(root));
        !self.roots.is_empty() && (below(path) || std::fs::canonicalize(path).is_ok_and(|path| below(&path)))
    }

    /// The directories and files themselves.
    pub(crate) fn roots(&self) -> &[PathBuf] {
        &self.roots
    }
}

/// Whether there is anything to take out: a Rust file, or a directory with one somewhere below.
pub(crate) fn holds_code(path: &Path) -> bool {
    let files = WalkDir::new(path).into_iter().filter_map(Result::ok);
    let mut code = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    code.any(|entry| !entry.file_type().is_dir())
}
