//! A graph as it is written down, and the way back to the same graph. How it is stored and for how long it holds is for
//! whoever keeps it.
//!
//! References are many and their texts few: each text stands once and is shared again by those who had it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::annotations::Annotations;
use super::details::Details;
use super::generated::Generated;
use super::model::{
    CfgId, CfgSetsId, Crate, Evidence, ExaminedCounts, File, Item, ItemId, Linked, Reference, ReferenceKind,
    Resolution, Unresolved,
};
use super::query::Graph;
use super::targets::Targets;
use crate::pattern::PathPattern;
use crate::place::{FileId, Place};

/// A graph that was written down.
#[derive(Debug, Deserialize)]
pub struct Snapshot {
    items: Vec<Item>,
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
    /// As [`Links`].
    links: (Vec<Arc<str>>, Edges<'g>),
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

/// The references of a graph, by number.
struct Edges<'g> {
    references: &'g [Linked],
    numbers: Numbers,
}

impl Serialize for Edges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let references = self.references.iter();
        serializer.collect_seq(references.map(|linked| Edge::of(linked, &self.numbers)))
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
    pub references: Vec<Linked>,
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

/// For how many references room is made before the first one has been read.
const MOST_AT_ONCE: usize = 1 << 24;

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
        let (texts, numbers) = texts_of(graph.references.iter().map(|(.., reference)| reference));
        Self {
            items: &graph.items,
            links: (
                texts,
                Edges {
                    references: &graph.references,
                    numbers,
                },
            ),
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

/// The references of a graph with their ends, and the texts that they share. They are made as they are read: there are many.
#[derive(Debug)]
struct Links {
    texts: Vec<Arc<str>>,
    references: Vec<Linked>,
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(2, LinksVisitor)
    }
}

struct LinksVisitor;

impl<'de> Visitor<'de> for LinksVisitor {
    type Value = Links;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("texts and references")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Links, A::Error> {
        let texts: Vec<Arc<str>> = fields
            .next_element()?
            .ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let references = fields.next_element_seed(ReferencesOver(&texts))?;
        let references = references.ok_or_else(|| A::Error::invalid_length(1, &self))?;
        Ok(Links { texts, references })
    }
}

/// References, read beside their texts.
struct ReferencesOver<'t>(&'t [Arc<str>]);

impl<'de> DeserializeSeed<'de> for ReferencesOver<'_> {
    type Value = Vec<Linked>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Linked>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ReferencesOver<'_> {
    type Value = Vec<Linked>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("references")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut edges: A) -> Result<Vec<Linked>, A::Error> {
        let count = edges.size_hint().unwrap_or_default().min(MOST_AT_ONCE);
        // Room for some more: what has changed will be added.
        let mut references = Vec::with_capacity(count + count / 32);
        while let Some(edge) = edges.next_element::<Edge>()? {
            let written = self.0.get(edge.written as usize);
            let written = written.ok_or_else(|| A::Error::custom("a reference without its text"))?;
            references.push((edge.from, edge.to, edge.into_reference(Arc::clone(written))));
        }
        Ok(references)
    }
}

impl Snapshot {
    /// What the graph was made of.
    pub fn into_parts(self) -> Parts {
        Parts {
            items: self.items,
            crates: self.crates,
            files: self.files,
            references: self.links.references,
            unresolved: self.unresolved,
            cfgs: self.cfgs,
            texts: self.links.texts,
            targets: self.targets,
        }
    }

    /// The graph again; the patterns are those that it was written with.
    pub fn into_graph(self, patterns: &[PathPattern]) -> Graph {
        let targets = patterns.iter().cloned().zip(self.targets);
        Graph {
            items: self.items,
            references: self.links.references,
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

impl Edge {
    fn of((from, to, reference): &Linked, numbers: &Numbers) -> Self {
        let flag = |holds: bool, flag: u16| if holds { flag } else { 0 };
        Self {
            from: *from,
            to: *to,
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
