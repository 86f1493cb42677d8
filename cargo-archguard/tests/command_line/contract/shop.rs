//! A workspace on which each command can do everything that it does, and each option makes a difference.
//!
//! ```text
//! shop/        two packages; handlers reach into the database; one of the two findings is excepted
//! elsewhere/   nothing
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::process::{archguard, exit_of, text};

const FILES: [(&str, &str); 12] = [
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"shop\", \"tools\"]\nresolver = \"2\"\n",
    ),
    (
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"tools\"\nversion = \"0.1.0\"\n",
    ),
    (
        "shop/Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    ("shop/src/lib.rs", "pub mod db;\npub mod http;\n"),
    ("shop/src/db.rs", "pub fn connect() {}\npub fn query() {}\n"),
    (
        "shop/src/http.rs",
        "pub fn list() {\n    crate::db::connect();\n    crate::db::query();\n}\n",
    ),
    (
        "tools/Cargo.toml",
        "[package]\nname = \"tools\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    ("tools/src/main.rs", "fn main() {}\n"),
    (
        "archguard.toml",
        "version = 1\npolicy.exceptions = { max_days = 999999 }\n\n[components]\nhttp  = { paths = \"shop::http\", uses = [] }\ndb    = { paths = \"shop::db\", uses = [] }\ntools = \"tools\"\n",
    ),
    (
        "archguard.exceptions.toml",
        "[[except]]\nrule = \"component.http.uses\"\nfrom = \"shop::http::list\"\nto = \"shop::db::connect\"\nreason = \"Later.\"\nowner = \"us\"\nuntil = \"2999-11-30\"\n",
    ),
    (
        "other/lax.toml",
        "version = 1\n\n[components]\neverything = [\"shop\", \"tools\"]\n",
    ),
    ("other/broken.toml", "version = 1\n\n[components]\nhttp = 1\n"),
];

/// What a run said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) exit: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Said {
    /// Everything, in one text.
    pub(super) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// The workspace in a folder of its own.
pub(super) struct Shop(TempDir);

impl Shop {
    pub(super) fn new() -> Self {
        let shop = Self(TempDir::new().unwrap());
        fs::create_dir(shop.0.path().join("elsewhere")).unwrap();
        for (name, content) in FILES {
            shop.write(name, content);
        }
        shop
    }

    /// The workspace root.
    pub(super) fn root(&self) -> PathBuf {
        self.0.path().join("shop")
    }

    pub(super) fn write(&self, name: &str, content: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(super) fn remove(&self, name: &str) {
        fs::remove_file(self.root().join(name)).unwrap();
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.root().join(name).exists()
    }

    /// Runs git in the workspace; it has to succeed.
    pub(super) fn git(&self, line: &str) {
        let status = Command::new("git")
            .current_dir(self.root())
            // The same commit in every shop has the same id.
            .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")
            .args(line.split_whitespace())
            .status();
        assert!(status.unwrap().success(), "git {line}");
    }

    /// Runs a line of arguments in the workspace.
    pub(super) fn run(&self, line: &str) -> Said {
        said(command(&self.root(), line))
    }

    /// Runs a line of arguments in the folder beside the workspace.
    pub(super) fn run_elsewhere(&self, line: &str) -> Said {
        said(command(&self.0.path().join("elsewhere"), line))
    }
}

/// The command in a folder, not on a server.
pub(super) fn command(folder: &Path, line: &str) -> Command {
    let mut command = archguard();
    command
        .current_dir(folder)
        .env_remove("CI")
        .args(line.split_whitespace());
    command
}

pub(super) fn said(mut command: Command) -> Said {
    let output = command.output().unwrap();
    Said {
        exit: exit_of(&output),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}
