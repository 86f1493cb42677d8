//! What the compiler's definitions are to us: crate, module, item, looked up by the path of the definition, in examined
//! crates, in dependencies and in the standard library.

use archguard_invariants::graph::{CrateOrigin, ItemKind};
use rustc_hash::FxHashMap;

use super::printed::{self, Segment, segments};
use crate::compiler::{CrateName, Definition, Record};
use crate::facts::model::{Name, Namespaces};
use crate::names::ids::{CrateIdx, DefId};
use crate::names::world::World;

/// What a definition may be. Mostly one; several where an impl block cannot be told from its neighbours by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Meaning {
    pub(super) candidates: Vec<DefId>,
    /// Whether it is a stand-in made from the compiler's path, because ours knows no such item.
    pub(super) assumed: bool,
}

/// The definitions of one unit.
pub(super) struct Definitions<'a, 'w> {
    world: &'a World<'w>,
    record: &'a Record,
    own: CrateIdx,
    crates: Vec<Option<CrateIdx>>,
    known: FxHashMap<u32, Meaning>,
    types: FxHashMap<u32, Option<DefId>>,
}

impl<'a, 'w> Definitions<'a, 'w> {
    pub(super) fn new(world: &'a World<'w>, record: &'a Record, own: CrateIdx) -> Self {
        let mut definitions = Self {
            world,
            record,
            own,
            crates: Vec::new(),
            known: FxHashMap::default(),
            types: FxHashMap::default(),
        };
        definitions.crates = record.crates.iter().map(|name| definitions.find_crate(name)).collect();
        definitions
    }

    /// The crate of a name: one that this one's manifest names before any other.
    fn find_crate(&self, name: &CrateName) -> Option<CrateIdx> {
        let world = self.world;
        if let Some(standard) = world.standard_crate(&name.name) {
            return Some(standard);
        }
        let is_named = |krate: CrateIdx| *world.krate(krate).name == *name.name;
        let direct = world
            .externs(self.own)
            .values()
            .copied()
            .filter(|&krate| is_named(krate));
        let library = |krate: &CrateIdx| {
            let data = world.krate(*krate);
            !data.origin.is_examined() || data.target == archguard_invariants::graph::TargetKind::Lib
        };
        let all = (0..world.crates.len() as u32)
            .map(CrateIdx::new)
            .filter(|&krate| is_named(krate));
        direct.min().or_else(|| all.filter(library).min())
    }

    /// What a definition is. `None` for a crate that nothing is known of.
    pub(super) fn meaning(&mut self, index: u32) -> Option<Meaning> {
        if let Some(known) = self.known.get(&index) {
            return Some(known.clone());
        }
        let definition = &self.record.definitions[index as usize];
        let krate = self.krate(definition)?;
        let meaning = self.look_up(krate, &segments(&definition.path));
        self.known.insert(index, meaning.clone());
        Some(meaning)
    }

    fn krate(&self, definition: &Definition) -> Option<CrateIdx> {
        if definition.local {
            Some(self.own)
        } else {
            self.crates[definition.krate as usize]
        }
    }

    fn look_up(&self, krate: CrateIdx, path: &[Segment<'_>]) -> Meaning {
        let found = if self.world.krate(krate).origin == CrateOrigin::Standard {
            self.in_standard(krate, path)
        } else {
            self.below(vec![self.world.root(krate)], path)
        };
        let is_complete = !found.is_empty();
        if is_complete {
            return Meaning {
                candidates: found,
                assumed: false,
            };
        }
        Meaning {
            candidates: vec![self.stand_in(krate, path)],
            assumed: true,
        }
    }

    /// Step by step from a module.
    fn below(&self, start: Vec<DefId>, path: &[Segment<'_>]) -> Vec<DefId> {
        let mut at = start;
        for (index, segment) in path.iter().enumerate() {
            at = match segment {
                Segment::Name(name) => self.children(&at, name, index + 1 < path.len()),
                Segment::Impl => at.iter().flat_map(|&module| self.impls_in(module)).collect(),
            };
            if at.is_empty() {
                break;
            }
        }
        at
    }

    /// The items of a name that are declared in these, not those that are only imported there.
    fn children(&self, at: &[DefId], name: &str, is_inner: bool) -> Vec<DefId> {
        let world = self.world;
        let name = Name::from(name);
        let mut found = Vec::new();
        for &parent in at {
            match world.def(parent).kind {
                ItemKind::Impl | ItemKind::Trait | ItemKind::Enum => {
                    if let Some(scope) = world.def(parent).scope {
                        world.ready(scope);
                    }
                    found.extend(world.members_named(parent, name));
                }
                _ => {
                    let hits = world.child_hits(parent, name, Namespaces::ALL);
                    found.extend(hits.into_iter().filter(|hit| hit.import.is_none()).map(|hit| hit.def));
                }
            }
        }
        let can_hold = |kind| matches!(kind, ItemKind::Module | ItemKind::Enum | ItemKind::Trait);
        if is_inner && found.iter().any(|&def| can_hold(world.def(def).kind)) {
            found.retain(|&def| can_hold(world.def(def).kind));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn impls_in(&self, module: DefId) -> Vec<DefId> {
        let world = self.world;
        let Some(body) = world.body(module) else {
            return Vec::new();
        };
        world.ready(body);
        world.scope(body).contents.borrow().impls.clone()
    }

    /// The table knows the paths of definitions; impl blocks it does not.
    fn in_standard(&self, krate: CrateIdx, path: &[Segment<'_>]) -> Vec<DefId> {
        let world = self.world;
        if path.is_empty() {
            return vec![world.root(krate)];
        }
        if path.contains(&Segment::Impl) {
            return Vec::new();
        }
        let by_name = self.below(vec![world.root(krate)], path);
        if !by_name.is_empty() {
            return by_name;
        }
        let full = joined(&world.krate(krate).name, path);
        if let Some(found) = world.standard_by_path(&full) {
            return vec![found];
        }
        let Some((owner, name)) = full.rsplit_once("::") else {
            return Vec::new();
        };
        let owner = world.standard_by_path(owner);
        owner
            .and_then(|owner| world.standard_member(owner, Name::from(name)))
            .into_iter()
            .collect()
    }

    /// An item that is not known to us, below the innermost module that is.
    fn stand_in(&self, krate: CrateIdx, path: &[Segment<'_>]) -> DefId {
        let world = self.world;
        let mut at = world.root(krate);
        let mut rest = path;
        while let [Segment::Name(name), behind @ ..] = rest {
            let inner: Vec<DefId> = self.children(&[at], name, true);
            let module = inner.into_iter().find(|&def| world.def(def).kind == ItemKind::Module);
            let Some(module) = module else { break };
            at = module;
            rest = behind;
        }
        for (index, segment) in rest.iter().enumerate() {
            if let Segment::Name(name) = segment {
                let is_last = index + 1 == rest.len();
                let namespaces = if is_last { Namespaces::VALUE } else { Namespaces::TYPE };
                at = world.macro_made(at, Name::from(name), namespaces);
            }
        }
        at
    }

    /// The type that a printed one is about.
    pub(super) fn type_of(&mut self, index: u32) -> Option<DefId> {
        if let Some(&known) = self.types.get(&index) {
            return known;
        }
        let found = printed::head(&self.record.types[index as usize]).and_then(|path| self.visible(path));
        self.types.insert(index, found);
        found
    }

    /// A path as the compiler prints it in types: one by which the type can be named from here.
    fn visible(&self, path: &str) -> Option<DefId> {
        let world = self.world;
        let mut names = path.split("::");
        let first = names.next()?;
        let by_crate = world.externs(self.own).get(&Name::from(first)).copied();
        if let Some(standard) = world.standard_crate(first) {
            return world
                .standard_by_path(path)
                .or(Some(world.root(standard)).filter(|_| path == first));
        }
        let rest: Vec<&str> = if by_crate.is_some() {
            names.collect()
        } else {
            path.split("::").collect()
        };
        let mut at = vec![world.root(by_crate.unwrap_or(self.own))];
        for name in rest {
            let name = Name::from(name);
            at = at
                .iter()
                .flat_map(|&parent| world.child_hits(parent, name, Namespaces::TYPE))
                .map(|hit| hit.def)
                .collect();
        }
        let found = at.first().copied().or_else(|| world.standard_by_path(path))?;
        Some(world.through_aliases(found).unwrap_or(found))
    }

    /// The standard library's item of a name that a type has, its traits' included.
    pub(super) fn standard_member(&self, ty: DefId, name: &str) -> Option<DefId> {
        let is_standard = self.world.krate(self.world.def(ty).krate).origin == CrateOrigin::Standard;
        is_standard
            .then(|| self.world.standard_member(ty, Name::from(name)))
            .flatten()
    }

    /// The last name of a definition's path, if it is a member of an impl block.
    pub(super) fn name_in_impl(&self, index: u32) -> Option<&'a str> {
        let definition = &self.record.definitions[index as usize];
        match segments(&definition.path)[..] {
            [.., Segment::Impl, Segment::Name(name)] => Some(name),
            _ => None,
        }
    }
}

fn joined(krate: &str, path: &[Segment<'_>]) -> String {
    let mut full = krate.to_owned();
    for segment in path {
        if let Segment::Name(name) = segment {
            full.push_str("::");
            full.push_str(name);
        }
    }
    full
}
