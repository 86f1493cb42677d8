//! The reading side of the graph: lookups and walks that every judge needs. No mutation.

use std::sync::{Arc, OnceLock};

use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::annotations::Annotations;
use super::details::Details;
use super::generated::Generated;
use super::model::{
    CfgId, Crate, CrateId, Evidence, ExaminedCounts, File, Item, ItemId, ItemKind, Linked, Reference, ReferenceId,
    TextId, Unresolved,
};
use super::targets::{Root, TargetState, Targets};
use crate::pattern::PathPattern;
use crate::place::FileId;

/// What the code does. Made by [`super::GraphBuilder`], never changed afterwards.
#[derive(Debug)]
pub struct Graph {
    /// By [`ItemId`].
    pub(super) items: Vec<Item>,
    /// By [`ReferenceId`].
    pub(super) references: Vec<Linked>,
    /// Items and references by their numbers alone, once somebody asks which lead where.
    pub(super) ends: OnceLock<DiGraph<(), (), u32>>,
    pub(super) crates: Vec<Crate>,
    pub(super) files: Vec<File>,
    pub(super) cfgs: Vec<Arc<str>>,
    /// Each once, in the order in which they are met.
    pub(super) texts: Vec<Arc<str>>,
    pub(super) cfg_sets: Vec<Vec<Arc<str>>>,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) targets: FxHashMap<PathPattern, Targets>,
    pub(super) module_files: FxHashMap<ItemId, FileId>,
    pub(super) generated: Generated,
    pub(super) examined: ExaminedCounts,
    pub(super) details: Details,
    pub(super) annotations: Annotations,
    pub(super) outline: bool,
}

/// An edge with its ends.
#[derive(Debug, Clone, Copy)]
pub struct Link<'g> {
    /// The edge.
    pub id: ReferenceId,
    /// Whose code names it.
    pub from: ItemId,
    /// The definition.
    pub to: ItemId,
    /// The reference itself.
    pub reference: &'g Reference,
}

impl<'g> Link<'g> {
    fn of(id: ReferenceId, (from, to, reference): &'g Linked) -> Self {
        Self {
            id,
            from: *from,
            to: *to,
            reference,
        }
    }
}

impl Graph {
    /// Whether it says only what there is and not what it does: nobody looked for references, literals and what lies
    /// inside dependencies, so that none is there says nothing; patterns that lead there are pending.
    pub fn is_outline(&self) -> bool {
        self.outline
    }

    /// The item behind an id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    /// All items, in a stable order.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        (0..).map(ItemId::new).zip(&self.items)
    }

    /// How many items there are; ids are below this number.
    pub fn item_count(&self) -> usize {
        self.items.len()
    }

    /// The reference behind an id, with its ends.
    pub fn link(&self, id: ReferenceId) -> Link<'_> {
        Link::of(id, &self.references[id.index()])
    }

    /// All references with their ends, in a stable order (by file and place).
    pub fn references(&self) -> impl Iterator<Item = Link<'_>> {
        let numbered = (0..).map(ReferenceId::new).zip(&self.references);
        numbered.map(|(id, linked)| Link::of(id, linked))
    }

    /// How many references there are.
    pub fn reference_count(&self) -> usize {
        self.references.len()
    }

    /// The references that `from`'s own code makes.
    pub fn references_from(&self, from: ItemId) -> impl Iterator<Item = Link<'_>> {
        self.references_beside(from, Direction::Outgoing)
    }

    /// The references that lead to exactly this item.
    pub fn references_to(&self, to: ItemId) -> impl Iterator<Item = Link<'_>> {
        self.references_beside(to, Direction::Incoming)
    }

    fn references_beside(&self, item: ItemId, direction: Direction) -> impl Iterator<Item = Link<'_>> {
        let edges = self.petgraph().edges_directed(item.node(), direction);
        edges.map(|edge| self.link(edge.id()))
    }

    /// The items and references by their ids, for algorithms.
    fn petgraph(&self) -> &DiGraph<(), (), u32> {
        self.ends.get_or_init(|| {
            let mut ends = DiGraph::with_capacity(self.items.len(), self.references.len());
            for _ in &self.items {
                ends.add_node(());
            }
            for &(from, to, _) in &self.references {
                ends.add_edge(from.node(), to.node(), ());
            }
            ends
        })
    }

    /// All crates; [`CrateId`] is the index.
    pub fn crates(&self) -> &[Crate] {
        &self.crates
    }

    /// The crate behind an id.
    pub fn krate(&self, id: CrateId) -> &Crate {
        &self.crates[id.0 as usize]
    }

    /// All files; [`FileId`] is the index.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The file behind an id.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// The file that an examined module's own text is in, or the one around an inline module.
    pub fn module_file(&self, module: ItemId) -> Option<FileId> {
        self.module_files.get(&module).copied()
    }

    /// The text of a cfg expression.
    pub fn cfg(&self, id: CfgId) -> &str {
        &self.cfgs[id.index()]
    }

    /// What is written at a reference or an unresolved path.
    pub fn text(&self, id: TextId) -> &str {
        &self.texts[id.index()]
    }

    /// The cfg sets that the compiler saw something under, where it was not every one.
    pub fn cfg_sets(&self, evidence: Evidence) -> &[Arc<str>] {
        evidence.under.map_or(&[], |id| &self.cfg_sets[id.index()])
    }

    /// Paths in examined code that led to no definition, by file and place.
    pub fn unresolved(&self) -> &[Unresolved] {
        &self.unresolved
    }

    /// What a pattern leads to; none if the graph was built without it.
    pub fn targets(&self, pattern: &PathPattern) -> Option<&Targets> {
        self.targets.get(pattern)
    }

    /// States what more patterns lead to that name examined items by their own paths, for policies that were made from such
    /// paths; those that are known already stay as they are.
    pub fn add_paths(&mut self, patterns: impl IntoIterator<Item = PathPattern>) {
        for pattern in patterns {
            if self.targets.contains_key(&pattern) {
                continue;
            }
            let named = self
                .items()
                .filter(|(id, item)| self.is_examined(*id) && pattern.names_path(&item.path));
            let mut roots: Vec<Root> = named
                .map(|(item, _)| Root {
                    item,
                    own_only: pattern.own_only,
                })
                .collect();
            roots.sort_unstable();
            let state = if roots.is_empty() {
                TargetState::NoMatch { nearest: None }
            } else {
                TargetState::Matched
            };
            self.targets.insert(pattern, Targets { roots, state });
        }
    }

    /// States what more patterns lead to, for makers that learn from the graph what to ask. Nothing else changes.
    pub fn add_targets(&mut self, targets: impl IntoIterator<Item = (PathPattern, Targets)>) {
        self.targets.extend(targets);
    }

    /// What was examined.
    pub fn examined(&self) -> &ExaminedCounts {
        &self.examined
    }

    /// What requirements ask of items; empty if nobody asked when the graph was made.
    pub fn details(&self) -> &Details {
        &self.details
    }

    /// What the code says of the architecture itself.
    pub fn annotations(&self) -> &Annotations {
        &self.annotations
    }

    /// The item, then what it is defined in, up to the crate root.
    pub fn lineage(&self, item: ItemId) -> impl Iterator<Item = ItemId> + '_ {
        std::iter::successors(Some(item), |&id| self.item(id).parent)
    }

    /// Whether `outer` is `inner` or something that `inner` is defined in.
    pub fn covers(&self, outer: ItemId, inner: ItemId) -> bool {
        self.lineage(inner).any(|id| id == outer)
    }

    /// The module and the modules around it, up to the crate root.
    pub fn modules_around(&self, item: ItemId) -> impl Iterator<Item = ItemId> + '_ {
        let first = self.item(item).module;
        std::iter::successors(Some(first), |&id| {
            self.lineage(id)
                .skip(1)
                .find(|&outer| self.item(outer).kind == ItemKind::Module)
        })
    }

    /// Whether the item's code is judged (its crate is a member or a path dependency).
    pub fn is_examined(&self, item: ItemId) -> bool {
        self.krate(self.item(item).krate).origin.is_examined()
    }
}
