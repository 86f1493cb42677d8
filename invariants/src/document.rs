//! The document that `graph --format json` prints: all judged modules and all references of their code. Values and their
//! making; no printing.

use serde::Serialize;

use crate::graph::{Graph, ItemId, ItemKind, ReferenceKind, Resolution};
use crate::verdict::EvidenceWord;
use crate::verdict::describe::{ComponentOf, evidence_words};

/// The graph, as a document.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GraphDocument<'g> {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// All examined modules, by path.
    pub modules: Vec<ModuleEntry<'g>>,
    /// All references of examined code, by file and place.
    pub references: Vec<ReferenceEntry<'g>>,
}

/// One examined module.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModuleEntry<'g> {
    /// Its path.
    pub path: &'g str,
    /// Its crate.
    #[serde(rename = "crate")]
    pub krate: &'g str,
    /// Its crate's kind of target: `lib`, `bin`, `build`, `test`, `bench`, `example`.
    pub target: &'static str,
    /// The file that its text is in: its own, or for an inline module the one around it.
    pub file: Option<&'g str>,
    /// The component that owns it.
    pub component: Option<String>,
    /// Whether it is development code.
    pub dev: bool,
}

/// One reference.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReferenceEntry<'g> {
    /// The item whose code names the other.
    pub from: &'g str,
    /// The module that it stands in.
    pub from_module: &'g str,
    /// The definition that is named.
    pub to: &'g str,
    /// The examined module that the definition lies in; null outside examined code.
    pub to_module: Option<&'g str>,
    /// The crate that defines the target.
    #[serde(rename = "crate")]
    pub krate: &'g str,
    /// The path as written, local aliases resolved.
    pub written: &'g str,
    /// What the reference does.
    pub kind: ReferenceKind,
    /// Who saw it.
    pub evidence: Vec<EvidenceWord>,
    /// How source evidence knows it.
    pub resolution: Option<Resolution>,
    /// Whether it stands in the interface of its item.
    pub public: bool,
    /// Whether it is development code.
    pub dev: bool,
    /// The cfg that it stands under.
    pub cfg: Option<&'g str>,
    /// The file.
    pub file: &'g str,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl<'g> GraphDocument<'g> {
    /// The document of a graph, of the items that `included` lets in.
    pub fn of(graph: &'g Graph, component_of: ComponentOf<'_>, included: &dyn Fn(ItemId) -> bool) -> Self {
        let mut modules: Vec<_> = graph
            .items()
            .filter(|(id, item)| item.kind == ItemKind::Module && included(*id))
            .map(|(id, _)| module_entry(graph, component_of, id))
            .collect();
        modules.sort_by(|left, right| (left.path, left.file).cmp(&(right.path, right.file)));
        let references = graph
            .references()
            .filter(|link| included(link.from))
            .map(|link| reference_entry(graph, &link))
            .collect();
        Self {
            schema: 1,
            modules,
            references,
        }
    }
}

fn module_entry<'g>(graph: &'g Graph, component_of: ComponentOf<'_>, id: ItemId) -> ModuleEntry<'g> {
    let item = graph.item(id);
    let krate = graph.krate(item.krate);
    ModuleEntry {
        path: &item.path,
        krate: &krate.name,
        target: krate.target.prefix(),
        file: graph.module_file(id).map(|file| &*graph.file(file).display),
        component: component_of(id),
        dev: item.dev,
    }
}

fn reference_entry<'g>(graph: &'g Graph, link: &crate::graph::query::Link<'g>) -> ReferenceEntry<'g> {
    let (from, to, reference) = (graph.item(link.from), graph.item(link.to), link.reference);
    ReferenceEntry {
        from: &from.path,
        from_module: &graph.item(from.module).path,
        to: &to.path,
        to_module: graph.is_examined(link.to).then(|| &*graph.item(to.module).path),
        krate: &graph.krate(to.krate).name,
        written: graph.text(reference.written),
        kind: reference.kind,
        evidence: evidence_words(reference.evidence),
        resolution: reference.resolution,
        public: reference.exposed,
        dev: reference.dev,
        cfg: reference.cfg.map(|cfg| graph.cfg(cfg)),
        file: &graph.file(reference.place.file).display,
        line: reference.place.start.line,
        column: reference.place.start.column,
    }
}
