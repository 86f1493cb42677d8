//! What requirements ask of items beyond references: signatures, closures, what is passed to what. Collected only where
//! a policy requires something; empty otherwise.

mod laws;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::model::{ItemId, Reference};
use super::snapshot::{map_in_order, set_in_order};
use crate::place::Place;

pub(super) use laws::Laws;

/// A type as a signature writes it, references to it and pointers left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeShape {
    /// What its path leads to: the definition, an alias and what it stands for, all bounds of a type parameter.
    pub items: Vec<ItemId>,
    /// The path as written, absolute.
    pub written: Arc<str>,
    /// Its type arguments; none where nothing is known of one.
    pub arguments: Vec<Option<TypeShape>>,
}

/// What a function, method or closure takes and gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Types of the parameters in order, `self` left out; none where nothing is known of one.
    pub parameters: Vec<Option<TypeShape>>,
    /// The written return type.
    pub returns: Option<TypeShape>,
    /// `async fn`; for a closure also one whose body is an `async` block.
    pub is_async: bool,
}

/// A function or closure that stands as an argument of a call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Passing {
    /// The function, method or closure.
    pub what: ItemId,
    /// Whose code passes it.
    pub from: ItemId,
    /// What it is passed to: a function, method, constructor or macro.
    pub to: ItemId,
    /// The function of the examined code that gets it and hands it on to that, the first of several; none where it is
    /// passed straight.
    pub through: Option<ItemId>,
    /// The call as a reference to `to`; its place is the argument's.
    pub reference: Reference,
}

/// What requirements ask of items beyond references.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Details {
    #[serde(serialize_with = "map_in_order")]
    signatures: FxHashMap<ItemId, Signature>,
    /// From the first to the last reference inside each closure; none for one that names nothing.
    #[serde(serialize_with = "map_in_order")]
    bodies: FxHashMap<ItemId, Option<Place>>,
    /// From the first to the last thing that the attributes of each module name.
    #[serde(serialize_with = "map_in_order")]
    module_attributes: FxHashMap<ItemId, Place>,
    #[serde(serialize_with = "set_in_order")]
    unsafe_items: FxHashSet<ItemId>,
    passings: Vec<Passing>,
    /// Module, what it re-exports, and whether by a glob.
    public_reexports: Vec<(ItemId, ItemId, bool)>,
}

impl Details {
    /// States what a function, method or closure takes and gives.
    pub fn set_signature(&mut self, item: ItemId, signature: Signature) {
        self.signatures.insert(item, signature);
    }

    /// States where a closure's code stands: from its first to its last reference.
    pub fn set_body(&mut self, closure: ItemId, body: Option<Place>) {
        self.bodies.insert(closure, body);
    }

    /// States where a module's attributes stand. What they name are references of the module around it.
    pub fn set_attributes(&mut self, module: ItemId, place: Place) {
        self.module_attributes.insert(module, place);
    }

    /// States that an item is declared `unsafe`.
    pub fn set_unsafe(&mut self, item: ItemId) {
        self.unsafe_items.insert(item);
    }

    /// Adds something that is passed.
    pub fn add_passing(&mut self, passing: Passing) {
        self.passings.push(passing);
    }

    /// States that a module re-exports an item by `pub use`, or with a glob what is in it.
    pub fn add_public_reexport(&mut self, module: ItemId, item: ItemId, glob: bool) {
        self.public_reexports.push((module, item, glob));
    }

    /// What an item takes and gives.
    pub fn signature(&self, item: ItemId) -> Option<&Signature> {
        self.signatures.get(&item)
    }

    /// Where a closure's references stand, those of closures and items inside it included.
    pub fn body(&self, closure: ItemId) -> Option<Place> {
        self.bodies.get(&closure).copied().flatten()
    }

    /// Where a module's attributes stand, from the first to the last thing that they name.
    pub fn attributes_of(&self, module: ItemId) -> Option<Place> {
        self.module_attributes.get(&module).copied()
    }

    /// Whether an item is declared `unsafe`.
    pub fn is_unsafe(&self, item: ItemId) -> bool {
        self.unsafe_items.contains(&item)
    }

    /// Where a function or closure is passed, in order of place.
    pub fn passings_of(&self, what: ItemId) -> &[Passing] {
        let start = self.passings.partition_point(|passing| passing.what < what);
        let end = self.passings.partition_point(|passing| passing.what <= what);
        &self.passings[start..end]
    }

    /// What is passed, each with where, in order of item and place.
    pub fn passings(&self) -> &[Passing] {
        &self.passings
    }

    /// The same, to be completed.
    pub(super) fn passings_mut(&mut self) -> impl Iterator<Item = &mut Passing> {
        self.passings.iter_mut()
    }

    /// What a module re-exports by `pub use`, each with whether what is in it is meant.
    pub fn public_reexports_of(&self, module: ItemId) -> impl Iterator<Item = (ItemId, bool)> + '_ {
        let start = self.public_reexports.partition_point(|(from, ..)| *from < module);
        let here = self.public_reexports[start..].iter();
        here.take_while(move |(from, ..)| *from == module)
            .map(|&(_, to, glob)| (to, glob))
    }

    /// Puts everything into the order that lookups rely on. Texts are by their ids.
    pub(super) fn close(&mut self, texts: &[Arc<str>]) {
        self.passings.sort_by(|first, second| {
            let key = |passing: &Passing| (passing.what, passing.reference.place, passing.to);
            let text = |passing: &Passing| &texts[passing.reference.written.index()];
            key(first).cmp(&key(second)).then_with(|| text(first).cmp(text(second)))
        });
        self.passings
            .dedup_by_key(|passing| (passing.what, passing.reference.place, passing.to));
        self.public_reexports.sort_unstable();
        self.public_reexports.dedup();
    }
}
