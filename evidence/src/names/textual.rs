//! Textual scope of `macro_rules!`: what is declared around, what `#[macro_use]` modules bring, and which of several
//! definitions of one name holds at a place.

use rustc_hash::FxHashMap;

use super::ids::{DefId, InstanceId, ScopeId};
use super::world::{Contents, ScopeKind, World};
use crate::facts::model::{ItemData, Name};

impl World<'_> {
    /// Of several definitions of one macro in one scope those that hold at a place of the text: a later one shadows those
    /// before it, unless a cfg takes it away. All of them where the order cannot be told.
    pub(crate) fn in_textual_order(&self, defs: Vec<DefId>, from: ScopeId, place: (InstanceId, u32)) -> Vec<DefId> {
        if defs.len() < 2 {
            return defs;
        }
        self.holding_at(&defs, from, place)
            .filter(|holding| !holding.is_empty())
            .unwrap_or(defs)
    }

    fn holding_at(&self, defs: &[DefId], from: ScopeId, place: (InstanceId, u32)) -> Option<Vec<DefId>> {
        let scope = self.def(*defs.first()?).scope?;
        let mut placed = Vec::with_capacity(defs.len());
        for &def in defs {
            let (instance, item) = self.item_of(def)?;
            let by_example = matches!(item.data, ItemData::Macro { decl_macro: false, .. });
            if !by_example || self.def(def).scope != Some(scope) || self.instance(instance).depth > 0 {
                return None;
            }
            placed.push((item.span.start, def, instance));
        }
        let at = self.place_in(placed[0].2, from, place)?;
        placed.retain(|&(start, ..)| start < at);
        placed.sort_unstable();
        let last_certain = placed.iter().rposition(|&(_, def, _)| !self.def(def).conditional);
        let holding = placed.split_off(last_certain.unwrap_or(0));
        Some(holding.into_iter().map(|(_, def, _)| def).collect())
    }

    /// Where a place, or the `mod` line of a module around it, stands in a file.
    fn place_in(&self, file: InstanceId, from: ScopeId, (mut instance, mut at): (InstanceId, u32)) -> Option<u32> {
        let source = |instance| self.unit(self.instance(instance).unit).source;
        let mut scope = from;
        while source(instance) != source(file) {
            let module = self.module_of(scope);
            let (outer, item) = self.item_of(module)?;
            (instance, at) = (outer, item.span.start);
            scope = self.def(module).scope?;
        }
        Some(at)
    }

    /// `macro_rules!` macros of a name that are in textual scope: declared around, or brought by `#[macro_use]` modules.
    pub(crate) fn textual_macros(&self, from: ScopeId, name: Name) -> Vec<DefId> {
        let mut at = Some(from);
        while let Some(scope) = at {
            let data = self.scope(scope);
            let own: Vec<DefId> = macros_named(self, &data.contents.borrow(), name);
            if !own.is_empty() {
                return own;
            }
            if matches!(data.kind, ScopeKind::Module(_))
                && let Some(brought) = self.macro_use_names(scope).get(&name)
            {
                return brought.clone();
            }
            at = data.parent;
        }
        Vec::new()
    }

    /// The macros that the `#[macro_use]` modules of a scope bring, theirs included.
    fn macro_use_names(&self, scope: ScopeId) -> &FxHashMap<Name, Vec<DefId>> {
        let data = self.scope(scope);
        if let Some(known) = data.macro_use.get() {
            return known;
        }
        let mut names: FxHashMap<Name, Vec<DefId>> = FxHashMap::default();
        let modules = data.contents.borrow().modules.clone();
        for module in modules {
            let brings = self
                .item_of(module)
                .is_some_and(|(_, item)| matches!(item.data, ItemData::Module { macro_use: true, .. }));
            let Some(body) = (if brings { self.body(module) } else { None }) else {
                continue;
            };
            self.ready(body);
            for (&name, defs) in self.macro_use_names(body) {
                names.entry(name).or_default().extend(defs);
            }
            for defs in self.scope(body).contents.borrow().names.values() {
                for &def in defs.iter().filter(|&&def| self.is_macro_by_example(def)) {
                    names.entry(self.def(def).name).or_default().push(def);
                }
            }
        }
        for defs in names.values_mut() {
            defs.sort_unstable();
            defs.dedup();
        }
        data.macro_use.get_or_init(|| names)
    }
}

fn macros_named(world: &World<'_>, contents: &Contents, name: Name) -> Vec<DefId> {
    let named = contents.names.get(&name).map(Vec::as_slice).unwrap_or_default();
    named
        .iter()
        .copied()
        .filter(|&def| world.is_macro_by_example(def))
        .collect()
}
