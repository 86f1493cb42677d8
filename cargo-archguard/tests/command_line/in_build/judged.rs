//! One place of a finding, and the files of a folder: what marks are compared with and looked for in.

use std::path::Path;

use walkdir::WalkDir;

/// One place of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    /// The file, relative to the fixture.
    pub(super) file: String,
    /// The line, from 1.
    pub(super) line: u32,
    /// The rule.
    pub(super) rule: String,
}

/// All files below a folder, relative to it, with `/`, sorted; without what cargo built.
pub(super) fn files_below(root: &Path) -> Vec<String> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(|entry| entry.file_name() != "target");
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let below = files.map(|entry| entry.path().strip_prefix(root).unwrap().to_owned());
    below.map(|path| path.to_str().unwrap().replace('\\', "/")).collect()
}
