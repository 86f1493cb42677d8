//! Where the answer about a workspace is kept, and under which name: by everything that is known without looking at the
//! workspace.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use blake3::Hasher;
use toml::Table;

use crate::kept::this_tool;
use crate::workspace::load::{cargo_home, configuration_files};

/// Raised whenever what is written changes its form.
const FORMAT: u32 = 2;

/// The name for an answer: the tool, the manifest that is asked about, and the environment that cargo sees.
pub(super) fn name(manifest: &Path, environment: impl Iterator<Item = (OsString, OsString)>) -> String {
    let mut hasher = Hasher::new();
    let mut add = |part: &OsStr| {
        let bytes = part.as_encoded_bytes();
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    add(format!("{FORMAT} {}", this_tool()).as_ref());
    add(manifest.as_os_str());
    let mut variables: Vec<(OsString, OsString)> = environment.filter(|(name, _)| matters(name)).collect();
    variables.sort();
    for (name, value) in &variables {
        add(name);
        add(value);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// What cargo says of the unit that it has compiled, to whoever compiles it: of itself it wants to hear none of that.
const OF_A_UNIT: [&str; 8] = [
    "CARGO_BIN_",
    "CARGO_CRATE_NAME",
    "CARGO_MAKEFLAGS",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_RUSTC_CURRENT_DIR",
    "CARGO_TARGET_TMPDIR",
];

/// Whether a variable may change what cargo says, or which cargo says it.
fn matters(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_uppercase();
    let families = ["CARGO", "__CARGO", "RUSTC", "RUSTUP"];
    let is_of_unit = OF_A_UNIT.iter().any(|start| name.starts_with(start));
    let is_of_family = families.iter().any(|family| name.starts_with(family));
    is_of_family && !is_of_unit || ["HOME", "PATH", "USERPROFILE"].contains(&&*name)
}

/// The directory into which cargo builds, as far as it can be told without asking cargo.
pub(super) fn target_directory(manifest: &Path, root: &Path) -> Option<PathBuf> {
    let directory = manifest.parent()?;
    let given = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
        .iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    if let Some(given) = given {
        return Some(directory.join(given));
    }
    let home = cargo_home().into_iter();
    let at_home = home.flat_map(|home| ["config", "config.toml"].map(|name| home.join(name)));
    let files = at_home.chain(configuration_files(manifest));
    // The nearest is the last and wins.
    let configured = files.filter_map(|file| configured_target(&file)).next_back();
    configured.or_else(|| Some(root.parent()?.join("target")))
}

/// `build.target-dir` of a configuration file; relative to the folder that holds its `.cargo`.
fn configured_target(file: &Path) -> Option<PathBuf> {
    let table: Table = std::fs::read_to_string(file).ok()?.parse().ok()?;
    let target = table.get("build")?.get("target-dir")?.as_str()?;
    Some(file.parent()?.parent()?.join(target))
}
