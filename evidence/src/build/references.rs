//! Every path, import and typed method call of the examined crates, resolved.

use std::rc::Rc;

use archguard_invariants::graph::{CrateOrigin, ItemKind, ReferenceKind, Resolution, UnresolvedReason};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Options;
use super::details;
use super::found::{Collected, Found, Handed, Missing, Place, Tally};
use crate::facts::model::{
    Certainty, ItemFact, ItemIdx, Named, Namespaces, PathFact, PathIdx, PathStart, RefFact, VisibilityFact,
};
use crate::names::ids::{DefId, InstanceId, ScopeId, SourceId};
use crate::names::infer::Wanted;
use crate::names::paths::Resolved;
use crate::names::world::{ImportId, Origin, World};

/// Resolves everything that the examined crates name; of some files alone, where there are such.
pub(super) fn collect(world: &World<'_>, options: &Options, of: Option<&FxHashSet<SourceId>>) -> Collected {
    world.link_impls();
    let mut collected = Collected::default();
    let count = world.instances.len() as u32;
    for id in (0..count).map(InstanceId::new) {
        let source = world.source_id_of(id);
        let is_wanted = of.is_none_or(|of| of.contains(&source));
        if is_wanted && world.krate(world.instance(id).krate).origin.is_examined() {
            let tally = collected.tallies.remove(&source).unwrap_or_default();
            let mut collector = Collector {
                world,
                id,
                memo: FxHashMap::default(),
                tally,
                out: &mut collected,
            };
            collector.imports();
            collector.references();
            collector.foreign_items();
            let tally = collector.tally;
            collected.tallies.insert(source, tally);
        }
    }
    super::external_bodies::add(world, &mut collected.references);
    if options.requirements {
        collected.details = details::collect(world);
    }
    collected
}

type MemoKey = (PathIdx, ScopeId, Namespaces, Option<DefId>);

/// Works through one instance.
struct Collector<'a, 'w> {
    world: &'a World<'w>,
    id: InstanceId,
    memo: FxHashMap<MemoKey, Rc<Resolved>>,
    tally: Tally,
    out: &'a mut Collected,
}

impl Collector<'_, '_> {
    fn imports(&mut self) {
        let world = self.world;
        for (scope, fact) in world.facts_of(self.id).scopes.iter().enumerate() {
            for (index, import) in fact.imports.iter().enumerate() {
                let scope_idx = crate::facts::model::ScopeIdx::new(scope as u32);
                let import_id = ImportId {
                    instance: self.id,
                    scope: scope_idx,
                    index: index as u32,
                };
                let look = || world.imported_path(import_id);
                let Some(mut resolved) = look() else {
                    continue;
                };
                if resolved.missing.is_some() && world.settle_deferred() {
                    resolved = look().unwrap_or(resolved);
                }
                let place = Place {
                    instance: self.id,
                    scope: world.instance(self.id).scopes[scope],
                    owner: import.owner,
                    span: import.span,
                    cfg: import.cfg,
                    dev: import.dev,
                };
                self.count(&resolved);
                let path = &world.facts_of(self.id).paths[import.path.index()];
                let explained = resolved
                    .missing
                    .is_some()
                    .then(|| self.with_reason(path, place.scope, Resolved::clone(&resolved)));
                let resolved = explained.as_ref().unwrap_or(&resolved);
                let reexport = import.visibility != VisibilityFact::Private;
                let expanded_from = import
                    .foreign
                    .then(|| world.unit(world.instance(self.id).unit).expanded_from)
                    .flatten();
                self.add(
                    place,
                    resolved,
                    ReferenceKind::Import,
                    (reexport, reexport),
                    expanded_from,
                    Certainty::Certain,
                );
            }
        }
    }

    fn references(&mut self) {
        let world = self.world;
        let facts = world.facts_of(self.id);
        for (index, reference) in facts.code.refs.iter().enumerate() {
            let before = self.out.references.len();
            match reference.named {
                Named::Path(path, namespaces) => self.path(reference, path, namespaces),
                Named::Method(receiver, name) => self.member(reference, receiver, Wanted::Method(name)),
                Named::Field(base, name) => self.member(reference, base, Wanted::Field(name)),
            }
            self.formatted_arguments(index as u32, before);
        }
    }

    /// What the call that a reference is of, resolved to those added since there were `before`, is given formatted.
    fn formatted_arguments(&mut self, reference: u32, before: usize) {
        let facts = self.world.facts_of(self.id);
        let first = facts
            .code
            .formatted_arguments
            .partition_point(|fact| fact.callee < reference);
        let given = facts.code.formatted_arguments[first..]
            .iter()
            .take_while(|fact| fact.callee == reference);
        for fact in given {
            for found in &self.out.references[before..] {
                let from = Place {
                    span: fact.span,
                    ..found.from
                };
                let handed = std::iter::once(found.to).chain(found.also).map(|to| Handed {
                    from,
                    to,
                    expanded_from: found.expanded_from,
                });
                self.out.handed.extend(handed);
            }
        }
    }

    fn path(&mut self, reference: &RefFact, path: PathIdx, namespaces: Namespaces) {
        let world = self.world;
        let place = self.place(reference);
        let fact = &world.facts_of(self.id).paths[path.index()];
        let needs_owner = matches!(fact.start, PathStart::SelfType | PathStart::Type(_)) || fact.of_type.is_some();
        let owner = self.owner_def(reference.owner);
        let mut resolved = self.resolved(path, place, namespaces, owner.filter(|_| needs_owner));
        if !needs_owner && resolved.missing == Some(UnresolvedReason::UnknownAssociatedItem) {
            // Inside an impl its trait needs no import.
            resolved = self.resolved(path, place, namespaces, owner);
        }
        if reference.certainty == Certainty::Certain {
            self.count(&resolved);
        }
        let resolved = self.at_its_place(reference, place, resolved);
        let starts_at_self = fact.start == PathStart::SelfType;
        let expanded_from = reference
            .foreign
            .then(|| world.unit(world.instance(self.id).unit).expanded_from)
            .flatten()
            .filter(|&maker| !starts_at_self && !self.is_of_the_invocation(maker, &resolved));
        self.add(
            place,
            &resolved,
            reference.kind,
            (reference.exposed, false),
            expanded_from,
            reference.certainty,
        );
    }

    fn resolved(&mut self, path: PathIdx, place: Place, namespaces: Namespaces, owner: Option<DefId>) -> Rc<Resolved> {
        let key = (path, place.scope, namespaces, owner);
        if let Some(known) = self.memo.get(&key) {
            return Rc::clone(known);
        }
        let fact = &self.world.facts_of(self.id).paths[path.index()];
        let resolved = Rc::new(self.resolve(fact, place.scope, namespaces, owner));
        self.memo.insert(key, Rc::clone(&resolved));
        resolved
    }

    /// Of several macros of one name those that hold where the reference stands.
    fn at_its_place(&self, reference: &RefFact, place: Place, resolved: Rc<Resolved>) -> Rc<Resolved> {
        if reference.kind != ReferenceKind::Macro || resolved.defs.len() < 2 {
            return resolved;
        }
        let at = (self.id, reference.span.start);
        let mut holding = Resolved::clone(&resolved);
        holding.defs = self.world.in_textual_order(holding.defs, place.scope, at);
        Rc::new(holding)
    }

    fn resolve(&self, path: &PathFact, scope: ScopeId, namespaces: Namespaces, owner: Option<DefId>) -> Resolved {
        let look_in = |namespaces| self.world.resolve_in(self.id, path, scope, namespaces, owner);
        let look = || {
            let found = look_in(namespaces.first());
            match namespaces.otherwise() {
                Some(otherwise) if found.missing.is_some() => Some(look_in(otherwise))
                    .filter(|other| other.missing.is_none())
                    .unwrap_or(found),
                _ => found,
            }
        };
        let mut found = look();
        if found.missing.is_some() && self.world.settle_deferred() {
            found = look();
        }
        self.with_reason(path, scope, found)
    }

    /// A path that leads nowhere, told apart where imports in a circle are why.
    fn with_reason(&self, path: &PathFact, scope: ScopeId, mut found: Resolved) -> Resolved {
        let may_be = matches!(
            found.missing,
            Some(UnresolvedReason::UnknownName | UnresolvedReason::NotInModule)
        );
        if may_be && self.world.ends_in_a_circle(self.id, path, scope) {
            found.missing = Some(UnresolvedReason::ImportCycle);
        }
        found
    }

    /// Whether what a macro's body names is of the place that invokes it, though the body wrote the name: the expansion
    /// declares it itself, or it lies in the invoker's crate and not in the macro's.
    fn is_of_the_invocation(&self, maker: DefId, resolved: &Resolved) -> bool {
        let world = self.world;
        let invoker = world.instance(self.id).krate;
        let foreign_macro = world.def(maker).krate != invoker;
        let is_here = |def: &DefId| {
            let made_here = matches!(world.def(*def).origin, Origin::Item { instance, .. } if instance == self.id);
            made_here || foreign_macro && world.def(*def).krate == invoker
        };
        !resolved.defs.is_empty() && resolved.defs.iter().all(is_here)
    }

    /// Counts a path that certainly is one: as a path, and apart where it only counts as what is written.
    fn count(&mut self, resolved: &Resolved) {
        self.tally.paths += 1;
        if resolved.missing.is_some() {
            return;
        }
        let assumed = |def: &DefId| &self.world.def(*def).origin;
        if resolved.defs.iter().all(|def| matches!(assumed(def), Origin::Opaque)) {
            self.tally.opaque_paths += 1;
        } else if resolved
            .defs
            .iter()
            .all(|def| matches!(assumed(def), Origin::MacroMade))
        {
            self.tally.macro_made_paths += 1;
        }
    }

    fn place(&self, reference: &RefFact) -> Place {
        let instance = self.world.instance(self.id);
        Place {
            instance: self.id,
            scope: instance.scopes[reference.scope.index()],
            owner: reference.owner,
            span: reference.span,
            cfg: reference.cfg,
            dev: reference.dev,
        }
    }

    fn owner_def(&self, owner: Option<ItemIdx>) -> Option<DefId> {
        let instance = self.world.instance(self.id);
        match owner {
            Some(ItemIdx::FIRST) if instance.container.is_some() => instance.container,
            Some(owner) => Some(instance.items[owner.index()]),
            None => instance.owner,
        }
    }

    fn add(
        &mut self,
        from: Place,
        resolved: &Resolved,
        kind: ReferenceKind,
        (exposed, reexport): (bool, bool),
        expanded_from: Option<DefId>,
        certainty: Certainty,
    ) {
        // The beginning of an attribute's path leads somewhere: it is none that a macro above takes away.
        let is_begun = kind == ReferenceKind::Attribute && resolved.prefix_only;
        let leads_nowhere = resolved.missing.is_some() && !is_begun;
        if certainty == Certainty::Possible && (leads_nowhere || !self.plausible(resolved, kind)) {
            return;
        }
        for (index, &to) in resolved.defs.iter().enumerate() {
            let second = resolved.second(index);
            self.note_opaque(to);
            self.out.references.push(Found {
                from,
                to,
                also: second.also.or_else(|| self.behind_alias(to)),
                self_type: second.through,
                written: resolved.written,
                kind,
                resolution: Resolution::Resolved,
                pathless: expanded_from.is_some(),
                exposed,
                reexport,
                expanded_from,
            });
        }
        if let Some(reason) = resolved.missing {
            let leads = if resolved.prefix_only {
                resolved.defs.clone()
            } else {
                self.glob_leads(from.scope)
            };
            self.out.unresolved.push(Missing {
                from,
                written: resolved.written,
                kind,
                reason,
                leads,
            });
        }
    }

    /// The type that an alias of read code stands for: an alias hides nothing from a prohibition.
    fn behind_alias(&self, to: DefId) -> Option<DefId> {
        let world = self.world;
        let def = world.def(to);
        if def.kind != ItemKind::TypeAlias || world.krate(def.krate).origin == CrateOrigin::Standard {
            return None;
        }
        world.through_aliases(to).filter(|&behind| behind != to)
    }

    /// A name in a pattern is a binding unless it leads to a constant, a static or a unit.
    fn plausible(&self, resolved: &Resolved, kind: ReferenceKind) -> bool {
        kind != ReferenceKind::Pattern
            || resolved.defs.iter().any(|&def| {
                matches!(
                    self.world.def(def).kind,
                    ItemKind::Constant
                        | ItemKind::AssociatedConstant
                        | ItemKind::Static
                        | ItemKind::Variant
                        | ItemKind::Struct
                )
            })
    }

    fn note_opaque(&mut self, to: DefId) {
        let krate = self.world.krate(self.world.def(to).krate);
        if krate.origin == CrateOrigin::Opaque {
            self.tally.opaque.insert(krate.name.to_string());
        }
    }

    /// Where the globs around a scope lead: a name that nothing declares may come from there.
    fn glob_leads(&self, scope: ScopeId) -> Vec<DefId> {
        let globs = self
            .world
            .scope(self.world.module_scope(scope))
            .contents
            .borrow()
            .globs
            .clone();
        globs
            .into_iter()
            .flat_map(|glob| self.world.import_targets(glob))
            .collect()
    }

    /// A method call or field access whose receiver's type is known.
    fn member(&mut self, reference: &RefFact, receiver: crate::facts::model::ExprIdx, wanted: Wanted) {
        let world = self.world;
        let owner = self.owner_def(reference.owner);
        let place = self.place(reference);
        let Some(found) = world.member_of_expression(self.id, receiver, wanted, place.scope, owner) else {
            self.tally.untyped_method_calls += 1;
            return;
        };
        self.note_opaque(found.def);
        self.out.references.push(Found {
            from: place,
            to: found.def,
            also: found.also,
            self_type: None,
            written: world.path(found.def),
            kind: reference.kind,
            resolution: Resolution::Inferred,
            pathless: true,
            exposed: false,
            reexport: false,
            expanded_from: None,
        });
    }

    /// Declaring a foreign item is a reference to it; to the items too that examined code exports under its link name.
    fn foreign_items(&mut self) {
        let world = self.world;
        let instance = world.instance(self.id);
        let facts = world.facts_of(self.id);
        for &item in &facts.foreign_items {
            let fact = &facts.items[item.index()];
            let declared = instance.items[item.index()];
            self.foreign(fact, fact.parent, declared);
            for to in fact.link_name.map(|name| world.exported_as(name)).unwrap_or_default() {
                if to != declared {
                    self.foreign(fact, Some(item), to);
                }
            }
        }
    }

    fn foreign(&mut self, fact: &ItemFact, owner: Option<ItemIdx>, to: DefId) {
        let from = Place {
            instance: self.id,
            scope: self.world.instance(self.id).scopes[fact.scope.index()],
            owner,
            span: fact.span,
            cfg: fact.cfg,
            dev: fact.dev,
        };
        self.out.references.push(Found {
            from,
            to,
            also: None,
            self_type: None,
            written: self.world.path(to),
            kind: ReferenceKind::Foreign,
            resolution: Resolution::Resolved,
            pathless: true,
            exposed: false,
            reexport: false,
            expanded_from: None,
        });
    }
}
