//! Dependencies of two states: between components, modules and crates. Development code depends on whatever it likes.

use std::collections::BTreeMap;

use super::{Dependencies, Dependency, State, Turnover};
use crate::changes::Moves;
use crate::graph::query::Link;
use crate::graph::{CrateOrigin, Graph, ItemId};

type Found = BTreeMap<(String, String), Dependency>;

/// Who an item counts as; none where it does not.
type Owner<'a> = &'a dyn Fn(State<'_>, ItemId) -> Option<String>;

pub(super) fn between(then: State<'_>, now: State<'_>, moves: &Moves) -> Dependencies {
    let turnover = |from: Owner<'_>, to: Owner<'_>, renamed: &dyn Fn(String) -> String| {
        let before = found(then, from, to);
        let before = before.into_values().map(|it| {
            let (from, to) = (renamed(it.from), renamed(it.to));
            ((from.clone(), to.clone()), Dependency { from, to, ..it })
        });
        // What was between two modules that are one now is no dependency.
        let before: Found = before.filter(|((from, to), _)| from != to).collect();
        let after = found(now, from, to);
        let only = |of: &Found, other: &Found| -> Vec<Dependency> {
            let fresh = of.iter().filter(|(ends, _)| !other.contains_key(*ends));
            fresh.map(|(_, dependency)| dependency.clone()).collect()
        };
        Turnover {
            new: only(&after, &before),
            gone: only(&before, &after),
        }
    };
    let follow = |path: String| moves.follow(&path);
    Dependencies {
        components: turnover(&component, &component, &|name| name),
        modules: turnover(&module, &module, &follow),
        crates: turnover(&own_crate, &any_crate, &follow),
    }
}

fn found(state: State<'_>, from: Owner<'_>, to: Owner<'_>) -> Found {
    let mut found = Found::new();
    for link in state.graph.references().filter(|link| counts(state.graph, link)) {
        let ends = from(state, link.from).zip(to(state, link.to));
        let Some((from, to)) = ends.filter(|(from, to)| from != to) else {
            continue;
        };
        let place = link.reference.place;
        let dependency = found.entry((from.clone(), to.clone())).or_insert_with(|| Dependency {
            from,
            to,
            references: 0,
            file: state.graph.file(place.file).display.to_string(),
            line: place.start.line,
        });
        dependency.references += 1;
    }
    found
}

fn counts(graph: &Graph, link: &Link<'_>) -> bool {
    let item = graph.item(link.from);
    !link.reference.dev && !item.dev && !graph.krate(item.krate).dev
}

fn component(state: State<'_>, item: ItemId) -> Option<String> {
    let owner = state
        .policy
        .component_of(item)
        .filter(|_| state.graph.is_examined(item))?;
    Some(state.policy.component(owner).name.as_str().to_owned())
}

fn module(state: State<'_>, item: ItemId) -> Option<String> {
    let module = state.graph.item(item).module;
    state
        .graph
        .is_examined(item)
        .then(|| state.graph.item(module).path.to_string())
}

fn own_crate(state: State<'_>, item: ItemId) -> Option<String> {
    any_crate(state, item).filter(|_| state.graph.is_examined(item))
}

fn any_crate(state: State<'_>, item: ItemId) -> Option<String> {
    let krate = state.graph.krate(state.graph.item(item).krate);
    (krate.origin != CrateOrigin::Standard).then(|| krate.head.to_string())
}
