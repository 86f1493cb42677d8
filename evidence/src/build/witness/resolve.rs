//! From the compiler's records to our definitions: which crate a unit is of, whose code a reference is, what it leads to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use archguard_invariants::graph::ItemKind;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use rustc_hash::{FxHashMap, FxHashSet};

use super::definitions::{Definitions, Meaning};
use super::owners::{self, Owners};
use super::texts::included_as_text;
use crate::compiler::{Built, ImplBlock, Mode, Place, Record, Seen, SeenAs, Stored, Witnessed};
use crate::names::ids::{CrateIdx, DefId, SourceId};
use crate::names::places::canonical;
use crate::names::world::World;
use crate::workspace::{PackageRef, display_path};

/// A reference as the compiler saw it, between our definitions.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, asked for by name"
)]
#[derive(Debug, Clone)]
pub(in crate::build) struct SeenReference {
    pub(super) from: DefId,
    /// What it leads to; several where that cannot be told, the likeliest first.
    pub(super) to: Vec<DefId>,
    /// The Self type's own item for a trait's, or the type behind an alias.
    pub(super) also: Option<DefId>,
    pub(super) kind: SeenAs,
    /// None for what only macros wrote.
    pub(super) place: Option<SeenPlace>,
    pub(super) from_macro: bool,
    pub(super) in_body: bool,
    /// Whether it leads to a stand-in.
    pub(super) assumed: bool,
    /// Which of the builds shows it.
    pub(super) set: usize,
    /// Whether it is written `Self`: naming the type that one is in is no reference of its own.
    pub(super) is_self: bool,
}

/// Where something stands in a file that we have read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SeenPlace {
    pub(super) source: SourceId,
    pub(super) start: (u32, u32),
    pub(super) end: (u32, u32),
}

/// All that the compiler saw, in our terms.
#[derive(Debug, Default)]
pub(in crate::build) struct SeenReferences {
    pub(in crate::build) references: Vec<SeenReference>,
    /// Crates that were compiled.
    pub(super) crates: FxHashSet<CrateIdx>,
    /// Those of them whose interfaces no unit was asked for.
    pub(super) by_bodies: FxHashSet<CrateIdx>,
    /// The names of the builds.
    pub(super) cfg_sets: Vec<Arc<str>>,
    /// References whose definition lies in a crate that nothing is known of, or whose owner was not found.
    pub(super) unplaced: usize,
    /// Code that the compiler read and we did not.
    pub(in crate::build) problems: Vec<Problem>,
}

impl SeenReferences {
    /// Every definition that the graph has to have an item for.
    pub(in crate::build) fn defs(&self) -> impl Iterator<Item = DefId> {
        let one = |seen: &SeenReference| seen.to.iter().copied().chain(seen.also).collect::<Vec<_>>();
        self.references.iter().flat_map(one)
    }
}

/// Finds our definitions for everything that the compiler saw.
pub(in crate::build) fn resolve(world: &World<'_>, witnessed: &Witnessed) -> SeenReferences {
    let mut found = SeenReferences {
        cfg_sets: witnessed.cfg_sets.iter().map(|name| name.as_str().into()).collect(),
        ..SeenReferences::default()
    };
    let mut owners: FxHashMap<CrateIdx, Owners> = FxHashMap::default();
    let mut unread: FxHashSet<PathBuf> = FxHashSet::default();
    let mut asked: FxHashSet<CrateIdx> = FxHashSet::default();
    for Built { set, stored, .. } in &witnessed.units {
        let Some(krate) = crate_of(world, stored) else {
            found.problems.push(not_ours(stored));
            continue;
        };
        found.crates.insert(krate);
        if stored.mode == Mode::Everything {
            asked.insert(krate);
        }
        let owners = owners.entry(krate).or_insert_with(|| Owners::of_crate(world, krate));
        let mut unit = Unit::new(world, stored, krate, owners);
        unit.all(*set, &mut found);
        unread.extend(unit.code_not_read());
    }
    found.by_bodies = found.crates.difference(&asked).copied().collect();
    let mut unread: Vec<PathBuf> = unread.into_iter().collect();
    unread.sort();
    found.problems.extend(unread.iter().map(|path| not_read(world, path)));
    found
}

/// The examined crate that a unit is a build of.
fn crate_of(world: &World<'_>, stored: &Stored) -> Option<CrateIdx> {
    let root = canonical(&stored.unit.root);
    let is_it = |krate: &CrateIdx| {
        let data = world.krate(*krate);
        let is_same_root = data.root_file.as_deref().is_some_and(|file| canonical(file) == root);
        data.origin.is_examined() && is_same_root
    };
    let all = (0..world.crates.len() as u32).map(CrateIdx::new).filter(is_it);
    let candidates: Vec<CrateIdx> = all.collect();
    let by_name = candidates
        .iter()
        .find(|&&krate| *world.krate(krate).name == *stored.unit.crate_name);
    by_name.or(candidates.first()).copied()
}

fn not_ours(stored: &Stored) -> Problem {
    let name = &stored.unit.crate_name;
    Problem {
        code: ProblemCode::UnexaminedCode,
        message: format!("the compiler compiled `{name}`, which no examined target is"),
        place: ProblemPlace::None,
        suggestion: None,
    }
}

fn not_read(world: &World<'_>, path: &Path) -> Problem {
    Problem {
        code: ProblemCode::UnexaminedCode,
        message: "the compiler read this file as code, and it is in no module tree that was examined".to_owned(),
        place: ProblemPlace::File {
            file: display_path(world.workspace, path).into(),
            start: None,
        },
        suggestion: None,
    }
}

/// One unit on its way.
struct Unit<'a, 'w> {
    world: &'a World<'w>,
    stored: &'a Stored,
    record: &'a Record,
    krate: CrateIdx,
    owners: &'a Owners,
    definitions: Definitions<'a, 'w>,
    /// By index of the record's files.
    sources: Vec<Option<SourceId>>,
    blocks: FxHashMap<&'a str, &'a ImplBlock>,
}

impl<'a, 'w> Unit<'a, 'w> {
    fn new(world: &'a World<'w>, stored: &'a Stored, krate: CrateIdx, owners: &'a Owners) -> Self {
        let record = &stored.record;
        let source = |file: &str| world.store.source_at(&canonical(&stored.unit.directory.join(file)));
        let path = |block: &ImplBlock| &*record.definitions[block.block as usize].path;
        Self {
            world,
            stored,
            record,
            krate,
            owners,
            definitions: Definitions::new(world, record, krate),
            sources: record.files.iter().map(|file| source(file)).collect(),
            blocks: record.impls.iter().map(|block| (path(block), block)).collect(),
        }
    }

    fn all(&mut self, set: usize, found: &mut SeenReferences) {
        for seen in &self.record.references {
            match self.one(seen, set) {
                Some(reference) => found.references.push(reference),
                None => found.unplaced += 1,
            }
        }
    }

    fn one(&mut self, seen: &Seen, set: usize) -> Option<SeenReference> {
        let from = self.owner(seen)?;
        let target = self.of_self(seen.target);
        let meaning = self.own_meaning(target)?;
        let (to, assumed) = self.likeliest(seen, meaning);
        let also = to.first().and_then(|&to| self.also(seen, to));
        Some(SeenReference {
            from,
            to,
            also,
            kind: seen.kind,
            place: seen
                .place
                .and_then(|place| self.place(place))
                .or_else(|| self.claimed(seen, from)),
            from_macro: seen.from_macro,
            in_body: seen.in_body,
            assumed,
            set,
            is_self: target != seen.target,
        })
    }

    /// An impl block stands for its type: it is what `Self` is printed as.
    fn of_self(&self, target: u32) -> u32 {
        let definition = &self.record.definitions[target as usize];
        let block = definition.local.then(|| self.blocks.get(&*definition.path)).flatten();
        block.and_then(|block| block.self_type).unwrap_or(target)
    }

    /// The meanings, that of the receiver's type first. In the standard library impl blocks have only that.
    fn likeliest(&mut self, seen: &Seen, meaning: Meaning) -> (Vec<DefId>, bool) {
        let ty = seen.of_type.and_then(|ty| self.definitions.type_of(ty));
        let Meaning {
            mut candidates,
            assumed,
        } = meaning;
        if assumed
            && let (Some(ty), Some(name)) = (ty, self.definitions.name_in_impl(seen.target))
            && let Some(member) = self.definitions.standard_member(ty, name)
        {
            return (vec![member], false);
        }
        let is_of_type = |def: &DefId| owners::type_of_impl(self.world, *def) != ty;
        if ty.is_some() && candidates.len() > 1 {
            candidates.sort_by_key(is_of_type);
        }
        (candidates, assumed)
    }

    /// What a macro made something in: the type of its impl block, or the innermost item that is known.
    fn within(&mut self, path: &str) -> Vec<DefId> {
        let block = self.block_around(path).and_then(|block| block.self_type);
        let ty = block.and_then(|ty| self.definitions.meaning(ty));
        match ty {
            Some(ty) if !ty.assumed => ty.candidates,
            _ => self.owners.candidates(path).to_vec(),
        }
    }

    /// What a definition is. Of the unit's own, impl blocks are known: a member is one of a block of that type, or made by a
    /// macro.
    fn own_meaning(&mut self, target: u32) -> Option<Meaning> {
        let mut meaning = self.definitions.meaning(target)?;
        let definition = &self.record.definitions[target as usize];
        if !definition.local {
            return Some(meaning);
        }
        if meaning.assumed {
            // What functions hold is found by their bodies alone.
            let held = self.owners.whole(&definition.path);
            if !held.is_empty() {
                let candidates = held.to_vec();
                let assumed = false;
                return Some(Meaning { candidates, assumed });
            }
        }
        let block = self.block_around(&definition.path);
        if let Some(ty) = block.and_then(|block| block.self_type) {
            let ty = self.definitions.meaning(ty)?;
            let is_of_type = |def: &DefId| {
                let own = owners::type_of_impl(self.world, *def);
                own.is_none_or(|own| ty.candidates.contains(&own))
            };
            meaning.candidates.retain(is_of_type);
        }
        if meaning.assumed || meaning.candidates.is_empty() {
            meaning.assumed = true;
            meaning.candidates = self.within(&definition.path);
        }
        Some(meaning)
    }

    fn also(&mut self, seen: &Seen, to: DefId) -> Option<DefId> {
        let world = self.world;
        let data = world.def(to);
        if data.kind == ItemKind::TypeAlias {
            return world.through_aliases(to).filter(|&behind| behind != to);
        }
        let of_trait = data.parent.get().map(|parent| world.def(parent).kind) == Some(ItemKind::Trait);
        let ty = seen.of_type.filter(|_| of_trait)?;
        let ty = self.definitions.type_of(ty)?;
        world.implementation(ty, to).filter(|&own| own != to)
    }

    /// What a macro claims is better than the place of a module in its parent, if it lies in the module's own file.
    fn claimed(&self, seen: &Seen, from: DefId) -> Option<SeenPlace> {
        let world = self.world;
        let claimed = self.place(seen.claimed?)?;
        let module = Some(world.def(from)).filter(|def| def.kind == ItemKind::Module)?;
        let own = match &module.file {
            Some(file) => world.store.source_at(&canonical(&file.path))?,
            None => world.unit(world.instance(world.item_of(from)?.0).unit).source,
        };
        (own == claimed.source).then_some(claimed)
    }

    fn place(&self, place: Place) -> Option<SeenPlace> {
        Some(SeenPlace {
            source: self.sources[place.file as usize]?,
            start: (place.line, place.column),
            end: (place.end_line, place.end_column),
        })
    }

    /// Whose code it is.
    fn owner(&mut self, seen: &Seen) -> Option<DefId> {
        let path = &*self.record.definitions[seen.owner as usize].path;
        let block = self.block_around(path);
        let self_type = block.and_then(|block| block.self_type);
        let self_type = self_type.and_then(|ty| self.definitions.meaning(ty)?.candidates.first().copied());
        let mut candidates = self.owners.candidates(path).to_vec();
        if block.is_some() {
            let is_of_type = |def: &DefId| {
                let ty = owners::type_of_impl(self.world, *def);
                ty.is_none() || self_type.is_none() || ty == self_type
            };
            candidates.retain(is_of_type);
        }
        let at = seen.place.or(block.and_then(|block| block.place));
        let at = at.and_then(|place| self.place(place));
        let nearest = self.nearest_before(&candidates, at);
        // What a derive makes belongs to the type that it stands on.
        let of_own_type = || self_type.filter(|&ty| self.world.def(ty).krate == self.krate);
        nearest
            .or_else(of_own_type)
            .or_else(|| Some(self.world.root(self.krate)))
    }

    /// The impl block that a path leads through.
    fn block_around(&self, path: &str) -> Option<&'a ImplBlock> {
        let start = path.rfind("{impl#")?;
        let end = start + path[start..].find('}')? + 1;
        self.blocks.get(&path[..end]).copied()
    }

    /// Of several items the one whose name stands last before a place.
    fn nearest_before(&self, candidates: &[DefId], at: Option<SeenPlace>) -> Option<DefId> {
        let world = self.world;
        let (Some(at), true) = (at, candidates.len() > 1) else {
            return candidates.first().copied();
        };
        let starts = candidates.iter().filter_map(|&def| {
            let (instance, span) = owners::name_of(world, def)?;
            let source = world.unit(world.instance(instance).unit).source;
            let facts = world.store.get(source).facts.as_ref().ok()?;
            let start = facts.lines.position(span.start);
            let start = (start.line, start.column);
            (source == at.source && start <= at.end).then_some((start, def))
        });
        starts.max().map(|(_, def)| def).or(candidates.first().copied())
    }

    /// Files of this unit that hold code and that we have not read: those that a reference stands in, and those that end
    /// in `.rs` and are not included as text alone.
    fn code_not_read(&self) -> Vec<PathBuf> {
        let directory = &self.stored.unit.directory;
        let is_rust = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "rs");
        let listed = self.stored.unit.files_read.iter().filter(is_rust).cloned();
        let written = self.record.references.iter().filter(|seen| !seen.from_macro);
        let with_code: FxHashSet<u32> = written.filter_map(|seen| Some(seen.place?.file)).collect();
        let with_code = with_code
            .into_iter()
            .map(|file| directory.join(&*self.record.files[file as usize]));
        let known = |path: &PathBuf| self.world.store.source_at(&canonical(path)).is_some();
        let is_taken_out = |path: &PathBuf| self.world.exclusions.cover(path);
        let is_missed = |path: &PathBuf| path.is_file() && !known(path) && !is_taken_out(path);
        let mut listed: Vec<PathBuf> = listed.filter(is_missed).map(|path| canonical(&path)).collect();
        if !listed.is_empty() {
            let texts = self.included_as_text();
            listed.retain(|path| !texts.contains(path));
        }
        listed.extend(with_code.filter(is_missed).map(|path| canonical(&path)));
        listed
    }

    fn included_as_text(&self) -> FxHashSet<PathBuf> {
        let package = match self.world.krate(self.krate).package_ref {
            Some(PackageRef::Examined(package)) => Some(&*self.world.workspace.package(package).directory),
            _ => None,
        };
        let read = self.stored.unit.files_read.iter().map(PathBuf::as_path);
        let read = read.filter(|path| self.world.store.source_at(&canonical(path)).is_some());
        included_as_text(read, package)
    }
}
