//! A graph as it is written down, and the way back to the same graph. How it is stored and for how long it holds is for
//! whoever keeps it.
//!
//! References are many and their texts few: each text stands once and is shared again by those who had it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use petgraph::graph::DiGraph;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize, Serializer};

use super::annotations::Annotations;
use super::details::Details;
use super::generated::Generated;
use super::model::{
    CfgId, CfgSetsId, Crate, Evidence, ExaminedCounts, File, Item, ItemId, Reference, ReferenceKind, Resolution,
    Unresolved,
};
use super::query::Graph;
use super::targets::Targets;
use crate::pattern::PathPattern;
use crate::place::{FileId, Place};

/// A graph that was written down.
#[derive(Debug, Deserialize)]
pub struct Snapshot {
    items: Vec<Item>,
    texts: Vec<Arc<str>>,
    references: Vec<Edge>,
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
    items: Items<'g>,
    texts: Vec<Arc<str>>,
    references: Edges<'g>,
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

/// The items of a graph, by number.
struct Items<'g>(&'g DiGraph<Item, Reference>);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.raw_nodes().iter().map(|node| &node.weight))
    }
}

/// The references of a graph, by number.
struct Edges<'g> {
    graph: &'g DiGraph<Item, Reference>,
    numbers: Numbers,
}

impl Serialize for Edges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let edges = self.graph.raw_edges().iter();
        serializer.collect_seq(edges.map(|edge| Edge::of(edge.source(), edge.target(), &edge.weight, &self.numbers)))
    }
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
    pub references: Vec<(ItemId, ItemId, Reference)>,
    /// In order.
    pub unresolved: Vec<Unresolved>,
    /// By [`CfgId`].
    pub cfgs: Vec<Arc<str>>,
    /// The texts of references, each once.
    pub texts: Vec<Arc<str>>,
    /// In the order of the patterns that were asked for.
    pub targets: Vec<Option<Targets>>,
}

/// A reference with its ends; its text by number, and what is yes or no in one.
#[derive(Debug, Serialize, Deserialize)]
struct Edge {
    from: ItemId,
    to: ItemId,
    written: u32,
    kind: u8,
    place: Place,
    flags: u16,
    cfg: Option<CfgId>,
    under: Option<CfgSetsId>,
    inherited_from: Option<ItemId>,
    also: Option<ItemId>,
    self_type: Option<ItemId>,
}

const SOURCE: u16 = 1;
const COMPILER: u16 = 2;
const PATHLESS: u16 = 4;
const EXPOSED: u16 = 8;
const REEXPORT: u16 = 16;
const DEV: u16 = 32;
const RESOLVED: u16 = 64;
const INFERRED: u16 = 128;

impl<'g> SnapshotOf<'g> {
    /// A graph, and of its targets those of the patterns.
    pub fn new(graph: &'g Graph, patterns: &[PathPattern]) -> Self {
        let mut module_files: Vec<(ItemId, FileId)> =
            graph.module_files.iter().map(|(&id, &file)| (id, file)).collect();
        module_files.sort_unstable();
        let graph_of_items = &graph.inner;
        let (texts, numbers) = texts_of(graph_of_items.edge_weights());
        Self {
            items: Items(graph_of_items),
            references: Edges {
                graph: graph_of_items,
                numbers,
            },
            texts,
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
        // Room for some more: what has changed will be added.
        let mut references = Vec::with_capacity(self.references.len() + self.references.len() / 32);
        references.extend(self.references.into_iter().map(|edge| {
            let written = Arc::clone(&self.texts[edge.written as usize]);
            (edge.from, edge.to, edge.into_reference(written))
        }));
        Parts {
            items: self.items,
            crates: self.crates,
            files: self.files,
            references,
            unresolved: self.unresolved,
            cfgs: self.cfgs,
            texts: self.texts,
            targets: self.targets,
        }
    }

    /// The graph again; the patterns are those that it was written with.
    pub fn into_graph(self, patterns: &[PathPattern]) -> Graph {
        let texts = self.texts;
        let mut inner = DiGraph::with_capacity(self.items.len(), self.references.len());
        for item in self.items {
            inner.add_node(item);
        }
        for edge in self.references {
            let written = Arc::clone(&texts[edge.written as usize]);
            inner.add_edge(edge.from, edge.to, edge.into_reference(written));
        }
        let targets = patterns.iter().cloned().zip(self.targets);
        Graph {
            inner,
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

impl Edge {
    fn of(from: ItemId, to: ItemId, reference: &Reference, numbers: &Numbers) -> Self {
        let flag = |holds: bool, flag: u16| if holds { flag } else { 0 };
        Self {
            from,
            to,
            written: numbers[&reference.written.as_ptr()],
            kind: reference.kind as u8,
            place: reference.place,
            flags: flag(reference.evidence.source, SOURCE)
                | flag(reference.evidence.compiler, COMPILER)
                | flag(reference.pathless, PATHLESS)
                | flag(reference.exposed, EXPOSED)
                | flag(reference.reexport, REEXPORT)
                | flag(reference.dev, DEV)
                | flag(reference.resolution == Some(Resolution::Resolved), RESOLVED)
                | flag(reference.resolution == Some(Resolution::Inferred), INFERRED),
            cfg: reference.cfg,
            under: reference.evidence.under,
            inherited_from: reference.inherited_from,
            also: reference.also,
            self_type: reference.self_type,
        }
    }

    fn into_reference(self, written: Arc<str>) -> Reference {
        let holds = |flag: u16| self.flags & flag != 0;
        Reference {
            written,
            kind: ReferenceKind::ALL[usize::from(self.kind)],
            place: self.place,
            evidence: Evidence {
                source: holds(SOURCE),
                compiler: holds(COMPILER),
                under: self.under,
            },
            resolution: match (holds(RESOLVED), holds(INFERRED)) {
                (true, _) => Some(Resolution::Resolved),
                (_, true) => Some(Resolution::Inferred),
                _ => None,
            },
            pathless: holds(PATHLESS),
            exposed: holds(EXPOSED),
            reexport: holds(REEXPORT),
            dev: holds(DEV),
            cfg: self.cfg,
            inherited_from: self.inherited_from,
            also: self.also,
            self_type: self.self_type,
        }
    }
}

/// The numbers of texts by where they are: most references share theirs.
type Numbers = FxHashMap<*const u8, u32>;

/// The texts of references, each once, in the order in which they are met.
fn texts_of<'g>(references: impl Iterator<Item = &'g Reference>) -> (Vec<Arc<str>>, Numbers) {
    let mut texts: Vec<Arc<str>> = Vec::new();
    let mut by_text: FxHashMap<&str, u32> = FxHashMap::default();
    let mut numbers = Numbers::default();
    for text in references.map(|reference| &reference.written) {
        numbers.entry(text.as_ptr()).or_insert_with(|| {
            *by_text.entry(text).or_insert_with(|| {
                texts.push(Arc::clone(text));
                texts.len() as u32 - 1
            })
        });
    }
    (texts, numbers)
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
