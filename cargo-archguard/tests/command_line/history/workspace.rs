//! A workspace in a git repository with one commit, on which everything is clean, and what a change makes of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::process::{archguard, exit_of, text};

/// The policy at the commit.
pub(super) const POLICY: &str = r#"version = 1

[sets]
system = ["std::process", "std::net"]

[components]
root     = "shop::self"
http     = { paths = "shop::http", uses = ["app", "domain"] }
app      = "shop::app"
db       = { paths = "shop::db", public = "shop::db::repo" }
features = { each = "shop::features::*", uses = ["domain"] }
domain   = { paths = "shop::domain", uses = [], crates = [] }
tools    = { paths = "tools", uses = [] }

[policy]
dev_code   = ["feature:testing"]
exceptions = { max_days = 999999 }

[[exclude]]
path   = "vendor"
reason = "not ours"
owner  = "us"
until  = "2999-01-31"

[[layers]]
id    = "layering"
order = ["root", "app", "db", "domain"]

[[forbid]]
id     = "no-processes"
use    = "set:system"
except = ["db", "tools"]
dev    = true

[[forbid]]
id       = "no-files"
in       = ["domain", "app"]
use      = ["std::fs", "!std::fs::Metadata"]
as       = ["call", "import"]

[[forbid]]
id       = "no-exit"
use      = "std::env::set_current_dir"
severity = "warn"

[[mandate]]
id         = "files-by-db"
use        = "db"
instead_of = "std::fs::File"

[[require]]
id    = "orders-in-the-domain"
items = { name = "Order*", kind = ["struct", "enum"] }
must  = { in = "domain" }

[[acyclic]]
id    = "no-cycles"
among = ["components", "modules"]
"#;

const FILES: [(&str, &str); 17] = [
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"shop\", \"tools\"]\nresolver = \"2\"\n",
    ),
    (
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"tools\"\nversion = \"0.1.0\"\n",
    ),
    (".gitignore", "/target\n"),
    (
        "shop/Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    (
        "shop/src/lib.rs",
        "pub mod app;\npub mod db;\npub mod domain;\npub mod features;\npub mod http;\n\npub fn start() {\n    app::place();\n}\n",
    ),
    (
        "shop/src/http/mod.rs",
        "pub mod orders;\n\npub fn route() {\n    crate::app::place();\n}\n",
    ),
    (
        "shop/src/http/orders.rs",
        "pub fn list() -> crate::domain::Order {\n    crate::domain::Order\n}\n",
    ),
    (
        "shop/src/app.rs",
        "pub fn place() {\n    crate::db::repo::save(&crate::domain::Order);\n}\n",
    ),
    (
        "shop/src/db/mod.rs",
        "pub mod repo;\n\npub fn connect() {\n    let _ = std::process::id();\n}\n",
    ),
    (
        "shop/src/db/repo.rs",
        "pub fn save(_: &crate::domain::Order) {\n    super::connect();\n    let _ = std::fs::File::open(\"orders\");\n}\npub fn load() {}\n",
    ),
    (
        "shop/src/domain.rs",
        "pub struct Order;\n\npub fn total() -> u32 {\n    0\n}\n",
    ),
    ("shop/src/features/mod.rs", "pub mod cart;\npub mod stock;\n"),
    (
        "shop/src/features/cart.rs",
        "pub fn add() -> u32 {\n    crate::domain::total()\n}\n",
    ),
    ("shop/src/features/stock.rs", "pub fn count() -> u32 {\n    0\n}\n"),
    (
        "tools/Cargo.toml",
        "[package]\nname = \"tools\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    ("tools/src/main.rs", "fn main() {}\n"),
    ("vendor/old.rs", "pub fn old() {}\n"),
];

/// What a run said.
pub(super) struct Said {
    pub(super) exit: i32,
    pub(super) out: String,
    pub(super) err: String,
}

/// The repository in a folder of its own.
pub(super) struct Repository(TempDir);

impl Repository {
    /// With everything in the first commit, on the branch `main`; the change goes on another.
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    /// With something more in the first commit.
    pub(super) fn with(more: impl Fn(&Self)) -> Self {
        let repository = Self(TempDir::new().unwrap());
        fs::create_dir(repository.root()).unwrap();
        for (name, content) in FILES {
            repository.write(name, content);
        }
        repository.write("archguard.toml", POLICY);
        more(&repository);
        repository.git("init --quiet --initial-branch=main");
        repository.commit("begin");
        repository.git("checkout --quiet -b change");
        repository
    }

    pub(super) fn root(&self) -> PathBuf {
        self.0.path().join("work")
    }

    /// The folder around the work tree.
    pub(super) fn beside(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, name: &str, content: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root().join(name)).unwrap()
    }

    /// Replaces text in a file, which has to be there.
    pub(super) fn edit(&self, name: &str, edits: &[(&str, &str)]) {
        let mut text = self.read(name);
        for (old, new) in edits {
            assert!(text.contains(old), "{old} stands in {name}");
            text = text.replace(old, new);
        }
        self.write(name, &text);
    }

    /// Moves a file or folder.
    pub(super) fn rename(&self, from: &str, to: &str) {
        let to = self.root().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.root().join(from), to).unwrap();
    }

    /// Runs git in the work tree; it has to succeed. Nobody's own settings matter.
    pub(super) fn git(&self, line: &str) -> String {
        git_in(&self.root(), line)
    }

    /// Everything as it is.
    pub(super) fn commit(&self, message: &str) {
        self.git("add --all");
        self.git(&format!("commit --quiet -m {message}"));
    }

    pub(super) fn run(&self, line: &str) -> Said {
        run_in(&self.root(), line)
    }

    /// The verdict of a line, and the exit code.
    pub(super) fn verdict(&self, line: &str) -> (i32, Value) {
        let said = self.run(&format!("{line} --format json"));
        let verdict =
            serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err));
        (said.exit, verdict)
    }
}

pub(super) fn git_in(folder: &Path, line: &str) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=us", "-c", "user.email=us@example.org"])
        .args(line.split_whitespace())
        .output()
        .unwrap();
    assert!(output.status.success(), "git {line}: {}", text(&output.stderr));
    text(&output.stdout)
}

pub(super) fn run_in(folder: &Path, line: &str) -> Said {
    let output = archguard()
        .current_dir(folder)
        .env_remove("CI")
        .arg("--offline")
        .args(line.split_whitespace())
        .output()
        .unwrap();
    Said {
        exit: exit_of(&output),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// The findings of a verdict: lint and rule (of what is weakened, what), each once and sorted.
pub(super) fn found(verdict: &Value) -> Vec<String> {
    let findings = verdict["findings"].as_array().unwrap().iter();
    let new = findings.filter(|finding| finding["status"] == "new");
    let mut found: Vec<String> = new
        .map(|finding| {
            let lint = finding["lint"].as_str().unwrap();
            let what = if lint == "policy-weakened" {
                &finding["from"]["item"]
            } else {
                &finding["rule"]
            };
            format!("{lint} {}", what.as_str().unwrap())
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The rules of one of the lists of `policy.base`.
pub(super) fn rules(verdict: &Value, list: &str) -> Vec<String> {
    let entries = verdict["policy"]["base"][list].as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry["rule"].as_str().unwrap().to_owned())
        .collect()
}
