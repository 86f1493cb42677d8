//! `cargo xtask accuracy`: how many of the paths in a workspace's code lead to a definition, and whether every Rust file
//! is accounted for. It counts what the evidence says; what counts as a path is decided there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use archguard_evidence::workspace::{Request, Workspace, load, rust_files_below};
use archguard_evidence::{Evidence, Options, read};
use archguard_invariants::graph::{FileRole, Graph, UnresolvedReason};
use archguard_invariants::problem::{Problem, ProblemCode};

const USAGE: &str = "usage: cargo xtask accuracy [--list] <workspace directory>...";

/// What one workspace's row says.
struct Row {
    name: String,
    paths: usize,
    /// Paths into crates without sources.
    opaque: usize,
    /// Paths to names that only a macro which cannot be expanded may make.
    macro_made: usize,
    unresolved: BTreeMap<UnresolvedReason, usize>,
    untyped: usize,
    files: Files,
}

/// Every `.rs` file of the examined packages, by what it is to the check.
struct Files {
    on_disk: usize,
    examined: usize,
    included: usize,
    orphans: usize,
    unexamined: Vec<String>,
    /// Neither of the above: a fault of the tool.
    unaccounted: Vec<String>,
}

/// Prints the table; with `--list` the paths and files behind it.
pub(crate) fn run(arguments: &[&str]) -> Result<String, String> {
    let list = arguments.contains(&"--list");
    let directories: Vec<&Path> = arguments
        .iter()
        .filter(|word| **word != "--list")
        .map(Path::new)
        .collect();
    if directories.is_empty() {
        return Err(USAGE.to_owned());
    }
    let mut lines = vec![
        "| workspace | paths | opaque | resolved | macro-made | unresolved | percent | untyped methods |".to_owned(),
        "|---|---|---|---|---|---|---|---|".to_owned(),
    ];
    let mut files = vec![
        "| workspace | `.rs` files | examined | of those included | orphan | unexamined | unaccounted |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    let mut details = Vec::new();
    for directory in directories {
        let (workspace, evidence) = examine(directory)?;
        let row = row(directory, &workspace, &evidence);
        lines.push(row.resolution());
        files.push(row.accounting());
        if list {
            details.extend(listing(&evidence.graph));
            details.extend(row.files.unexamined.iter().map(|text| format!("unexamined: {text}")));
            details.extend(row.files.unaccounted.iter().map(|text| format!("unaccounted: {text}")));
        }
    }
    Ok([lines.join("\n"), files.join("\n"), details.join("\n")].join("\n\n"))
}

fn examine(directory: &Path) -> Result<(Workspace, Evidence), String> {
    let request = Request {
        manifest_path: Some(directory.join("Cargo.toml")),
        directory: directory.to_path_buf(),
        offline: true,
    };
    let workspace = load(&request).map_err(|error| format!("{}: {error}", directory.display()))?;
    let evidence = read(&workspace, &Options::default());
    Ok((workspace, evidence))
}

fn row(directory: &Path, workspace: &Workspace, evidence: &Evidence) -> Row {
    let examined = evidence.graph.examined();
    let mut unresolved = BTreeMap::new();
    for missing in evidence.graph.unresolved() {
        *unresolved.entry(missing.reason).or_default() += 1;
    }
    Row {
        name: directory
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        paths: examined.paths,
        opaque: examined.opaque_paths,
        macro_made: examined.macro_made_paths,
        unresolved,
        untyped: examined.untyped_method_calls,
        files: account(workspace, evidence),
    }
}

fn account(workspace: &Workspace, evidence: &Evidence) -> Files {
    let graph = &evidence.graph;
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    known.extend(graph.files().iter().map(|file| canonical(&file.absolute)));
    let unexamined: Vec<String> = evidence.problems.iter().filter_map(unexamined).collect();
    let excludes = [workspace.target_directory.clone(), workspace.build_directory.clone()];
    let on_disk: BTreeSet<PathBuf> = workspace
        .packages
        .iter()
        .flat_map(|package| rust_files_below(&package.directory, &excludes))
        .map(|path| canonical(&path))
        .collect();
    let named = |path: &Path| {
        let relative = path
            .strip_prefix(&workspace.root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned();
        unexamined
            .iter()
            .any(|message| message.contains(&format!("`{relative}`")))
    };
    Files {
        on_disk: on_disk.len(),
        examined: graph
            .files()
            .iter()
            .filter(|file| file.role == FileRole::Examined)
            .count(),
        included: graph.examined().included_files,
        orphans: graph.examined().orphans.len(),
        unaccounted: on_disk
            .iter()
            .filter(|path| !known.contains(*path) && !named(path))
            .map(|path| path.display().to_string())
            .collect(),
        unexamined,
    }
}

fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn unexamined(problem: &Problem) -> Option<String> {
    (problem.code == ProblemCode::UnexaminedCode).then(|| problem.message.clone())
}

/// One line for each path that leads nowhere.
fn listing(graph: &Graph) -> impl Iterator<Item = String> + '_ {
    graph.unresolved().iter().map(|missing| {
        let file = &graph.file(missing.place.file).display;
        let start = missing.place.start;
        let (reason, kind) = (missing.reason.word(), missing.kind.word());
        let written = graph.text(missing.written);
        format!("{reason}\t{kind}\t{written}\t{file}:{}:{}", start.line, start.column)
    })
}

impl Row {
    fn resolution(&self) -> String {
        let unresolved: usize = self.unresolved.values().sum();
        let paths = self.paths - self.opaque;
        let resolved = paths - self.macro_made - unresolved;
        let mut reasons = String::new();
        for (reason, count) in &self.unresolved {
            let separator = if reasons.is_empty() { "" } else { ", " };
            let _ = write!(reasons, "{separator}{} {count}", reason.word());
        }
        let percent = percent(resolved, paths);
        format!(
            "| {} | {} | {} | {resolved} | {} | {unresolved} ({reasons}) | {percent} | {} |",
            self.name, self.paths, self.opaque, self.macro_made, self.untyped
        )
    }

    fn accounting(&self) -> String {
        let files = &self.files;
        format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.name,
            files.on_disk,
            files.examined,
            files.included,
            files.orphans,
            files.unexamined.len(),
            files.unaccounted.len()
        )
    }
}

/// With two places, rounded down: 98.996 is not 99.
pub(crate) fn percent(part: usize, whole: usize) -> String {
    let hundredths = (part * 10_000).checked_div(whole).unwrap_or(0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_are_rounded_down() {
        assert_eq!(percent(98_996, 100_000), "98.99");
        assert_eq!(percent(1, 1), "100.00");
        assert_eq!(percent(0, 0), "0.00");
    }
}
