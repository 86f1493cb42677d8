//! Which empty files a copied manifest needs beside it, so that cargo finds the same targets as in the original.

use std::path::{Path, PathBuf};

use toml::Value;

use super::manifest::Manifest;

/// The kinds of target that a manifest lists in arrays, and the directory where cargo looks for each by itself.
const LISTED: [(&str, &str); 4] = [
    ("bin", "src/bin"),
    ("example", "examples"),
    ("test", "tests"),
    ("bench", "benches"),
];

/// Whether stand-ins are made for files that the manifest asks for and that do not exist.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// The copy has the targets of the original, and cargo refuses it where it would refuse the original.
    Left,
    /// Every manifest gets the targets that it asks for.
    StoodIn,
}

/// The files that cargo looks for in the package of this directory, relative to it.
pub(super) fn target_files(manifest: &Manifest, directory: &Path, missing: Missing) -> Vec<PathBuf> {
    let Some(package) = manifest.package() else {
        return Vec::new();
    };
    let mut files = conventional(directory);
    files.extend(declared(manifest));
    if missing == Missing::StoodIn {
        let name = package.get("name").and_then(Value::as_str).unwrap_or_default();
        add_missing(manifest, name, &mut files);
    }
    if let Some(script) = package.get("build").and_then(Value::as_str) {
        files.push(script.into());
    }
    files
}

/// The files that exist where cargo looks without being told.
pub(super) fn conventional(directory: &Path) -> Vec<PathBuf> {
    let single = ["src/lib.rs", "src/main.rs", "build.rs"].map(PathBuf::from);
    let mut files: Vec<PathBuf> = single
        .into_iter()
        .filter(|file| directory.join(file).is_file())
        .collect();
    for (_, folder) in LISTED {
        for entry in std::fs::read_dir(directory.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let file = Path::new(folder).join(entry.file_name());
            if file.extension().is_some_and(|extension| extension == "rs") {
                files.push(file);
            } else if entry.path().join("main.rs").is_file() {
                files.push(file.join("main.rs"));
            }
        }
    }
    files
}

/// The files that the manifest names.
fn declared(manifest: &Manifest) -> Vec<PathBuf> {
    let listed = LISTED.iter().flat_map(|(key, _)| listed_targets(manifest, key));
    let all = manifest.entry("lib").into_iter().chain(listed);
    all.filter_map(|target| target.get("path")?.as_str())
        .map(PathBuf::from)
        .collect()
}

fn listed_targets<'m>(manifest: &'m Manifest, key: &str) -> impl Iterator<Item = &'m Value> {
    manifest.entry(key).and_then(Value::as_array).into_iter().flatten()
}

/// The names of the targets that the manifest lists without saying where they are.
pub(super) fn listed_names(manifest: &Manifest) -> impl Iterator<Item = &str> {
    let listed = LISTED.iter().flat_map(|(key, _)| listed_targets(manifest, key));
    let all = manifest.entry("lib").into_iter().chain(listed);
    let without_path = all.filter(|target| target.get("path").is_none());
    without_path.filter_map(|target| target.get("name")?.as_str())
}

/// Adds a file for each target that is declared without a path and has none yet, and a library to a package that
/// would otherwise have no target at all.
fn add_missing(manifest: &Manifest, package_name: &str, files: &mut Vec<PathBuf>) {
    for (key, folder) in LISTED {
        for target in listed_targets(manifest, key).filter(|target| target.get("path").is_none()) {
            let Some(name) = target.get("name").and_then(Value::as_str) else {
                continue;
            };
            let usual = Path::new(folder).join(format!("{name}.rs"));
            let nested = Path::new(folder).join(name).join("main.rs");
            let is_main =
                key == "bin" && name == package_name && files.iter().any(|file| file.ends_with("src/main.rs"));
            if !is_main && !files.contains(&usual) && !files.contains(&nested) {
                files.push(usual);
            }
        }
    }
    let library = manifest.entry("lib");
    let needs_library = library.is_some_and(|library| library.get("path").is_none());
    let only_script = files.iter().all(|file| file.ends_with("build.rs"));
    if needs_library || only_script {
        files.push("src/lib.rs".into());
    }
}
