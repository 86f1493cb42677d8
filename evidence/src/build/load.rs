//! Reads every module of the examined crates: files in parallel, then module trees in a fixed order.

use archguard_invariants::graph::CrateOrigin;

use super::includes;
use crate::facts::extract::Depth;
use crate::names::ids::{CrateIdx, InstanceId};
use crate::names::world::{Thoroughness, World};

/// Reads the examined crates whole, and the roots of what they depend on.
pub(super) fn load(world: &World<'_>) {
    world.store.prefetch(world.examined_roots(), Depth::Everything);
    let examined: Vec<CrateIdx> = (0..world.crates.len() as u32)
        .map(CrateIdx)
        .filter(|&id| world.krate(id).origin.is_examined())
        .collect();
    prefetch_dependencies(world, &examined);
    for &krate in &examined {
        world.note_extern_aliases(krate);
    }
    for &krate in &examined {
        world.krate(krate).complete.set(Thoroughness::Expanded);
        load_crate(world, krate);
    }
    let mut cursor = 0;
    while let Some(instance) = world.instances.get(cursor) {
        if includes::place_includes(world, InstanceId(cursor as u32)) {
            load_crate(world, instance.krate);
        }
        cursor += 1;
    }
}

fn load_crate(world: &World<'_>, krate: CrateIdx) {
    let mut pending = vec![world.root(krate)];
    while let Some(module) = pending.pop() {
        let Some(body) = world.body(module) else { continue };
        world.ready(body);
        pending.extend(world.scope(body).contents.borrow().modules.iter().rev());
    }
    world.ready_blocks(krate);
}

/// The root files of direct dependencies are needed by nearly every path into them.
fn prefetch_dependencies(world: &World<'_>, examined: &[CrateIdx]) {
    let mut roots: Vec<_> = examined
        .iter()
        .flat_map(|&krate| world.externs(krate).values())
        .filter(|&&krate| world.krate(krate).origin == CrateOrigin::External)
        .filter_map(|&krate| world.krate(krate).root_file.clone())
        .collect();
    roots.sort();
    roots.dedup();
    world.store.prefetch_files(roots, Depth::Declarations);
}
