//! What an author is told about one place, as it is printed: the values of `guard` and `explain`, no making.

use serde::Serialize;

use crate::graph::Graph;
use crate::policy::model::Severity;
use crate::policy::{BoundPolicy, Selector};

/// What `guard` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GuardDocument {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// The files, as they were asked for.
    pub files: Vec<FileGuidance>,
}

/// What may and may not be done in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileGuidance {
    /// The file, relative to the workspace root.
    pub file: String,
    /// Whether there is such a file.
    pub exists: bool,
    /// For a file that no `mod` line leads to yet: the file that such a line belongs in.
    pub declare_in: Option<String>,
    /// Modules in other crates that the file is, too.
    pub also: Vec<String>,
    /// What holds there.
    pub guidance: Guidance,
}

/// What may and may not be done in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guidance {
    /// The module; for a component as a whole its name.
    pub place: String,
    /// Whether it is there already.
    pub exists: bool,
    /// Whether it is development code, which is judged only by rules that ask for it.
    pub dev: bool,
    /// The component that owns it.
    pub component: Option<String>,
    /// Whether it would be the first module of a new member of a family.
    pub new_component: bool,
    /// What others may write of this component; null where everything may be.
    pub public: Option<Vec<String>>,
    /// Where it stands in layerings.
    pub layers: Vec<LayerPosition>,
    /// The components that it may use.
    pub may_use: Vec<MayUse>,
    /// The components that it must not use.
    pub must_not_use: Vec<MustNotUse>,
    /// External crates.
    pub crates: Crates,
    /// What it must not name.
    pub prohibitions: Vec<ProhibitionAdvice>,
    /// Work that shared components do for it.
    pub mandates: Vec<MandateAdvice>,
    /// Rules against cycles.
    pub acyclic: Vec<AcyclicAdvice>,
    /// What new items must fulfil.
    pub requirements: Vec<RequirementAdvice>,
    /// Findings here that somebody has accepted for a while; those that are over too.
    pub exceptions: Vec<ExceptionAdvice>,
}

/// A place in a layering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LayerPosition {
    /// The layering's id.
    pub rule: String,
    /// The layers from top to bottom, siblings together.
    pub order: Vec<Vec<String>>,
    /// The index of the place's own layer in `order`.
    pub rank: usize,
    /// The components whose submodules are ordered; empty where components are.
    pub within: Vec<String>,
    /// Why.
    pub because: Option<String>,
}

/// A component that may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MayUse {
    /// Its name.
    pub component: String,
    /// What it is made of, as written in the policy.
    pub paths: Vec<String>,
    /// What of it may be written; null where everything may be.
    pub public: Option<Vec<String>>,
    /// The rules that allow it; empty where nothing needs to.
    pub by: Vec<String>,
}

/// A component that must not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MustNotUse {
    /// Its name.
    pub component: String,
    /// Why not.
    pub reason: DenialWord,
    /// The rule that says so.
    pub rule: String,
    /// Why the rule is there.
    pub because: Option<String>,
    /// What to use instead.
    pub instead: Vec<String>,
}

/// Why a component must not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DenialWord {
    /// A layering puts it above.
    Above,
    /// A layering puts it beside.
    Beside,
    /// It is not in the user's `uses`.
    NotListed,
    /// Neither `uses` nor a layering speaks of the pair.
    Undeclared,
    /// A prohibition names it.
    Forbidden,
}

/// External crates at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Crates {
    /// The list of the component, or else of the package's own file, as written; null where every crate may be used that no rule forbids.
    pub listed: Option<Vec<String>>,
    /// Direct dependencies that may be used, by name in code of the crate itself.
    pub may_use: Vec<String>,
    /// Direct dependencies that must not be used, each with the rule.
    pub must_not_use: Vec<CrateDenial>,
    /// Direct dependencies that the manifest gives to development code alone, which this is not.
    pub dev_only: Vec<String>,
}

/// A crate that must not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrateDenial {
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The rule.
    pub rule: String,
}

/// Something that must not be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProhibitionAdvice {
    /// The rule.
    pub rule: String,
    /// Whether a breach fails the check.
    pub severity: Severity,
    /// What must not be named, sets expanded; entries with `!` are let pass.
    #[serde(rename = "use")]
    pub targets: Vec<String>,
    /// The kinds of reference that it speaks of, `public` for what others can see; empty for all.
    #[serde(rename = "as")]
    pub kinds: Vec<String>,
    /// What to use instead.
    pub instead: Vec<String>,
    /// What to use instead of single entries.
    pub replacements: Vec<Replacement>,
    /// Why.
    pub because: Option<String>,
    /// More about it.
    pub docs: Option<String>,
}

/// What to use instead of one entry of a prohibition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Replacement {
    /// The entry.
    pub of: String,
    /// What to use.
    pub by: String,
}

/// Work that a shared component does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MandateAdvice {
    /// The rule.
    pub rule: String,
    /// The shared components or paths, as written.
    #[serde(rename = "use")]
    pub shared: Vec<String>,
    /// What of them may be written.
    pub public: Vec<String>,
    /// What their code says is to be used, by `#[shared]`; empty where it says nothing.
    pub entry_points: Vec<EntryPoint>,
    /// What belongs to them alone, sets expanded.
    pub instead_of: Vec<String>,
    /// Whether this place is itself the shared code.
    pub here: bool,
    /// Why.
    pub because: Option<String>,
}

/// What a shared component's own code says is to be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryPoint {
    /// How others write it.
    pub path: String,
    /// What it is there for.
    pub purpose: Option<String>,
}

impl EntryPoint {
    /// What a list of shared code says of itself, in order of path.
    pub(crate) fn of(graph: &Graph, policy: &BoundPolicy<'_>, shared: &Selector) -> Vec<Self> {
        let entries = shared.entry_points(graph, policy).into_iter();
        entries
            .map(|entry| Self {
                path: entry.path.to_string(),
                purpose: entry.purpose.as_deref().map(str::to_owned),
            })
            .collect()
    }
}

/// A rule against cycles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AcyclicAdvice {
    /// The rule.
    pub rule: String,
    /// What must be free of cycles: `components`, `modules`, `crates`.
    pub among: Vec<String>,
    /// Why.
    pub because: Option<String>,
}

/// What new items must fulfil.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequirementAdvice {
    /// The rule.
    pub rule: String,
    /// One sentence: which items, and what they must do.
    pub demand: String,
    /// Why.
    pub because: Option<String>,
}

/// A finding that somebody has accepted for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExceptionAdvice {
    /// The rule.
    pub rule: String,
    /// Whose code.
    pub from: String,
    /// What it names.
    pub to: Option<String>,
    /// Why it was accepted.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// The last day, as written.
    pub until: String,
    /// Whether it is over: then it accepts nothing any more.
    pub expired: bool,
}
