//! The macros of the crate `archguard`, told by their definition: renamed, imported or re-exported they are the same, and
//! others of their names are not.

use super::ids::DefId;
use super::world::World;
use crate::facts::model::{AnnotationFact, Namespaces};
use crate::names::ids::InstanceId;

/// The crate that defines them.
const CRATE: &str = "archguard";

/// A macro of the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnMacro {
    /// `component!`.
    Component,
    /// `#[except]`.
    Except,
    /// `except_here!`.
    ExceptHere,
    /// `#[shared]`.
    Shared,
    /// `enforce!`, which says nothing about the code.
    Enforce,
}

impl World<'_> {
    /// Which macro of the crate a definition is.
    pub(crate) fn own_macro(&self, def: DefId) -> Option<OwnMacro> {
        let data = self.def(def);
        let krate = self.krate(data.krate);
        let at_root = || data.parent.get().is_some_and(|parent| parent == self.root(data.krate));
        if krate.name != CRATE || !data.namespaces.overlaps(Namespaces::MACRO) || !at_root() {
            return None;
        }
        match data.name.as_str() {
            "component" => Some(OwnMacro::Component),
            "except" => Some(OwnMacro::Except),
            "except_here" => Some(OwnMacro::ExceptHere),
            "shared" => Some(OwnMacro::Shared),
            "enforce" => Some(OwnMacro::Enforce),
            _ => None,
        }
    }

    /// Which macro of the crate an annotation's path leads to.
    pub(crate) fn own_macro_of(&self, instance: InstanceId, annotation: &AnnotationFact) -> Option<OwnMacro> {
        let path = &self.facts_of(instance).paths[annotation.path.index()];
        let scope = self.instance(instance).scopes[annotation.scope.index()];
        let found = self.resolve(instance, path, scope, Namespaces::MACRO);
        if found.missing.is_some() {
            return None;
        }
        found.defs.into_iter().find_map(|def| self.own_macro(def))
    }
}
