//! One piece of bad input: a workspace in one text, the exit code, and the headlines of what is said.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::process::{archguard, exit_of, text};

/// A package and a policy that is kept, for cases whose fault lies elsewhere.
pub(super) const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
const LOCK: &str = "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n";
pub(super) const POLICY: &str = "version = 1\n[components]\nall = \"shop\"\n";

/// A workspace in a temporary folder.
pub(super) struct Workspace(TempDir);

impl Workspace {
    /// From a text in which `//- path` begins each file. A manifest with its lock file, a policy and an empty library are
    /// added where the text has none; `//- no path` leaves one out.
    pub(super) fn of(files: &str) -> Self {
        let workspace = Self(TempDir::new().unwrap());
        let given = [("Cargo.toml", MANIFEST), ("archguard.toml", POLICY), ("src/lib.rs", "")];
        for (path, content) in given {
            workspace.write(path, content);
        }
        if !files.contains("//- Cargo.toml") {
            workspace.write("Cargo.lock", LOCK);
        }
        for file in files.split("//- ").skip(1) {
            let (path, content) = file.split_once('\n').unwrap_or((file, ""));
            match path.strip_prefix("no ") {
                Some(path) => fs::remove_file(workspace.path().join(path)).unwrap(),
                None => workspace.write(path, content),
            }
        }
        workspace
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        archguard()
            .current_dir(self.path())
            .arg("--offline")
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Checks it: exit code and headlines. Nothing panicked, and nothing was written but below the target directory.
    #[track_caller]
    pub(super) fn said(&self, name: &str) -> (i32, String) {
        let before = self.files();
        let output = self.run(&[]);
        let (printed, told) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(told, "", "{name}");
        assert_eq!(self.files(), before, "{name}: the workspace was changed");
        let root = self.path().canonicalize().unwrap();
        (
            exit_of(&output),
            headlines(&printed).replace(root.to_str().unwrap(), "[ROOT]"),
        )
    }

    #[track_caller]
    pub(super) fn says(&self, name: &str, code: i32, expected: &str) {
        assert_eq!(self.said(name), (code, expected.to_owned()), "{name}");
    }

    /// The files at the root and in `src`.
    fn files(&self) -> Vec<std::ffi::OsString> {
        let names = |folder: &str| {
            let entries = fs::read_dir(self.path().join(folder)).into_iter().flatten();
            entries.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>()
        };
        let mut files = [names("."), names("src")].concat();
        files.retain(|name| name != "target");
        files.sort();
        files
    }
}

/// Checks all, so that one run shows everything that differs.
#[track_caller]
pub(super) fn all_say<'a>(cases: impl IntoIterator<Item = (&'a str, Workspace, i32, &'a str)>) {
    let mut differing = String::new();
    for (name, workspace, code, expected) in cases {
        let (ended, said) = workspace.said(name);
        if (ended, said.as_str()) != (code, expected) {
            writeln!(differing, "{name}: {ended} {said:?}").unwrap();
        }
    }
    assert!(differing.is_empty(), "{differing}");
}

/// The lines that tell, each with the place below it: errors and notes, without the code and without the verdict's counts.
fn headlines(printed: &str) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut has_place = true;
    for line in printed.lines() {
        if line.starts_with("error") || line.starts_with("warning") || line.starts_with("note") {
            told.push(line.to_owned());
            has_place = false;
        } else if let (Some(place), false) = (line.trim_start().strip_prefix("┌─ "), has_place) {
            told.push(format!("  at {place}"));
            has_place = true;
        } else if let Some(verdict) = line.strip_prefix("archguard: ") {
            told.push(verdict.split(": ").next().unwrap_or_default().to_owned());
        }
    }
    told.join("\n")
}
