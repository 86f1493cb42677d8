//! The first name of a path, looked for outwards from a scope: in the blocks around it and their module, then among what
//! every scope can name: crates, their macros, and the language's own names. What a scope itself holds, `lookup` knows.

use archguard_invariants::graph::ItemKind;
use rustc_hash::FxHashMap;

use super::ids::{CrateIdx, DefId, ScopeId};
use super::lookup::Hit;
use super::world::{ImportId, ScopeKind, World};
use crate::facts::model::{Name, Namespaces, PathStart};
use crate::workspace::Edition;

impl World<'_> {
    /// What the first name of a path may mean, looked for outwards from a scope. With the path that is written for it.
    pub(crate) fn outwards(&self, from: ScopeId, name: Name, namespaces: Namespaces) -> (Vec<DefId>, Option<Name>) {
        if namespaces.overlaps(Namespaces::MACRO) {
            let textual = self.textual_macros(from, name);
            if let Some(&first) = textual.first() {
                let written = self.path(first);
                return (textual, Some(written));
            }
        }
        let mut at = Some(from);
        while let Some(scope) = at {
            let hits = self.in_scope(scope, name, namespaces);
            if !hits.is_empty() {
                let written = self.written_of(&hits[0], name);
                return (hits.iter().map(|hit| hit.def).collect(), Some(written));
            }
            let data = self.scope(scope);
            at = match data.kind {
                ScopeKind::Block => data.parent,
                ScopeKind::Module(_) => None,
            };
        }
        self.preludes(from, name, namespaces)
    }

    /// The absolute path that a local name stands for, as its declaration or import is written.
    fn written_of(&self, hit: &Hit, name: Name) -> Name {
        let Some(import) = hit.import else {
            return self.path(hit.def);
        };
        let Some(resolved) = self.imported_path(import) else {
            return self.path(hit.def);
        };
        if self.import(import).glob {
            Name::from(&format!("{}::{name}", resolved.written))
        } else {
            resolved.written
        }
    }

    /// Crates, macros of `#[macro_use] extern crate`, the language's own names.
    fn preludes(&self, from: ScopeId, name: Name, namespaces: Namespaces) -> (Vec<DefId>, Option<Name>) {
        let krate = self.scope(from).krate;
        if namespaces.overlaps(Namespaces::MACRO) && self.module_of(from) == self.root(krate) {
            let exported = self.exported_macros(krate, name);
            if let Some(&first) = exported.first() {
                return (exported.clone(), Some(self.path(first)));
            }
        }
        if namespaces.overlaps(Namespaces::TYPE)
            && let Some(other) = self.extern_crate(krate, name)
        {
            let root = self.root(other);
            return (vec![root], Some(self.path(root)));
        }
        if namespaces.overlaps(Namespaces::MACRO) {
            let brought = self.macros_of_extern_crates(krate, name);
            if let Some(&first) = brought.first() {
                let written = Name::from(&format!("{}::{name}", self.krate(self.def(first).krate).head));
                return (brought, Some(written));
            }
        }
        let defs = self.prelude(krate, name, namespaces);
        let written = defs.first().map(|&def| self.path(def));
        (defs, written)
    }

    fn prelude(&self, krate: CrateIdx, name: Name, namespaces: Namespaces) -> Vec<DefId> {
        let edition = edition_year(self.krate(krate).edition);
        self.standard_prelude(edition, name, namespaces)
    }

    /// The primitive type of a name.
    pub(super) fn primitive(&self, scope: ScopeId, name: Name) -> Option<DefId> {
        let defs = self.prelude(self.scope(scope).krate, name, Namespaces::TYPE);
        defs.into_iter().find(|&def| self.def(def).kind == ItemKind::Primitive)
    }

    /// The crate that a name leads to by the manifest, or by an `extern crate` in the root.
    pub(crate) fn extern_crate(&self, krate: CrateIdx, name: Name) -> Option<CrateIdx> {
        if let Some(&other) = self.externs(krate).get(&name) {
            return Some(other);
        }
        self.extern_aliases(krate).get(&name).copied()
    }

    fn macros_of_extern_crates(&self, krate: CrateIdx, name: Name) -> Vec<DefId> {
        let Some(root) = self.body(self.root(krate)) else {
            return Vec::new();
        };
        let imports: Vec<ImportId> = {
            let contents = self.scope(root).contents.borrow();
            let mut imports: Vec<ImportId> = contents
                .imports
                .values()
                .flatten()
                .chain(&contents.unnamed)
                .copied()
                .collect();
            imports.retain(|&import| self.import(import).macro_use);
            imports.sort_unstable();
            imports
        };
        for import in imports {
            for target in self.import_targets(import) {
                let found: Vec<DefId> = self
                    .hits_inside(target, name, Namespaces::MACRO)
                    .iter()
                    .map(|hit| hit.def)
                    .collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// What `extern crate x as y;` adds in a root to the names of crates, those that are written there.
    fn extern_aliases(&self, krate: CrateIdx) -> &FxHashMap<Name, CrateIdx> {
        let known = &self.krate(krate).extern_aliases;
        known.get().unwrap_or_else(|| {
            let found = self.find_extern_aliases(krate);
            known.get_or_init(|| found)
        })
    }

    fn find_extern_aliases(&self, krate: CrateIdx) -> FxHashMap<Name, CrateIdx> {
        let Some(body) = self.body(self.root(krate)) else {
            return FxHashMap::default();
        };
        let target = |import: ImportId| {
            let facts = self.facts_of(import.instance);
            let path = &facts.paths[self.import(import).path.index()];
            match path.start {
                PathStart::Crate => Some(krate),
                _ => self.externs(krate).get(path.segments.first()?).copied(),
            }
        };
        // What is made or included may come only after somebody has asked.
        let is_written = |import: ImportId| self.instance(import.instance).depth == 0;
        let is_alias = |import: ImportId| self.import(import).extern_crate && is_written(import);
        let contents = self.scope(body).contents.borrow();
        let aliases = contents.imports.iter().filter_map(|(&name, imports)| {
            // Under several cfgs it may be several crates, of which not all are there.
            let mut aliases = imports.iter().copied().filter(|&import| is_alias(import));
            Some((name, aliases.find_map(target)?))
        });
        aliases.collect()
    }
}

fn edition_year(edition: Edition) -> u16 {
    match edition {
        Edition::E2015 => 2015,
        Edition::E2018 => 2018,
        Edition::E2021 => 2021,
        Edition::E2024 => 2024,
    }
}
