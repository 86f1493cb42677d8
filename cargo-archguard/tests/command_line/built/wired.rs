//! What `setup` writes does what it says: builds judge, the hook stops a commit, and without it all is as it was before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use walkdir::WalkDir;

use super::copy::Copy;
use super::transcripts::RAW;
use crate::process::{exit_of, text};

/// How macro, wrapper and hook name what is planted.
const RULE: &str = "raw-sql/forbidden-use";

/// A copy in a repository of its own.
struct Wired<'c> {
    copy: &'c Copy,
    method: &'static str,
}

impl Wired<'_> {
    fn git(&self, arguments: &[&str]) -> Output {
        let us = ["-c", "user.name=us", "-c", "user.email=us@example.org"];
        let mut git = self.copy.command("git");
        git.env("GIT_CONFIG_GLOBAL", self.copy.root().join("../none"));
        git.env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(us).args(arguments).output().unwrap()
    }

    fn commit(&self, what: &str) -> Output {
        assert!(self.git(&["add", "--all"]).status.success());
        self.git(&["commit", "--quiet", "--message", what])
    }

    fn commits(&self, what: &str) {
        let output = self.commit(what);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success(), "{}: {what}: {said}", self.method);
    }

    fn count(&self) -> String {
        text(&self.git(&["rev-list", "--count", "HEAD"]).stdout)
            .trim()
            .to_owned()
    }

    fn setup(&self, arguments: &[&str], expected: &str) {
        let mut setup = self.copy.command(env!("CARGO_BIN_EXE_cargo-archguard"));
        let output = setup.args(["archguard", "setup"]).args(arguments).output().unwrap();
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(
            exit_of(&output) == 0 && said.contains(expected),
            "{arguments:?}: {expected}: {said}"
        );
    }

    fn builds(&self, what: &str) -> String {
        let (succeeded, said) = self.copy.build();
        assert!(succeeded, "{}: {what}: {said}", self.method);
        said
    }

    /// Every file but those of git, and the lock file, which is cargo's; hooks count.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.copy.root();
        let entries = WalkDir::new(root).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let below = files.map(|entry| entry.path().strip_prefix(root).unwrap().to_path_buf());
        let counts = |path: &Path| path.starts_with(".git/hooks") || !path.starts_with(".git");
        below
            .filter(|path| counts(path) && path != Path::new("Cargo.lock"))
            .map(|path| (path.display().to_string(), fs::read(root.join(&path)).unwrap()))
            .collect()
    }

    fn there_and_back(&self) {
        assert!(self.git(&["init", "--quiet"]).status.success());
        self.commits("as it was");
        let before = self.files();
        self.setup(&["--yes", "--with", self.method], "archguard: wrote ");
        assert!(self.files().contains_key(".git/hooks/pre-commit"));
        self.builds("clean");
        self.commits("with archguard");

        RAW.make(self.copy);
        let (succeeded, said) = self.copy.build();
        assert!(!succeeded && said.contains(RULE), "{}: {said}", self.method);
        let refused = self.commit("raw");
        let said = text(&refused.stdout) + &text(&refused.stderr);
        assert!(!refused.status.success() && said.contains(RULE), "{said}");
        assert_eq!(self.count(), "2");

        RAW.back().make(self.copy);
        self.builds("repaired");
        self.copy.write("NOTES.md", "Nothing that is judged.\n");
        self.commits("clean");
        assert_eq!(self.count(), "3");
        fs::remove_file(self.copy.root().join("NOTES.md")).unwrap();

        self.setup(&["--check", "--with", self.method], "everything is in place");
        self.setup(&["--undo", "--yes"], "took out what setup had made");
        assert_eq!(self.files(), before, "{}", self.method);
        RAW.make(self.copy);
        let said = self.builds("nobody judges");
        assert!(said.contains("Compiling shop ") && !said.contains(RULE), "{said}");
        self.commits("nobody stops it");
    }
}

#[test]
fn setup_with_the_macro_makes_builds_and_commits_judge() {
    Wired {
        copy: &Copy::for_macro("setup-macro"),
        method: "macro",
    }
    .there_and_back();
}

#[test]
fn setup_with_the_wrapper_makes_builds_and_commits_judge() {
    Wired {
        copy: &Copy::new("setup-wrapper"),
        method: "wrapper",
    }
    .there_and_back();
}
