//! A graph with something more in it than the code has: what rules say of code that nobody has written. The graph that it is
//! made from stays as it is, and all of its ids hold in the new one.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::details::Details;
use super::model::{Crate, CrateId, File, Item, ItemId, Reference, ReferenceId, TextId};
use super::query::Graph;
use super::targets::Targets;
use crate::pattern::PathPattern;
use crate::place::FileId;

/// A graph on its way to another.
#[derive(Debug)]
pub struct Planting {
    graph: Graph,
    /// All texts: each stands once.
    texts: FxHashMap<Arc<str>, TextId>,
}

impl Graph {
    /// Begins with a copy.
    pub fn plant(&self) -> Planting {
        Planting {
            graph: Self {
                items: self.items.clone(),
                references: self.references.clone(),
                ends: self.ends.clone(),
                crates: self.crates.clone(),
                files: self.files.clone(),
                cfgs: self.cfgs.clone(),
                texts: self.texts.clone(),
                cfg_sets: self.cfg_sets.clone(),
                unresolved: self.unresolved.clone(),
                targets: self.targets.clone(),
                module_files: self.module_files.clone(),
                generated: self.generated.clone(),
                examined: self.examined.clone(),
                details: self.details.clone(),
                annotations: self.annotations.clone(),
                outline: self.outline,
            },
            texts: (0..)
                .map(TextId::new)
                .zip(&self.texts)
                .map(|(id, text)| (Arc::clone(text), id))
                .collect(),
        }
    }
}

impl Planting {
    /// The graph as it is so far; what was told of passings is not in order yet.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Adds an item.
    pub fn add_item(&mut self, item: Item) -> ItemId {
        if let Some(ends) = self.graph.ends.get_mut() {
            ends.add_node(());
        }
        self.graph.items.push(item);
        ItemId::new(self.graph.items.len() - 1)
    }

    /// The item, to be completed.
    pub fn item_mut(&mut self, id: ItemId) -> &mut Item {
        &mut self.graph.items[id.index()]
    }

    /// The id of a text for references, added where it is none yet.
    pub fn text(&mut self, text: &str) -> TextId {
        *self.texts.entry(text.into()).or_insert_with_key(|text| {
            self.graph.texts.push(Arc::clone(text));
            TextId::new(self.graph.texts.len() - 1)
        })
    }

    /// Adds a reference; it comes after all others.
    pub fn add_reference(&mut self, from: ItemId, to: ItemId, reference: Reference) -> ReferenceId {
        if let Some(ends) = self.graph.ends.get_mut() {
            ends.add_edge(from.node(), to.node(), ());
        }
        self.graph.references.push((from, to, reference));
        ReferenceId::new(self.graph.references.len() - 1)
    }

    /// Adds a crate.
    pub fn add_crate(&mut self, krate: Crate) -> CrateId {
        self.graph.crates.push(krate);
        CrateId(u32::try_from(self.graph.crates.len() - 1).expect("fewer than 2^32 crates"))
    }

    /// Adds a file.
    pub fn add_file(&mut self, file: File) -> FileId {
        self.graph.files.push(file);
        FileId(u32::try_from(self.graph.files.len() - 1).expect("fewer than 2^32 files"))
    }

    /// What requirements ask of items.
    pub fn details_mut(&mut self) -> &mut Details {
        &mut self.graph.details
    }

    /// States what a pattern leads to now.
    pub fn set_targets(&mut self, pattern: PathPattern, targets: Targets) {
        self.graph.targets.insert(pattern, targets);
    }

    /// Closes it.
    pub fn finish(mut self) -> Graph {
        self.graph.details.close(&self.graph.texts);
        self.graph
    }
}
