//! A shop whose handlers reach into the database, and the command in it on a given day.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use archguard_invariants::date::Day;
use cargo_archguard::{Surroundings, run_in};
use serde_json::Value;
use tempfile::TempDir;

use crate::documents::{errors, published};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
const LIBRARY: &str = "pub mod db;\npub mod http;\n";
const DB: &str = "pub fn connect() {}\npub fn query() {}\n";
pub(crate) const POLICY: &str = "version = 1

[components]
http = { paths = \"shop::http\", uses = [] }
db   = { paths = \"shop::db\", uses = [] }
";

/// `list` connects once and queries twice.
pub(crate) const HTTP: &str = "pub fn list() {
    crate::db::connect();
    crate::db::query();
    crate::db::query();
}
";

pub(crate) const TODAY: &str = "2026-11-20";

/// What a run said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) exit: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A workspace on disk.
pub(crate) struct Workspace {
    root: PathBuf,
    _directory: Option<TempDir>,
}

impl Workspace {
    pub(crate) fn new(http: &str) -> Self {
        let directory = TempDir::new().unwrap();
        let workspace = Self {
            root: directory.path().to_path_buf(),
            _directory: Some(directory),
        };
        fs::create_dir(workspace.path("src")).unwrap();
        for (name, text) in [
            ("Cargo.toml", MANIFEST),
            (
                "Cargo.lock",
                "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n",
            ),
            ("src/lib.rs", LIBRARY),
            ("src/db.rs", DB),
            ("src/http.rs", http),
            ("archguard.toml", POLICY),
        ] {
            workspace.write(name, text);
        }
        workspace
    }

    /// The same workspace at a place inside a folder that the caller owns.
    pub(crate) fn moved_to(&self, root: &Path) -> Self {
        fs::create_dir_all(root.parent().unwrap()).unwrap();
        fs::rename(&self.root, root).unwrap();
        fs::create_dir(&self.root).unwrap();
        Self {
            root: root.to_path_buf(),
            _directory: None,
        }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.root.join(name), text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.root.join(name)).ok()
    }

    /// Everything that lies at the workspace root, but for the target directory.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.root).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "target")
            .collect();
        names.sort();
        names
    }

    /// Runs a line of arguments on a day.
    pub(crate) fn on(&self, today: &str, ci: bool, line: &str) -> Said {
        let manifest = self.path("Cargo.toml").into_os_string();
        let before = ["cargo-archguard"].map(OsString::from);
        let after = ["--offline", "--color", "never", "--manifest-path"].map(OsString::from);
        let words = line.split_whitespace().map(OsString::from);
        let arguments = before.into_iter().chain(words).chain(after).chain([manifest]);
        let today = Day::parse(today).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = run_in(Surroundings { today, ci }, arguments, &mut out, &mut err);
        Said {
            exit,
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        }
    }

    /// Runs a line of arguments today.
    pub(crate) fn run(&self, line: &str) -> Said {
        self.on(TODAY, false, line)
    }

    /// The verdict's document on a day, which keeps to its schema; its outcome is that of the exit code.
    pub(crate) fn verdict_on(&self, today: &str) -> Value {
        let said = self.on(today, true, "check --format json");
        let document: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(errors(&published("verdict-1.json"), &document), [] as [String; 0]);
        let exit = match document["outcome"].as_str().unwrap() {
            "clean" => 0,
            "findings" => 1,
            _ => 2,
        };
        assert_eq!(said.exit, exit);
        document
    }

    /// Each finding: `status rule from -> to`.
    pub(crate) fn statuses_on(&self, today: &str) -> Vec<String> {
        let document = self.verdict_on(today);
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let of = |finding: &Value| {
            let (from, to) = (&finding["from"]["item"], &finding["to"]["item"]);
            [&finding["status"], &finding["rule"], from, to].map(text).join(" ")
        };
        document["findings"].as_array().unwrap().iter().map(of).collect()
    }

    pub(crate) fn statuses(&self) -> Vec<String> {
        self.statuses_on(TODAY)
    }

    /// The codes and messages of the problems.
    pub(crate) fn problems(&self) -> Vec<String> {
        let document = self.verdict_on(TODAY);
        let problems = document["problems"].as_array().unwrap().iter();
        let of = |problem: &Value| {
            let line = &problem["line"];
            format!(
                "{}:{line} {}: {}",
                text(&problem["file"]),
                text(&problem["code"]),
                text(&problem["message"])
            )
        };
        problems.map(of).collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}
