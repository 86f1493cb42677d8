//! A copy of the first example that can be built: at a place that stays, so that what is built does not pile up, and one
//! test at a time.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::copies::{copy_into, example};

const EXAMPLE: &str = "01_layered_shop";

/// The copy; whoever holds it is the only one.
pub(crate) struct Copy {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    /// The system lets go of it when the process ends, however it does.
    _turn: File,
}

impl Copy {
    pub(crate) fn new(name: &str) -> Self {
        has_dependencies();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layered-shop");
        fs::create_dir_all(&folder).unwrap();
        let turn = File::create(folder.join("turn")).unwrap();
        turn.lock().unwrap();
        let root = folder.join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        copy_into(EXAMPLE, &root);
        Self {
            root,
            target: folder.join("target"),
            _turn: turn,
        }
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Puts text in the place of another, which is there once.
    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(old).count(), 1, "{name} has `{old}` once");
        self.write(name, &text.replace(old, new));
    }

    /// Locks what the tool's own repository depends on, too: the versions that everything here is tested with.
    pub(crate) fn lock_the_tools_dependencies(&self) {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        let own = fs::read_to_string(own).unwrap();
        let lock = self.read("Cargo.lock");
        let known: BTreeSet<&str> = packages(&lock).map(name_and_version).collect();
        let more = packages(&own).filter(|it| it.contains("\nsource = ") && !known.contains(name_and_version(it)));
        let more: String = more.map(|package| format!("\n[[package]]{package}")).collect();
        self.write("Cargo.lock", &format!("{lock}{more}"));
    }

    /// Cargo in the copy, with nothing of what is set around the test.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&self.root).args(arguments).arg("--offline");
        command.env("CARGO_TARGET_DIR", &self.target);
        command.env("CARGO_TERM_COLOR", "never");
        for variable in ["CI", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_INCREMENTAL"] {
            command.env_remove(variable);
        }
        command
    }
}

/// No test reaches the network: what the example depends on has been fetched before.
fn has_dependencies() {
    let manifest = example(EXAMPLE).join("Cargo.toml");
    let mut fetch = Command::new(env!("CARGO"));
    fetch.args(["fetch", "--locked", "--offline", "--manifest-path"]);
    let output = fetch.arg(manifest).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "first run `cargo fetch --locked --manifest-path examples/{EXAMPLE}/Cargo.toml`: {said}"
    );
}

/// The packages of a lock file, each without its headline.
fn packages(lock: &str) -> impl Iterator<Item = &str> {
    lock.split("\n[[package]]").skip(1)
}

fn name_and_version(package: &str) -> &str {
    let end = package.match_indices('\n').nth(2).map_or(package.len(), |(end, _)| end);
    &package[..end]
}
