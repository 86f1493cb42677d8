//! Which references a chain can go by, and where to: the backward view that `transitive` rules walk. No rule's own words.

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceId, ReferenceKind};

use crate::context::Context;

/// References by the item that a chain comes to by them; those to one item stand together, in order of references.
pub(crate) struct Steps {
    /// Where the references to an item begin; one more entry than there are items.
    starts: Vec<u32>,
    references: Vec<ReferenceId>,
}

impl Steps {
    /// Counts first and fills then: linear in the references.
    pub(crate) fn new(graph: &Graph) -> Self {
        let mut starts = vec![0; graph.item_count() + 1];
        let mut all: Vec<(ItemId, ReferenceId)> = Vec::new();
        for link in graph.references().filter(|link| is_step(graph, link)) {
            for item in entered(graph, &link) {
                starts[item.index() + 1] += 1;
                all.push((item, link.id));
            }
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut references = vec![ReferenceId::default(); all.len()];
        for (item, reference) in all {
            let at = &mut next[item.index()];
            references[*at as usize] = reference;
            *at += 1;
        }
        Self { starts, references }
    }

    /// The references by which a chain comes to an item.
    pub(crate) fn leading_to(&self, item: ItemId) -> &[ReferenceId] {
        let bound = |index: usize| self.starts[index] as usize;
        &self.references[bound(item.index())..bound(item.index() + 1)]
    }
}

/// An import only gives a name: what is done with the name is a reference of its own. A re-export hands the thing on.
pub(crate) fn is_step(graph: &Graph, link: &Link<'_>) -> bool {
    let only_a_name = link.reference.kind == ReferenceKind::Import && !link.reference.reexport;
    !only_a_name && graph.is_examined(link.from)
}

/// The items whose code a chain goes on in.
///
/// Not a module: naming one runs and means nothing of what is in it. Not code outside the examined crates. Not an item of a
/// trait that the trait has no code for, where the type is unknown (generics, `dyn`): what implements it may stand anywhere.
/// A default body is code that stands there, and may well run. Where the type's own item is known it is that; with a type
/// that is written before it and has none, the trait's default.
fn entered<'g>(graph: &'g Graph, link: &Link<'g>) -> impl Iterator<Item = ItemId> + use<'g> {
    let reference = link.reference;
    let (from, to) = (link.from, link.to);
    let is_own = || reference.also.is_none() && (reference.self_type.is_some() || has_code(graph, to));
    let is_stop = is_of_a_trait(graph, to) && !is_own();
    Context::definitions(link).filter(move |&item| {
        let is_module = graph.item(item).kind == ItemKind::Module;
        item != from && !is_module && graph.is_examined(item) && !(item == to && is_stop)
    })
}

/// Whether an item names something outside its interface: then it has a body, and one without is the end of a chain anyway.
fn has_code(graph: &Graph, item: ItemId) -> bool {
    let attribute = |kind| matches!(kind, ReferenceKind::Attribute | ReferenceKind::Derive);
    let mut references = graph.references_from(item).map(|link| link.reference);
    references.any(|reference| !reference.exposed && !attribute(reference.kind))
}

fn is_of_a_trait(graph: &Graph, item: ItemId) -> bool {
    let parent = graph.item(item).parent;
    parent.is_some_and(|parent| graph.item(parent).kind == ItemKind::Trait)
}
