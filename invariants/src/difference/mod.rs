//! What a change does to the architecture: which dependencies come and go, which findings. [`Difference`] compares two
//! graphs, each under the policy of its own; [`document`] is what the command `diff` prints, with its exit code.

mod dependencies;
pub mod document;
mod findings;

#[cfg(test)]
mod tests;

pub use document::{DifferenceDocument, DifferenceOutcome};

use serde::Serialize;

use crate::changes::Moves;
use crate::finding::Lint;
use crate::graph::Graph;
use crate::policy::BoundPolicy;
use crate::verdict::Finding;

/// One state of a workspace: its code under its policy, and what the judges found.
#[derive(Clone, Copy)]
pub struct State<'a> {
    /// The code.
    pub graph: &'a Graph,
    /// The policy, bound to it.
    pub policy: &'a BoundPolicy<'a>,
    /// The findings.
    pub findings: &'a [Finding],
}

/// What is different between two states.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Dependencies that came and went.
    pub dependencies: Dependencies,
    /// New findings that were not there.
    pub introduced: Vec<Finding>,
    /// Findings that are gone.
    pub fixed: Vec<Fixed>,
    /// Modules that have been moved or renamed, with their code.
    pub moved: Vec<Moved>,
}

/// Dependencies, by what depends on what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dependencies {
    /// Between components.
    pub components: Turnover,
    /// Between modules.
    pub modules: Turnover,
    /// Between crates, of others but the standard library.
    pub crates: Turnover,
}

/// What came and what went.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Turnover {
    /// Is there and was not.
    pub new: Vec<Dependency>,
    /// Was there and is not.
    pub gone: Vec<Dependency>,
}

/// One dependency, with the first of the references that make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dependency {
    /// Who depends.
    pub from: String,
    /// On what.
    pub to: String,
    /// By how many references.
    pub references: usize,
    /// The file of the first, in the state that has it.
    pub file: String,
    /// Its line.
    pub line: u32,
}

/// A finding that is gone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fixed {
    /// The rule's id.
    pub rule: String,
    /// The kind of finding.
    pub lint: Lint,
    /// Whose code it was.
    pub from: String,
    /// What it led to; null where it had no target.
    pub to: Option<String>,
}

/// A module that has another path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moved {
    /// The path that it had.
    pub from: String,
    /// The one that it has.
    pub to: String,
}

impl Difference {
    /// From one state to another. What has moved counts by where it is now.
    pub fn between(then: State<'_>, now: State<'_>, moves: &Moves) -> Self {
        let elsewhere = moves.each().map(|(from, to)| Moved {
            from: from.to_owned(),
            to: to.to_owned(),
        });
        Self {
            dependencies: dependencies::between(then, now, moves),
            introduced: findings::introduced(then, now, moves),
            fixed: findings::fixed(then, now, moves),
            moved: elsewhere.collect(),
        }
    }
}
