//! A fixture's text as files in a temporary directory. What is in the files is not looked at here.

use std::fs;
use std::path::{Path, PathBuf};

use archguard_evidence::workspace::Workspace;
use archguard_invariants::policy::PolicyTexts;
use tempfile::TempDir;

use super::manifests;

/// One file of a fixture.
#[derive(Debug, Clone)]
pub(crate) struct FixtureFile {
    /// Its path, relative to the workspace's root.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) text: String,
    flags: Vec<String>,
}

/// A workspace on disk, for as long as the value lives.
pub(crate) struct Fixture {
    /// The files that the text names.
    pub(crate) files: Vec<FixtureFile>,
    /// What cargo would say of them.
    pub(crate) workspace: Workspace,
    _directory: TempDir,
}

impl Fixture {
    /// Writes the files of a text.
    pub(crate) fn of(text: &str) -> Self {
        Self::of_files(split(text))
    }

    /// The same files, written in the opposite order.
    pub(crate) fn reversed(text: &str) -> Self {
        let mut files = split(text);
        files.reverse();
        Self::of_files(files)
    }

    fn of_files(files: Vec<FixtureFile>) -> Self {
        let directory = TempDir::new().expect("a temporary directory can be made");
        let outer = fs::canonicalize(directory.path()).expect("it exists");
        let root = outer.join("workspace");
        fs::create_dir(&root).expect("it is new");
        for file in &files {
            file.write(&root);
        }
        let workspace = manifests::workspace(&root, &files);
        Self {
            files,
            workspace,
            _directory: directory,
        }
    }

    /// The text of a file, if the fixture has it.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.text.as_str())
    }

    /// The policy with those of packages.
    #[track_caller]
    pub(crate) fn policy(&self) -> PolicyTexts {
        let text = self.text("archguard.toml").expect("the fixture has a policy");
        let mut texts = PolicyTexts::new("archguard.toml", text);
        for package in &self.workspace.packages {
            let below = package.directory.strip_prefix(&self.workspace.root);
            let path = format!("{}/archguard.toml", below.unwrap_or(&package.directory).display());
            if let Some(text) = self.text(&path) {
                texts.add_fragment(&package.name, &path, text);
            }
        }
        texts
    }
}

impl FixtureFile {
    fn write(&self, root: &Path) {
        let path = joined(root, &self.path);
        fs::create_dir_all(path.parent().expect("a file has a directory")).expect("directories can be made");
        if let Some(target) = self.flags.iter().find_map(|flag| flag.strip_prefix("link=")) {
            return link(target, &path);
        }
        let mut text = self.text.clone();
        if self.flags.iter().any(|flag| flag == "crlf") {
            text = text.replace('\n', "\r\n");
        }
        if self.flags.iter().any(|flag| flag == "bom") {
            text.insert(0, '\u{feff}');
        }
        let bytes = if self.flags.iter().any(|flag| flag == "latin1") {
            text.chars()
                .map(|character| u8::try_from(character).expect("latin 1"))
                .collect()
        } else {
            text.into_bytes()
        };
        fs::write(path, bytes).expect("files can be written");
    }
}

/// The path without `..`, which only ever stands at its beginning.
pub(super) fn joined(root: &Path, path: &str) -> PathBuf {
    match path.strip_prefix("../") {
        Some(outside) => root.parent().expect("the root has a parent").join(outside),
        None => root.join(path),
    }
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).expect("links can be made");
}

#[cfg(windows)]
fn link(target: &str, path: &Path) {
    let target = path.parent().expect("a link has a directory").join(target);
    if target.is_dir() {
        std::os::windows::fs::symlink_dir(target, path).expect("links can be made");
    } else {
        std::os::windows::fs::symlink_file(target, path).expect("links can be made");
    }
}

fn split(text: &str) -> Vec<FixtureFile> {
    let mut files: Vec<FixtureFile> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(header) = line.trim_end().strip_prefix("//- ") {
            let mut words = header.split_whitespace().map(str::to_owned);
            let path = words.next().expect("a header names a file");
            files.push(FixtureFile {
                path,
                text: String::new(),
                flags: words.collect(),
            });
        } else if let Some(file) = files.last_mut() {
            file.text.push_str(line);
        } else {
            assert!(line.trim().is_empty(), "text before the first header: {line}");
        }
    }
    files
}
