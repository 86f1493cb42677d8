//! A copy of the first example that can be built: at a place that stays, so that what is built does not pile up, and one
//! test at a time.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::copies::{copy_into, example};
use crate::enforced::without_the_tool;

const EXAMPLE: &str = "01_layered_shop";

/// `cargo xtask ci` builds the example there, too.
const FOLDER: &str = "layered-shop";

/// What must not reach cargo from around the tests.
const AROUND: [&str; 8] = [
    "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_INCREMENTAL",
    "CARGO_MANIFEST_DIR",
    "CI",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

/// The copy; whoever holds it is the only one.
pub(super) struct Copy {
    root: PathBuf,
    target: PathBuf,
    /// The system lets go of it when the process ends, however it does.
    _turn: File,
}

impl Copy {
    pub(super) fn new(name: &str) -> Self {
        has_dependencies();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(FOLDER);
        fs::create_dir_all(&folder).unwrap();
        let turn = File::create(folder.join("turn")).unwrap();
        turn.lock().unwrap();
        let own = folder.join(name);
        if own.exists() {
            fs::remove_dir_all(&own).unwrap();
        }
        let root = own.join("shop");
        copy_into(EXAMPLE, &root);
        Self {
            root,
            target: folder.join("target"),
            _turn: turn,
        }
    }

    /// A copy for the macro, which is not published yet: the version that manifests ask for is that of this repository, and
    /// what it depends on is locked to what everything here is tested with.
    pub(super) fn for_macro(name: &str) -> Self {
        let copy = Self::new(name);
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let macros = repository.join("macros");
        let patch = format!("[patch.crates-io]\narchguard = {{ path = '{}' }}\n", macros.display());
        copy.write("../.cargo/config.toml", &patch);
        let policy = copy.read("archguard.toml") + &without_the_tool(&copy.root);
        copy.write("archguard.toml", &policy);
        let locks = [
            copy.read("Cargo.lock"),
            fs::read_to_string(repository.join("Cargo.lock")).unwrap(),
        ];
        copy.write("Cargo.lock", &both(&locks[0], &locks[1]));
        copy
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Puts text in the place of another, which is there once.
    pub(super) fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(old).count(), 1, "{name} has `{old}` once");
        self.write(name, &text.replace(old, new));
    }

    /// A program in the copy: it finds the tool on the path, and reaches no network.
    pub(super) fn command(&self, program: &str) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_cargo-archguard")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let path = std::iter::once(built.to_path_buf()).chain(std::env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never");
        for variable in AROUND {
            command.env_remove(variable);
        }
        command
    }

    /// A build: whether it succeeds, and what it says.
    pub(super) fn build(&self) -> (bool, String) {
        let output = self.command(env!("CARGO")).arg("build").output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
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

/// A lock file with the packages from registries of another one added.
fn both(lock: &str, other: &str) -> String {
    let known: BTreeSet<&str> = packages(lock).map(name_and_version).collect();
    let more = packages(other).filter(|it| it.contains("\nsource = ") && !known.contains(name_and_version(it)));
    let more: String = more.flat_map(|package| ["\n[[package]]", package]).collect();
    format!("{lock}{more}")
}

/// The packages of a lock file, each without its headline.
fn packages(lock: &str) -> impl Iterator<Item = &str> {
    lock.split("\n[[package]]").skip(1)
}

fn name_and_version(package: &str) -> &str {
    let end = package.match_indices('\n').nth(2).map_or(package.len(), |(end, _)| end);
    &package[..end]
}
