//! The stages between the request and the findings, each a small function over the crate that does it. The only file
//! that knows how those crates are called.

use std::path::{Path, PathBuf};

use archguard_evidence::Evidence;
use archguard_evidence::workspace::{self, Workspace, WorkspaceError};
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::{RuleEntry, RuleKind};

use crate::request::Options;

/// The workspace as cargo describes it.
#[derive(Debug)]
pub(crate) struct Loaded {
    workspace: Workspace,
    packages: Vec<String>,
}

impl Loaded {
    /// The workspace root.
    pub(crate) fn root(&self) -> &Path {
        &self.workspace.root
    }

    /// The names of the packages that are examined.
    pub(crate) fn packages(&self) -> &[String] {
        &self.packages
    }
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
    let request = workspace::Request {
        manifest_path: options.manifest_path.clone(),
        directory: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        offline: options.offline,
    };
    let workspace = workspace::load(&request).map_err(|error| vec![workspace_problem(&error)])?;
    let packages = workspace.packages.iter().map(|package| package.name.clone()).collect();
    Ok(Loaded { workspace, packages })
}

fn workspace_problem(error: &WorkspaceError) -> Problem {
    let place = match error {
        WorkspaceError::Cargo { place: Some(place), .. } => ProblemPlace::File {
            file: place.file.to_string_lossy().into(),
            start: Some((place.line, place.column)),
        },
        _ => ProblemPlace::None,
    };
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let message = causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
    Problem {
        code: ProblemCode::Workspace,
        message,
        place,
        suggestion: None,
    }
}

/// Reads the policy's text.
pub(crate) fn read_policy(file: &str, text: &str) -> Result<Policy, Vec<Problem>> {
    Policy::read(file, text)
}

/// Reads the code; with the policy's patterns, so that the graph knows what they lead to.
pub(crate) fn read_evidence(workspace: &Loaded, policy: Option<&Policy>) -> Evidence {
    let options = policy.map(evidence_options).unwrap_or_default();
    archguard_evidence::read(&workspace.workspace, &options)
}

fn evidence_options(policy: &Policy) -> archguard_evidence::Options {
    archguard_evidence::Options {
        patterns: policy.patterns(),
        dev_code: policy
            .settings
            .dev_code
            .iter()
            .map(|entry| entry.value.clone())
            .collect(),
    }
}

/// Binds the policy to the graph.
pub(crate) fn bind<'p>(policy: &'p Policy, graph: &Graph) -> (BoundPolicy<'p>, Vec<Problem>) {
    let binding = BoundPolicy::bind(policy, graph);
    (binding.policy, binding.problems)
}

/// Judges.
pub(crate) fn judge(graph: &Graph, policy: &BoundPolicy<'_>) -> Judgement {
    let judgement = archguard_lints::judge(graph, policy);
    let rules = judgement
        .rules
        .into_iter()
        .map(|rule| RuleEntry {
            id: rule.id.as_str().to_owned(),
            kind: rule_kind(rule.kind),
            matched: rule.matched,
            dormant: rule.dormant,
            findings: rule.findings,
        })
        .collect();
    Judgement {
        findings: judgement.findings,
        rules,
    }
}

fn rule_kind(word: &str) -> RuleKind {
    match word {
        "layers" => RuleKind::Layers,
        "forbid" => RuleKind::Forbid,
        "mandate" => RuleKind::Mandate,
        "acyclic" => RuleKind::Acyclic,
        "component" => RuleKind::Component,
        _ => RuleKind::Policy,
    }
}
