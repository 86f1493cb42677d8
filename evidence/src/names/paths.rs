//! Following a path to its definitions, name by name from what it begins with. What that is `path_start` tells.

use archguard_invariants::graph::{CrateOrigin, ItemKind, UnresolvedReason};

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::ids::{DefId, InstanceId, ScopeId};
use super::world::{ImportId, World};
use crate::facts::model::{ItemIdx, Name, Namespaces, PathFact, PathStart};

/// Where a path leads.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// The definitions; what the path's known beginning leads to where the rest is unknown.
    pub(crate) defs: Vec<DefId>,
    /// The absolute path as written, local aliases resolved.
    pub(crate) written: Name,
    /// Why the path, or its end, is unknown.
    pub(crate) missing: Option<UnresolvedReason>,
    /// Whether `defs` are only what the beginning leads to.
    pub(crate) prefix_only: bool,
    /// What stands beside the definitions, in their order; empty where nothing does.
    seconds: Vec<Second>,
}

/// What a path names beside a definition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Second {
    /// A second definition: the implementing type's item beside the trait's.
    pub(crate) also: Option<DefId>,
    /// The type that is written before a trait's item: `Db` in `Db::default()`.
    pub(crate) through: Option<DefId>,
}

impl Resolved {
    /// All of a path leads to definitions.
    pub(super) fn whole(mut defs: Vec<DefId>, written: Name) -> Self {
        // A macro is found by its place in the text and by the import that hands it on: one definition, one reference.
        if defs.len() > 1 {
            let mut seen = FxHashSet::default();
            defs.retain(|&def| seen.insert(def));
        }
        Self {
            defs,
            written,
            missing: None,
            prefix_only: false,
            seconds: Vec::new(),
        }
    }

    /// What stands beside the definition of this number.
    pub(crate) fn second(&self, index: usize) -> Second {
        self.seconds.get(index).copied().unwrap_or_default()
    }

    /// Nothing of a path is known.
    pub(super) fn nothing(written: Name, reason: UnresolvedReason) -> Self {
        Self {
            defs: Vec::new(),
            written,
            missing: Some(reason),
            prefix_only: false,
            seconds: Vec::new(),
        }
    }
}

/// Definitions of a name inside another: hardly ever more than two, one for each namespace.
type Defs = SmallVec<[DefId; 4]>;

/// Whether a path stands in a `use`: then edition 2015 begins at the crate root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    Import,
    Code,
}

impl World<'_> {
    /// Where a path in code leads.
    pub(crate) fn resolve(
        &self,
        instance: InstanceId,
        path: &PathFact,
        scope: ScopeId,
        namespaces: Namespaces,
    ) -> Resolved {
        self.follow(instance, path, scope, namespaces, Usage::Code, None)
    }

    /// Where a path leads inside an impl or trait, which `Self` stands for.
    pub(crate) fn resolve_in(
        &self,
        instance: InstanceId,
        path: &PathFact,
        scope: ScopeId,
        namespaces: Namespaces,
        owner: Option<DefId>,
    ) -> Resolved {
        let mut found = self.follow(instance, path, scope, namespaces, Usage::Code, owner);
        if let Some(ty) = path.of_type.filter(|_| found.missing.is_none())
            && let Some(ty) = self.type_definition_in(instance, ty, scope, owner)
        {
            let implemented = |&item: &DefId| Second {
                also: self.implementation(ty, item),
                through: None,
            };
            found.seconds = found.defs.iter().map(implemented).collect();
        }
        found
    }

    /// An item of the trait whose impl something stands in: there the trait needs no import.
    pub(super) fn of_trait_around(&self, owner: Option<DefId>, name: Name) -> Option<DefId> {
        let container = self.container_of(owner?)?;
        let of_trait = (self.def(container).kind == ItemKind::Impl).then(|| self.impl_trait(container));
        self.trait_members(of_trait.flatten()?, name).first().copied()
    }

    /// Where an import leads in some namespaces.
    pub(super) fn resolve_import(&self, id: ImportId, namespaces: Namespaces) -> Resolved {
        let import = self.import(id);
        let instance = self.instance(id.instance);
        let scope = instance.scopes[id.scope.index()];
        let path = &self.facts_of(id.instance).paths[import.path.index()];
        if import.extern_crate {
            return self.resolve_extern_crate(path, scope);
        }
        self.follow(id.instance, path, scope, namespaces, Usage::Import, None)
    }

    /// The module that the beginning of an import leads to.
    pub(crate) fn resolve_module(&self, instance: InstanceId, path: &PathFact, scope: ScopeId) -> Option<DefId> {
        let found = self.follow(instance, path, scope, Namespaces::TYPE, Usage::Import, None);
        let mut modules = found.defs.into_iter().filter(|_| found.missing.is_none());
        modules.find(|&def| self.def(def).kind == ItemKind::Module)
    }

    fn resolve_extern_crate(&self, path: &PathFact, scope: ScopeId) -> Resolved {
        let krate = self.scope(scope).krate;
        let target = match (path.start, path.segments.first()) {
            (PathStart::Crate, _) => Some(krate),
            (_, Some(name)) => self.externs(krate).get(name).copied(),
            _ => None,
        };
        match target {
            Some(target) => {
                let root = self.root(target);
                Resolved::whole(vec![root], self.path(root))
            }
            None => Resolved::nothing(joined(None, &path.segments), UnresolvedReason::UnknownName),
        }
    }

    /// Follows the rest of a path from definitions.
    pub(super) fn descend(
        &self,
        defs: Vec<DefId>,
        written: Name,
        rest: &[Name],
        namespaces: Namespaces,
        (scope, owner): (ScopeId, Option<DefId>),
    ) -> Resolved {
        let mut at = defs;
        let mut next: Vec<DefId> = Vec::new();
        let mut seconds: Vec<Second> = Vec::new();
        for (index, &name) in rest.iter().enumerate() {
            let wanted = if index + 1 == rest.len() {
                namespaces
            } else {
                Namespaces::TYPE
            };
            next.clear();
            seconds.clear();
            for &def in &at {
                let (found, also) = self.step(def, name, wanted, scope);
                let through = self.written_type_of(def, &found);
                for found in found {
                    if !next.contains(&found) {
                        next.push(found);
                        seconds.push(Second { also, through });
                    }
                }
            }
            let is_last = index + 1 == rest.len();
            if next.is_empty()
                && is_last
                && let Some(&ty) = at.iter().find(|&&def| self.def(def).kind != ItemKind::Module)
                && let Some(member) = self.of_trait_around(owner, name)
            {
                next.push(member);
                seconds.push(Second {
                    also: None,
                    through: self.written_type_of(ty, &next),
                });
            }
            if next.is_empty() {
                let written = joined(Some(written), rest);
                let missing = Some(self.reason(&at));
                return Resolved {
                    defs: at,
                    written,
                    missing,
                    prefix_only: true,
                    seconds: Vec::new(),
                };
            }
            std::mem::swap(&mut at, &mut next);
        }
        let mut resolved = Resolved::whole(at, self.longer(written, rest));
        if seconds.len() == resolved.defs.len() {
            resolved.seconds = seconds;
        }
        resolved
    }

    /// A path as written, and the names after it. The same ones are asked for again and again: to put them together anew
    /// took a twelfth of the time of resolving.
    fn longer(&self, written: Name, rest: &[Name]) -> Name {
        let name = match rest {
            [] => return written,
            &[name] => name,
            _ => return joined(Some(written), rest),
        };
        let mut known = self.memo_written.borrow_mut();
        *known
            .entry((written, name))
            .or_insert_with(|| joined(Some(written), rest))
    }

    /// The type before a name, where the name turned out to be a trait's, or the type behind an alias.
    fn written_type_of(&self, def: DefId, found: &[DefId]) -> Option<DefId> {
        let data = self.def(def);
        let is_type = !matches!(data.kind, ItemKind::Module | ItemKind::Trait);
        let of_trait = found.first().is_some_and(|&member| {
            let parent = self.def(member).parent.get();
            parent.is_some_and(|parent| self.def(parent).kind == ItemKind::Trait)
        });
        // An alias belongs to whoever declares it, whatever type is behind it.
        (is_type && (of_trait || data.kind == ItemKind::TypeAlias)).then_some(def)
    }

    /// Whether anything of a name inside a definition can be named from a scope.
    fn can_be_named(&self, def: DefId, name: Name, scope: ScopeId) -> bool {
        let is_root = self.def(def).parent.get().is_none();
        let hits = self.hits_inside(def, name, Namespaces::ALL);
        hits.iter().any(|hit| self.is_visible(hit.visible, scope))
            || is_root && !self.exported_macros(self.def(def).krate, name).is_empty()
    }

    /// One name inside a definition.
    fn step(&self, def: DefId, name: Name, namespaces: Namespaces, scope: ScopeId) -> (Defs, Option<DefId>) {
        let hits = self.hits_inside(def, name, namespaces);
        // What cannot be named from here is only taken where nothing else has the name: `mod join` beside `macro join`.
        let visible = hits.iter().filter(|hit| self.is_visible(hit.visible, scope));
        let mut found: Defs = visible.map(|hit| hit.def).collect();
        if found.len() < hits.len() {
            if found.is_empty() && namespaces.overlaps(Namespaces::MACRO) && self.def(def).parent.get().is_none() {
                found.extend(self.exported_macros(self.def(def).krate, name));
            }
            if found.is_empty() && !self.can_be_named(def, name, scope) {
                found.extend(hits.iter().map(|hit| hit.def));
            }
        }
        if !found.is_empty() {
            return (found, None);
        }
        match self.def(def).kind {
            ItemKind::Module if self.may_be_macro_made(def) => {
                // A macro of that module that nobody could expand may make it: taken for what is written.
                (Defs::from_slice(&[self.macro_made(def, name, namespaces)]), None)
            }
            ItemKind::Module => (Defs::new(), None),
            _ => {
                let (found, also) = self.associated(def, name, scope);
                (found.into(), also)
            }
        }
    }

    fn reason(&self, at: &[DefId]) -> UnresolvedReason {
        let Some(&def) = at.first() else {
            return UnresolvedReason::UnknownName;
        };
        let data = self.def(def);
        match (self.krate(data.krate).origin, data.kind) {
            (CrateOrigin::Standard, ItemKind::Module) => UnresolvedReason::NotInStandardTable,
            (CrateOrigin::Opaque, _) => UnresolvedReason::OpaqueCrate,
            (_, ItemKind::Module) => {
                let pending = self.body(def).is_some_and(|body| self.has_pending(body));
                if pending {
                    UnresolvedReason::PendingCode
                } else {
                    UnresolvedReason::NotInModule
                }
            }
            _ => UnresolvedReason::UnknownAssociatedItem,
        }
    }

    fn has_pending(&self, scope: ScopeId) -> bool {
        self.pending_scopes.borrow().contains(&scope)
    }

    /// The impl or trait that an item stands in.
    pub(crate) fn container_of(&self, owner: DefId) -> Option<DefId> {
        let mut at = Some(owner);
        while let Some(def) = at {
            match self.def(def).kind {
                ItemKind::Impl | ItemKind::Trait | ItemKind::Struct | ItemKind::Enum | ItemKind::Union => {
                    return Some(def);
                }
                ItemKind::Module => return None,
                _ => at = self.lexical_parent(def),
            }
        }
        None
    }

    /// What an item stands in, by its facts: an inherent method's impl, not its type.
    fn lexical_parent(&self, def: DefId) -> Option<DefId> {
        match self.item_of(def) {
            Some((instance, item)) => {
                let instance = self.instance(instance);
                match item.parent {
                    Some(ItemIdx::FIRST) if instance.container.is_some() => instance.container,
                    Some(parent) => Some(instance.items[parent.index()]),
                    None => instance.owner,
                }
            }
            None => self.def(def).parent.get(),
        }
    }
}

/// Names put together to a path.
pub(super) fn joined(first: Option<Name>, rest: &[Name]) -> Name {
    let mut text = first.map(|first| first.to_string()).unwrap_or_default();
    for name in rest {
        if !text.is_empty() {
            text.push_str("::");
        }
        text.push_str(name);
    }
    Name::from(&text)
}
