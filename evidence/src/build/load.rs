//! Reads every module of the examined crates: files in parallel, then module trees in a fixed order.

use archguard_invariants::graph::CrateOrigin;

use super::includes;
use crate::facts::extract::Depth;
use crate::names::ids::{CrateIdx, DefId, InstanceId, ScopeId};
use crate::names::world::{ScopeKind, Thoroughness, World};

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
    let (mut scopes, mut instances) = (0, 0);
    loop {
        scopes = load_blocks(world, scopes);
        let Some(instance) = world.instances.get(instances) else {
            break;
        };
        if includes::place_includes(world, InstanceId(instances as u32)) {
            load_crate(world, instance.krate);
            for &scope in &instance.scopes {
                world.ready(scope);
            }
        }
        instances += 1;
    }
}

/// What item macros make in blocks, and the modules there: no module tree leads to them. From a number of scopes that
/// have been seen to how many there are.
fn load_blocks(world: &World<'_>, mut seen: usize) -> usize {
    while let Some(scope) = world.scopes.get(seen) {
        if world.krate(scope.krate).origin.is_examined() && matches!(scope.kind, ScopeKind::Block) {
            world.ready(ScopeId(seen as u32));
            let modules = scope.contents.borrow().modules.clone();
            for module in modules {
                load_module(world, module);
            }
        }
        seen += 1;
    }
    seen
}

fn load_crate(world: &World<'_>, krate: CrateIdx) {
    load_module(world, world.root(krate));
}

fn load_module(world: &World<'_>, module: DefId) {
    let mut pending = vec![module];
    while let Some(module) = pending.pop() {
        let Some(body) = world.body(module) else { continue };
        world.ready(body);
        pending.extend(world.scope(body).contents.borrow().modules.iter().rev());
    }
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
