//! The fixture in a directory of its own, and what the tool says of each of its workspaces.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use archguard_evidence::compiler::{BuildRequest, FeatureSet, Mode, Selection, Witnessed, compile};
use archguard_evidence::workspace::{self, Request, Workspace};
use archguard_evidence::{Options, read, read_witnessed};
use archguard_invariants::decisions::Decisions;
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::{Evidence, Graph, Resolution};
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::examined::Coverage;
use archguard_invariants::verdict::{Examined, Inputs, Narrowed, PolicyFacts, Verdict, describe};
use archguard_lints::judge;
use tempfile::TempDir;

/// A copy of the fixture: never built, whatever was done to the original.
pub(super) struct Fixture {
    root: PathBuf,
    _directory: TempDir,
}

/// One site of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    /// The file, relative to the fixture.
    pub(super) file: String,
    /// The line, from 1.
    pub(super) line: u32,
    /// The rule.
    pub(super) rule: String,
    /// Known through declared types.
    pub(super) inferred: bool,
    /// Who saw something there; source evidence alone where nothing is referred to.
    pub(super) evidence: Evidence,
}

/// What the tool says of a workspace.
pub(super) struct Judged {
    /// All sites of all findings.
    pub(super) seen: Vec<Seen>,
    /// The problems of reading and binding.
    pub(super) problems: Vec<Problem>,
    /// Generated code that has not been built.
    pub(super) pending: Vec<String>,
    /// Other workspaces.
    pub(super) other_workspaces: Vec<String>,
    /// Crates without sources.
    pub(super) opaque: Vec<String>,
    /// Paths that led nowhere.
    pub(super) unresolved: Vec<String>,
    /// How many files are in no module tree.
    pub(super) orphans: usize,
    /// What the process would end with.
    pub(super) exit_code: u8,
    graph: Graph,
}

impl Fixture {
    /// Copies `tests/bypasses`.
    pub(super) fn copy() -> Self {
        let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("bypasses");
        let directory = TempDir::new().expect("a temporary directory can be made");
        let root = fs::canonicalize(directory.path()).expect("it exists").join("bypasses");
        for file in files_below(&original) {
            let to = root.join(&file);
            fs::create_dir_all(to.parent().expect("it lies below the root")).expect("the directory is ours");
            fs::copy(original.join(&file), to).expect("the fixture can be read");
        }
        Self {
            root,
            _directory: directory,
        }
    }

    /// Where it lies.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Its files, relative to it.
    pub(super) fn files(&self) -> Vec<String> {
        files_below(&self.root)
    }

    /// Replaces a text that must be there, once.
    pub(super) fn edit(&self, file: &str, old: &str, new: &str) {
        let file = self.root.join(file);
        let text = fs::read_to_string(&file).expect("the file is there");
        assert!(text.contains(old), "{old}");
        fs::write(file, text.replacen(old, new, 1)).expect("the fixture is a copy");
    }

    /// Loads, reads and judges one of its workspaces as the command does, without a network.
    pub(super) fn judge(&self, directory: &str) -> Judged {
        self.judge_with(directory, |_| None)
    }

    /// The same with what the compiler sees, without features and with all of them.
    pub(super) fn verify(&self, directory: &str, mode: Mode) -> Judged {
        let all = FeatureSet {
            all: true,
            ..FeatureSet::default()
        };
        let feature_sets = vec![FeatureSet::default(), all];
        self.judge_with(directory, |workspace| {
            let request = BuildRequest {
                wrapper: env!("CARGO_BIN_EXE_witness").into(),
                packages: Vec::new(),
                feature_sets: feature_sets.clone(),
                platform: None,
                selection: Selection::AllTargets,
                mode,
                keep_going: true,
                offline: true,
                quiet: true,
            };
            Some(compile(workspace, &request).expect("cargo can be run"))
        })
    }

    fn judge_with(&self, directory: &str, witness: impl FnOnce(&Workspace) -> Option<Witnessed>) -> Judged {
        let root = self.root.join(directory);
        let request = Request {
            manifest_path: Some(root.join("Cargo.toml")),
            directory: root.clone(),
            offline: true,
        };
        let mut workspace = workspace::load(&request).expect("the fixture is a workspace");
        // Whoever runs the tests may have moved cargo's output elsewhere.
        workspace.target_directory = root.join("target");
        workspace.build_directory = root.join("target");
        let text = fs::read_to_string(root.join("archguard.toml")).expect("the fixture has a policy");
        let policy = Policy::read("archguard.toml", &text).expect("the policy can be read");
        let options = Options::of(&policy);
        let witnessed = witness(&workspace);
        let evidence = match &witnessed {
            Some(witnessed) => read_witnessed(&workspace, &options, witnessed),
            None => read(&workspace, &options),
        };
        assert_eq!(evidence.graph.verify(), Ok(()), "the graph keeps its laws");
        let binding = BoundPolicy::bind(&policy, &evidence.graph);
        let findings = judge(&evidence.graph, &binding.policy).findings;
        let compiling = witnessed.into_iter().flat_map(|witnessed| witnessed.problems);
        let problems = evidence
            .problems
            .into_iter()
            .chain(binding.problems)
            .chain(compiling)
            .collect();
        Judged::of(directory, evidence.graph, &findings, problems)
    }
}

impl Judged {
    fn of(directory: &str, graph: Graph, findings: &[RawFinding], problems: Vec<Problem>) -> Self {
        let mut seen = BTreeSet::new();
        for finding in findings {
            seen.extend(finding.sites.iter().map(|site| {
                let reference = site.reference.as_ref();
                let resolution = reference.and_then(|reference| reference.resolution);
                Seen {
                    file: format!("{directory}{}", graph.file(site.place.file).display),
                    line: site.place.start.line,
                    rule: finding.rule.as_str().to_owned(),
                    inferred: resolution == Some(Resolution::Inferred),
                    evidence: reference.map_or(Evidence::SOURCE, |reference| reference.evidence),
                }
            }));
        }
        let examined = graph.examined();
        let unresolved = graph
            .unresolved()
            .iter()
            .map(|path| graph.text(path.written).to_owned());
        Self {
            seen: seen.into_iter().collect(),
            pending: examined.pending.clone(),
            other_workspaces: examined.workspaces_not_examined.clone(),
            opaque: examined.opaque.clone(),
            unresolved: unresolved.collect(),
            orphans: examined.orphans.len(),
            exit_code: exit_code(&graph, findings, &problems),
            problems,
            graph,
        }
    }

    /// Where a rule found something, in files whose path holds a text.
    pub(super) fn places(&self, rule: &str, file: &str) -> Vec<String> {
        let found = self.seen.iter();
        let found = found.filter(|seen| seen.rule == rule && seen.file.contains(file));
        found.map(|seen| format!("{}:{}", seen.file, seen.line)).collect()
    }

    /// How many references of a file are development code.
    pub(super) fn dev_references_in(&self, file: &str) -> usize {
        let here = |link: &archguard_invariants::graph::query::Link<'_>| {
            let place = link.reference.place;
            link.reference.dev && *self.graph.file(place.file).display == *file
        };
        self.graph.references().filter(here).count()
    }
}

/// How what stands at one place is known, in words for the table.
pub(super) fn known(seen: &[&Seen]) -> &'static str {
    let source: Vec<_> = seen.iter().filter(|seen| seen.evidence.source).collect();
    let compiler = seen.iter().any(|seen| seen.evidence.compiler);
    let declared = source.iter().any(|seen| !seen.inferred);
    match (source.is_empty(), declared, compiler) {
        (true, _, false) => "missed",
        (true, _, true) => "compiler",
        (false, true, true) => "both",
        (false, false, true) => "inferred, both",
        (false, true, false) => "source",
        (false, false, false) => "inferred, source",
    }
}

/// What the process would end with.
fn exit_code(graph: &Graph, findings: &[RawFinding], problems: &[Problem]) -> u8 {
    let finding = |finding: &RawFinding| describe::finding(graph, &|_| None, finding.clone());
    let problem = |problem: &Problem| describe::problem(problem.clone(), "archguard.toml", None);
    let verdict = Verdict::conclude(Inputs {
        policy: PolicyFacts::in_worktree("archguard.toml".to_owned(), None),
        narrowed: Narrowed::default(),
        examined: Some(Examined::of(graph, Coverage::default(), problems)),
        rules: Vec::new(),
        findings: findings.iter().map(finding).collect(),
        elsewhere: Vec::new(),
        decisions: Decisions::default(),
        problems: problems.iter().map(problem).collect(),
    });
    verdict.exit_code()
}

impl fmt::Display for Seen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{} {}", self.file, self.line, self.rule)
    }
}

/// All files below a directory, relative to it, with `/`, sorted; without what cargo built.
pub(super) fn files_below(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut pending = vec![String::new()];
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(root.join(&directory)).expect("the fixture can be read") {
            let entry = entry.expect("the fixture can be read");
            let name = entry.file_name().into_string().expect("the fixture's names are text");
            let path = format!("{directory}{name}");
            match entry.path().is_dir() {
                true if name == "target" => {}
                true => pending.push(format!("{path}/")),
                false => files.push(path),
            }
        }
    }
    files.sort();
    files
}
