//! Reads every module of the examined crates: files in parallel, then module trees in a fixed order.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::PathBuf;

use archguard_invariants::graph::CrateOrigin;
use rustc_hash::{FxHashMap, FxHashSet};
use tracing::info_span;

use crate::facts::extract::Depth;
use crate::facts::model::Name;
use crate::names::crates::Thoroughness;
use crate::names::ids::{CrateIdx, DefId, InstanceId, ScopeId};
use crate::names::world::{ScopeKind, World};

/// What is read of dependencies beside what the examined crates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    /// Their root files, which nearly every path into them needs.
    Roots,
    /// Also, on idle cores, what the roots lead to.
    WhatTheyLeadTo,
}

/// Reads the examined crates; of others only what somebody asks for later. That they are there is known without reading.
pub(super) fn load_outline(world: &World<'_>) {
    load(world, Beside::Nothing);
    for krate in examined_crates(world) {
        for &dependency in world.externs(krate).values() {
            world.root(dependency);
        }
    }
}

/// Reads the examined crates whole, and what is wanted beside.
pub(super) fn load(world: &World<'_>, beside: Beside) {
    info_span!("files").in_scope(|| world.store.prefetch(world.examined_roots(), world.examined_depth));
    let examined = examined_crates(world);
    if beside != Beside::Nothing {
        info_span!("roots of dependencies").in_scope(|| {
            let roots = roots_of_dependencies(world, &examined);
            let files: BTreeSet<PathBuf> = roots.iter().map(|(_, root)| root.clone()).collect();
            world
                .store
                .prefetch_files(files.into_iter().collect(), Depth::Declarations);
            if beside == Beside::WhatTheyLeadTo {
                read_ahead_below(world, roots);
            }
        });
    }
    let _span = info_span!("module trees").entered();
    load_module_trees(world, &examined);
    let (mut scopes, mut instances) = (0, 0);
    loop {
        scopes = load_blocks(world, scopes);
        let Some(instance) = world.instances.get(instances) else {
            break;
        };
        if world.place_includes(InstanceId::new(instances as u32)) {
            load_crate(world, instance.krate);
            for &scope in &instance.scopes {
                world.ready(scope);
            }
        }
        instances += 1;
    }
}

/// Reads what the text says first: a macro may be declared in any file, and used in those before it. One that a macro makes
/// is known when all have been expanded that can be.
fn load_module_trees(world: &World<'_>, examined: &[CrateIdx]) {
    for &krate in examined {
        world.krate(krate).complete.set(Thoroughness::Expanded);
        load_module(world, world.root(krate), |_| {});
    }
    world.is_loading.set(true);
    for &krate in examined {
        load_crate(world, krate);
    }
    world.is_loading.set(false);
    if world.settle_deferred() {
        world.forget_names();
        for &krate in examined {
            load_crate(world, krate);
        }
    }
}

fn examined_crates(world: &World<'_>) -> Vec<CrateIdx> {
    let all = (0..world.crates.len() as u32).map(CrateIdx::new);
    all.filter(|&id| world.krate(id).origin.is_examined()).collect()
}

/// What item macros make in blocks, and the modules there: no module tree leads to them. From a number of scopes that
/// have been seen to how many there are.
fn load_blocks(world: &World<'_>, mut seen: usize) -> usize {
    while let Some(scope) = world.scopes.get(seen) {
        if world.krate(scope.krate).origin.is_examined() && matches!(scope.kind, ScopeKind::Block) {
            world.ready(ScopeId::new(seen as u32));
            let modules = scope.contents.borrow().modules.clone();
            for module in modules {
                load_module(world, module, |scope| world.ready(scope));
            }
        }
        seen += 1;
    }
    seen
}

fn load_crate(world: &World<'_>, krate: CrateIdx) {
    load_module(world, world.root(krate), |scope| world.ready(scope));
}

fn load_module(world: &World<'_>, module: DefId, expand: impl Fn(ScopeId)) {
    let mut pending = vec![module];
    while let Some(module) = pending.pop() {
        let Some(body) = world.body(module) else { continue };
        expand(body);
        pending.extend(world.scope(body).contents.borrow().modules.iter().rev());
    }
}

/// Begins to read what dependencies consist of, for a world that has their roots alone.
pub(super) fn read_ahead(world: &World<'_>) {
    read_ahead_below(world, roots_of_dependencies(world, &examined_crates(world)));
}

/// The root files of direct dependencies, by the names that lead there.
fn roots_of_dependencies(world: &World<'_>, examined: &[CrateIdx]) -> BTreeSet<(Name, PathBuf)> {
    let externs = examined.iter().flat_map(|&krate| world.externs(krate));
    let roots = externs.filter_map(|(&name, &dependency)| {
        let data = world.krate(dependency);
        let root = data.root_file.clone().filter(|_| data.origin == CrateOrigin::External);
        Some((name, root?))
    });
    roots.collect()
}

/// Begins to read what roots lead to that are named at all, those that are named most often first.
fn read_ahead_below(world: &World<'_>, roots: BTreeSet<(Name, PathBuf)>) {
    let named = first_names(world);
    let named = |(name, root)| Some((Reverse(*named.get(&name)?), root));
    let mut roots: Vec<(Reverse<usize>, PathBuf)> = roots.into_iter().filter_map(named).collect();
    roots.sort();
    let mut seen = FxHashSet::default();
    roots.retain(|(_, root)| seen.insert(root.clone()));
    let used: Vec<PathBuf> = roots.into_iter().map(|(_, root)| root).collect();
    world.store.read_ahead(&used);
}

/// How many paths of the files read so far begin with a name.
fn first_names(world: &World<'_>) -> FxHashMap<Name, usize> {
    let mut times = FxHashMap::default();
    for facts in world.store.facts() {
        for path in &facts.paths {
            if let Some(&first) = path.segments.first() {
                *times.entry(first).or_default() += 1;
            }
        }
    }
    times
}
