//! A repository that is set up, and the path that it is set up with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::process::{archguard, exit_of, text};

pub(super) const POLICY: &str = "version = 1\n\n[components]\nhttp = { paths = \"shop::http\", uses = [\"auth\"] }\ndb   = \"shop::db\"\nauth = { paths = \"shop::auth\", uses = [], public = \"shop::auth::sign_in\" }\n\n[[mandate]]\nid = \"shared-auth\"\nuse = \"auth\"\ninstead_of = \"std::collections\"\nbecause = \"One way in.\"\n";

/// A package in a git repository, and a folder that stands for the path, with or without the tool.
pub(crate) struct Shop {
    pub(super) folder: TempDir,
}

impl Shop {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let shop = Self {
            folder: TempDir::new().unwrap(),
        };
        fs::create_dir(shop.folder.path().join("bin")).unwrap();
        let own = [
            (
                "Cargo.toml",
                "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
            ),
            (
                "src/lib.rs",
                "//! A shop.\n\npub mod auth;\npub mod db;\npub mod http;\n",
            ),
            ("src/auth.rs", "pub fn sign_in() {}\n"),
            ("src/db.rs", ""),
            ("src/http.rs", "pub fn list() {\n    crate::auth::sign_in();\n}\n"),
            ("archguard.toml", POLICY),
        ];
        for (name, content) in own.iter().chain(files) {
            shop.write(name, content);
        }
        shop.git(&["init", "--quiet"]);
        // What git's own templates put there is nobody's hook.
        let _ = fs::remove_dir_all(shop.root().join(".git/hooks"));
        shop
    }

    pub(crate) fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("shop")
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.root().join(name).exists()
    }

    pub(super) fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        let status = git.arg("-C").arg(self.root()).args(arguments).status();
        assert!(status.unwrap().success(), "{arguments:?}");
    }

    /// The tool as others find it.
    pub(crate) fn install(&self) {
        let name = format!("cargo-archguard{}", std::env::consts::EXE_SUFFIX);
        fs::write(self.folder.path().join("bin").join(name), "").unwrap();
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = archguard();
        let path = std::env::var_os("PATH").unwrap();
        let others = std::env::split_paths(&path).filter(|folder| !folder.join("cargo-archguard").is_file());
        let path = std::env::join_paths(std::iter::once(self.folder.path().join("bin")).chain(others)).unwrap();
        command.current_dir(self.root()).env("PATH", path);
        for name in [
            "RUSTC_WRAPPER",
            "RUSTC_WORKSPACE_WRAPPER",
            "CARGO_BUILD_RUSTC_WRAPPER",
            "CI",
        ] {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_GLOBAL", self.folder.path().join("none"));
        command.args(["--offline", "setup"]).args(arguments);
        command
    }

    pub(crate) fn setup(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.command(arguments).output().unwrap();
        (exit_of(&output), text(&output.stdout) + &text(&output.stderr))
    }

    pub(crate) fn expect(&self, arguments: &[&str], code: i32, said: &str) -> String {
        let (exit, all) = self.setup(arguments);
        assert!(
            exit == code && all.contains(said),
            "{arguments:?}: {exit}, not {code} with `{said}`:\n{all}"
        );
        all
    }

    /// Every file but git's own and what is kept below the target directory.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.root();
        let skipped = |path: &Path| path.strip_prefix(&root).is_ok_and(|path| path.starts_with("target"));
        let files = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file() && !skipped(entry.path()));
        files
            .filter(|entry| {
                let below = entry.path().strip_prefix(&root).unwrap();
                !below.starts_with(".git") || below.starts_with(".git/hooks")
            })
            .map(|entry| {
                let name = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    /// Applies, applies again, checks, and takes out again: what was there is there again, byte for byte.
    pub(super) fn there_and_back(&self, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let before = self.files();
        let with = |more: &[&'static str]| [more, arguments].concat();
        self.expect(arguments, 0, "a plan for ");
        assert_eq!(self.files(), before, "a plan writes nothing");
        self.expect(&with(&["--check"]), 1, "not in place");
        self.expect(&with(&["--yes"]), 0, "archguard: wrote ");
        let wired = self.files();
        assert_ne!(wired, before);
        self.expect(&with(&["--yes"]), 0, "archguard: nothing to change");
        assert_eq!(self.files(), wired, "twice is once");
        self.expect(&with(&["--check"]), 0, "everything is in place");
        self.expect(&["--undo"], 0, "a plan for ");
        assert_eq!(self.files(), wired, "a plan writes nothing");
        self.expect(&["--undo", "--yes"], 0, "took out what setup had made");
        assert_eq!(self.files(), before);
        self.expect(&["--undo", "--yes"], 0, "nothing that setup made");
        wired
    }
}
