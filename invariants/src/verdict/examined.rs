//! What was examined and what was not: the part of the verdict that a pass is built from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::agreement::Agreement;
use super::model::EvidenceWord;
use crate::graph::{Crate, CrateId, Graph, ItemId, ItemKind, UnresolvedReason};
use crate::problem::{Problem, ProblemCode, ProblemPlace};

/// What was examined.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Examined {
    /// Packages whose code is judged.
    pub packages: usize,
    /// Their targets.
    pub targets: usize,
    /// Distinct files.
    pub files: usize,
    /// Lines of those files.
    pub lines: usize,
    /// Modules.
    pub modules: usize,
    /// References that lead to a definition.
    pub references: usize,
    /// Paths that led to none.
    pub unresolved: usize,
    /// Those by reason.
    pub unresolved_by_reason: BTreeMap<String, usize>,
    /// References in development code, read but not judged.
    pub exempt_dev: usize,
    /// The derivations that were used.
    pub evidence: Vec<EvidenceWord>,
    /// The compiler behind the compiler evidence.
    pub rustc: Option<String>,
    /// The cfg sets that the compiler evidence was taken under; source evidence sees all at once.
    pub cfg_sets: Vec<String>,
    /// Crates without sources.
    pub opaque: Vec<String>,
    /// Generated code that has not been built.
    pub pending: Vec<String>,
    /// `.rs` files in no module tree.
    pub orphans: Vec<String>,
    /// What should have been read and could not be; each is also a problem.
    pub unexamined: Vec<String>,
    /// What `[[exclude]]` takes out.
    pub excluded: Vec<Exclusion>,
    /// Workspaces below the root that were left alone.
    pub workspaces_not_examined: Vec<String>,
    /// Where source and compiler evidence agree; null without compiler evidence.
    pub agreement: Option<Agreement>,
    /// The paths behind `unresolved`, for whoever asks to see them.
    #[serde(skip)]
    pub unresolved_paths: Vec<UnresolvedPath>,
    /// What had to be done to read the workspace, a sentence each.
    #[serde(skip)]
    pub notes: Vec<String>,
    /// Method calls and field accesses whose receiver's type stayed unknown.
    #[serde(skip)]
    pub untyped_method_calls: usize,
}

/// Something that `[[exclude]]` takes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exclusion {
    /// What.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Until when, inclusive: `2026-12-31`.
    pub until: String,
}

/// A path in code that led nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnresolvedPath {
    /// Why.
    pub reason: UnresolvedReason,
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
    /// What is written there.
    pub written: String,
}

/// Which packages are judged, and whether their development code is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coverage<'a> {
    /// Only these packages; all if empty.
    pub packages: &'a [String],
    /// `[policy] dev = "check"`.
    pub check_dev: bool,
}

impl Coverage<'_> {
    /// Whether an item's code is judged: its crate is examined, and its package is not left out.
    pub fn contains(&self, graph: &Graph, item: ItemId) -> bool {
        self.contains_crate(graph.krate(graph.item(item).krate))
    }

    fn contains_crate(&self, krate: &Crate) -> bool {
        krate.origin.is_examined() && (self.packages.is_empty() || self.names(krate))
    }

    fn names(&self, krate: &Crate) -> bool {
        self.packages
            .iter()
            .any(|name| name.replace('-', "_") == *krate.package)
    }
}

impl Examined {
    /// Counts what a graph holds within the coverage.
    pub fn of(graph: &Graph, coverage: Coverage<'_>, problems: &[Problem]) -> Self {
        let mut examined = Self {
            evidence: vec![EvidenceWord::Source],
            ..Self::default()
        };
        examined.count_extent(graph, coverage);
        examined.count_references(graph, coverage);
        examined.list_unresolved(graph, coverage);
        let counts = graph.examined();
        examined.untyped_method_calls = counts.untyped_method_calls;
        examined.opaque = sorted(counts.opaque.iter().cloned());
        examined.pending = sorted(counts.pending.iter().cloned());
        examined.orphans = sorted(counts.orphans.iter().map(|&file| graph.file(file).display.to_string()));
        examined.workspaces_not_examined = sorted(counts.workspaces_not_examined.iter().cloned());
        examined.unexamined = unexamined(problems);
        examined
    }

    /// Adds what is known of the compiler's part; evidence of it there is only where a compiler spoke.
    pub fn add_compiler(&mut self, rustc: Option<String>, cfg_sets: Vec<String>, agreement: Option<Agreement>) {
        if rustc.is_some() {
            self.evidence.push(EvidenceWord::Compiler);
        }
        self.rustc = rustc;
        self.cfg_sets = cfg_sets;
        self.agreement = agreement;
    }

    /// Whether there was anything to judge.
    pub fn is_nothing(&self) -> bool {
        self.packages == 0 || self.targets == 0 || self.files == 0 || self.modules == 0
    }

    fn count_extent(&mut self, graph: &Graph, coverage: Coverage<'_>) {
        let inside = |id: ItemId| coverage.contains(graph, id);
        self.modules = graph
            .items()
            .filter(|(id, item)| item.kind == ItemKind::Module && inside(*id))
            .count();
        if coverage.packages.is_empty() {
            let counts = graph.examined();
            (self.packages, self.targets) = (counts.packages, counts.targets);
            (self.files, self.lines) = (counts.files, counts.lines);
            return;
        }
        let crates = || graph.crates().iter().filter(|krate| coverage.contains_crate(krate));
        self.packages = crates().map(|krate| &krate.package).collect::<BTreeSet<_>>().len();
        self.targets = crates().count();
        let files: BTreeSet<_> = graph
            .items()
            .filter(|(id, _)| inside(*id))
            .filter_map(|(_, item)| item.place)
            .map(|p| p.file)
            .collect();
        self.files = files.len();
        self.lines = files.iter().map(|&file| graph.file(file).lines as usize).sum();
    }

    fn count_references(&mut self, graph: &Graph, coverage: Coverage<'_>) {
        // One look-up per crate instead of one per reference: there are millions of these.
        let covered: Vec<bool> = graph
            .crates()
            .iter()
            .map(|krate| coverage.contains_crate(krate))
            .collect();
        let is_covered = |CrateId(index): CrateId| covered[index as usize];
        for link in graph
            .references()
            .filter(|link| is_covered(graph.item(link.from).krate))
        {
            self.references += 1;
            self.exempt_dev += usize::from(link.reference.dev && !coverage.check_dev);
        }
    }

    fn list_unresolved(&mut self, graph: &Graph, coverage: Coverage<'_>) {
        for path in graph
            .unresolved()
            .iter()
            .filter(|path| coverage.contains(graph, path.from))
        {
            *self
                .unresolved_by_reason
                .entry(path.reason.word().to_owned())
                .or_default() += 1;
            self.unresolved_paths.push(UnresolvedPath {
                reason: path.reason,
                file: graph.file(path.place.file).display.to_string(),
                line: path.place.start.line,
                column: path.place.start.column,
                written: graph.text(path.written).to_owned(),
            });
        }
        self.unresolved_paths.sort();
        self.unresolved = self.unresolved_paths.len();
    }
}

fn unexamined(problems: &[Problem]) -> Vec<String> {
    let unexamined = problems
        .iter()
        .filter(|problem| problem.code == ProblemCode::UnexaminedCode);
    sorted(unexamined.map(|problem| match &problem.place {
        ProblemPlace::File { file, .. } => file.to_string(),
        ProblemPlace::Policy(_) | ProblemPlace::None => problem.message.clone(),
    }))
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    names.collect::<BTreeSet<_>>().into_iter().collect()
}
