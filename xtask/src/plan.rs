//! Changes to the repository as a value: shown first, applied or not. It decides no content.

use crate::repository::Repository;

/// A file to be made; none of them may exist.
pub(crate) struct NewFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The files to be made, and what is left to do by hand.
pub(crate) struct Plan {
    pub(crate) files: Vec<NewFile>,
    pub(crate) by_hand: Vec<String>,
}

impl Plan {
    /// What stands in the way: the files that exist already.
    pub(crate) fn conflicts(&self, exists: impl Fn(&str) -> bool) -> Vec<&str> {
        self.files
            .iter()
            .map(|file| file.path.as_str())
            .filter(|path| exists(path))
            .collect()
    }

    /// For people: each file with its length, then what is left.
    pub(crate) fn describe(&self) -> String {
        let files = self
            .files
            .iter()
            .map(|file| format!("  make {} ({} lines)", file.path, file.text.lines().count()));
        let by_hand = self.by_hand.iter().map(|step| format!("  then {step}"));
        files.chain(by_hand).collect::<Vec<_>>().join("\n")
    }

    /// Makes all files, or none if one of them exists.
    pub(crate) fn apply(&self, repository: &Repository) -> Result<(), String> {
        let conflicts = self.conflicts(|path| repository.exists(path));
        if !conflicts.is_empty() {
            return Err(format!("nothing was changed; already there: {}", conflicts.join(", ")));
        }
        self.files
            .iter()
            .try_for_each(|file| repository.create(&file.path, &file.text))
    }
}
