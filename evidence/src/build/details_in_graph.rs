//! From what requirements ask for, by definitions, to what the graph says of its items. Closures become items here.

use archguard_invariants::graph::{
    Evidence, GraphBuilder, Item, ItemId, ItemKind, Passing, Reference, ReferenceKind, Resolution, Signature,
    TypeShape, Visibility,
};
use archguard_invariants::place::Place;
use rustc_hash::FxHashMap;

use super::details::{Callable, FoundDetails, FoundPassing};
use super::items::Items;
use super::shapes::Shape;
use crate::facts::cfg::Cfg;
use crate::facts::model::{ClosureFact, ClosureIdx, ItemData, Named, PassFact, Span};
use crate::names::ids::InstanceId;
use crate::names::world::World;

/// States in the graph what was found.
pub(super) fn add_all(world: &World<'_>, builder: &mut GraphBuilder, items: &Items<'_, '_>, found: &FoundDetails) {
    let mut adding = Adding {
        world,
        items,
        closures: FxHashMap::default(),
    };
    adding.add_closures(builder);
    adding.add_attributes_of_modules(builder);
    for signature in &found.signatures {
        if let Some(of) = adding.id(signature.of) {
            let shapes = signature.parameters.iter();
            let signature = Signature {
                parameters: shapes
                    .map(|shape| shape.as_ref().map(|shape| adding.shape(shape)))
                    .collect(),
                returns: signature.returns.as_ref().map(|shape| adding.shape(shape)),
                is_async: signature.is_async,
            };
            builder.details.set_signature(of, signature);
        }
    }
    for passing in &found.passings {
        if let Some(passing) = adding.passing(builder, passing) {
            builder.details.add_passing(passing);
        }
    }
    for &(module, item, glob) in &found.reexports {
        if let (Some(module), Some(item)) = (items.id(module), items.id(item)) {
            builder.details.add_public_reexport(module, item, glob);
        }
    }
    for item in found.unsafe_items.iter().filter_map(|&def| items.id(def)) {
        builder.details.set_unsafe(item);
    }
}

struct Adding<'a, 'w> {
    world: &'a World<'w>,
    items: &'a Items<'a, 'w>,
    closures: FxHashMap<(InstanceId, ClosureIdx), ItemId>,
}

/// A closure that is to become an item.
struct Closure {
    /// The item around it, closures left out.
    holder: ItemId,
    place: Place,
    instance: InstanceId,
    index: ClosureIdx,
}

impl Adding<'_, '_> {
    /// Closures are numbered in what is directly around them, in order of place.
    fn add_closures(&mut self, builder: &mut GraphBuilder) {
        let mut closures = self.closures_in_order();
        closures.sort_by_key(|closure| (closure.holder, closure.place));
        let mut numbers: FxHashMap<ItemId, usize> = FxHashMap::default();
        for closure in closures {
            let fact = &self.world.facts_of(closure.instance).code.closures[closure.index.index()];
            let outer = fact
                .parent
                .and_then(|parent| self.closures.get(&(closure.instance, parent)).copied());
            let parent = outer.unwrap_or(closure.holder);
            let number = numbers.entry(parent).or_default();
            let item = self.item(builder, &closure, fact, parent, *number);
            *number += 1;
            let id = builder.add_item(item);
            builder.details.set_body(id, self.extent(closure.instance, fact.refs));
            self.closures.insert((closure.instance, closure.index), id);
        }
    }

    fn closures_in_order(&self) -> Vec<Closure> {
        let world = self.world;
        let mut closures = Vec::new();
        for instance in (0..world.instances.len() as u32).map(InstanceId::new) {
            let data = world.instance(instance);
            if !world.krate(data.krate).origin.is_examined() {
                continue;
            }
            for (index, fact) in world.facts_of(instance).code.closures.iter().enumerate() {
                let scope = data.scopes[fact.scope.index()];
                let holder = self.items.id(self.items.owner(instance, fact.owner, scope));
                if let (Some(holder), Some(place)) = (holder, self.items.place(instance, fact.span)) {
                    closures.push(Closure {
                        holder,
                        place,
                        instance,
                        index: ClosureIdx::new(index as u32),
                    });
                }
            }
        }
        closures
    }

    fn item(
        &self,
        builder: &mut GraphBuilder,
        closure: &Closure,
        fact: &ClosureFact,
        parent: ItemId,
        number: usize,
    ) -> Item {
        let holder = builder.item(closure.holder);
        let (krate, module, holder_is_dev) = (holder.krate, holder.module, holder.dev);
        let path = format!("{}::{{closure#{number}}}", builder.item(parent).path);
        let scope = self.world.instance(closure.instance).scopes[fact.scope.index()];
        let cfg = self.items.cfg_text(closure.instance, fact.cfg);
        let dev = fact.dev
            || holder_is_dev
            || self.world.scope(scope).dev
            || cfg.as_ref().is_some_and(|cfg| self.items.dev_by_cfg(cfg));
        Item {
            path: path.into(),
            kind: ItemKind::Closure,
            krate,
            parent: Some(parent),
            module,
            visibility: Visibility::Within(module),
            place: Some(closure.place),
            dev,
            cfg: cfg.map(|cfg| builder.cfg(&cfg.to_string())),
            link_name: None,
            only_modules: false,
        }
    }

    /// What a module's attributes name is its parent's code: where they stand tells which module they are of.
    fn add_attributes_of_modules(&self, builder: &mut GraphBuilder) {
        for instance in (0..self.world.instances.len() as u32).map(InstanceId::new) {
            let data = self.world.instance(instance);
            if !self.world.krate(data.krate).origin.is_examined() {
                continue;
            }
            for (fact, &def) in self.world.facts_of(instance).items.iter().zip(&data.items) {
                if let ItemData::Module { attributes, .. } = fact.data
                    && let (Some(module), Some(place)) = (self.items.id(def), self.extent(instance, attributes))
                {
                    builder.details.set_attributes(module, place);
                }
            }
        }
    }

    /// From the first to the last of some references.
    fn extent(&self, instance: InstanceId, (first, end): (u32, u32)) -> Option<Place> {
        let refs = &self.world.facts_of(instance).code.refs[first as usize..end as usize];
        let start = refs.iter().map(|reference| reference.span.start).min()?;
        let end = refs.iter().map(|reference| reference.span.end).max()?;
        self.items.place(instance, Span { start, end })
    }

    fn id(&self, of: Callable) -> Option<ItemId> {
        match of {
            Callable::Def(def) => self.items.id(def),
            Callable::Closure(instance, index) => self.closures.get(&(instance, index)).copied(),
        }
    }

    fn shape(&self, shape: &Shape) -> TypeShape {
        let arguments = shape.arguments.iter();
        TypeShape {
            items: shape.defs.iter().filter_map(|&def| self.items.id(def)).collect(),
            written: shape.written.as_str().into(),
            arguments: arguments
                .map(|argument| argument.as_ref().map(|argument| self.shape(argument)))
                .collect(),
        }
    }

    fn pass_fact(&self, (instance, fact): (InstanceId, usize)) -> &PassFact {
        &self.world.facts_of(instance).code.passes[fact]
    }

    fn passing(&self, builder: &mut GraphBuilder, found: &FoundPassing) -> Option<Passing> {
        let call = &found.call;
        let fact = self.pass_fact((call.instance, call.fact));
        let scope = self.world.instance(call.instance).scopes[fact.scope.index()];
        let from = self.items.id(self.items.owner(call.instance, fact.owner, scope))?;
        let way = std::iter::once((call.instance, call.fact)).chain(found.way.iter().copied());
        let cfgs = way
            .clone()
            .filter_map(|at| self.items.cfg_text(at.0, self.pass_fact(at).cfg));
        let cfg = cfgs.reduce(Cfg::and);
        let dev = way.clone().any(|at| self.pass_fact(at).dev)
            || self.world.scope(scope).dev
            || builder.item(from).dev
            || cfg.as_ref().is_some_and(|cfg| self.items.dev_by_cfg(cfg));
        let to = self.items.id(call.to)?;
        let kind = match fact.to {
            Named::Path(..) if builder.item(to).kind.is_macro() => ReferenceKind::Macro,
            Named::Path(..) => ReferenceKind::Call,
            Named::Method(..) | Named::Field(..) => ReferenceKind::Method,
        };
        let by_type = kind == ReferenceKind::Method;
        Some(Passing {
            what: self.id(found.what)?,
            from,
            to,
            through: found.through.and_then(|def| self.items.id(def)),
            reference: Reference {
                written: builder.text(&call.written),
                kind,
                place: self.items.place(call.instance, fact.span)?,
                evidence: Evidence::SOURCE,
                resolution: Some(if by_type {
                    Resolution::Inferred
                } else {
                    Resolution::Resolved
                }),
                pathless: by_type,
                exposed: false,
                reexport: false,
                dev,
                cfg: cfg.map(|cfg| builder.cfg(&cfg.to_string())),
                inherited_from: None,
                also: call.also.and_then(|def| self.items.id(def)),
                self_type: call.self_type.and_then(|def| self.items.id(def)),
            },
        })
    }
}
