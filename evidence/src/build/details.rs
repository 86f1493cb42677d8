//! What requirements ask of items beyond references: signatures, closures, what is passed to what, what is re-exported to
//! everybody, what is `unsafe`. Looked up only where the policy requires something.

use archguard_invariants::graph::ItemKind;

use super::handing::{Handing, PassingTo};
use super::shapes::Shape;
use crate::facts::model::{ClosureIdx, ItemData, ItemIdx, Name, Named, PassFact, Passed, ScopeIdx, VisibilityFact};
use crate::names::ids::{DefId, InstanceId};
use crate::names::infer::Wanted;
use crate::names::typed::Site;
use crate::names::world::{ImportId, World};

/// A function by its definition, or a closure by its place in facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Callable {
    Def(DefId),
    Closure(InstanceId, ClosureIdx),
}

/// What something takes and gives, by definitions.
#[derive(Debug)]
pub(super) struct FoundSignature {
    pub(super) of: Callable,
    pub(super) parameters: Vec<Option<Shape>>,
    pub(super) returns: Option<Shape>,
    pub(super) is_async: bool,
}

/// Something that is passed, by definitions.
#[derive(Debug)]
pub(super) struct FoundPassing {
    pub(super) what: Callable,
    /// Where it is passed; to what in the end.
    pub(super) call: PassingTo,
    /// The function that hands it on, the first of several.
    pub(super) through: Option<DefId>,
    /// The passings by which it is handed on, as indices into the facts of instances.
    pub(super) way: Vec<(InstanceId, usize)>,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct FoundDetails {
    pub(super) signatures: Vec<FoundSignature>,
    pub(super) passings: Vec<FoundPassing>,
    /// Module, what it re-exports, and whether by a glob.
    pub(super) reexports: Vec<(DefId, DefId, bool)>,
    pub(super) unsafe_items: Vec<DefId>,
}

impl FoundDetails {
    /// Every definition that it speaks of.
    pub(super) fn defs(&self) -> Vec<DefId> {
        let mut defs = Vec::new();
        for signature in &self.signatures {
            let shapes = signature.parameters.iter().flatten().chain(&signature.returns);
            shapes.for_each(|shape| shape.add_defs(&mut defs));
        }
        for passing in &self.passings {
            let call = &passing.call;
            defs.push(call.to);
            defs.extend([call.also, call.self_type, passing.through].into_iter().flatten());
            if let Callable::Def(what) = passing.what {
                defs.push(what);
            }
        }
        defs.extend(self.reexports.iter().flat_map(|&(module, item, _)| [module, item]));
        defs
    }
}

/// Looks up everything in the examined crates.
pub(super) fn collect(world: &World<'_>) -> FoundDetails {
    let mut found = FoundDetails::default();
    let mut handings = Vec::new();
    let count = world.instances.len() as u32;
    for id in (0..count).map(InstanceId::new) {
        if world.krate(world.instance(id).krate).origin.is_examined() {
            let mut collector = Collector {
                world,
                id,
                out: &mut found,
                handings: &mut handings,
            };
            collector.items();
            collector.closures();
            collector.passings();
            collector.reexports();
        }
    }
    found.hand_on(&handings);
    found
}

/// Works through one instance.
struct Collector<'a, 'w> {
    world: &'a World<'w>,
    id: InstanceId,
    out: &'a mut FoundDetails,
    handings: &'a mut Vec<Handing>,
}

impl Collector<'_, '_> {
    fn items(&mut self) {
        let world = self.world;
        let instance = world.instance(self.id);
        for (fact, &def) in world.facts_of(self.id).items.iter().zip(&instance.items) {
            let unsafe_item = match &fact.data {
                ItemData::Function {
                    parameters,
                    returns,
                    is_async,
                    is_unsafe,
                    ..
                } => {
                    let site = self.site(Some(def));
                    let scope = instance.scopes[fact.scope.index()];
                    let parameters = parameters.iter().map(|&ty| world.shape(site, ty, scope)).collect();
                    let returns = returns.and_then(|ty| world.shape(site, ty, scope));
                    self.out.signatures.push(FoundSignature {
                        of: Callable::Def(def),
                        parameters,
                        returns,
                        is_async: *is_async,
                    });
                    *is_unsafe
                }
                ItemData::Trait { is_unsafe, .. } | ItemData::Impl { is_unsafe, .. } => *is_unsafe,
                _ => false,
            };
            if unsafe_item {
                self.out.unsafe_items.push(def);
            }
        }
    }

    fn closures(&mut self) {
        let world = self.world;
        for (index, closure) in world.facts_of(self.id).code.closures.iter().enumerate() {
            let site = self.site(self.owner_def(closure.owner));
            let scope = world.instance(self.id).scopes[closure.scope.index()];
            let shape = |ty: &Option<_>| ty.and_then(|ty| world.shape(site, ty, scope));
            self.out.signatures.push(FoundSignature {
                of: Callable::Closure(self.id, ClosureIdx::new(index as u32)),
                parameters: closure.parameters.iter().map(shape).collect(),
                returns: shape(&closure.returns),
                is_async: closure.is_async,
            });
        }
    }

    fn passings(&mut self) {
        let world = self.world;
        for (index, fact) in world.facts_of(self.id).code.passes.iter().enumerate() {
            if let Passed::Parameter(parameter) = fact.what {
                let owner = self.owner_def(fact.owner);
                let calls = owner.map(|by| (by, self.calls(index, fact)));
                let handings = calls.into_iter().flat_map(|(by, calls)| {
                    let each = calls.into_iter();
                    each.map(move |passing| Handing { by, parameter, passing })
                });
                self.handings.extend(handings);
                continue;
            }
            let callables = self.callables(fact);
            if !callables.is_empty() {
                self.passing(index, fact, &callables);
            }
        }
    }

    /// The functions of examined code that an argument may be.
    fn callables(&self, fact: &PassFact) -> Vec<Callable> {
        let world = self.world;
        match fact.what {
            Passed::Closure(closure) => vec![Callable::Closure(self.id, closure)],
            Passed::Parameter(_) => Vec::new(),
            Passed::Path(path, scope) => {
                let named = Named::Path(path, crate::facts::model::Namespaces::VALUE);
                let found = self.callees(named, scope, fact.owner);
                let defs = found
                    .into_iter()
                    .flat_map(|(def, also, ..)| std::iter::once(def).chain(also));
                let functions = defs.filter(|&def| {
                    let data = world.def(def);
                    let callable = matches!(data.kind, ItemKind::Function | ItemKind::Method);
                    callable && world.krate(data.krate).origin.is_examined()
                });
                functions.map(Callable::Def).collect()
            }
        }
    }

    fn passing(&mut self, index: usize, fact: &PassFact, callables: &[Callable]) {
        for call in self.calls(index, fact) {
            for &what in callables {
                self.out.passings.push(FoundPassing {
                    what,
                    call,
                    through: None,
                    way: Vec::new(),
                });
            }
        }
    }

    /// What the call of a passing leads to.
    fn calls(&self, index: usize, fact: &PassFact) -> Vec<PassingTo> {
        let callees = self.callees(fact.to, fact.to_scope, fact.owner).into_iter();
        let calls = callees.map(|(to, also, self_type, written)| PassingTo {
            instance: self.id,
            fact: index,
            to,
            also,
            self_type,
            written,
            parameter: fact.argument.and_then(|argument| self.parameter_of(fact, to, argument)),
        });
        calls.collect()
    }

    /// Which parameter an argument is: before those of a method called by its path stands `self`.
    fn parameter_of(&self, fact: &PassFact, to: DefId, argument: u32) -> Option<u32> {
        let item = self.world.item_of(to);
        let has_self = item.is_some_and(|(_, item)| matches!(item.data, ItemData::Function { has_self: true, .. }));
        match fact.to {
            Named::Path(..) if has_self => argument.checked_sub(1),
            _ => Some(argument),
        }
    }

    /// What a path or method leads to, each with what a reference to it would say beside it.
    fn callees(
        &self,
        named: Named,
        scope: ScopeIdx,
        owner: Option<ItemIdx>,
    ) -> Vec<(DefId, Option<DefId>, Option<DefId>, Name)> {
        let world = self.world;
        let scope = world.instance(self.id).scopes[scope.index()];
        let owner = self.owner_def(owner);
        match named {
            Named::Path(path, namespaces) => {
                let fact = &world.facts_of(self.id).paths[path.index()];
                let found = world.resolve_in(self.id, fact, scope, namespaces, owner);
                if found.missing.is_some() {
                    return Vec::new();
                }
                let each = found.defs.iter().enumerate().map(|(index, &def)| {
                    let second = found.second(index);
                    (def, second.also, second.through, found.written)
                });
                each.collect()
            }
            Named::Method(receiver, name) | Named::Field(receiver, name) => {
                let wanted = match named {
                    Named::Field(..) => Wanted::Field(name),
                    _ => Wanted::Method(name),
                };
                let found = world.member_of_expression(self.id, receiver, wanted, scope, owner);
                let each = found.map(|member| (member.def, member.also, None, world.path(member.def)));
                each.into_iter().collect()
            }
        }
    }

    /// What stands under `pub use`, in modules.
    fn reexports(&mut self) {
        let world = self.world;
        for (scope, fact) in world.facts_of(self.id).scopes.iter().enumerate() {
            let module = world.module_of(world.instance(self.id).scopes[scope]);
            for (index, import) in fact.imports.iter().enumerate() {
                let import_id = ImportId {
                    instance: self.id,
                    scope: ScopeIdx::new(scope as u32),
                    index: index as u32,
                };
                let public = import.visibility == VisibilityFact::Public && fact.block_of.is_none();
                let Some(found) = public.then(|| world.imported_path(import_id)).flatten() else {
                    continue;
                };
                let examined = |def: &&DefId| world.krate(world.def(**def).krate).origin.is_examined();
                let defs = found.defs.iter().filter(examined);
                self.out.reexports.extend(defs.map(|&def| (module, def, import.glob)));
            }
        }
    }

    fn site(&self, owner: Option<DefId>) -> Site {
        Site {
            instance: self.id,
            owner,
            depth: 0,
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
}
