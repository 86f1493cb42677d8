//! Published crates as one workspace: their sources, as cargo unpacked them, become members in a temporary directory, with
//! the lock file that fits them, so that nothing but the pinned versions is ever read. What is done with it is for the caller.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;
use thiserror::Error;
use toml::{Table, Value};

/// The crates that become members.
const MEMBERS: [&str; 5] = ["axum-core", "globset", "ignore", "itertools", "walkdir"];

/// Why there is no workspace of the pinned crates.
#[derive(Debug, Error)]
pub enum UnpackError {
    /// Cargo could not resolve or fetch them.
    #[error("cargo cannot have the pinned crates: {0}")]
    Cargo(String),
    /// What cargo said, a manifest or the lock file is not as expected.
    #[error("{0} cannot be understood")]
    Form(&'static str),
    /// A file could not be read or written.
    #[error("a file of the pinned crates cannot be copied")]
    Io(#[from] io::Error),
}

/// Makes the workspace from the folder that pins the versions. The folder goes with the value that comes back.
pub fn unpack(pinned: &Path) -> Result<TempDir, UnpackError> {
    let directory = tempfile::tempdir()?;
    let root = directory.path();
    for (name, source) in sources(pinned)? {
        copy(&source, &root.join(&name))?;
        let manifest = root.join(&name).join("Cargo.toml");
        let text = fs::read_to_string(&manifest)?;
        fs::write(&manifest, without_development(&text)?)?;
    }
    let patches = MEMBERS.map(|name| format!("{name} = {{ path = \"{name}\" }}\n"));
    let patches = patches.concat();
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {MEMBERS:?}\n[patch.crates-io]\n{patches}");
    fs::write(root.join("Cargo.toml"), workspace)?;
    let lock = fs::read_to_string(pinned.join("Cargo.lock"))?;
    fs::write(root.join("Cargo.lock"), lock_of_members(&lock)?)?;
    Ok(directory)
}

/// Where cargo keeps the members' sources.
fn sources(pinned: &Path) -> Result<Vec<(String, PathBuf)>, UnpackError> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(pinned.join("Cargo.toml"))
        .output()?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(UnpackError::Cargo(errors));
    }
    let metadata: Json = serde_json::from_slice(&output.stdout).map_err(|_| UnpackError::Form("cargo's metadata"))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let sources: Vec<(String, PathBuf)> = packages.filter_map(member).collect();
    if sources.len() == MEMBERS.len() {
        Ok(sources)
    } else {
        Err(UnpackError::Form("which version of each crate is pinned"))
    }
}

fn member(package: &Json) -> Option<(String, PathBuf)> {
    let name = package["name"].as_str().filter(|name| MEMBERS.contains(name))?;
    let manifest = Path::new(package["manifest_path"].as_str()?);
    Some((name.to_owned(), manifest.parent()?.to_owned()))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A manifest without what only development needs: those crates are not pinned.
fn without_development(manifest: &str) -> Result<String, UnpackError> {
    let mut manifest: Table = manifest.parse().map_err(|_| UnpackError::Form("a manifest"))?;
    for key in ["dev-dependencies", "test", "bench", "example"] {
        manifest.remove(key);
    }
    Ok(manifest.to_string())
}

/// The pinned lock file, as it is when the members are in the workspace and the package that pins them is not.
fn lock_of_members(lock: &str) -> Result<String, UnpackError> {
    let unexpected = || UnpackError::Form("the lock file");
    let mut lock: Table = lock.parse().map_err(|_| unexpected())?;
    let packages = lock.get_mut("package").and_then(Value::as_array_mut);
    let packages = packages.ok_or_else(unexpected)?;
    let name = |package: &Value| package.get("name").and_then(Value::as_str).map(str::to_owned);
    packages.retain(|package| name(package).as_deref() != Some("published"));
    for package in packages {
        let is_member = name(package).is_some_and(|name| MEMBERS.contains(&name.as_str()));
        if let (true, Some(package)) = (is_member, package.as_table_mut()) {
            package.remove("source");
            package.remove("checksum");
        }
    }
    Ok(lock.to_string())
}
