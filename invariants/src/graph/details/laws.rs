//! The laws of the details, for [`Graph::verify`]: they speak of items that there are and of the right kind, and stand in
//! the order that lookups rely on.

use super::{Details, Passing, TypeShape};
use crate::graph::model::{ItemId, ItemKind};
use crate::graph::query::Graph;
use crate::place::Place;

/// What can be called, and so has a signature and can be passed.
const CALLABLE: [ItemKind; 3] = [ItemKind::Function, ItemKind::Method, ItemKind::Closure];

/// What can be declared `unsafe`.
const UNSAFE: [ItemKind; 5] = [
    ItemKind::Function,
    ItemKind::Method,
    ItemKind::Trait,
    ItemKind::Impl,
    ItemKind::Static,
];

/// Details on their way through the laws.
pub(in crate::graph) struct Laws<'g> {
    graph: &'g Graph,
    broken: Vec<String>,
}

impl<'g> Laws<'g> {
    /// What is broken in the details of a graph.
    pub(in crate::graph) fn broken_in(graph: &'g Graph) -> Vec<String> {
        let mut laws = Self {
            graph,
            broken: Vec::new(),
        };
        laws.check(graph.details());
        // The details lie in tables without an order.
        laws.broken.sort();
        laws.broken
    }

    fn check(&mut self, details: &Details) {
        for (&item, signature) in &details.signatures {
            self.kind(item, &CALLABLE, "a signature");
            let shapes = signature.parameters.iter().chain([&signature.returns]);
            shapes.flatten().for_each(|shape| self.shape(shape));
        }
        for (&closure, &body) in &details.bodies {
            self.kind(closure, &[ItemKind::Closure], "a body");
            self.place(body, "a body");
        }
        for (&module, &attributes) in &details.module_attributes {
            self.kind(module, &[ItemKind::Module], "attributes");
            self.place(Some(attributes), "attributes");
        }
        for &item in &details.unsafe_items {
            self.kind(item, &UNSAFE, "`unsafe`");
        }
        details.passings.iter().for_each(|passing| self.passing(passing));
        for &(module, item, _) in &details.public_reexports {
            self.kind(module, &[ItemKind::Module], "a re-export");
            self.exists(item, "a re-export");
        }
        if !details.passings.is_sorted_by_key(|passing| passing.what) {
            self.broken.push("what is passed is not in order".to_owned());
        }
        if !details.public_reexports.is_sorted() {
            self.broken.push("re-exports are not in order".to_owned());
        }
    }

    fn passing(&mut self, passing: &Passing) {
        self.kind(passing.what, &CALLABLE, "a passing");
        self.exists(passing.from, "a passing");
        self.exists(passing.to, "a passing");
        if let Some(through) = passing.through {
            self.kind(through, &CALLABLE, "something passed on");
        }
        self.place(Some(passing.reference.place), "a passing");
    }

    fn shape(&mut self, shape: &TypeShape) {
        for &item in &shape.items {
            self.exists(item, "a signature");
        }
        shape
            .arguments
            .iter()
            .flatten()
            .for_each(|argument| self.shape(argument));
    }

    fn exists(&mut self, item: ItemId, what: &str) -> bool {
        let exists = item.index() < self.graph.item_count();
        if !exists {
            let index = item.index();
            self.broken
                .push(format!("{what} speaks of item {index}, which does not exist"));
        }
        exists
    }

    fn kind(&mut self, item: ItemId, kinds: &[ItemKind], what: &str) {
        if self.exists(item, what) && !kinds.contains(&self.graph.item(item).kind) {
            let (path, kind) = (&self.graph.item(item).path, self.graph.item(item).kind);
            self.broken.push(format!("`{path}` has {what}, and is {kind:?}"));
        }
    }

    fn place(&mut self, place: Option<Place>, what: &str) {
        if let Some(place) = place {
            self.graph
                .verify_place(place, || format!("the place of {what}"), &mut self.broken);
        }
    }
}
