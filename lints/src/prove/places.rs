//! Where code of a scope may stand: in each component at a few modules, before others those of production code.

use std::collections::BTreeMap;

use archguard_invariants::graph::{Graph, ItemId, ItemKind};
use archguard_invariants::policy::{BoundPolicy, ComponentId};

use super::components::is_dev;

/// The examined items that code may be planted in.
pub(super) struct Places<'a> {
    policy: &'a BoundPolicy<'a>,
    modules: Vec<ItemId>,
    items: Vec<ItemId>,
    dev: Vec<ItemId>,
}

/// How many modules of one component are tried.
const EACH: usize = 3;

impl<'a> Places<'a> {
    pub(super) fn new(graph: &'a Graph, policy: &'a BoundPolicy<'a>) -> Self {
        let (mut modules, mut items, mut dev) = (Vec::new(), Vec::new(), Vec::new());
        for (id, item) in graph.items().filter(|&(id, _)| graph.is_examined(id)) {
            let is_dev = is_dev(graph, id);
            match item.kind {
                _ if graph.is_generated(id) => {}
                ItemKind::Module if !is_dev => modules.push(id),
                ItemKind::Module => dev.push(id),
                ItemKind::Impl | ItemKind::Field | ItemKind::Variant | ItemKind::Closure | ItemKind::Primitive => {}
                _ if is_dev => dev.push(id),
                _ => items.push(id),
            }
        }
        let by_path = |list: &mut Vec<ItemId>| list.sort_by_cached_key(|&id| (graph.item(id).path.to_string(), id));
        by_path(&mut modules);
        Self {
            policy,
            modules,
            items,
            dev,
        }
    }

    /// Places of a scope: modules, else items, else development code.
    pub(super) fn within(&self, holds: impl Fn(ItemId) -> bool) -> Vec<ItemId> {
        self.some_within(EACH, holds)
    }

    /// The same, with so many of each component.
    pub(super) fn some_within(&self, each: usize, holds: impl Fn(ItemId) -> bool) -> Vec<ItemId> {
        let lists = [&self.modules, &self.items, &self.dev];
        let found = lists.into_iter().map(|list| self.pick(list, each, &holds));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The same, items beside modules.
    pub(super) fn items_within(&self, each: usize, holds: impl Fn(ItemId) -> bool) -> Vec<ItemId> {
        self.pick(&self.items, each, &holds)
    }

    fn pick(&self, list: &[ItemId], each: usize, holds: &impl Fn(ItemId) -> bool) -> Vec<ItemId> {
        let mut by_owner: BTreeMap<Option<ComponentId>, Vec<ItemId>> = BTreeMap::new();
        for &item in list.iter().filter(|&&item| holds(item)) {
            by_owner.entry(self.policy.component_of(item)).or_default().push(item);
        }
        let spread = by_owner.into_values().flat_map(|items| spread(&items, each));
        spread.collect()
    }
}

/// So many of a list, from its beginning to its end.
pub(super) fn spread(items: &[ItemId], count: usize) -> Vec<ItemId> {
    if items.len() <= count {
        return items.to_vec();
    }
    let last = items.len() - 1;
    (0..count)
        .map(|index| items[index * last / (count - 1).max(1)])
        .collect()
}
