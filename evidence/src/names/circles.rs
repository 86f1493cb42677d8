//! Imports that lead back to themselves: `use a::x` in `b`, `use b::x` in `a`. Asked only where a name was not found.

use super::ids::ScopeId;
use super::world::{ImportId, World};
use crate::facts::model::{Name, PathFact, PathStart};

/// How many imports are followed.
const DEEPEST: usize = 32;

/// A name looked for in a scope.
type Sought = (ScopeId, Name);

impl World<'_> {
    /// Whether the imports of a name, which nothing declares, lead in a circle.
    pub(crate) fn imports_lead_in_a_circle(&self, scope: ScopeId, name: Name) -> bool {
        self.leads_back((scope, name), &mut Vec::new())
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
        let (&last, before) = path.segments.split_last()?;
        if before.is_empty() && path.start == PathStart::Plain {
            return Some((scope, last));
        }
        let before = PathFact {
            segments: before.into(),
            ..path.clone()
        };
        let module = self.resolve_module(import.instance, &before, scope)?;
        Some((self.body(module)?, last))
    }
}
