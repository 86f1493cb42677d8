//! `dependency-cycle`: components, modules or crates that use each other in a circle. By definition, over references that
//! are not re-exports.

use std::cell::RefCell;
use std::hash::Hash;

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::cycles::{Knot, knots};
use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{Graph, ItemId, Projection, ReferenceId};
use archguard_invariants::policy::ComponentId;
use archguard_invariants::policy::bound::BoundAcyclic;
use archguard_invariants::policy::model::Among;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::blame::site;
use crate::context::{ByItem, Context};
use crate::sink::{Details, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    for acyclic in &ctx.policy.acyclics {
        let judge = Judge::new(ctx, acyclic);
        let counted = ctx.graph.references().filter(|link| judge.counts(link)).count();
        sink.matched(&acyclic.rule.head.id.value, counted);
        for among in &acyclic.rule.among {
            judge.among(among.value, sink);
        }
    }
}

/// The circles of one kind of node under one rule.
pub(crate) fn check_among<'a>(ctx: &Context<'a>, acyclic: &BoundAcyclic<'a>, among: Among, sink: &mut Sink) {
    Judge::new(ctx, acyclic).among(among, sink);
}

struct Judge<'c, 'a> {
    ctx: &'c Context<'a>,
    acyclic: &'c BoundAcyclic<'a>,
    spoken_of: RefCell<ByItem<bool>>,
    /// References that `uses` or a layering does not allow.
    denied: FxHashSet<ReferenceId>,
}

/// One reference weighs more than what distinguishes edges of the same number of references.
const MORE_THAN_ALL_EDGES: usize = 1 << 24;

/// How a kind of node is spoken of.
struct Nodes<K> {
    word: &'static str,
    name: fn(&Context<'_>, K) -> String,
    /// The item that stands for a node in a finding; where there is none, the ends of a reference do.
    item: fn(K) -> Option<ItemId>,
}

/// An item as a node, ordered by path: item ids say nothing that lasts.
type ByPath<'g> = (&'g str, ItemId);

fn by_path<'g>(word: &'static str) -> Nodes<ByPath<'g>> {
    Nodes {
        word,
        name: |_, (path, _)| path.to_owned(),
        item: |(_, item)| Some(item),
    }
}

impl<'c, 'a> Judge<'c, 'a> {
    fn new(ctx: &'c Context<'a>, acyclic: &'c BoundAcyclic<'a>) -> Self {
        Self {
            ctx,
            acyclic,
            spoken_of: RefCell::new(ctx.by_item()),
            denied: ctx.crossings().denied.iter().map(|crossing| crossing.link).collect(),
        }
    }

    fn among(&self, among: Among, sink: &mut Sink) {
        match among {
            Among::Components => self.components(sink),
            Among::Modules => self.modules(sink),
            Among::Crates => self.crates(sink),
        }
    }

    /// Whether a reference can be part of a cycle.
    fn counts(&self, link: &Link<'_>) -> bool {
        let dev = self.ctx.is_dev_reference(link) && !self.ctx.judges_dev(self.acyclic.rule.head.dev);
        !dev && !link.reference.reexport && self.speaks_of(link.from) && self.speaks_of(link.to)
    }

    fn speaks_of(&self, item: ItemId) -> bool {
        self.spoken_of.borrow_mut().get(item, || {
            self.ctx.graph.is_examined(item) && self.acyclic.scope.contains(self.ctx.graph, self.ctx.policy, item)
        })
    }

    fn components(&self, sink: &mut Sink) {
        let owner = |item| self.ctx.policy.component_of(item);
        let view = self.ctx.graph.by_owner(owner, |link| self.counts(link));
        let nodes = Nodes {
            word: "component",
            name: |ctx, component: ComponentId| ctx.name(component).to_owned(),
            item: |_| None,
        };
        self.report(sink, &view, &nodes);
    }

    fn crates(&self, sink: &mut Sink) {
        let graph = self.ctx.graph;
        let owner = |item| {
            let krate = graph.krate(graph.item(item).krate);
            Some((&*krate.head, krate.root))
        };
        let view = graph.by_owner(owner, |link| self.counts(link));
        self.report(sink, &view, &by_path("crate"));
    }

    /// Under each module, its child modules with everything inside them.
    fn modules(&self, sink: &mut Sink) {
        let graph = self.ctx.graph;
        let node = |module| (&*graph.item(module).path, module);
        let mut by_parent: FxHashMap<ItemId, Vec<(ByPath<'_>, ByPath<'_>, ReferenceId)>> = FxHashMap::default();
        for link in graph.references().filter(|link| self.counts(link)) {
            for named in Context::named(&link) {
                if let Some((parent, from, to)) = siblings(graph, link.from, named) {
                    by_parent
                        .entry(parent)
                        .or_default()
                        .push((node(from), node(to), link.id));
                }
            }
        }
        let mut by_parent: Vec<_> = by_parent.into_iter().collect();
        by_parent.sort_unstable_by_key(|&(parent, _)| parent);
        for (_, edges) in by_parent {
            self.report(sink, &Projection::new([], edges), &by_path("module"));
        }
    }

    fn report<K: Copy + Ord + Hash>(&self, sink: &mut Sink, view: &Projection<K>, nodes: &Nodes<K>) {
        for knot in knots(view.petgraph(), |references| self.weight(references)) {
            let chain: Vec<ReferenceId> = knot
                .ring
                .iter()
                .filter_map(|&edge| self.representative(&view.petgraph()[edge]))
                .collect();
            // What should go stands for the whole, not what may stay.
            let Some(&worst) = knot.cut.first() else {
                continue;
            };
            let Some(first) = self.representative(&view.petgraph()[worst]) else {
                continue;
            };
            let link = self.ctx.graph.link(first);
            let ends = view
                .petgraph()
                .edge_endpoints(worst)
                .map(|(from, to)| (view.key(from), view.key(to)));
            let (from, to) = ends
                .and_then(|(from, to)| Some(((nodes.item)(from)?, (nodes.item)(to)?)))
                .unwrap_or((link.from, link.to));
            let mut cut: Vec<ReferenceId> = knot
                .cut
                .iter()
                .flat_map(|&edge| &view.petgraph()[edge])
                .copied()
                .collect();
            cut.sort_unstable();
            cut.dedup();
            let sites = cut.iter().map(|&id| site(&self.ctx.graph.link(id), false)).collect();
            let rule = self.acyclic.rule.head.id.value.clone();
            let key = Key {
                rule,
                lint: Lint::DependencyCycle,
                from,
                to: Some(to),
            };
            let base = Details::of_rule(&self.acyclic.rule.head);
            let written = self.ctx.written(&link).to_owned();
            let message = message(self.ctx, view, &knot, nodes);
            sink.report_whole(
                key,
                sites,
                Details {
                    written,
                    message,
                    chain,
                    cut,
                    knot: references_inside(view, &knot),
                    ..base
                },
            );
        }
    }

    /// What cutting an edge costs: its references; among cuts of equally many, one that is not allowed anyway is better.
    fn weight(&self, references: &[ReferenceId]) -> usize {
        let denied = references.iter().all(|reference| self.denied.contains(reference));
        references.len() * MORE_THAN_ALL_EDGES + usize::from(!denied)
    }

    /// The reference that stands for an edge: the first by paths, so that moving code about does not change the finding.
    fn representative(&self, references: &[ReferenceId]) -> Option<ReferenceId> {
        let path = |item: ItemId| &self.ctx.graph.item(item).path;
        references.iter().copied().min_by_key(|&id| {
            let link = self.ctx.graph.link(id);
            (path(link.from), path(link.to), id)
        })
    }
}

/// Every reference between nodes of a knot, with the numbers of its ends.
fn references_inside<K: Copy + Ord + Hash>(view: &Projection<K>, knot: &Knot) -> Vec<(usize, usize, ReferenceId)> {
    let inner = view.petgraph();
    let is_inside = |node: &NodeIndex<u32>| knot.nodes.binary_search(node).is_ok();
    let edges = knot.nodes.iter().flat_map(|&node| inner.edges(node));
    let edges = edges.filter(|edge| edge.source() != edge.target() && is_inside(&edge.target()));
    let references = edges.flat_map(|edge| {
        let (from, to) = (edge.source().index(), edge.target().index());
        edge.weight().iter().map(move |&reference| (from, to, reference))
    });
    references.collect()
}

/// The module that holds both ends in different child modules, and those two. None where one end stands in that module
/// itself: a module and what it is in are no cycle.
fn siblings(graph: &Graph, from: ItemId, to: ItemId) -> Option<(ItemId, ItemId, ItemId)> {
    let (from, to) = (graph.item(from).module, graph.item(to).module);
    if from == to || graph.item(from).krate != graph.item(to).krate {
        return None;
    }
    let around = |module| {
        let mut modules: Vec<ItemId> = graph.modules_around(module).collect();
        modules.reverse();
        modules
    };
    let (from, to) = (around(from), around(to));
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    Some((*from.get(shared.checked_sub(1)?)?, *from.get(shared)?, *to.get(shared)?))
}

fn message<K: Copy + Ord + Hash>(ctx: &Context<'_>, view: &Projection<K>, knot: &Knot, nodes: &Nodes<K>) -> String {
    let inner = view.petgraph();
    let name = |node| format!("`{}`", (nodes.name)(ctx, view.key(node)));
    let stations = knot
        .ring
        .iter()
        .filter_map(|&edge| Some(inner.edge_endpoints(edge)?.0))
        .map(name);
    let mut ring: Vec<String> = stations.collect();
    ring.extend(ring.first().cloned());
    let ring = ring.join(" -> ");
    let all = wording::list(knot.nodes.iter().map(|&node| (nodes.name)(ctx, view.key(node))));
    let circle = if knot.nodes.len() == knot.ring.len() {
        format!("the {}s {all} use each other in a circle: {ring}", nodes.word)
    } else {
        format!(
            "the {}s {all} use each other in circles, the shortest being {ring}",
            nodes.word
        )
    };
    let cut = knot.cut.iter().filter_map(|&edge| {
        let (from, to) = inner.edge_endpoints(edge)?;
        Some(format!(
            "{} from {} to {}",
            wording::count(inner[edge].len(), "reference"),
            name(from),
            name(to)
        ))
    });
    let cut = cut.collect::<Vec<_>>().join(", ");
    if knot.cut_is_smallest {
        format!("{circle}; the smallest cut is {cut}")
    } else {
        let proof = format!(
            "not proven to be the smallest, with {} {}s in it",
            knot.nodes.len(),
            nodes.word
        );
        format!("{circle}; a cut of which nothing can be spared ({proof}) is {cut}")
    }
}
