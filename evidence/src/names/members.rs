//! Associated items: of types by their impls and derives, of traits by their declarations and supertraits.

use std::cell::{Cell, OnceCell, RefCell};

use rustc_hash::FxHashMap;

use archguard_invariants::graph::{CrateOrigin, ItemKind};

use super::crates::Thoroughness;
use super::ids::{DefId, ScopeId};
use super::questions::Table;
use super::world::{Origin, World};
use crate::facts::model::{ItemData, Name, Namespaces};

/// What is known of impls.
#[derive(Debug, Default)]
pub(crate) struct ImplIndex {
    self_types: Table<DefId, Option<DefId>>,
    traits: Table<DefId, Option<DefId>>,
    /// Impls by type, for the examined crates together.
    by_type: OnceCell<FxHashMap<DefId, Impls>>,
    /// Members by what they are members of.
    members: RefCell<FxHashMap<(DefId, Name), Vec<DefId>>>,
    /// What has a member of a name.
    containers: RefCell<FxHashMap<Name, Vec<DefId>>>,
    /// Impls for every type: `impl<T> Trait for T`.
    blanket: RefCell<Vec<DefId>>,
    answers: Table<(DefId, Name), (Vec<DefId>, Option<DefId>)>,
    depth: Cell<u32>,
}

/// The impls for a type, sorted.
#[derive(Debug, Default, Clone)]
pub(crate) struct Impls {
    inherent: Vec<DefId>,
    of_traits: Vec<DefId>,
}

/// How many impls are asked one by one whether they have a member.
const FEW_IMPLS: usize = 16;

/// How many supertraits, aliases and dereferences are followed.
const DEEPEST: u32 = 24;

impl World<'_> {
    /// The type that an impl is for.
    pub(crate) fn impl_self(&self, def: DefId) -> Option<DefId> {
        let answer = || {
            let (instance, item) = self.item_of(def)?;
            let ItemData::Impl { self_type, .. } = item.data else {
                return None;
            };
            let found = self.type_definition(instance, self_type, self.def(def).scope?);
            if self.is_settled() {
                self.adopt_members(def, found);
            }
            found
        };
        self.asked(&self.impls.self_types, def, answer).flatten()
    }

    /// The members of an inherent impl are the type's, where the type is of the same crate.
    fn adopt_members(&self, def: DefId, of_type: Option<DefId>) {
        let inherent = self
            .item_of(def)
            .is_some_and(|(_, item)| matches!(item.data, ItemData::Impl { of_trait: None, .. }));
        if let Some(of_type) = of_type.filter(|&ty| inherent && self.def(ty).krate == self.def(def).krate) {
            for &member in self.def(def).members.borrow().iter() {
                self.def(member).parent.set(Some(of_type));
            }
        }
    }

    /// The trait that an impl is of.
    pub(crate) fn impl_trait(&self, def: DefId) -> Option<DefId> {
        let answer = || {
            let (instance, item) = self.item_of(def)?;
            let ItemData::Impl {
                of_trait: Some(path), ..
            } = item.data
            else {
                return None;
            };
            let path = &self.facts_of(instance).paths[path.index()];
            self.resolve(instance, path, self.def(def).scope?, Namespaces::TYPE)
                .defs
                .first()
                .copied()
        };
        self.asked(&self.impls.traits, def, answer).flatten()
    }

    /// The impls of the examined crates for a type.
    fn examined_impls(&self, ty: DefId) -> Option<&Impls> {
        let by_type = self.impls.by_type.get_or_init(|| {
            let mut by_type: FxHashMap<DefId, Impls> = FxHashMap::default();
            let mut blanket = Vec::new();
            for krate in self.crates.iter().filter(|krate| krate.origin.is_examined()) {
                let mut impls: Vec<DefId> = krate.impls_by_name.borrow().values().flatten().copied().collect();
                impls.sort_unstable();
                for def in impls {
                    match self.impl_self(def) {
                        Some(ty) => self.sort_in(by_type.entry(ty).or_default(), def),
                        None => blanket.push(def),
                    }
                }
            }
            *self.impls.blanket.borrow_mut() = blanket;
            by_type
        });
        by_type.get(&ty)
    }

    /// All of them, sorted.
    pub(crate) fn impls_of(&self, ty: DefId) -> Vec<DefId> {
        let impls = self.examined_impls(ty);
        let mut all = impls.map_or_else(Vec::new, |impls| [&impls.inherent[..], &impls.of_traits[..]].concat());
        all.sort_unstable();
        all
    }

    fn sort_in(&self, impls: &mut Impls, def: DefId) {
        let is_inherent = self
            .item_of(def)
            .is_some_and(|(_, item)| matches!(item.data, ItemData::Impl { of_trait: None, .. }));
        if is_inherent {
            impls.inherent.push(def);
        } else {
            impls.of_traits.push(def);
        }
    }

    /// The impls of an external crate for one of its types, by its name or an alias: the crate is read when its own module has
    /// none that serves.
    fn external_impls(&self, ty: DefId, name: Name) -> Vec<DefId> {
        let data = self.def(ty);
        let all = || {
            // Not borrowed any longer: finding the type of an impl may read modules with further impls.
            let mut impls = self.krate(data.krate).impls_for(data.name);
            impls.retain(|&def| self.impl_self(def) == Some(ty));
            impls
        };
        let serves = |impls: &[DefId]| impls.iter().any(|&def| !self.members_named(def, name).is_empty());
        self.read_until(data.krate, ty, &all, &serves, Thoroughness::Member(name))
    }

    /// What a type leads to by an examined crate's `impl Deref` for it.
    pub(crate) fn dereferenced(&self, ty: DefId) -> Option<DefId> {
        let target = Name::from("Target");
        if matches!(self.def(ty).origin, Origin::Standard { .. }) {
            // `String` gives `str`; what a wrapper gives is one of its arguments, not told by the table.
            let text = self.table.associated(self.standard_path(ty), &target)?.returns?;
            return self.standard_by_path(text).filter(|&target| target != ty);
        }
        let member = self.associated_by_impl(ty, &["core::ops::deref::Deref"], target)?;
        let (instance, item) = self.item_of(member)?;
        let ItemData::Typed { ty: Some(written), .. } = item.data else {
            return None;
        };
        let scope = self.def(member).scope?;
        self.type_definition_in(instance, written, scope, Some(member))
            .filter(|&target| target != ty)
    }

    /// The associated type that an examined crate's impl of one of some traits gives a type.
    pub(crate) fn associated_by_impl(&self, ty: DefId, traits: &[&str], name: Name) -> Option<DefId> {
        let blocks = self.examined_impls(ty).map_or(&[][..], |impls| &impls.of_traits);
        let mut members = blocks.iter().filter(|&&block| {
            let of_trait = self.impl_trait(block).map(|of_trait| self.path(of_trait));
            of_trait.is_some_and(|path| traits.contains(&path.as_str()))
        });
        self.members_named(*members.next()?, name).first().copied()
    }

    /// Makes a definition a member of an impl, trait or enum.
    pub(crate) fn add_member(&self, container: DefId, name: Name, member: DefId) {
        self.def(container).members.borrow_mut().push(member);
        let mut members = self.impls.members.borrow_mut();
        members.entry((container, name)).or_default().push(member);
        let mut containers = self.impls.containers.borrow_mut();
        containers.entry(name).or_default().push(container);
    }

    /// The members of an impl, trait or enum that have a name.
    pub(crate) fn members_named(&self, container: DefId, name: Name) -> Vec<DefId> {
        let members = self.impls.members.borrow();
        members.get(&(container, name)).cloned().unwrap_or_default()
    }

    /// The members of a name in impls, which are sorted.
    fn members_in(&self, impls: &[DefId], name: Name) -> Vec<DefId> {
        let mut having = impls.to_vec();
        if impls.len() > FEW_IMPLS {
            let containers = self.impls.containers.borrow();
            having = containers.get(&name).cloned().unwrap_or_default();
            having.retain(|container| impls.binary_search(container).is_ok());
            having.sort_unstable();
            having.dedup();
        }
        having
            .into_iter()
            .flat_map(|container| self.members_named(container, name))
            .collect()
    }

    /// An item of a trait or of its supertraits.
    pub(crate) fn trait_members(&self, def: DefId, name: Name) -> Vec<DefId> {
        let data = self.def(def);
        if data.kind == ItemKind::TypeAlias {
            return Vec::new();
        }
        if matches!(data.origin, Origin::Standard { .. }) {
            return self.standard_member(def, name).into_iter().collect();
        }
        if self.is_assumed(def) {
            return Vec::new();
        }
        let mut own = self.members_named(def, name);
        if let Some(scope) = data.scope.filter(|_| own.is_empty()) {
            self.ready(scope);
            own = self.members_named(def, name);
        }
        if !own.is_empty() || self.impls.depth.get() > DEEPEST {
            return own;
        }
        self.impls.depth.set(self.impls.depth.get() + 1);
        let found = self
            .supertraits(def)
            .into_iter()
            .map(|above| self.trait_members(above, name))
            .find(|found| !found.is_empty());
        self.impls.depth.set(self.impls.depth.get() - 1);
        found.unwrap_or_default()
    }

    fn supertraits(&self, def: DefId) -> Vec<DefId> {
        let Some((instance, item)) = self.item_of(def) else {
            return Vec::new();
        };
        let ItemData::Trait { supertraits, .. } = &item.data else {
            return Vec::new();
        };
        let Some(scope) = self.def(def).scope else {
            return Vec::new();
        };
        let facts = self.facts_of(instance);
        supertraits
            .iter()
            .filter_map(|path| {
                self.resolve(instance, &facts.paths[path.index()], scope, Namespaces::TYPE)
                    .defs
                    .first()
                    .copied()
            })
            .collect()
    }

    /// An associated item of a type, trait or alias; beside the trait's item the type's own where both exist.
    pub(crate) fn associated(&self, def: DefId, name: Name, scope: ScopeId) -> (Vec<DefId>, Option<DefId>) {
        let (found, also) = self.associated_of(def, name);
        if !found.is_empty() {
            return (found, also);
        }
        // `Type::parse()` where a trait in scope has `parse`: a derive or a blanket impl makes it.
        match self.def(def).kind {
            ItemKind::Struct
            | ItemKind::Enum
            | ItemKind::Union
            | ItemKind::Primitive
            | ItemKind::TypeAlias
            | ItemKind::AssociatedType
            | ItemKind::Trait => (self.trait_in_scope_with(scope, name).into_iter().collect(), None),
            _ => (Vec::new(), None),
        }
    }

    /// The same without a guess by the traits in scope.
    pub(crate) fn associated_of(&self, def: DefId, name: Name) -> (Vec<DefId>, Option<DefId>) {
        let answer = || self.find_associated(def, name);
        self.asked(&self.impls.answers, (def, name), answer).unwrap_or_default()
    }

    fn find_associated(&self, def: DefId, name: Name) -> (Vec<DefId>, Option<DefId>) {
        let data = self.def(def);
        let none = (Vec::new(), None);
        match data.kind {
            ItemKind::Trait => return (self.trait_members(def, name), None),
            ItemKind::TypeAlias | ItemKind::AssociatedType if !matches!(data.origin, Origin::Standard { .. }) => {
                return self.alias_target(def).map_or(none, |target| {
                    if self.def(target).kind == ItemKind::Enum {
                        let variants = self.members_named(target, name);
                        if !variants.is_empty() {
                            return (variants, None);
                        }
                    }
                    self.associated_of(target, name)
                });
            }
            _ => {}
        }
        let examined = || self.examined_impls(def);
        match &data.origin {
            Origin::Standard { .. } => {
                if let Some(member) = self.standard_member(def, name) {
                    return (vec![member], None);
                }
                if let Some(target) = self.standard_alias(def) {
                    return self.associated_of(target, name);
                }
            }
            Origin::Opaque | Origin::MacroMade => return (vec![self.opaque_child(def, name, Namespaces::VALUE)], None),
            _ if self.krate(data.krate).origin == CrateOrigin::External => {
                let mut impls = Impls::default();
                let own = self.external_impls(def, name);
                let others = examined().map(|impls| impls.inherent.iter().chain(&impls.of_traits));
                for &block in own.iter().chain(others.into_iter().flatten()) {
                    self.sort_in(&mut impls, block);
                }
                let found = self.in_impls(&impls, name);
                return found.or_else(|| self.by_derive(def, name)).unwrap_or(none);
            }
            _ => {}
        }
        examined()
            .and_then(|impls| self.in_impls(impls, name))
            .or_else(|| self.by_derive(def, name))
            .unwrap_or(none)
    }

    fn in_impls(&self, impls: &Impls, name: Name) -> Option<(Vec<DefId>, Option<DefId>)> {
        let own = self.members_in(&impls.inherent, name);
        if !own.is_empty() {
            return Some((own, None));
        }
        for &def in &impls.of_traits {
            let written = self.members_named(def, name);
            let declared = match self.impl_trait(def) {
                // Whether it has such an item cannot be seen; the impl says so.
                Some(opaque) if self.is_assumed(opaque) && !written.is_empty() => {
                    vec![self.opaque_child(opaque, name, Namespaces::VALUE)]
                }
                Some(of_trait) => self.trait_members(of_trait, name),
                None => Vec::new(),
            };
            match (declared.first(), written.first()) {
                (Some(_), also) => return Some((declared, also.copied())),
                (None, Some(_)) => return Some((written, None)),
                (None, None) => {}
            }
        }
        None
    }

    /// A type's own item for a trait's: `open` of `impl Store for Disk`, where the impl has one.
    pub(crate) fn implementation(&self, ty: DefId, item: DefId) -> Option<DefId> {
        let of_trait = self.def(item).parent.get()?;
        let name = self.def(item).name;
        let mut impls = match self.krate(self.def(ty).krate).origin {
            CrateOrigin::External => self.external_impls(ty, name),
            _ => Vec::new(),
        };
        let examined = self.examined_impls(ty);
        impls.extend(examined.map_or(&[][..], |impls| &impls.of_traits));
        impls.retain(|&def| self.impl_trait(def) == Some(of_trait));
        impls
            .into_iter()
            .find_map(|def| self.members_named(def, name).first().copied())
    }

    /// An item of a derived trait.
    fn by_derive(&self, def: DefId, name: Name) -> Option<(Vec<DefId>, Option<DefId>)> {
        let (instance, item) = self.item_of(def)?;
        let (ItemData::Fields { derives, .. } | ItemData::Enum { derives, .. }) = &item.data else {
            return None;
        };
        let scope = self.def(def).scope?;
        let facts = self.facts_of(instance);
        for path in derives {
            let resolved = self.resolve(instance, &facts.paths[path.index()], scope, Namespaces::ALL);
            for target in resolved
                .defs
                .into_iter()
                .filter(|&target| self.def(target).kind == ItemKind::Trait)
            {
                let members = self.trait_members(target, name);
                if !members.is_empty() {
                    return Some((members, None));
                }
            }
        }
        None
    }

    /// An item of this name of any trait that can be used from a scope: imported, declared there, or in the prelude.
    pub(crate) fn trait_in_scope_with(&self, from: ScopeId, name: Name) -> Option<DefId> {
        let mut at = Some(from);
        while let Some(scope) = at {
            for def in self.traits_of_scope(scope).iter() {
                if let Some(&member) = self.trait_members(*def, name).first() {
                    return Some(member);
                }
            }
            let data = self.scope(scope);
            at = match data.kind {
                super::world::ScopeKind::Block => data.parent,
                super::world::ScopeKind::Module(_) => None,
            };
        }
        let prelude = self.prelude_traits.get_or_init(|| {
            let entries = self.table.prelude(2024).map(|(_, entry)| entry);
            entries
                .filter(|entry| entry.kind == crate::std_table::StdKind::Trait)
                .map(|entry| self.standard_def(entry))
                .collect()
        });
        prelude.iter().find_map(|&def| self.standard_member(def, name))
    }

    fn traits_of_scope(&self, scope: ScopeId) -> std::rc::Rc<[DefId]> {
        let answer = || self.find_traits(scope);
        self.asked(&self.scope_traits, scope, answer).unwrap_or_default()
    }

    fn find_traits(&self, scope: ScopeId) -> std::rc::Rc<[DefId]> {
        self.ready(scope);
        let (names, imports) = {
            let contents = self.scope(scope).contents.borrow();
            let names: Vec<DefId> = contents.names.values().flatten().copied().collect();
            let mut imports: Vec<_> = contents.imports.values().flatten().copied().collect();
            imports.extend(&contents.unnamed);
            imports.sort_unstable();
            (names, imports)
        };
        let globs = self.scope(scope).contents.borrow().globs.clone();
        let mut traits: Vec<DefId> = names;
        traits.extend(imports.into_iter().flat_map(|import| self.import_targets(import)));
        for glob in globs {
            for target in self.import_targets(glob) {
                traits.extend(self.traits_in_module(target));
            }
        }
        traits.retain(|&def| self.def(def).kind == ItemKind::Trait);
        // Those of others are numbered as they are met.
        traits.sort_by_cached_key(|&def| {
            let is_examined = self.krate(self.def(def).krate).origin.is_examined();
            let of_others = (!is_examined).then(|| (self.path(def).as_str(), self.standing(def), self.way_made(def)));
            (of_others, def)
        });
        traits.dedup();
        traits.into()
    }

    /// The traits that a glob of a module brings.
    fn traits_in_module(&self, module: DefId) -> Vec<DefId> {
        let data = self.def(module);
        if let Origin::Standard { public } = data.origin {
            let children = self.table.children(public).map(|(_, entry)| entry);
            return children
                .filter(|entry| entry.kind == crate::std_table::StdKind::Trait)
                .map(|entry| self.standard_def(entry))
                .collect();
        }
        let Some(body) = (if data.kind == ItemKind::Module {
            self.body(module)
        } else {
            None
        }) else {
            return Vec::new();
        };
        self.traits_of_scope(body).to_vec()
    }
}
