//! The stages between the request and the findings, each a small function over the crate that does it. The only file
//! that knows how those crates are called.

use std::path::{Path, PathBuf};

use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::RuleEntry;

use crate::request::Options;

/// The workspace as cargo describes it.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Its root directory.
    root: PathBuf,
    /// The names of the packages that are examined.
    packages: Vec<String>,
}

impl Loaded {
    /// The workspace root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The names of the packages that are examined.
    pub(crate) fn packages(&self) -> &[String] {
        &self.packages
    }
}

/// What the code does.
#[derive(Debug)]
pub(crate) struct Evidence {
    /// The graph.
    pub(crate) graph: Graph,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
}

/// What the judges say.
#[derive(Debug)]
pub(crate) struct Judgement {
    /// The findings.
    pub(crate) findings: Vec<RawFinding>,
    /// The rules.
    pub(crate) rules: Vec<RuleEntry>,
}

/// Loads the workspace.
pub(crate) fn load(options: &Options) -> Result<Loaded, Vec<Problem>> {
    let _ = options;
    Err(not_connected("loading the workspace"))
}

/// Reads the policy's text.
pub(crate) fn read_policy(file: &str, text: &str) -> Result<Policy, Vec<Problem>> {
    let _ = (file, text);
    Err(not_connected("reading the policy"))
}

/// Reads the code; with the policy's patterns, so that the graph knows what they lead to.
pub(crate) fn read_evidence(workspace: &Loaded, policy: Option<&Policy>) -> Result<Evidence, Vec<Problem>> {
    let _ = (workspace, policy);
    Err(not_connected("reading the code"))
}

/// Binds the policy to the graph.
pub(crate) fn bind<'p>(policy: &'p Policy, graph: &Graph) -> (Option<BoundPolicy<'p>>, Vec<Problem>) {
    let _ = (policy, graph);
    (None, not_connected("binding the policy"))
}

/// Judges.
pub(crate) fn judge(graph: &Graph, policy: &BoundPolicy<'_>) -> Judgement {
    let _ = (graph, policy);
    Judgement {
        findings: Vec::new(),
        rules: Vec::new(),
    }
}

fn not_connected(stage: &str) -> Vec<Problem> {
    vec![Problem {
        code: ProblemCode::NotSupportedYet,
        message: format!("{stage} is not there yet"),
        place: ProblemPlace::None,
        suggestion: None,
    }]
}
