//! A graph as it is written down, and the way back to the same graph. How it is stored and for how long it holds is for
//! whoever keeps it, in a format that lends its bytes to who reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize, Serializer};

use super::annotations::Annotations;
use super::details::Details;
use super::generated::Generated;
use super::model::{Crate, ExaminedCounts, File, Item, ItemId, Linked, Unresolved};
use super::query::Graph;
use super::records::{Links, LinksOf};
use super::targets::Targets;
use crate::pattern::PathPattern;
use crate::place::FileId;

/// A graph that was written down.
#[derive(Debug, Deserialize)]
pub struct Snapshot {
    items: Vec<Item>,
    texts: Vec<Arc<str>>,
    links: Links,
    crates: Vec<Crate>,
    files: Vec<File>,
    cfgs: Vec<Arc<str>>,
    cfg_sets: Vec<Vec<Arc<str>>>,
    unresolved: Vec<Unresolved>,
    /// In the order of the patterns that were asked for; none for one that was not looked up.
    targets: Vec<Option<Targets>>,
    module_files: Vec<(ItemId, FileId)>,
    generated: Generated,
    examined: ExaminedCounts,
    details: Details,
    annotations: Annotations,
    outline: bool,
}

/// A graph, to be written down as a [`Snapshot`]: its parts as they are, none of them twice in memory.
#[derive(Serialize)]
pub struct SnapshotOf<'g> {
    items: &'g [Item],
    texts: &'g [Arc<str>],
    links: LinksOf<'g>,
    crates: &'g [Crate],
    files: &'g [File],
    cfgs: &'g [Arc<str>],
    cfg_sets: &'g [Vec<Arc<str>>],
    unresolved: &'g [Unresolved],
    targets: Vec<Option<&'g Targets>>,
    module_files: Vec<(ItemId, FileId)>,
    generated: &'g Generated,
    examined: &'g ExaminedCounts,
    details: &'g Details,
    annotations: &'g Annotations,
    outline: bool,
}

/// What a graph was made of, for one that is nearly the same.
#[derive(Debug)]
pub struct Parts {
    /// By [`ItemId`].
    pub items: Vec<Item>,
    /// By [`CrateId`](super::CrateId).
    pub crates: Vec<Crate>,
    /// By [`FileId`].
    pub files: Vec<File>,
    /// In order, with their ends.
    pub references: Vec<Linked>,
    /// In order.
    pub unresolved: Vec<Unresolved>,
    /// By [`CfgId`](super::CfgId).
    pub cfgs: Vec<Arc<str>>,
    /// By [`TextId`](super::TextId).
    pub texts: Vec<Arc<str>>,
    /// In the order of the patterns that were asked for.
    pub targets: Vec<Option<Targets>>,
    /// What was examined.
    pub examined: ExaminedCounts,
}

impl<'g> SnapshotOf<'g> {
    /// A graph, and of its targets those of the patterns.
    pub fn new(graph: &'g Graph, patterns: &[PathPattern]) -> Self {
        let mut module_files: Vec<(ItemId, FileId)> =
            graph.module_files.iter().map(|(&id, &file)| (id, file)).collect();
        module_files.sort_unstable();
        Self {
            items: &graph.items,
            texts: &graph.texts,
            links: LinksOf(&graph.references),
            crates: &graph.crates,
            files: &graph.files,
            cfgs: &graph.cfgs,
            cfg_sets: &graph.cfg_sets,
            unresolved: &graph.unresolved,
            targets: patterns.iter().map(|pattern| graph.targets.get(pattern)).collect(),
            module_files,
            generated: &graph.generated,
            examined: &graph.examined,
            details: &graph.details,
            annotations: &graph.annotations,
            outline: graph.outline,
        }
    }
}

impl Snapshot {
    /// What the graph was made of.
    pub fn into_parts(self) -> Parts {
        Parts {
            items: self.items,
            crates: self.crates,
            files: self.files,
            references: self.links.0,
            unresolved: self.unresolved,
            cfgs: self.cfgs,
            texts: self.texts,
            targets: self.targets,
            examined: self.examined,
        }
    }

    /// The graph again; the patterns are those that it was written with.
    pub fn into_graph(self, patterns: &[PathPattern]) -> Graph {
        let targets = patterns.iter().cloned().zip(self.targets);
        Graph {
            items: self.items,
            texts: self.texts,
            references: self.links.0,
            ends: OnceLock::new(),
            crates: self.crates,
            files: self.files,
            cfgs: self.cfgs,
            cfg_sets: self.cfg_sets,
            unresolved: self.unresolved,
            targets: targets
                .filter_map(|(pattern, targets)| Some((pattern, targets?)))
                .collect(),
            module_files: self.module_files.into_iter().collect(),
            generated: self.generated,
            examined: self.examined,
            details: self.details,
            annotations: self.annotations,
            outline: self.outline,
        }
    }
}

/// Writes a set that has no order: the same graph is the same text, whoever made the set.
pub(super) fn set_in_order<S: Serializer, T: Ord + Serialize>(
    set: &FxHashSet<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    set.iter().collect::<BTreeSet<&T>>().serialize(serializer)
}

/// The same for a map.
pub(super) fn map_in_order<S: Serializer, K: Ord + Serialize, V: Serialize>(
    map: &FxHashMap<K, V>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    map.iter().collect::<BTreeMap<&K, &V>>().serialize(serializer)
}
