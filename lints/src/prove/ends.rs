//! Where the two ends of a circle may stand: in two components, in two crates, or in two modules beside each other.

use std::collections::BTreeMap;

use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::policy::BoundPolicy;
use archguard_invariants::policy::model::Among;
use rustc_hash::FxHashMap;

use super::places::Places;

/// Which code may hold one end, and which the other.
pub(super) type Sides<'s> = (&'s dyn Fn(ItemId) -> bool, &'s dyn Fn(ItemId) -> bool);

/// Two items whose code may close a circle; or why there are none.
pub(super) fn ends(
    (graph, policy): (&Graph, &BoundPolicy<'_>),
    places: &Places<'_>,
    among: Among,
    (one, other): Sides<'_>,
) -> Result<[ItemId; 2], &'static str> {
    match among {
        Among::Components => {
            let of = |item: ItemId| policy.component_of(item);
            let some = |holds: &dyn Fn(ItemId) -> bool| places.some_within(1, |item| of(item).is_some() && holds(item));
            two_apart(&some(one), &some(other), of).ok_or("it speaks of the code of fewer than two components")
        }
        Among::Crates => {
            let all = |holds: &dyn Fn(ItemId) -> bool| places.some_within(usize::MAX, holds);
            two_apart(&all(one), &all(other), |item| graph.item(item).krate)
                .ok_or("it speaks of the code of fewer than two crates")
        }
        Among::Modules => {
            let all = |holds: &dyn Fn(ItemId) -> bool| places.some_within(usize::MAX, holds);
            beside(graph, &all(one), &all(other)).ok_or("it speaks of no two modules beside each other")
        }
    }
}

fn two_apart<K: Ord>(ones: &[ItemId], others: &[ItemId], node: impl Fn(ItemId) -> K) -> Option<[ItemId; 2]> {
    let mut of_node: BTreeMap<K, ItemId> = BTreeMap::new();
    for &item in others {
        of_node.entry(node(item)).or_insert(item);
    }
    ones.iter().find_map(|&one| {
        let mut apart = of_node.iter().filter(|(other, _)| **other != node(one));
        apart.next().map(|(_, &other)| [one, other])
    })
}

/// Two that lie in different child modules of one module.
fn beside(graph: &Graph, ones: &[ItemId], others: &[ItemId]) -> Option<[ItemId; 2]> {
    /// The first two child modules of each that something lies in, and what.
    type Children = Vec<(ItemId, ItemId)>;
    let mut children: FxHashMap<ItemId, Children> = FxHashMap::default();
    for &item in others {
        for (child, parent) in steps(graph, item) {
            let known = children.entry(parent).or_default();
            if known.len() < 2 && known.iter().all(|&(of, _)| of != child) {
                known.push((child, item));
            }
        }
    }
    ones.iter().find_map(|&one| {
        let mut steps = steps(graph, one).into_iter();
        steps.find_map(|(child, parent)| {
            let known = children.get(&parent)?;
            let &(_, other) = known.iter().find(|&&(of, _)| of != child)?;
            Some([one, other])
        })
    })
}

/// The modules around an item, from the inside, each with the one around it.
fn steps(graph: &Graph, item: ItemId) -> Vec<(ItemId, ItemId)> {
    let around: Vec<ItemId> = graph.modules_around(graph.item(item).module).collect();
    around.windows(2).map(|pair| (pair[0], pair[1])).collect()
}
