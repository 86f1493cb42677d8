//! A finding: one breach of one rule. Data, never an error.

use crate::graph::{ItemId, Reference, ReferenceId};
use crate::place::{Place, TextSpan};
use crate::policy::model::{RuleId, Severity};

/// The kind of finding; the word is the lint's id, file name and doc page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lint {
    /// A component uses one above it or a sibling.
    LayerBreach,
    /// A component uses another that it has not declared.
    UndeclaredDependency,
    /// Code says that it belongs to another component than the policy says.
    ContradictedAnnotation,
    /// A component uses an external crate outside its `crates`.
    CrateNotAllowed,
    /// A component's item outside its `public` is written by another.
    PrivateInterface,
    /// What a `forbid` with `transitive` names is reached.
    ForbiddenReach,
    /// What a `forbid` names is used.
    ForbiddenUse,
    /// What a `forbid` with `as = "public"` names can be seen from outside.
    LeakedType,
    /// What belongs to a shared component is used beside it.
    MandateBypassed,
    /// A component's code does not say that it belongs to it, where it has to.
    MissingAnnotation,
    /// An item lacks what a `require` demands of it.
    RequirementUnmet,
    /// An item stands where a `require` does not want it.
    MisplacedItem,
    /// A cycle.
    DependencyCycle,
    /// A module in no component.
    UnassignedModule,
    /// Production code uses development code.
    DevCodeInProduction,
    /// An exception that accepts nothing.
    StaleException,
    /// A policy that denies less than the one at the base.
    PolicyWeakened,
    /// A path that does not resolve, where a prohibition names what it leads to.
    UnresolvedSuspect,
}

impl Lint {
    /// Whether what people decide about findings can speak of it: not of what is wrong with their decisions, nor with the
    /// policy that they were made under.
    pub fn can_be_accepted(self) -> bool {
        !matches!(self, Self::StaleException | Self::PolicyWeakened)
    }

    /// All lints, by name.
    pub const ALL: [Self; 18] = [
        Self::ContradictedAnnotation,
        Self::CrateNotAllowed,
        Self::DependencyCycle,
        Self::DevCodeInProduction,
        Self::ForbiddenReach,
        Self::ForbiddenUse,
        Self::LayerBreach,
        Self::LeakedType,
        Self::MandateBypassed,
        Self::MisplacedItem,
        Self::MissingAnnotation,
        Self::PolicyWeakened,
        Self::PrivateInterface,
        Self::RequirementUnmet,
        Self::StaleException,
        Self::UnassignedModule,
        Self::UndeclaredDependency,
        Self::UnresolvedSuspect,
    ];

    /// The lint's id.
    pub fn id(self) -> &'static str {
        match self {
            Self::ContradictedAnnotation => "contradicted-annotation",
            Self::MissingAnnotation => "missing-annotation",
            Self::LayerBreach => "layer-breach",
            Self::UndeclaredDependency => "undeclared-dependency",
            Self::CrateNotAllowed => "crate-not-allowed",
            Self::PrivateInterface => "private-interface",
            Self::ForbiddenReach => "forbidden-reach",
            Self::ForbiddenUse => "forbidden-use",
            Self::LeakedType => "leaked-type",
            Self::MandateBypassed => "mandate-bypassed",
            Self::RequirementUnmet => "requirement-unmet",
            Self::MisplacedItem => "misplaced-item",
            Self::DependencyCycle => "dependency-cycle",
            Self::UnassignedModule => "unassigned-module",
            Self::DevCodeInProduction => "dev-code-in-production",
            Self::StaleException => "stale-exception",
            Self::PolicyWeakened => "policy-weakened",
            Self::UnresolvedSuspect => "unresolved-suspect",
        }
    }
}

/// The place of a finding, with what the reference there is.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where.
    pub place: Place,
    /// The reference (a clone: findings outlive no graph, printers need only this); none for a module's own place.
    pub reference: Option<Reference>,
}

/// What a judge reports; severity, status, order and fingerprint are given later, in one place.
#[derive(Debug, Clone)]
pub struct RawFinding {
    /// The rule's id, a reserved one where the lint has no entry of its own.
    pub rule: RuleId,
    /// The kind.
    pub lint: Lint,
    /// As the rule says.
    pub severity: Severity,
    /// Whose code.
    pub from: ItemId,
    /// What it leads to; none where there is no target.
    pub to: Option<ItemId>,
    /// What was written; the definition's path where nothing was.
    pub written: String,
    /// All places, at least one. The first is the one to show.
    pub sites: Vec<Site>,
    /// For cycles and chains: the references of the way, in order.
    pub chain: Vec<ReferenceId>,
    /// For cycles: the smallest set of references whose removal breaks it.
    pub cut: Vec<ReferenceId>,
    /// For cycles: every reference between the nodes that go round in circles, with the numbers of its nodes.
    pub knot: Vec<(usize, usize, ReferenceId)>,
    /// One sentence that stands alone.
    pub message: String,
    /// What to use instead, as paths.
    pub instead: Vec<String>,
    /// Why, as the rule says.
    pub because: Option<String>,
    /// The policy line behind it.
    pub policy_span: Option<TextSpan>,
}
