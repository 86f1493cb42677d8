//! The policy bound to a graph: names have become components and items. What the lints judge by.

use std::sync::Arc;

use super::model::{Acyclic, ComponentName, Forbid, Layering, Mandate, PackageLimits, Policy};
use crate::graph::{ItemId, Root};
use crate::pattern::PathPattern;
use crate::place::TextSpan;
use crate::policy::require::BoundRequire;

/// A component of a bound policy (a family's members are components of their own); index into [`BoundPolicy::components`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ComponentId(pub u32);

/// A list bound to the graph: what it covers by definition, and by what is written. Every list of it is sorted.
#[derive(Debug, Clone, Default)]
pub struct Selector {
    /// Items covered with everything inside them, each with the index of the term it came from.
    pub roots: Vec<(Root, usize)>,
    /// Components covered, with the index of the term.
    pub components: Vec<(ComponentId, usize)>,
    /// Patterns to match against what is written, with the index of the term.
    pub written: Vec<(PathPattern, usize)>,
    /// Roots of `!pattern` entries: taken away, by definition only.
    pub excluded: Vec<Root>,
    /// The terms as written in the policy, with their places.
    pub terms: Vec<(Arc<str>, TextSpan)>,
    /// Terms that lead nowhere because their crate is not there.
    pub dormant: Vec<usize>,
    /// Names of the child modules of `x::self` terms, which those do not cover, with the index of the term.
    pub(super) children: Vec<(usize, Arc<str>)>,
}

/// The code that a rule speaks of.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// `in`; everything if none.
    pub within: Option<Selector>,
    /// `except`.
    pub except: Option<Selector>,
    /// The package (with underscores) whose own file the rule stands in.
    pub package: Option<Arc<str>>,
}

/// A component bound to items.
#[derive(Debug, Clone)]
pub struct BoundComponent {
    /// Its name: `http`, `features.cart`.
    pub name: ComponentName,
    /// The family (`features`) that it is a member of.
    pub family: Option<ComponentName>,
    /// Index of its declaration in [`Policy::components`].
    pub declaration: usize,
    /// `uses`: none if absent, everything or exactly these.
    pub uses: Option<BoundUses>,
    /// `public`.
    pub public: Option<Selector>,
    /// `crates`.
    pub crates: Option<Selector>,
}

/// `uses`, bound.
#[derive(Debug, Clone)]
pub enum BoundUses {
    /// `"*"`.
    Everything,
    /// Exactly these components, sorted.
    Only(Vec<ComponentId>),
}

/// A layering, bound.
#[derive(Debug, Clone)]
pub struct BoundLayering<'p> {
    /// The declaration.
    pub rule: &'p Layering,
    /// Rank (0 is the top) and the place of the entry, by component; for a layering `within` a family this is empty.
    pub ranks: Vec<(ComponentId, usize, TextSpan)>,
    /// With `within`: rank and the entry's place by submodule item. `in` and `except` are already applied.
    pub submodules: Vec<(ItemId, usize, TextSpan)>,
    /// The components whose code it judges, sorted, where it has `in` or `except`; [`BoundPolicy::permission`] heeds it.
    pub users: Option<Vec<ComponentId>>,
}

/// A `forbid`, bound.
#[derive(Debug, Clone)]
pub struct BoundForbid<'p> {
    /// The declaration.
    pub rule: &'p Forbid,
    /// `in` and `except`.
    pub scope: Scope,
    /// What must not be used.
    pub targets: Selector,
    /// Components whose `public` hand-outs are let pass.
    pub through: Vec<ComponentId>,
}

/// A `mandate`, bound.
#[derive(Debug, Clone)]
pub struct BoundMandate<'p> {
    /// The declaration.
    pub rule: &'p Mandate,
    /// `in` and `except`.
    pub scope: Scope,
    /// The shared component or code.
    pub shared: Selector,
    /// What belongs to it alone.
    pub instead_of: Selector,
    /// Components whose `public` hand-outs are let pass.
    pub through: Vec<ComponentId>,
}

/// An `acyclic`, bound.
#[derive(Debug, Clone)]
pub struct BoundAcyclic<'p> {
    /// The declaration.
    pub rule: &'p Acyclic,
    /// `in` and `except`.
    pub scope: Scope,
}

/// `uses` and `crates` of a package's own file, bound.
#[derive(Debug, Clone)]
pub struct BoundPackage<'p> {
    /// The declaration.
    pub limits: &'p PackageLimits,
    /// The components of `uses`, sorted.
    pub uses: Option<Vec<ComponentId>>,
    /// `crates`.
    pub crates: Option<Selector>,
}

/// What the declarations say of one component using another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Allowed (or the same component).
    Allowed,
    /// A layering denies it: it points up, or is between siblings.
    DeniedByLayering {
        /// Index into [`BoundPolicy::layers`].
        layering: usize,
        /// Between siblings rather than upwards.
        siblings: bool,
    },
    /// The user has `uses` and the used is not in it.
    NotInUses,
    /// The user has no `uses` and no layering holds both.
    Undeclared,
}

/// A policy that can judge this graph.
#[derive(Debug)]
pub struct BoundPolicy<'p> {
    /// What it was bound from.
    pub policy: &'p Policy,
    /// Components, in order of declaration, a family's members by name.
    pub components: Vec<BoundComponent>,
    /// What packages' own files say of their code.
    pub packages: Vec<BoundPackage<'p>>,
    /// Index into `packages` by crate.
    pub(super) package_of: Vec<Option<usize>>,
    /// Claimed paths with their owner, sorted; whether the claim is for the module alone. For what is written.
    pub(super) claimed: Vec<(Arc<str>, bool, ComponentId)>,
    /// Owner by item index; see [`BoundPolicy::component_of`].
    pub(super) owners: Vec<Option<ComponentId>>,
    /// `[[layers]]`.
    pub layers: Vec<BoundLayering<'p>>,
    /// `[[forbid]]`.
    pub forbids: Vec<BoundForbid<'p>>,
    /// `[[mandate]]`.
    pub mandates: Vec<BoundMandate<'p>>,
    /// `[[require]]`.
    pub requires: Vec<BoundRequire<'p>>,
    /// `[[acyclic]]`.
    pub acyclics: Vec<BoundAcyclic<'p>>,
}

impl BoundPolicy<'_> {
    /// The component behind an id.
    pub fn component(&self, id: ComponentId) -> &BoundComponent {
        &self.components[id.0 as usize]
    }
}
