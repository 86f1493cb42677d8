//! What the copy of a workspace needs to know of a `Cargo.toml` before cargo has read it. Knows too much rather than
//! too little: cargo decides in the end what belongs to the workspace, and a manifest copied in vain harms nothing.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use toml::{Table, Value};

use super::locate::normalised;

/// A manifest as a tree of values.
pub(super) struct Manifest {
    table: Table,
}

impl Manifest {
    /// The manifest of this path; nothing if it cannot be read or is not TOML.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let table = text.trim_start_matches('\u{feff}').parse().ok()?;
        Some(Self { table })
    }

    /// Whether it has a `[workspace]` table.
    pub(super) fn is_workspace_root(&self) -> bool {
        self.table.contains_key("workspace")
    }

    /// The values of the `[package]` table.
    pub(super) fn package(&self) -> Option<&Table> {
        let package = self.table.get("package").or_else(|| self.table.get("project"));
        package.and_then(Value::as_table)
    }

    /// The values under a key of the top level.
    pub(super) fn entry(&self, key: &str) -> Option<&Value> {
        self.table.get(key)
    }

    /// `package.workspace`: the directory of the workspace, relative to the manifest's.
    pub(super) fn workspace_pointer(&self) -> Option<&str> {
        self.package()?.get("workspace")?.as_str()
    }

    /// Whether this workspace, which lies in `root`, excludes the package in `directory`.
    pub(super) fn excludes(&self, root: &Path, directory: &Path) -> bool {
        let lists = |key: &str| {
            self.workspace_list(key)
                .iter()
                .any(|entry| directory.starts_with(normalised(&root.join(entry))))
        };
        lists("exclude") && !lists("members")
    }

    /// Directories that may hold members of this workspace, which lies in `root`.
    pub(super) fn member_directories(&self, root: &Path) -> Vec<PathBuf> {
        self.workspace_list("members")
            .iter()
            .flat_map(|pattern| expand(root, pattern))
            .collect()
    }

    /// The folders among whose folders the patterns of `members` choose; nothing where one of them may lie anywhere below.
    pub(super) fn member_folders(&self, root: &Path) -> Option<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for pattern in self.workspace_list("members") {
            let segments: Vec<&str> = pattern.split('/').collect();
            if segments.contains(&"**") {
                return None;
            }
            for (index, _) in segments.iter().enumerate().filter(|(_, segment)| is_wild(segment)) {
                folders.extend(expand(root, segments[..index].join("/").as_str()));
            }
        }
        Some(folders)
    }

    fn workspace_list(&self, key: &str) -> Vec<&str> {
        let list = self
            .table
            .get("workspace")
            .and_then(|workspace| workspace.get(key))
            .and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The dependencies of every kind and platform that are tables, those that members inherit included, by their keys.
    pub(super) fn dependency_tables(&self) -> impl Iterator<Item = (&str, &Table)> {
        let inherited = self.table.get("workspace").and_then(Value::as_table);
        let owners = std::iter::once(&self.table)
            .chain(inherited)
            .chain(tables(self.table.get("target")));
        owners
            .flat_map(|owner| DEPENDENCY_KEYS.iter().filter_map(|key| owner.get(*key)?.as_table()))
            .flatten()
            .filter_map(|(key, declared)| Some((key.as_str(), declared.as_table()?)))
    }

    /// The directories of everything that the manifest, which lies in `directory`, names by path: dependencies of
    /// every kind and platform, those that members inherit, and patches.
    pub(super) fn path_dependencies(&self, directory: &Path) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        collect_dependencies(&self.table, &mut paths);
        if let Some(Value::Table(workspace)) = self.table.get("workspace") {
            collect_dependencies(workspace, &mut paths);
        }
        for platform in tables(self.table.get("target")) {
            collect_dependencies(platform, &mut paths);
        }
        for source in tables(self.table.get("patch")) {
            collect_paths(source, &mut paths);
        }
        paths.extend(
            self.table
                .get("replace")
                .and_then(Value::as_table)
                .into_iter()
                .flat_map(paths_of),
        );
        paths
            .into_iter()
            .map(|path| normalised(&directory.join(path)))
            .collect()
    }
}

/// The values of a table that are tables themselves.
pub(super) fn tables(value: Option<&Value>) -> impl Iterator<Item = &Table> {
    value
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::values)
        .filter_map(Value::as_table)
}

/// The tables that declare dependencies.
pub(super) const DEPENDENCY_KEYS: [&str; 5] = [
    "dependencies",
    "dev-dependencies",
    "build-dependencies",
    "dev_dependencies",
    "build_dependencies",
];

fn collect_dependencies<'t>(table: &'t Table, paths: &mut Vec<&'t str>) {
    for key in DEPENDENCY_KEYS {
        if let Some(Value::Table(dependencies)) = table.get(key) {
            collect_paths(dependencies, paths);
        }
    }
}

fn collect_paths<'t>(dependencies: &'t Table, paths: &mut Vec<&'t str>) {
    paths.extend(paths_of(dependencies));
}

fn paths_of(dependencies: &Table) -> impl Iterator<Item = &str> {
    dependencies
        .values()
        .filter_map(|dependency| dependency.get("path")?.as_str())
}

/// The directories that a pattern of `members` may mean. A segment with a wildcard is taken for any directory.
fn expand(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![root.to_path_buf()];
    for segment in pattern.split('/') {
        let next = |directory: &PathBuf| match segment {
            "**" => directories_below(directory),
            _ if is_wild(segment) => directories_in(directory),
            _ => vec![directory.join(segment)],
        };
        found = found.iter().flat_map(next).collect();
    }
    found.iter().map(|path| normalised(path)).collect()
}

fn is_wild(segment: &str) -> bool {
    segment.contains(['*', '?', '['])
}

fn directories_in(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn directories_below(directory: &Path) -> Vec<PathBuf> {
    let entries = WalkBuilder::new(directory).standard_filters(true).build().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()))
        .map(DirEntry::into_path)
        .collect();
    found.sort();
    found
}
