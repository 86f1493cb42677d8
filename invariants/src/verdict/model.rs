//! The verdict as the JSON document prints it: same fields, same order. Values only; who fills them is told in the parent.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::against::BaseFacts;
use super::examined::Examined;
use super::outcome::Outcome;
use crate::finding::Lint;
use crate::graph::{ReferenceKind, Resolution};
use crate::place::TextSpan;
use crate::policy::PolicyTexts;
use crate::policy::model::Severity;
use crate::problem::ProblemCode;

/// The document that `check` and `verify` print. Made by [`Verdict::conclude`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Verdict {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// Who speaks.
    pub tool: Tool,
    /// What came out; the exit code follows from it.
    pub outcome: Outcome,
    /// The policy that was judged by.
    pub policy: PolicyFacts,
    /// What was examined and what was not.
    pub examined: Examined,
    /// The declared rules in order of declaration, then the reserved ones that fired.
    pub rules: Vec<RuleEntry>,
    /// The breaches, by file and place.
    pub findings: Vec<Finding>,
    /// What keeps the verdict from being whole.
    pub problems: Vec<ProblemEntry>,
    /// What became of the exceptions.
    pub exceptions: ExceptionCounts,
    /// What became of the baseline.
    pub baseline: BaselineCounts,
    /// What the command line narrowed or put in place of the workspace's own.
    pub narrowed: Narrowed,
}

/// The tool that made the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// Always `cargo-archguard`.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
}

impl Tool {
    /// This tool; all crates of the workspace carry one version.
    pub const THIS: Self = Self {
        name: Cow::Borrowed("cargo-archguard"),
        version: Cow::Borrowed(env!("CARGO_PKG_VERSION")),
    };
}

/// The policy that was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyFacts {
    /// The policy file.
    pub file: String,
    /// `blake3:` and the hash of its text and of the fragments of packages; null where there is none.
    pub hash: Option<String>,
    /// Where its text comes from; with `--base` the policy there judges too.
    pub source: PolicySource,
    /// With `--base`: what the policy, the exceptions and the baseline have become since; else null.
    pub base: Option<BaseFacts>,
}

impl PolicyFacts {
    /// The facts of a policy file in the work tree; without text where it could not be read.
    pub fn in_worktree(file: impl Into<String>, text: Option<&str>) -> Self {
        let hash = text.map(|text| format!("blake3:{}", blake3::hash(text.as_bytes()).to_hex()));
        Self {
            file: file.into(),
            hash,
            source: PolicySource::Worktree,
            base: None,
        }
    }
}

impl PolicyFacts {
    /// The facts of a policy in the work tree with the fragments of packages.
    pub fn of_texts(texts: &PolicyTexts) -> Self {
        Self {
            file: texts.files()[0].file.to_string(),
            hash: Some(texts.hash()),
            source: PolicySource::Worktree,
            base: None,
        }
    }
}

/// What was asked for on the command line that makes the verdict less than the one of the whole workspace under its own
/// policy. Nothing of it can be written into a file or an environment variable, and none of it goes unsaid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Narrowed {
    /// With `-p`: the only packages whose code was judged, as named there; empty where all were.
    pub packages: Vec<String>,
    /// With `--policy`: the file that was judged by instead of the workspace's own; else null.
    pub policy: Option<String>,
}

/// Where the policy's text comes from: `worktree` or `base:<commit>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicySource {
    /// The file as it lies there.
    Worktree,
    /// The file of a commit.
    Base(String),
}

impl Serialize for PolicySource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Worktree => serializer.serialize_str("worktree"),
            Self::Base(commit) => serializer.collect_str(&format_args!("base:{commit}")),
        }
    }
}

impl<'de> Deserialize<'de> for PolicySource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.strip_prefix("base:") {
            Some(commit) => Ok(Self::Base(commit.to_owned())),
            None if text == "worktree" => Ok(Self::Worktree),
            None => Err(serde::de::Error::custom(format!("`{text}` is no source of a policy"))),
        }
    }
}

/// What kind of entry a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// `[[layers]]`.
    Layers,
    /// `[[forbid]]`.
    Forbid,
    /// `[[mandate]]`.
    Mandate,
    /// `[[require]]`.
    Require,
    /// `[[acyclic]]`.
    Acyclic,
    /// A component's own key: `component.http.uses`.
    Component,
    /// A package's own file: `package.web.uses`.
    Package,
    /// The policy itself: `policy.unassigned`.
    Policy,
}

impl RuleKind {
    /// The kind behind a judge's word for it; what is no entry of a rule list belongs to the policy itself.
    pub fn of_word(word: &str) -> Self {
        match word {
            "layers" => Self::Layers,
            "forbid" => Self::Forbid,
            "mandate" => Self::Mandate,
            "require" => Self::Require,
            "acyclic" => Self::Acyclic,
            "component" => Self::Component,
            "package" => Self::Package,
            _ => Self::Policy,
        }
    }

    /// The kind behind a reserved id; none for the ids of a policy's own rules.
    pub fn of_reserved(id: &str) -> Option<Self> {
        if id.starts_with("component.") {
            Some(Self::Component)
        } else if id.starts_with("package.") {
            Some(Self::Package)
        } else if id.starts_with("policy.") {
            Some(Self::Policy)
        } else {
            None
        }
    }

    /// Whether it is an entry of the policy's rule lists.
    pub fn is_declared(self) -> bool {
        !matches!(self, Self::Component | Self::Package | Self::Policy)
    }
}

/// One rule, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleEntry {
    /// Its identity.
    pub id: String,
    /// What kind of entry.
    pub kind: RuleKind,
    /// How many references or items it looked at.
    pub matched: usize,
    /// Its patterns that lead nowhere because their crate is not there.
    pub dormant: Vec<String>,
    /// How many findings it has.
    pub findings: usize,
}

/// Whether a finding is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Counts.
    New,
    /// Existed when the rule was introduced.
    Baseline,
    /// Somebody decided to accept it.
    Excepted,
}

/// One breach of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The kind of finding.
    pub lint: Lint,
    /// Whether it fails the check.
    pub severity: Severity,
    /// Whether it is new.
    pub status: Status,
    /// Whose code.
    pub from: Source,
    /// What it leads to; null where the finding has no target.
    pub to: Option<Target>,
    /// All places, the one to show first, the others by file and place.
    pub sites: Vec<SiteEntry>,
    /// For cycles and chains: the way, hop by hop.
    pub chain: Vec<Hop>,
    /// For cycles: the smallest set of references whose removal breaks it.
    pub cut: Vec<Hop>,
    /// Why the rule is there.
    pub because: Option<String>,
    /// What to use instead.
    pub instead: Vec<String>,
    /// One sentence that stands alone.
    pub message: String,
    /// Identity over time: blake3 of rule, from item and definition.
    pub fingerprint: String,
    /// The exception that speaks of it, in force or over; null without one.
    pub exception: Option<AcceptedBy>,
    /// How many places the baseline holds of it; null where it holds none.
    pub frozen_sites: Option<usize>,
    /// The stretch of policy behind it, for printers that show it.
    #[serde(skip)]
    pub policy_span: Option<TextSpan>,
    /// For cycles: all that goes round in circles, for the baseline.
    #[serde(skip)]
    pub knot: Vec<KnotReferences>,
}

/// The references from one item to one definition that lie in a knot of circles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnotReferences {
    /// The numbers of the nodes that the item and the definition belong to.
    pub nodes: (usize, usize),
    /// The item.
    pub from: Arc<str>,
    /// The definition.
    pub to: Arc<str>,
    /// How many references there are.
    pub places: usize,
}

/// Who accepted a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AcceptedBy {
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Until when, inclusive, as written.
    pub until: String,
    /// Whether that is over, or no date: then the finding is new.
    pub expired: bool,
}

/// Whose code a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The item's definition path.
    pub item: String,
    /// The module that it stands in.
    pub module: String,
    /// The component that owns it.
    pub component: Option<String>,
}

/// What a finding leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Target {
    /// The definition's path.
    pub item: String,
    /// The path as written, local aliases resolved.
    pub written: String,
    /// The component that owns it.
    pub component: Option<String>,
    /// The crate that defines it.
    #[serde(rename = "crate")]
    pub krate: String,
}

/// Which derivation saw a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceWord {
    /// The tool's own name resolution.
    Source,
    /// The compiler's typed bodies.
    Compiler,
}

/// One place of a finding. Lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteEntry {
    /// The file, relative to the workspace root.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
    /// What the reference there does; null where the place is no reference.
    pub kind: Option<ReferenceKind>,
    /// Who saw it.
    pub evidence: Vec<EvidenceWord>,
    /// Of `examined.cfg_sets` those that the compiler saw it under; empty where that is every one, or where only the source
    /// shows it.
    pub cfg_sets: Vec<String>,
    /// How source evidence knows it; null where it does not, or where the place is no reference.
    pub resolution: Option<Resolution>,
    /// Whether it stands in the interface of its item.
    pub public: bool,
    /// The cfg that it stands under.
    pub cfg: Option<String>,
    /// Whether the code there is generated: what generates it has to change.
    pub generated: bool,
}

/// One reference of a chain, a cycle or a cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hop {
    /// Whose code.
    pub from: String,
    /// The definition that it names.
    pub to: String,
    /// What the reference does.
    pub kind: ReferenceKind,
    /// The file.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}

/// One problem. Places are null where they are not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProblemEntry {
    /// What kind.
    pub code: ProblemCode,
    /// One sentence that stands alone.
    pub message: String,
    /// The file.
    pub file: Option<String>,
    /// First line.
    pub line: Option<u32>,
    /// First column.
    pub column: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// One past the last column.
    pub end_column: Option<u32>,
    /// The nearest right thing.
    pub suggestion: Option<String>,
}

/// What became of the exceptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExceptionCounts {
    /// Accept a finding.
    pub used: usize,
    /// Accept nothing any more.
    pub stale: usize,
    /// Past their end.
    pub expired: usize,
}

/// What became of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaselineCounts {
    /// Findings that it holds.
    pub matched: usize,
    /// Entries whose finding is gone.
    pub gone: usize,
}
