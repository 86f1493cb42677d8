//! The answers as they are printed. Values only.

use serde::Serialize;

use crate::advice::Guidance;
use crate::advice::document::{EntryPoint, ExceptionAdvice};
use crate::policy::model::Severity;
use crate::verdict::{Finding, Hop, RuleKind};

/// What `explain` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// The answer: exactly one is not null.
    pub place: Option<PlaceExplanation>,
    /// Of a rule.
    pub rule: Option<RuleExplanation>,
    /// Of two places.
    pub pair: Option<PairExplanation>,
}

/// A place: an item, a module, a file, a component, an external crate or item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceExplanation {
    /// Its name.
    pub name: String,
    /// What it is: `component`, `file`, `crate`, or the kind of item.
    pub what: String,
    /// The file.
    pub file: Option<String>,
    /// The line.
    pub line: Option<u32>,
    /// What may be done there; null for external code.
    pub guidance: Option<Guidance>,
    /// The rules that say who may name it.
    pub named_by: Vec<RuleWord>,
    /// What its production code uses outside of it, by component and crate.
    pub uses: Vec<Usage>,
    /// The production code outside of it that uses it, by module.
    pub used_by: Vec<Usage>,
    /// Dependencies of its crates, or the crate itself, that a pack knows and no rule of the policy speaks of.
    pub unspoken: Vec<UnspokenDependency>,
    /// Of an external crate: what `[facades]` counts to it.
    pub family: Vec<String>,
    /// Of external code: the crates to which `[facades]` counts it.
    pub family_of: Vec<String>,
    /// The findings in its code.
    pub findings: Vec<Finding>,
}

/// A dependency that a pack knows and no rule of the policy speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnspokenDependency {
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The packs that name it: `sql`.
    pub packs: Vec<String>,
}

/// A rule and what it says here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleWord {
    /// The rule's id.
    pub rule: String,
    /// Whether it allows what is asked.
    pub allows: bool,
    /// One sentence.
    pub says: String,
}

/// References between a place and one other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Usage {
    /// The module at the other end; null where references are put together by component or crate.
    pub module: Option<String>,
    /// The component at the other end.
    pub component: Option<String>,
    /// The crate at the other end.
    #[serde(rename = "crate")]
    pub krate: String,
    /// How many references.
    pub references: usize,
    /// The file of the first.
    pub file: String,
    /// Its line.
    pub line: u32,
    /// Its column.
    pub column: u32,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleExplanation {
    /// Its id.
    pub rule: String,
    /// What kind of rule.
    pub kind: RuleKind,
    /// What it says, in a sentence or two.
    pub says: String,
    /// The policy file.
    pub file: String,
    /// The line of its id; null for what the tool says by itself.
    pub line: Option<u32>,
    /// Its text in the policy.
    pub text: Option<String>,
    /// Whether its findings fail the check.
    pub severity: Severity,
    /// Whether it judges development code too.
    pub dev: bool,
    /// Why it is there.
    pub because: Option<String>,
    /// What to use instead.
    pub instead: Vec<String>,
    /// Of a mandate: what the shared code itself says is to be used.
    pub entry_points: Vec<EntryPoint>,
    /// More about it.
    pub docs: Option<String>,
    /// The components with code that it speaks of.
    pub scope: Vec<String>,
    /// What it speaks of today.
    pub matches: Vec<RuleMatch>,
    /// Patterns that lead nowhere because their crate is not there.
    pub dormant: Vec<String>,
    /// Findings of it that somebody has accepted for a while; those that are over too.
    pub exceptions: Vec<ExceptionAdvice>,
    /// Its findings.
    pub findings: Vec<Finding>,
}

/// References that a rule speaks of, allowed ones included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleMatch {
    /// The pattern, or the component that is used.
    pub what: String,
    /// The component whose code refers to it; null for code in none.
    pub by: Option<String>,
    /// How many references, development code included.
    pub references: usize,
}

/// Two places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairExplanation {
    /// The first, whose code would refer to the other.
    pub from: End,
    /// The second.
    pub to: End,
    /// Whether the first may use the second; null where nothing says.
    pub allowed: Option<bool>,
    /// The rules that say so.
    pub rules: Vec<RuleWord>,
    /// How many references lead from the first to the second without a stop, in production code.
    pub direct: usize,
    /// The shortest chain of references, one hop each; empty if there is none.
    pub chain: Vec<Hop>,
    /// Whether the chain needs development code.
    pub dev: bool,
    /// Findings in the first about the second that somebody has accepted for a while; those that are over too.
    pub exceptions: Vec<ExceptionAdvice>,
    /// The findings in the first about the second.
    pub findings: Vec<Finding>,
}

/// One of two places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct End {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: String,
    /// The component that owns it.
    pub component: Option<String>,
}
