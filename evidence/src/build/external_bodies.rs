//! What the bodies of dependencies' macros name: whoever invokes such a macro in an expression inherits it, as with the
//! workspace's own. Bodies are looked at on demand, each once for each crate that invokes it.
//!
//! Not expanded: what any arm spells counts. A path in a body is looked up where the compiler would: `$crate` in the
//! macro's crate, a crate's name among the invoker's dependencies. Single names are the prelude's or the invoker's own,
//! apart from macros, which may be the crate's beside it.

use std::rc::Rc;

use archguard_invariants::graph::{CrateOrigin, ItemKind, ReferenceKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::found::{Found, Place};
use crate::facts::model::{FileFacts, ItemIdx, Name, Named, Namespaces, PathFact, PathIdx, PathStart, ScopeIdx};
use crate::names::ids::{CrateIdx, DefId, InstanceId, ScopeId};
use crate::names::paths::Resolved;
use crate::names::world::{Origin, World};

/// What a body names, through any chain of macros.
#[derive(Debug, Clone)]
struct Spelled {
    to: DefId,
    also: Option<DefId>,
    self_type: Option<DefId>,
    written: Name,
    kind: ReferenceKind,
}

/// The paths of macro bodies in the facts at one position, by macro.
type Bodies = FxHashMap<ItemIdx, Vec<(PathIdx, Namespaces, ReferenceKind, ScopeId)>>;

/// Bodies read so far.
struct Reader<'a, 'w> {
    world: &'a World<'w>,
    by_instance: FxHashMap<InstanceId, Rc<Bodies>>,
    own: FxHashMap<(DefId, CrateIdx), Rc<[Spelled]>>,
    whole: FxHashMap<(DefId, CrateIdx), Rc<[Spelled]>>,
}

/// Adds to each invocation of a dependency's macro what the macro's body names, unless the invocation was expanded.
pub(super) fn add(world: &World<'_>, references: &mut Vec<Found>) {
    let mut reader = Reader {
        world,
        by_instance: FxHashMap::default(),
        own: FxHashMap::default(),
        whole: FxHashMap::default(),
    };
    let expanded = expanded_calls(world);
    let mut added = Vec::new();
    for found in references.iter() {
        let is_of_a_dependency = found.kind == ReferenceKind::Macro && is_of_a_dependency(world, found.to);
        if !is_of_a_dependency || expanded.contains(&call_site(&found.from)) {
            continue;
        }
        let invoker = world.instance(found.from.instance).krate;
        for spelled in reader.whole(found.to, invoker).iter() {
            added.push(Found {
                to: spelled.to,
                also: spelled.also,
                self_type: spelled.self_type,
                written: spelled.written,
                kind: spelled.kind,
                pathless: true,
                exposed: false,
                reexport: false,
                expanded_from: Some(found.to),
                ..*found
            });
        }
    }
    references.append(&mut added);
}

fn is_of_a_dependency(world: &World<'_>, def: DefId) -> bool {
    world.krate(world.def(def).krate).origin == CrateOrigin::External && world.is_macro_by_example(def)
}

/// Where a macro is called: what a macro's rules call stands where the macro itself is called.
type CallSite = (InstanceId, u32, Option<ItemIdx>);

fn call_site(place: &Place) -> CallSite {
    (place.instance, place.span.start, place.owner)
}

/// Where all item macros became what they expand to: it is there, with its places.
fn expanded_calls(world: &World<'_>) -> FxHashSet<CallSite> {
    let examined = |krate| world.krate(krate).origin.is_examined();
    let mut left = FxHashSet::default();
    for scope in world.scopes.iter().filter(|scope| examined(scope.krate)) {
        let contents = scope.contents.borrow();
        left.extend(
            contents
                .unexpanded
                .iter()
                .map(|call| (call.instance, call.scope, call.index)),
        );
    }
    let (mut expanded, mut unexpanded) = (FxHashSet::default(), FxHashSet::default());
    for (number, instance) in world.instances.iter().enumerate() {
        if !examined(instance.krate) {
            continue;
        }
        let id = InstanceId::new(number as u32);
        for (scope, fact) in world.facts_of(id).scopes.iter().enumerate() {
            for (index, call) in fact.calls.iter().enumerate() {
                let is_left = left.contains(&(id, ScopeIdx::new(scope as u32), index as u32));
                let sites = if is_left { &mut unexpanded } else { &mut expanded };
                sites.insert((id, call.span.start, call.owner));
            }
        }
    }
    expanded.retain(|site| !unexpanded.contains(site));
    expanded
}

impl Reader<'_, '_> {
    /// What a macro and the macros that it invokes name, each once.
    fn whole(&mut self, start: DefId, invoker: CrateIdx) -> Rc<[Spelled]> {
        if let Some(known) = self.whole.get(&(start, invoker)) {
            return Rc::clone(known);
        }
        let mut seen = FxHashSet::from_iter([start]);
        let mut named = FxHashSet::default();
        let mut pending = vec![start];
        let mut found: Vec<Spelled> = Vec::new();
        while let Some(at) = pending.pop() {
            for spelled in self.own(at, invoker).iter() {
                let is_macro = spelled.kind == ReferenceKind::Macro && is_of_a_dependency(self.world, spelled.to);
                if is_macro && seen.insert(spelled.to) {
                    pending.push(spelled.to);
                }
                if named.insert((spelled.to, spelled.kind)) {
                    found.push(spelled.clone());
                }
            }
        }
        let found: Rc<[Spelled]> = found.into();
        self.whole.insert((start, invoker), Rc::clone(&found));
        found
    }

    /// What a macro's own body names.
    fn own(&mut self, of: DefId, invoker: CrateIdx) -> Rc<[Spelled]> {
        if let Some(known) = self.own.get(&(of, invoker)) {
            return Rc::clone(known);
        }
        let Origin::Item { instance, item } = self.world.def(of).origin else {
            return Rc::default();
        };
        let bodies = self.bodies(instance);
        let mut found = Vec::new();
        for &(path, namespaces, kind, scope) in bodies.get(&item).map(Vec::as_slice).unwrap_or_default() {
            let fact = &self.world.facts_of(instance).paths[path.index()];
            let Some(resolved) = self.lookup(instance, fact, scope, namespaces, invoker) else {
                continue;
            };
            for (index, &to) in resolved.defs.iter().enumerate().filter(|&(_, &to)| to != of) {
                let second = resolved.second(index);
                found.push(Spelled {
                    to,
                    also: second.also,
                    self_type: second.through,
                    written: resolved.written,
                    kind,
                });
            }
        }
        let found: Rc<[Spelled]> = found.into();
        self.own.insert((of, invoker), Rc::clone(&found));
        found
    }

    fn bodies(&mut self, instance: InstanceId) -> Rc<Bodies> {
        let world = self.world;
        let read = || {
            let scopes = &world.instance(instance).scopes;
            Rc::new(paths_of_bodies(world.facts_of(instance), scopes))
        };
        Rc::clone(self.by_instance.entry(instance).or_insert_with(read))
    }

    /// Where a path of a body leads; none where that depends on the place of the invocation.
    fn lookup(
        &self,
        instance: InstanceId,
        path: &PathFact,
        scope: ScopeId,
        namespaces: Namespaces,
        invoker: CrateIdx,
    ) -> Option<Resolved> {
        let world = self.world;
        let names_a_crate =
            path.start == PathStart::Global || path.start == PathStart::Plain && path.segments.len() > 1;
        let found = match path.start {
            PathStart::Crate | PathStart::MacroCrate => world.resolve(instance, path, scope, namespaces),
            PathStart::Plain if path.segments.len() == 1 && namespaces == Namespaces::MACRO => {
                world.resolve(instance, path, scope, namespaces)
            }
            _ if names_a_crate => {
                let global = PathFact {
                    start: PathStart::Global,
                    ..path.clone()
                };
                let root = world.body(world.root(invoker))?;
                let of_invoker = world.resolve(instance, &global, root, namespaces);
                if of_invoker.missing.is_some() {
                    world.resolve(instance, &global, scope, namespaces)
                } else {
                    of_invoker
                }
            }
            _ => return None,
        };
        let is_prelude = path.segments.len() == 1 && self.is_standard(&found) && path.start == PathStart::Plain;
        (found.missing.is_none() && !is_prelude).then_some(found)
    }

    fn is_standard(&self, resolved: &Resolved) -> bool {
        let world = self.world;
        let mut defs = resolved.defs.iter();
        defs.all(|&def| world.krate(world.def(def).krate).origin == CrateOrigin::Standard)
    }
}

/// The paths in macro bodies, by the macro around them.
fn paths_of_bodies(facts: &FileFacts, scopes: &[ScopeId]) -> Bodies {
    let macro_around = |owner: Option<ItemIdx>| {
        let outer = std::iter::successors(owner, |at| facts.items[at.index()].parent);
        let mut macros = outer.filter(|at| facts.items[at.index()].kind == ItemKind::Macro);
        macros.next()
    };
    let mut bodies = Bodies::default();
    for reference in &facts.code.refs {
        if let (Named::Path(path, namespaces), Some(of)) = (reference.named, macro_around(reference.owner)) {
            let scope = scopes[reference.scope.index()];
            bodies
                .entry(of)
                .or_default()
                .push((path, namespaces.first(), reference.kind, scope));
        }
    }
    for (scope, fact) in facts.scopes.iter().enumerate() {
        for import in &fact.imports {
            if let Some(of) = macro_around(import.owner) {
                let namespaces = if import.glob { Namespaces::TYPE } else { Namespaces::ALL };
                let entry = (import.path, namespaces, ReferenceKind::Import, scopes[scope]);
                bodies.entry(of).or_default().push(entry);
            }
        }
    }
    bodies
}
