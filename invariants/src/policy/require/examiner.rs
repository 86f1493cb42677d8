//! Whether an item meets the conditions of a requirement. What is worked out for all items at once is worked out when it
//! is first asked for.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::bound::{BoundConditions, BoundRequire};
use super::model::{Key, KindWord, Relation};
use super::reach::Reach;
use crate::graph::query::Link;
use crate::graph::{Graph, ItemId, ItemKind, Passing, ReferenceId, ReferenceKind, TypeShape};
use crate::place::Place;
use crate::policy::bound::{BoundPolicy, Selector};

/// Answers what requirements ask of items.
#[derive(Debug)]
pub struct Examiner<'a> {
    graph: &'a Graph,
    policy: &'a BoundPolicy<'a>,
    children: OnceCell<Vec<Vec<ItemId>>>,
    implementations: OnceCell<FxHashMap<ItemId, Vec<ReferenceId>>>,
    reach: OnceCell<Reach>,
}

/// What counts towards a condition.
#[derive(Debug, Clone, Copy)]
struct Counting {
    /// Development code does.
    dev: bool,
    /// Code under a cfg that the item does not stand under itself does: for what selects, not for what is demanded.
    conditional: bool,
}

impl<'a> Examiner<'a> {
    /// Nothing is worked out yet.
    pub fn new(graph: &'a Graph, policy: &'a BoundPolicy<'a>) -> Self {
        Self {
            graph,
            policy,
            children: OnceCell::new(),
            implementations: OnceCell::new(),
            reach: OnceCell::new(),
        }
    }

    /// Whether a rule selects an item. Generated code is nobody's to mend, so nothing is demanded of it.
    pub fn selects(&self, rule: &BoundRequire<'_>, id: ItemId) -> bool {
        let item = self.graph.item(id);
        let counting = Counting {
            dev: self.judges_dev(rule),
            conditional: true,
        };
        let is_dev = item.dev || self.graph.krate(item.krate).dev;
        KindWord::of(item.kind).is_some_and(|kind| rule.kinds.contains(&kind))
            && self.graph.is_examined(id)
            && (counting.dev || !is_dev)
            && !self.graph.is_generated(id)
            && rule.scope.contains(self.graph, self.policy, id)
            && rule
                .items
                .conditions
                .keys()
                .into_iter()
                .all(|key| self.meets(&rule.items, key, id, counting))
    }

    /// What a rule demands of an item in vain; empty if it meets everything.
    pub fn unmet(&self, rule: &BoundRequire<'_>, item: ItemId) -> Vec<Key> {
        let counting = Counting {
            dev: self.judges_dev(rule),
            conditional: false,
        };
        let keys = rule.must.conditions.keys().into_iter();
        keys.filter(|&key| !self.meets(&rule.must, key, item, counting))
            .collect()
    }

    /// Where an item is passed to what a list names, in order of place.
    pub fn passings<'s>(&'s self, rule: &'s BoundRequire<'_>, item: ItemId) -> impl Iterator<Item = &'a Passing> + 's {
        let list = rule.items.list(Relation::PassedTo);
        let dev = self.judges_dev(rule);
        let passings = self.graph.details().passings_of(item).iter();
        passings.filter(move |passing| {
            (dev || !passing.reference.dev) && list.is_some_and(|list| self.selects_passing(list, passing))
        })
    }

    /// The first reference by which an item stands in a relation, if it is one of references.
    pub fn reference_of(&self, rule: &BoundRequire<'_>, relation: Relation, item: ItemId) -> Option<Link<'a>> {
        let counting = Counting {
            dev: self.judges_dev(rule),
            conditional: true,
        };
        let list = rule.items.list(relation)?;
        self.related(relation, item).into_iter().find(|link| {
            let covered = self.covers(list, link) || relation == Relation::Implement && self.is_named_like(list, link);
            covered && counts(self.graph, link, item, counting)
        })
    }

    fn judges_dev(&self, rule: &BoundRequire<'_>) -> bool {
        rule.rule.head.dev || self.policy.policy.settings.check_dev
    }

    fn meets(&self, bound: &BoundConditions<'_>, key: Key, id: ItemId, counting: Counting) -> bool {
        let item = self.graph.item(id);
        let conditions = bound.conditions;
        match key {
            Key::Kind => KindWord::of(item.kind).is_some_and(|kind| conditions.kinds.contains(&kind)),
            Key::Name => self.is_named(bound, id),
            Key::In => bound
                .within
                .as_ref()
                .is_some_and(|list| list.term_of_definition(self.graph, self.policy, id).is_some()),
            Key::Visibility => {
                let kind = KindWord::of(item.kind);
                let can_be_seen = kind.is_some_and(|kind| Key::Visibility.kinds().contains(&kind));
                can_be_seen && conditions.access.contains(&self.reach().access(self.graph, id))
            }
            Key::Relation(relation) => {
                let list = bound.list(relation);
                list.is_some_and(|list| self.is_related(bound, relation, list, id, counting))
            }
            Key::Async => {
                let signature = self.graph.details().signature(id);
                signature.map(|signature| signature.is_async) == conditions.is_async
            }
            Key::Unsafe => Some(self.graph.details().is_unsafe(id)) == conditions.is_unsafe,
        }
    }

    fn is_named(&self, bound: &BoundConditions<'_>, id: ItemId) -> bool {
        let name = self.graph.item(id).path.rsplit("::").next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default();
        let names = || bound.conditions.names.iter().map(|name| &name.value);
        let matches =
            |negative: bool| names().any(|pattern| pattern.negative == negative && pattern.segment.matches(name));
        (matches(false) || names().all(|pattern| pattern.negative)) && !matches(true)
    }

    fn is_related(
        &self,
        bound: &BoundConditions<'_>,
        relation: Relation,
        list: &Selector,
        id: ItemId,
        counting: Counting,
    ) -> bool {
        let signature = || self.graph.details().signature(id);
        let through = bound.through.as_ref();
        match relation {
            Relation::Take => signature().is_some_and(|signature| {
                let mut parameters = signature.parameters.iter().flatten();
                parameters.any(|shape| self.is_of(shape, list, through))
            }),
            Relation::Return => signature()
                .and_then(|signature| signature.returns.as_ref())
                .is_some_and(|shape| self.is_of(shape, list, through)),
            Relation::PassedTo => self.graph.details().passings_of(id).iter().any(|passing| {
                let counts = counting.dev || !passing.reference.dev;
                let everywhere = counting.conditional
                    || passing.reference.cfg.is_none()
                    || passing.reference.cfg == self.graph.item(id).cfg;
                let covered = if counting.conditional {
                    self.selects_passing(list, passing)
                } else {
                    self.covers_passing(list, passing)
                };
                counts && everywhere && covered
            }),
            _ => {
                let mut links = self.related(relation, id).into_iter();
                links.any(|link| {
                    let covered =
                        self.covers(list, &link) || relation == Relation::Implement && self.is_named_like(list, &link);
                    covered && counts(self.graph, &link, id, counting)
                })
            }
        }
    }

    /// The references that can put an item into a relation.
    fn related(&self, relation: Relation, id: ItemId) -> Vec<Link<'a>> {
        let of_kind = |kind: ReferenceKind| {
            let own = self.graph.references_from(id);
            own.filter(move |link| link.reference.kind == kind).collect::<Vec<_>>()
        };
        match relation {
            Relation::Attribute if self.graph.item(id).kind == ItemKind::Module => self.attributes_of_module(id),
            Relation::Attribute => of_kind(ReferenceKind::Attribute),
            Relation::Derive => of_kind(ReferenceKind::Derive),
            Relation::Implement if self.graph.item(id).kind == ItemKind::Impl => traits_of(self.graph, id),
            Relation::Implement => {
                let known = self.implementations().get(&id).into_iter().flatten();
                let mut links: Vec<Link<'a>> = known.map(|&reference| self.graph.link(reference)).collect();
                links.extend(of_kind(ReferenceKind::Derive));
                links
            }
            Relation::Call => self.references_inside(id, |kind| {
                matches!(kind, ReferenceKind::Call | ReferenceKind::Method | ReferenceKind::Macro)
            }),
            Relation::Reference => self.references_inside(id, |_| true),
            Relation::Take | Relation::Return | Relation::PassedTo => Vec::new(),
        }
    }

    /// What stands at a `mod` line is the code of the module around it.
    fn attributes_of_module(&self, module: ItemId) -> Vec<Link<'a>> {
        let graph = self.graph;
        let Some((place, parent)) = graph.details().attributes_of(module).zip(graph.item(module).parent) else {
            return Vec::new();
        };
        let of_parent = graph.references_from(parent);
        let attributes = of_parent
            .filter(|link| link.reference.kind == ReferenceKind::Attribute && lies_in(link.reference.place, place));
        attributes.collect()
    }

    /// What the code of an item names, with everything inside it.
    fn references_inside(&self, id: ItemId, wanted: impl Fn(ReferenceKind) -> bool) -> Vec<Link<'a>> {
        let graph = self.graph;
        if graph.item(id).kind == ItemKind::Closure {
            let Some(body) = graph.details().body(id) else {
                return Vec::new();
            };
            // The references of a closure are those of the function around it.
            let holder = graph
                .lineage(id)
                .find(|&outer| graph.item(outer).kind != ItemKind::Closure);
            let links = holder.into_iter().flat_map(|holder| graph.references_from(holder));
            return links
                .filter(|link| wanted(link.reference.kind) && lies_in(link.reference.place, body))
                .collect();
        }
        let mut links = Vec::new();
        let mut pending = vec![id];
        while let Some(at) = pending.pop() {
            links.extend(graph.references_from(at).filter(|link| wanted(link.reference.kind)));
            pending.extend(self.children()[at.index()].iter().copied());
        }
        links
    }

    fn covers(&self, list: &Selector, link: &Link<'_>) -> bool {
        list.term_of_reference(self.graph, self.policy, link).is_some()
    }

    /// A derive goes by the name of the trait that it implements: `thiserror::Error` for `std::error::Error`.
    fn is_named_like(&self, list: &Selector, link: &Link<'_>) -> bool {
        if link.reference.kind != ReferenceKind::Derive {
            return false;
        }
        let path = |id| &*self.graph.item(id).path;
        let name = |path: &'a str| path.rsplit("::").next();
        let traits = list.roots.iter().map(|(root, _)| root.item);
        let mut traits = traits.filter(|&root| self.graph.item(root).kind == ItemKind::Trait);
        traits.any(|root| name(path(root)) == name(path(link.to)))
    }

    /// Whether something is passed to what a list names, or to a macro whose body names it: that may hand it on.
    fn selects_passing(&self, list: &Selector, passing: &Passing) -> bool {
        if self.covers_passing(list, passing) {
            return true;
        }
        let mut macros = vec![passing.to];
        let mut next = 0;
        while let Some(&at) = macros.get(next) {
            next += 1;
            if self.graph.item(at).kind != ItemKind::Macro {
                continue;
            }
            for link in self.graph.references_from(at) {
                if self.covers(list, &link) {
                    return true;
                }
                if link.reference.kind == ReferenceKind::Macro && !macros.contains(&link.to) {
                    macros.push(link.to);
                }
            }
        }
        false
    }

    fn covers_passing(&self, list: &Selector, passing: &Passing) -> bool {
        let link = Link {
            id: ReferenceId::end(),
            from: passing.from,
            to: passing.to,
            reference: &passing.reference,
        };
        self.covers(list, &link)
    }

    /// Whether a type is what a list names, or a wrapper has it among its arguments.
    fn is_of(&self, shape: &TypeShape, list: &Selector, through: Option<&Selector>) -> bool {
        list.covers_type(self.graph, self.policy, shape)
            || through.is_some_and(|wrappers| wrappers.covers_type(self.graph, self.policy, shape))
                && shape
                    .arguments
                    .iter()
                    .flatten()
                    .any(|inner| self.is_of(inner, list, through))
    }

    fn children(&self) -> &[Vec<ItemId>] {
        self.children.get_or_init(|| {
            let mut children = vec![Vec::new(); self.graph.item_count()];
            for (id, item) in self.graph.items() {
                if let Some(parent) = item.parent {
                    children[parent.index()].push(id);
                }
            }
            children
        })
    }

    fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| Reach::new(self.graph, self.children()))
    }

    /// The traits that impls of the examined code are of, by type.
    fn implementations(&self) -> &FxHashMap<ItemId, Vec<ReferenceId>> {
        self.implementations.get_or_init(|| {
            let mut by_type: FxHashMap<ItemId, Vec<ReferenceId>> = FxHashMap::default();
            for (id, item) in self.graph.items() {
                if item.kind != ItemKind::Impl || !self.graph.is_examined(id) {
                    continue;
                }
                let traits: Vec<ReferenceId> = traits_of(self.graph, id).iter().map(|link| link.id).collect();
                for of in types_of(self.graph, id) {
                    by_type.entry(of).or_default().extend(&traits);
                }
            }
            by_type
        })
    }
}

/// What the head of an impl names, and whether that is its type, which is where the impl's place is.
fn heads(graph: &Graph, block: ItemId) -> impl Iterator<Item = (Link<'_>, bool)> {
    let place = graph.item(block).place;
    let heads = graph.references_from(block);
    heads
        .filter(|link| link.reference.kind == ReferenceKind::Impl)
        .map(move |link| (link, place.is_some_and(|place| lies_in(link.reference.place, place))))
}

fn traits_of(graph: &Graph, block: ItemId) -> Vec<Link<'_>> {
    heads(graph, block)
        .filter(|(_, is_type)| !is_type)
        .map(|(link, _)| link)
        .collect()
}

fn types_of(graph: &Graph, block: ItemId) -> Vec<ItemId> {
    let types = heads(graph, block).filter(|(_, is_type)| *is_type);
    types
        .flat_map(|(link, _)| std::iter::once(link.to).chain(link.reference.also))
        .collect()
}

fn lies_in(inner: Place, outer: Place) -> bool {
    inner.file == outer.file && outer.start <= inner.start && inner.end <= outer.end
}

/// Whether a reference counts towards a condition on an item.
fn counts(graph: &Graph, link: &Link<'_>, item: ItemId, counting: Counting) -> bool {
    let everywhere = || link.reference.cfg.is_none() || link.reference.cfg == graph.item(item).cfg;
    (counting.dev || !link.reference.dev) && (counting.conditional || everywhere())
}
