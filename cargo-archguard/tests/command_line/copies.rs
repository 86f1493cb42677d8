//! Copies of examples, to be changed.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

/// The folder of an example.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

/// A copy of an example, without what cargo has built in it.
pub(crate) fn copy_of(name: &str) -> TempDir {
    let copy = TempDir::new().unwrap();
    copy_into(name, copy.path());
    copy
}

/// The same in a folder.
pub(crate) fn copy_into(name: &str, folder: &Path) {
    let original = example(name);
    let entries = WalkDir::new(&original)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "target");
    for entry in entries.map(Result::unwrap) {
        let to = folder.join(entry.path().strip_prefix(&original).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
