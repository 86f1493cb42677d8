//! The packs against the crates that they name: each item exists in the pinned version, as cargo unpacked it.
//!
//! `tests/corpus/packs` pins the versions and is never built: the sources are read as those of any dependency. The
//! standard library's items are looked up in the tool's own table; symbols of C libraries, which a graph has only where
//! somebody declares them, are searched for in the text of the crates that bind them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use archguard_evidence::workspace::{Request, load, rust_files_below};
use archguard_evidence::{Options, read};
use archguard_invariants::graph::{Graph, TargetState};
use archguard_invariants::packs::{Pack, PackEntry};
use archguard_invariants::pattern::PathPattern;
use toml::Table;

fn entries() -> impl Iterator<Item = &'static PackEntry> {
    Pack::all().iter().flat_map(|pack| &pack.entries)
}

fn pinned() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/packs")
}

#[test]
fn every_item_exists_in_the_pinned_version() {
    let absent = ["sqlx::querry", "rusqlite::Connection::exxecute", "std::fs::reed"];
    let absent = absent.map(|path| PathPattern::parse(path).expect("a path").remove(0));
    let items = items();
    let graph = graph_with(items.iter().chain(&absent).cloned().collect());
    let state = |pattern| graph.targets(pattern).map(|targets| targets.state.clone());
    let missing: Vec<String> = items
        .iter()
        .filter(|pattern| state(pattern) != Some(TargetState::Matched))
        .map(|pattern| format!("{pattern}: {:?}", state(pattern)))
        .collect();
    assert_eq!(missing, [] as [String; 0]);
    for pattern in &absent {
        let state = state(pattern);
        assert!(
            matches!(state, Some(TargetState::NoMatch { .. })),
            "not everything is found: {pattern}: {state:?}"
        );
    }
}

#[test]
fn every_symbol_is_bound_by_the_pinned_version() {
    let directories = directories();
    let mut missing = Vec::new();
    for entry in entries().filter(|entry| entry.patterns.iter().any(|pattern| pattern.foreign)) {
        let symbols = functions_below(&directories[&entry.krate]);
        let unbound = |pattern: &&PathPattern| !symbols.iter().any(|symbol| pattern.segments[0].matches(symbol));
        missing.extend(entry.patterns.iter().filter(unbound).map(ToString::to_string));
    }
    assert_eq!(missing, [] as [String; 0]);
}

#[test]
fn versions_are_those_that_are_pinned() {
    let lock: Table = fs::read_to_string(pinned().join("Cargo.lock"))
        .unwrap()
        .parse()
        .unwrap();
    let text = |value: &toml::Value| value.as_str().expect("text").to_owned();
    let packages = lock["package"].as_array().expect("packages").iter();
    let locked: BTreeSet<_> = packages
        .map(|package| (text(&package["name"]), text(&package["version"])))
        .collect();
    for entry in entries() {
        if let Some(version) = &entry.version {
            let pinned = (entry.krate.clone(), version.clone());
            assert!(locked.contains(&pinned), "{} {version} is not pinned", entry.krate);
        }
    }
}

/// What can be looked up by path.
fn items() -> Vec<PathPattern> {
    let patterns = entries().flat_map(|entry| &entry.patterns);
    patterns.filter(|pattern| !pattern.foreign).cloned().collect()
}

fn graph_with(patterns: Vec<PathPattern>) -> Graph {
    let workspace = load(&Request {
        manifest_path: Some(pinned().join("Cargo.toml")),
        directory: pinned(),
        offline: false,
    })
    .expect("the pinned crates can be loaded");
    let options = Options {
        patterns,
        ..Options::default()
    };
    read(&workspace, &options).graph
}

/// Where cargo has unpacked each pinned crate.
fn directories() -> BTreeMap<String, PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(pinned().join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the pinned crates can be fetched: {errors}");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let directory = |package: &serde_json::Value| {
        let manifest = package["manifest_path"].as_str().expect("a path");
        Path::new(manifest).parent().expect("a folder around it").to_owned()
    };
    let named = packages.map(|package| (package["name"].as_str().expect("a name").to_owned(), directory(package)));
    named.collect()
}

/// The names behind `fn` in all Rust files of a crate.
fn functions_below(directory: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in rust_files_below(directory, &[]) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        for after in text.split("fn ").skip(1) {
            names.insert(after.chars().take_while(|&letter| is_name(letter)).collect());
        }
    }
    names
}
