//! Listing what is there: the names of a module, the members of a type, exported symbols. For patterns, not for paths.

use archguard_invariants::graph::ItemKind;
use rustc_hash::FxHashSet;

use super::ids::{DefId, ScopeId};
use super::world::{Origin, Visible, World};
use crate::facts::model::{ItemData, Name};

impl World<'_> {
    /// The names that a definition holds for others, sorted: a module's items and re-exports, an enum's variants, a
    /// type's own associated items.
    pub(crate) fn names_in(&self, def: DefId, asked: &mut FxHashSet<ScopeId>) -> Vec<Name> {
        let data = self.def(def);
        let mut names: Vec<Name> = match (&data.origin, data.kind) {
            (Origin::Standard { public }, ItemKind::Module | ItemKind::Enum) => {
                self.table.children(public).map(|(name, _)| Name::from(name)).collect()
            }
            (Origin::Standard { .. }, _) => {
                let path = self.standard_path(def);
                self.table
                    .associated_names(path)
                    .iter()
                    .map(|(name, _)| Name::from(name))
                    .collect()
            }
            (_, ItemKind::Module) => self.names_in_module(def, asked),
            (_, ItemKind::Enum | ItemKind::Trait) => data
                .members
                .borrow()
                .iter()
                .map(|&member| self.def(member).name)
                .collect(),
            _ => Vec::new(),
        };
        if matches!(data.kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union) {
            for def in self.impls_of(def) {
                names.extend(
                    self.def(def)
                        .members
                        .borrow()
                        .iter()
                        .map(|&member| self.def(member).name),
                );
            }
        }
        names.sort_by_key(|name: &Name| name.as_str());
        names.dedup();
        names
    }

    fn names_in_module(&self, def: DefId, asked: &mut FxHashSet<ScopeId>) -> Vec<Name> {
        let Some(body) = self.body(def) else { return Vec::new() };
        if !asked.insert(body) {
            return Vec::new();
        }
        self.ready(body);
        let examined = self.krate(self.def(def).krate).origin.is_examined();
        let (mut names, imports, globs) = {
            let contents = self.scope(body).contents.borrow();
            let visible = |def: &DefId| examined || self.def(*def).visible.get() == Visible::Everywhere;
            let names: Vec<Name> = contents
                .names
                .iter()
                .filter(|(_, defs)| defs.iter().any(visible))
                .map(|(&name, _)| name)
                .collect();
            let imports: Vec<_> = contents
                .imports
                .iter()
                .map(|(&name, imports)| (name, imports.clone()))
                .collect();
            (names, imports, contents.globs.clone())
        };
        let handed_out = |import| {
            let fact = self.import(import);
            fact.visibility != crate::facts::model::VisibilityFact::Private
        };
        names.extend(
            imports
                .into_iter()
                .filter(|(_, imports)| imports.iter().any(|&import| handed_out(import)))
                .map(|(name, _)| name),
        );
        for glob in globs.into_iter().filter(|&glob| handed_out(glob)) {
            for target in self.import_targets(glob) {
                names.extend(self.names_in(target, asked));
            }
        }
        if self.def(def).parent.get().is_none() {
            names.extend(self.krate(self.def(def).krate).exported_macros.borrow().keys());
        }
        names
    }

    /// The associated items of a type itself.
    pub(crate) fn own_members(&self, def: DefId, name: Name) -> Vec<DefId> {
        match self.def(def).scope {
            Some(scope) => self.associated(def, name, scope).0,
            None => self.standard_member(def, name).into_iter().collect(),
        }
    }

    /// Foreign items whose link name is wanted.
    pub(crate) fn foreign_matching(&self, wanted: impl Fn(&str) -> bool) -> Vec<DefId> {
        let mut found = Vec::new();
        for instance in self
            .instances
            .iter()
            .filter(|instance| self.krate(instance.krate).origin.is_examined())
        {
            let facts = self.unit(instance.unit).facts();
            for &item in &facts.foreign_items {
                if facts.items[item.index()].link_name.is_some_and(|name| wanted(&name)) {
                    found.push(instance.items[item.index()]);
                }
            }
        }
        found
    }

    /// Examined items that export a symbol.
    pub(crate) fn exported_as(&self, symbol: Name) -> Vec<DefId> {
        let table = self.exported_symbols.get_or_init(|| {
            let mut table: rustc_hash::FxHashMap<Name, Vec<DefId>> = rustc_hash::FxHashMap::default();
            for instance in self
                .instances
                .iter()
                .filter(|instance| self.krate(instance.krate).origin.is_examined())
            {
                let facts = self.unit(instance.unit).facts();
                let foreign: FxHashSet<_> = facts.foreign_items.iter().copied().collect();
                for (index, item) in facts.items.iter().enumerate() {
                    let declared_here = !foreign.contains(&crate::facts::model::ItemIdx::new(index as u32));
                    if let Some(symbol) = item.link_name.filter(|_| declared_here) {
                        table.entry(symbol).or_default().push(instance.items[index]);
                    }
                }
            }
            table
        });
        table.get(&symbol).cloned().unwrap_or_default()
    }

    /// Finds the types of all examined impls, so that the members of inherent ones are the types'.
    pub(crate) fn link_impls(&self) {
        for instance in self
            .instances
            .iter()
            .filter(|instance| self.krate(instance.krate).origin.is_examined())
        {
            let facts = self.unit(instance.unit).facts();
            for (index, item) in facts.items.iter().enumerate() {
                let def = instance.items[index];
                if matches!(item.data, ItemData::Impl { .. }) {
                    self.impl_self(def);
                }
            }
        }
    }
}
