//! Imports that lead back to themselves: `use a::x` in `b`, `use b::x` in `a`. Asked only where a name was not found.

use super::ids::{InstanceId, ScopeId};
use super::world::{ImportId, World};
use crate::facts::model::{Name, Namespaces, PathFact, PathStart};

/// How many imports are followed.
const DEEPEST: usize = 32;

/// A name looked for in a scope.
type Sought = (ScopeId, Name);

impl World<'_> {
    /// Whether a path that leads nowhere does so because imports on its way lead in a circle.
    pub(crate) fn ends_in_a_circle(&self, instance: InstanceId, path: &PathFact, scope: ScopeId) -> bool {
        let first_missing = (1..=path.segments.len()).find_map(|length| {
            let sought = self.sought_by_path(instance, &beginning(path, length), scope)?;
            let has_it = !self.in_scope(sought.0, sought.1, Namespaces::ALL).is_empty();
            (!has_it).then_some(sought)
        });
        first_missing.is_some_and(|sought| self.leads_back(sought, &mut Vec::new()))
    }

    fn leads_back(&self, sought: Sought, before: &mut Vec<Sought>) -> bool {
        if before.contains(&sought) {
            return true;
        }
        if before.len() >= DEEPEST {
            return false;
        }
        before.push(sought);
        let found = self.sought_by_imports(sought).into_iter().any(|next| {
            // `use x;` does not find itself: that name is unknown.
            next != sought && self.leads_back(next, before)
        });
        before.pop();
        found
    }

    /// What the imports of a name look for in turn.
    fn sought_by_imports(&self, (scope, name): Sought) -> Vec<Sought> {
        let imports = self.scope(scope).contents.borrow().imports.get(&name).cloned();
        let imports = imports.unwrap_or_default().into_iter();
        imports.filter_map(|import| self.sought_by(import, scope)).collect()
    }

    fn sought_by(&self, import: ImportId, scope: ScopeId) -> Option<Sought> {
        let path = &self.facts_of(import.instance).paths[self.import(import).path.index()];
        self.sought_by_path(import.instance, path, scope)
    }

    /// The last name of a path, and where it is looked for.
    fn sought_by_path(&self, instance: InstanceId, path: &PathFact, scope: ScopeId) -> Option<Sought> {
        let last = *path.segments.last()?;
        let before = beginning(path, path.segments.len() - 1);
        if before.segments.is_empty() && path.start == PathStart::Plain {
            return Some((scope, last));
        }
        let module = self.resolve_module(instance, &before, scope)?;
        Some((self.body(module)?, last))
    }
}

/// The first names of a path.
fn beginning(path: &PathFact, length: usize) -> PathFact {
    PathFact {
        segments: path.segments[..length].into(),
        ..path.clone()
    }
}
