//! Whose code a reference is: the compiler's path of an examined item, found among ours. Impl blocks have no name; their
//! members are told apart by the block's type and by where they stand.

use archguard_invariants::graph::ItemKind;
use rustc_hash::FxHashMap;

use super::printed::{Segment, segments};
use crate::facts::model::{ItemData, Span};
use crate::names::ids::{CrateIdx, DefId, InstanceId, ScopeId};
use crate::names::world::{Origin, ScopeKind, World};

/// A path within a crate, with every impl block called alike.
type Key = Vec<Box<str>>;

/// What impl blocks are called in keys: no name of an item can be that.
const IMPL: &str = "impl";

/// The items of one examined crate by the compiler's paths.
#[derive(Debug, Default)]
pub(super) struct Owners {
    by_key: FxHashMap<Key, Vec<DefId>>,
}

impl Owners {
    /// Every item of a crate under its key.
    pub(super) fn of_crate(world: &World<'_>, krate: CrateIdx) -> Self {
        let mut owners = Self::default();
        let mut keys: FxHashMap<DefId, Key> = FxHashMap::default();
        let root = world.root(krate);
        owners.by_key.entry(Key::new()).or_default().push(root);
        keys.insert(root, Key::new());
        for instance in world.instances.iter().filter(|instance| instance.krate == krate) {
            let stand_in = usize::from(instance.container.is_some());
            for &def in instance.items.iter().skip(stand_in) {
                let key = key(world, def, &mut keys);
                let same = owners.by_key.entry(key).or_default();
                if !same.contains(&def) {
                    same.push(def);
                }
            }
        }
        owners
    }

    /// The items that a path of the compiler is, if it is known whole.
    pub(super) fn whole(&self, path: &str) -> &[DefId] {
        self.by_key.get(&key_of(path)).map_or(&[], Vec::as_slice)
    }

    /// The items that a path of the compiler may be: all of the longest part of it that is known. Impl blocks alone are an
    /// answer only where the path ends in one.
    pub(super) fn candidates(&self, path: &str) -> &[DefId] {
        let mut key = key_of(path);
        let mut is_whole = true;
        loop {
            let is_block = key.last().is_some_and(|last| **last == *IMPL);
            if let Some(found) = self.by_key.get(&key).filter(|_| is_whole || !is_block) {
                return found;
            }
            is_whole = false;
            if key.pop().is_none() {
                return &[];
            }
        }
    }
}

fn key_of(path: &str) -> Key {
    let of_segment = |segment| match segment {
        Segment::Name(name) => name.into(),
        Segment::Impl => IMPL.into(),
    };
    segments(path).into_iter().map(of_segment).collect()
}

fn key(world: &World<'_>, def: DefId, known: &mut FxHashMap<DefId, Key>) -> Key {
    if let Some(key) = known.get(&def) {
        return key.clone();
    }
    let data = world.def(def);
    let mut made = container(world, def).map_or_else(Key::new, |container| key(world, container, known));
    made.push(if data.kind == ItemKind::Impl {
        IMPL.into()
    } else {
        data.name.as_str().into()
    });
    known.insert(def, made.clone());
    made
}

/// What an item is written in: an impl, trait or enum, the function around its block, or its module.
fn container(world: &World<'_>, def: DefId) -> Option<DefId> {
    let data = world.def(def);
    let Origin::Item { instance, item } = data.origin else {
        return data.parent.get();
    };
    let fact = &world.facts_of(instance).items[item.index()];
    let around = world.instance(instance);
    if let Some(parent) = fact.parent {
        let is_stand_in = parent.index() == 0 && around.container.is_some();
        return Some(match around.container {
            Some(container) if is_stand_in => container,
            _ => around.items[parent.index()],
        });
    }
    around
        .container
        .filter(|_| is_member(data.kind))
        .or_else(|| data.scope.map(|scope| block_or_module(world, instance, scope)))
}

fn is_member(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Method | ItemKind::AssociatedConstant | ItemKind::AssociatedType
    )
}

fn block_or_module(world: &World<'_>, instance: InstanceId, scope: ScopeId) -> DefId {
    let around = world.instance(instance);
    let index = around.scopes.iter().position(|&own| own == scope);
    let block_of = index.and_then(|index| world.facts_of(instance).scopes[index].block_of);
    match (world.scope(scope).kind, block_of) {
        (ScopeKind::Module(module), _) => module,
        (ScopeKind::Block, Some(item)) => around.items[item.index()],
        (ScopeKind::Block, None) => around.owner.unwrap_or_else(|| world.module_of(scope)),
    }
}

/// Where an item's name stands: the file's path is that of its instance.
pub(super) fn name_of(world: &World<'_>, def: DefId) -> Option<(InstanceId, Span)> {
    world.item_of(def).map(|(instance, item)| (instance, item.span))
}

/// The type of the impl that an item is in, if it is in one.
pub(super) fn type_of_impl(world: &World<'_>, def: DefId) -> Option<DefId> {
    let block = if world.def(def).kind == ItemKind::Impl {
        def
    } else {
        container(world, def).filter(|&container| {
            world
                .item_of(container)
                .is_some_and(|(_, item)| matches!(item.data, ItemData::Impl { .. }))
        })?
    };
    world.impl_self(block)
}
