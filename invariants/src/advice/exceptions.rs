//! Which exceptions speak of code at a standpoint, and how one is told. Whether they accept anything, the verdict says.

use rustc_hash::FxHashMap;

use super::document::ExceptionAdvice;
use super::standpoint::Standpoint;
use crate::decisions::{Exception, Exceptions};
use crate::graph::{Graph, ItemId};

/// The exceptions for code at a standpoint, in order of writing.
pub(super) fn at(graph: &Graph, at: &Standpoint, exceptions: &Exceptions) -> Vec<ExceptionAdvice> {
    let places = places(graph, exceptions);
    let entries = exceptions.entries.iter().zip(places);
    let here = entries.filter(|(entry, place)| {
        if at.exists {
            place.is_some_and(|item| stands_in(graph, at, item))
        } else {
            is_below(&entry.from, &at.path)
        }
    });
    here.map(|(entry, _)| told(entry)).collect()
}

/// Whether an item stands in the code of a standpoint: in one of its modules, or in one that lies inside it in the same file.
fn stands_in(graph: &Graph, at: &Standpoint, item: ItemId) -> bool {
    let module = graph.item(item).module;
    at.modules.iter().any(|&here| {
        let same_file = || graph.module_file(here) == graph.module_file(module);
        here == module || (same_file() && graph.lineage(module).any(|outer| outer == here))
    })
}

/// The item that each exception speaks of; where there is none of that name, the nearest one around it.
pub(crate) fn places(graph: &Graph, exceptions: &Exceptions) -> Vec<Option<ItemId>> {
    let mut wanted: FxHashMap<&str, Option<ItemId>> = FxHashMap::default();
    for entry in &exceptions.entries {
        wanted.extend(outwards(&entry.from).map(|path| (path, None)));
    }
    if !wanted.is_empty() {
        for (id, item) in graph.items().filter(|&(id, _)| graph.is_examined(id)) {
            if let Some(found) = wanted.get_mut(&*item.path) {
                found.get_or_insert(id);
            }
        }
    }
    let entries = exceptions.entries.iter();
    entries
        .map(|entry| outwards(&entry.from).find_map(|path| wanted[path]))
        .collect()
}

/// The item of a path, examined or not.
pub(crate) fn item_of(graph: &Graph, path: &str) -> Option<ItemId> {
    graph.items().find(|(_, item)| *item.path == *path).map(|(id, _)| id)
}

/// A path, then what is around it, to the crate.
fn outwards(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(path.rsplit_once("::")?.0))
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// An exception as it is printed.
pub(crate) fn told(entry: &Exception) -> ExceptionAdvice {
    ExceptionAdvice {
        rule: entry.rule.as_str().to_owned(),
        from: entry.from.clone(),
        to: entry.to.clone(),
        reason: entry.reason.clone(),
        owner: entry.owner.clone(),
        until: entry.until.to_string(),
        expired: entry.is_expired(),
    }
}
