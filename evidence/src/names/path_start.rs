//! What a path begins with: a plain name, a crate, a module above, `Self`, a type or a type parameter. From there on
//! `paths` follows it.

use archguard_invariants::graph::{ItemKind, UnresolvedReason};

use super::ids::{DefId, InstanceId, ScopeId};
use super::paths::{Resolved, Usage, joined};
use super::world::World;
use crate::facts::model::{Name, Namespaces, PathFact, PathStart, TypeIdx};
use crate::workspace::Edition;

impl World<'_> {
    /// Where a path leads from what it begins with.
    pub(super) fn follow(
        &self,
        instance: InstanceId,
        path: &PathFact,
        scope: ScopeId,
        namespaces: Namespaces,
        usage: Usage,
        owner: Option<DefId>,
    ) -> Resolved {
        let first_namespaces = if path.segments.len() > 1 {
            Namespaces::TYPE
        } else {
            namespaces
        };
        let from_module = |module: DefId, rest: &[Name]| {
            self.descend(vec![module], self.path(module), rest, namespaces, (scope, owner))
        };
        match path.start {
            PathStart::Plain => {
                let Some((&first, rest)) = path.segments.split_first() else {
                    return Resolved::nothing(Name::from(""), UnresolvedReason::UnknownName);
                };
                let (defs, written) = self.first_name(scope, first, first_namespaces, usage);
                let written = written.unwrap_or(first);
                let foreign = || self.macros_beside_the_caller(instance, first, namespaces, rest);
                let defs = if defs.is_empty() { foreign() } else { defs };
                if defs.is_empty() {
                    return Resolved::nothing(joined(Some(written), rest), UnresolvedReason::UnknownName);
                }
                let is_type = usage == Usage::Code && first_namespaces == Namespaces::TYPE;
                let primitive = is_type.then(|| self.primitive_behind(&defs, first, scope)).flatten();
                let by_primitive = |primitive| self.descend(vec![primitive], first, rest, namespaces, (scope, owner));
                let found = self.descend(defs, written, rest, namespaces, (scope, owner));
                let is_hidden = !rest.is_empty() && found.missing.is_none();
                let primitive = primitive.filter(|_| !is_hidden).map(by_primitive);
                primitive.filter(|found| found.missing.is_none()).unwrap_or(found)
            }
            PathStart::Global => self.follow_global(path, scope, namespaces),
            PathStart::Crate => {
                let krate = self.scope(scope).krate;
                from_module(self.root(krate), &path.segments)
            }
            PathStart::MacroCrate => {
                let macro_def = self.unit(self.instance(instance).unit).expanded_from;
                let krate = macro_def.map_or(self.scope(scope).krate, |def| self.def(def).krate);
                from_module(self.root(krate), &path.segments)
            }
            PathStart::SelfModule => from_module(self.module_of(scope), &path.segments),
            PathStart::Super(levels) => {
                let module = self.module_above(self.module_scope(scope), usize::from(levels));
                from_module(self.module_of(module), &path.segments)
            }
            PathStart::SelfType => self.follow_self(path, owner, namespaces, scope),
            PathStart::Type(ty) => match self.type_before(instance, ty, scope, owner) {
                Some(def) => self.descend(vec![def], self.path(def), &path.segments, namespaces, (scope, owner)),
                None => self.by_trait_in_scope(path, (scope, owner)),
            },
            PathStart::Parameter(first, end) => self.follow_parameter(instance, path, scope, (first, end)),
        }
    }

    /// The primitive type whose name a module has that was found: the module hides it only as far as it holds what is named
    /// (`use std::u8;`).
    fn primitive_behind(&self, found: &[DefId], name: Name, scope: ScopeId) -> Option<DefId> {
        let is_module = |&def: &DefId| self.def(def).kind == ItemKind::Module;
        let may_be = self.table.is_primitive(&name) && found.iter().all(is_module);
        may_be.then(|| self.primitive(scope, name)).flatten()
    }

    /// The type that a path begins with (`<T>::name`), which may begin with such a path again.
    fn type_before(&self, instance: InstanceId, ty: TypeIdx, scope: ScopeId, owner: Option<DefId>) -> Option<DefId> {
        let answer = || self.type_definition_in(instance, ty, scope, owner);
        let key = (instance, ty, scope, owner);
        self.asked(&self.types_before, key, answer).flatten()
    }

    /// Macros that the tokens' own macro can name where the invocation cannot: by `local_inner_macros`.
    fn macros_beside_the_caller(
        &self,
        instance: InstanceId,
        name: Name,
        namespaces: Namespaces,
        rest: &[Name],
    ) -> Vec<DefId> {
        match self.unit(self.instance(instance).unit).expanded_from {
            Some(from) if rest.is_empty() && namespaces == Namespaces::MACRO => {
                self.exported_macros(self.def(from).krate, name)
            }
            _ => Vec::new(),
        }
    }

    /// What a plain path's first name may mean.
    fn first_name(
        &self,
        scope: ScopeId,
        name: Name,
        namespaces: Namespaces,
        usage: Usage,
    ) -> (Vec<DefId>, Option<Name>) {
        let krate = self.scope(scope).krate;
        if usage == Usage::Import && self.krate(krate).edition == Edition::E2015 {
            let root = self.outermost(scope);
            let (defs, written) = self.outwards(root, name, namespaces);
            if !defs.is_empty() {
                return (defs, written);
            }
        }
        self.outwards(scope, name, namespaces)
    }

    /// `::a::b`: a crate, or in edition 2015 the crate root.
    fn follow_global(&self, path: &PathFact, scope: ScopeId, namespaces: Namespaces) -> Resolved {
        let krate = self.scope(scope).krate;
        let Some((first, rest)) = path.segments.split_first() else {
            let root = self.root(krate);
            return Resolved::whole(vec![root], self.path(root));
        };
        if self.krate(krate).edition == Edition::E2015 {
            let root = self.root(krate);
            let found = self.descend(vec![root], self.path(root), &path.segments, namespaces, (scope, None));
            if found.missing.is_none() {
                return found;
            }
        }
        match self.extern_crate(krate, *first) {
            Some(other) => {
                let root = self.root(other);
                self.descend(vec![root], self.path(root), rest, namespaces, (scope, None))
            }
            None => Resolved::nothing(joined(None, &path.segments), UnresolvedReason::UnknownName),
        }
    }

    /// `Self::a`: an item of the impl or trait around it, or of the type that stands there.
    fn follow_self(&self, path: &PathFact, owner: Option<DefId>, namespaces: Namespaces, scope: ScopeId) -> Resolved {
        let unknown = || {
            Resolved::nothing(
                joined(Some(Name::from("Self")), &path.segments),
                UnresolvedReason::UnknownAssociatedItem,
            )
        };
        let Some(container) = owner.and_then(|owner| self.container_of(owner)) else {
            return unknown();
        };
        let this = match self.def(container).kind {
            ItemKind::Impl => self.impl_self(container),
            _ => Some(container),
        };
        // Items of the impl itself come first: `Self::Error` inside `impl Service`.
        if let Some((&name, rest)) = path.segments.split_first()
            && self.def(container).kind == ItemKind::Impl
        {
            let own: Vec<DefId> = self.members_named(container, name);
            if !own.is_empty() {
                let written = Name::from(&format!("{}::{name}", self.path(container)));
                return self.descend(own, written, rest, namespaces, (scope, owner));
            }
            if let Some(of_trait) = self.impl_trait(container) {
                let own = self.trait_members(of_trait, name);
                if !own.is_empty() {
                    let written = Name::from(&format!("{}::{name}", self.path(of_trait)));
                    return self.descend(own, written, rest, namespaces, (scope, owner));
                }
            }
        }
        match this {
            Some(this) => self.descend(vec![this], self.path(this), &path.segments, namespaces, (scope, owner)),
            None => self.by_trait_in_scope(path, (scope, owner)),
        }
    }

    /// `T::name` for a type parameter: an item of one of its bounds.
    fn follow_parameter(
        &self,
        instance: InstanceId,
        path: &PathFact,
        scope: ScopeId,
        (first, end): (u32, u32),
    ) -> Resolved {
        let Some(&name) = path.segments.first() else {
            return Resolved::nothing(Name::from(""), UnresolvedReason::UnknownAssociatedItem);
        };
        let facts = self.facts_of(instance);
        for &bound in &facts.bounds[first as usize..end as usize] {
            let bound = self.resolve(instance, &facts.paths[bound.index()], scope, Namespaces::TYPE);
            for def in bound.defs {
                let members = self.trait_members(def, name);
                if !members.is_empty() {
                    // `T::Error::new`: of what the associated type is bound by, a trait in scope has it.
                    if let Some(&last) = path.segments.get(1..).and_then(<[Name]>::last)
                        && let Some(member) = self.trait_in_scope_with(scope, last)
                    {
                        return Resolved::whole(vec![member], self.path(member));
                    }
                    let written = Name::from(&format!("{}::{name}", bound.written));
                    return Resolved::whole(members, written);
                }
            }
        }
        self.by_trait_in_scope(path, (scope, None))
    }

    /// An associated name of a type that is not known: an item of a trait in scope, if one has it.
    fn by_trait_in_scope(&self, path: &PathFact, (scope, owner): (ScopeId, Option<DefId>)) -> Resolved {
        let reason = UnresolvedReason::UnknownAssociatedItem;
        let Some(&name) = path.segments.first() else {
            return Resolved::nothing(Name::from(""), reason);
        };
        let member = self.trait_in_scope_with(scope, name);
        match member.or_else(|| self.of_trait_around(owner, name)) {
            Some(member) => Resolved::whole(vec![member], self.path(member)),
            None => Resolved::nothing(joined(None, &path.segments), reason),
        }
    }
}
