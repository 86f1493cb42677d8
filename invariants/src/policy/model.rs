//! The policy as read: consistent in itself, not yet bound to code. Design 5.

use std::fmt;
use std::sync::Arc;

use super::exclusion::Exclusion;
use super::generated::Generated;
use super::texts::PolicyTexts;
use super::workspaces::OtherWorkspaces;
use crate::graph::ReferenceKind;
use crate::pattern::PathPattern;
use crate::place::{Spanned, TextSpan};
use crate::policy::require::Require;

/// The stable identity of a rule: `raw-sql`, or a reserved one such as `policy.unassigned`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub(crate) Arc<str>);

/// A component's name: `http`, or a member of a family: `features.cart`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ComponentName(pub(crate) Arc<str>);

impl RuleId {
    /// A reserved id (`policy.unassigned`, `component.http.uses`), made by the tool itself.
    pub fn reserved(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ComponentName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One entry of a list in the policy, sets expanded in place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// A bare name, not yet known to be a component or a crate.
    Bare(Arc<str>),
    /// `component:x`, or a name that can only be a component (`features.cart`; all members are `features`).
    Component(Arc<str>),
    /// A path pattern (also `crate:x`).
    Pattern(PathPattern),
    /// One pattern of a pack, with the pack's name: external code only, and nobody need depend on it.
    Packed(Arc<str>, PathPattern),
    /// `!pattern`: takes away, matched by the definition only.
    Not(PathPattern),
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare(name) | Self::Component(name) => f.write_str(name),
            Self::Pattern(pattern) => write!(f, "{pattern}"),
            Self::Packed(pack, _) => write!(f, "pack:{pack}"),
            Self::Not(pattern) => write!(f, "!{pattern}"),
        }
    }
}

/// A list in the policy.
pub type TermList = Vec<Spanned<Term>>;

/// How severe a rule's findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Severity {
    /// Fails the check.
    #[default]
    Error,
    /// Printed, exit 0.
    Warn,
}

/// What every rule has.
#[derive(Debug, Clone)]
pub struct RuleHead {
    /// Its identity, with the place of the `id` value.
    pub id: Spanned<RuleId>,
    /// Why the rule is there.
    pub because: Option<String>,
    /// What to use instead, shown as written.
    pub instead: Vec<Spanned<String>>,
    /// A link or path to more.
    pub docs: Option<String>,
    /// `error` or `warn`.
    pub severity: Severity,
    /// Whether development code is judged too.
    pub dev: bool,
    /// Whether the rule may match nothing.
    pub optional: bool,
    /// `in`: the code it speaks of; everything if absent.
    pub within: Option<Spanned<TermList>>,
    /// `except`.
    pub except: Option<Spanned<TermList>>,
    /// The package (with underscores) whose own file the rule stands in: it speaks of that package's code alone.
    pub package: Option<Arc<str>>,
}

/// `uses` of a component.
#[derive(Debug, Clone)]
pub enum Uses {
    /// `"*"`: everything that the layerings do not deny.
    Everything,
    /// Exactly these.
    Only(TermList),
}

/// A component as declared.
#[derive(Debug, Clone)]
pub struct Component {
    /// Its name, with the place of the key.
    pub name: Spanned<ComponentName>,
    /// The patterns (and negations) of `paths`, or the one of `each`.
    pub paths: TermList,
    /// Whether every match is a component of its own.
    pub each: bool,
    /// What others may write; everything if absent.
    pub public: Option<Spanned<TermList>>,
    /// The components it may use; by layerings if absent.
    pub uses: Option<Spanned<Uses>>,
    /// The external crates it may use; free if absent.
    pub crates: Option<Spanned<TermList>>,
    /// Whether its code has to say that it belongs to it; as `[policy] annotations` says if absent.
    pub annotated: Option<Spanned<bool>>,
}

/// One entry of `order`: a single component, or siblings.
#[derive(Debug, Clone)]
pub struct Rank {
    /// The components on this rank (names, or with `within` submodule names).
    pub members: Vec<Spanned<Arc<str>>>,
}

/// `[[layers]]`.
#[derive(Debug, Clone)]
pub struct Layering {
    /// Id and the rest.
    pub head: RuleHead,
    /// From top to bottom.
    pub order: Vec<Rank>,
    /// The family or components whose members' submodules are ordered.
    pub inside: Option<Spanned<TermList>>,
}

/// What kinds of reference a `forbid` speaks of.
#[derive(Debug, Clone, Default)]
pub struct KindFilter {
    /// These kinds; all if empty and `public` is false.
    pub kinds: Vec<ReferenceKind>,
    /// Only what code outside the component can see.
    pub public: bool,
}

/// `[[forbid]]`.
#[derive(Debug, Clone)]
pub struct Forbid {
    /// Id and the rest.
    pub head: RuleHead,
    /// What must not be used.
    pub targets: Spanned<TermList>,
    /// Replacement by term (table form of `use`): index into `targets`, replacement as written.
    pub replacements: Vec<(usize, String)>,
    /// `as`.
    pub kinds: KindFilter,
    /// `through`: what these components' `public` hands out is let pass.
    pub through: Option<Spanned<TermList>>,
    /// `transitive`: chains of references count, not only direct ones.
    pub transitive: bool,
}

/// `[[mandate]]`.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// Id and the rest.
    pub head: RuleHead,
    /// The shared component.
    pub shared: Spanned<TermList>,
    /// What belongs to it alone.
    pub instead_of: Spanned<TermList>,
    /// `through`.
    pub through: Option<Spanned<TermList>>,
}

/// What an `acyclic` rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Among {
    /// Declared components.
    Components,
    /// Sibling subtrees of the module tree under each parent.
    Modules,
    /// Crates.
    Crates,
}

/// `[[acyclic]]`.
#[derive(Debug, Clone)]
pub struct Acyclic {
    /// Id and the rest.
    pub head: RuleHead,
    /// What must be free of cycles.
    pub among: Vec<Spanned<Among>>,
}

/// `[policy]`.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own with two words")]
pub struct Settings {
    /// `undeclared = "allow"`: a pair that neither `uses` nor a layering speaks of is no breach.
    pub undeclared_allowed: bool,
    /// `unassigned = "allow"`: a module in no component is no breach.
    pub unassigned_allowed: bool,
    /// `dev = "check"`: development code is judged by every rule.
    pub check_dev: bool,
    /// `dev_code`: what counts as development code beside test-like items and targets.
    pub dev_code: Vec<Spanned<DevCode>>,
    /// `generated`: code that nobody writes.
    pub generated: Vec<Spanned<Generated>>,
    /// `workspaces`: other workspaces of the repository that are examined too.
    pub workspaces: Vec<Spanned<OtherWorkspaces>>,
    /// `pending = "error"`: unbuilt generated code is a problem under `check` too.
    pub pending_is_error: bool,
    /// `annotations = "required"`: the place of the word, where the code has to say which component it belongs to.
    pub annotations_required: Option<TextSpan>,
    /// `inline_exceptions = true`: exceptions may stand in the code that they speak of.
    pub inline_exceptions: bool,
    /// `exceptions = { max_days = .. }`: the most days that an exception's `until` may lie ahead.
    pub exception_days: ExceptionDays,
}

/// The longest term of an exception, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExceptionDays(pub u32);

impl Default for ExceptionDays {
    /// A year, whichever year: what ends in ten has no end.
    fn default() -> Self {
        Self(366)
    }
}

/// What a package's own file says of all its code, whichever components that belongs to.
#[derive(Debug, Clone)]
pub struct PackageLimits {
    /// The package, with underscores.
    pub package: Arc<str>,
    /// `uses`: the other components that its code may use.
    pub uses: Option<Spanned<TermList>>,
    /// `crates`: the external crates that its code may use.
    pub crates: Option<Spanned<TermList>>,
}

/// An entry of `[facades]`: an external crate, and what belongs to it.
#[derive(Debug, Clone)]
pub struct Facade {
    /// The crate's name, with the place of the key.
    pub name: Spanned<Arc<str>>,
    /// Crates, and items of crates.
    pub family: Vec<Spanned<PathPattern>>,
}

/// An entry of `[policy] dev_code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DevCode {
    /// A crate or module.
    Path(PathPattern),
    /// `feature:testing`.
    Feature(Arc<str>),
    /// `attribute:x::y`.
    Attribute(PathPattern),
}

impl fmt::Display for DevCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(pattern) => write!(f, "{pattern}"),
            Self::Feature(name) => write!(f, "feature:{name}"),
            Self::Attribute(pattern) => write!(f, "attribute:{pattern}"),
        }
    }
}

/// A policy that is consistent in itself.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The file's path as printed.
    pub file: Arc<str>,
    /// The file's text: places in problems and findings are byte spans of it, or of the fragments behind it.
    pub text: Arc<str>,
    /// The texts of all files.
    pub texts: PolicyTexts,
    /// `[policy]`.
    pub settings: Settings,
    /// `[components]`, in order of declaration.
    pub components: Vec<Component>,
    /// `[[layers]]`.
    pub layers: Vec<Layering>,
    /// `[[forbid]]`.
    pub forbids: Vec<Forbid>,
    /// `[[mandate]]`.
    pub mandates: Vec<Mandate>,
    /// `[[require]]`.
    pub requires: Vec<Require>,
    /// `[[acyclic]]`.
    pub acyclics: Vec<Acyclic>,
    /// `uses` and `crates` of packages' own files.
    pub packages: Vec<PackageLimits>,
    /// `[facades]`.
    pub facades: Vec<Facade>,
    /// `[[exclude]]`.
    pub exclusions: Vec<Exclusion>,
}
