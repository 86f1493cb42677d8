//! What an earlier reading found in files that have not changed since. Where a change has stayed inside the bodies of
//! functions, or something is declared otherwise that no other file mentions, these name what they named. That is taken
//! over from the earlier graph, and only the rest is looked up anew. What comes of it is the graph that a reading from
//! nothing makes.

use archguard_invariants::graph::{CrateOrigin, File, FileRole, Item, ItemId, ItemKind, Parts, TargetKind};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::place::FileId;
use archguard_invariants::problem::Problem;
use rustc_hash::{FxHashMap, FxHashSet};
use tracing::info_span;

use super::found::Tally;
use super::items::examined_sources;
use super::kept::{Grounds, InPart};
use super::noticed::{Otherwise, is_noticed};
use super::order::{Key, Ranks};
use super::targets;
use crate::facts::difference::difference;
use crate::names::crates::Krate;
use crate::names::ids::{CrateIdx, DefId, SourceId};
use crate::names::world::World;

/// An earlier reading of the world as it is.
#[derive(Debug)]
pub(super) struct Earlier {
    /// Its graph; references and unresolved paths of changed files are none of it.
    pub(super) parts: Parts,
    /// What was counted in the files that have not changed.
    pub(super) tallies: Vec<(FileId, Tally)>,
    /// What kept it from being whole.
    pub(super) problems: Vec<Problem>,
    /// The words that macros of dependencies write.
    words_of_macros: Vec<Box<str>>,
    /// The files that have changed.
    pub(super) changed: FxHashSet<SourceId>,
    /// The same as both graphs number them.
    pub(super) changed_files: FxHashSet<FileId>,
    /// Whether more has changed than bodies: then other items may be declared, and patterns lead to others.
    pub(super) declares_otherwise: bool,
    /// All files as both graphs number them.
    files: FxHashMap<SourceId, FileId>,
    /// The world's crates for those of the graph; none for what is no code.
    crates: Vec<Option<CrateIdx>>,
}

/// By what a crate is known to two readings of one workspace.
type Identity<'k> = (&'k str, &'k str, &'k str, CrateOrigin, TargetKind);

impl Earlier {
    /// What of a reading still holds for the world, which has been loaded; none if nobody knows.
    pub(super) fn of(world: &World<'_>, patterns: &[PathPattern], found: InPart) -> Option<(Self, Grounds)> {
        if targets::follow_the_code(world, patterns) {
            return None;
        }
        let mut changed = FxHashSet::default();
        let mut otherwise = Vec::new();
        for (path, read_as) in found.changed {
            let source = world.store.source_at(&path)?;
            let before = world.store.kept().facts_of(read_as)?;
            let now = world.store.get(source).facts.as_ref().ok()?;
            if before.declared() != now.declared() {
                otherwise.push(Otherwise {
                    difference: difference(&before, now)?,
                    source,
                    before,
                });
            }
            changed.insert(source);
        }
        let declares_otherwise = !otherwise.is_empty();
        let kept = found.kept.end()?;
        if declares_otherwise {
            let span = info_span!("who mentions what has changed");
            if span.in_scope(|| is_noticed(world, &changed, otherwise, &kept.words_of_macros)) {
                return None;
            }
        }
        let mut parts = kept.graph.into_parts();
        let sources = examined_sources(world);
        let files = parts.files.iter();
        let files = files.take_while(|file| file.role == FileRole::Examined);
        let shown = sources.iter().map(|(display, _)| display.as_str());
        if !files.map(|file| &*file.display).eq(shown) {
            return None;
        }
        let numbered = (0..).map(FileId).zip(&sources);
        let files: FxHashMap<SourceId, FileId> = numbered.map(|(file, (_, source))| (*source, file)).collect();
        let changed_files: FxHashSet<FileId> = changed.iter().filter_map(|source| files.get(source).copied()).collect();
        if declares_otherwise {
            for (pattern, targets) in patterns.iter().zip(&mut parts.targets) {
                targets.take_if(|_| targets::leads_into_examined_code(world, pattern));
            }
        }
        let crates = crates(world, &parts)?;
        let has_changed = |file: FileId| changed_files.contains(&file);
        parts
            .references
            .retain(|(.., reference)| !has_changed(reference.place.file));
        parts
            .unresolved
            .retain(|unresolved| !has_changed(unresolved.place.file));
        let mut tallies = kept.tallies;
        tallies.retain(|(file, _)| !has_changed(*file));
        let earlier = Self {
            parts,
            tallies,
            problems: kept.problems,
            words_of_macros: kept.words_of_macros,
            changed,
            changed_files,
            declares_otherwise,
            files,
            crates,
        };
        Some((earlier, found.grounds))
    }

    /// An item of its graph.
    pub(super) fn item(&self, id: ItemId) -> &Item {
        &self.parts.items[id.index()]
    }

    /// The files that nothing reaches. They are what they were: no file has come or gone, and the same ones are read.
    pub(super) fn take_orphans(&mut self) -> Vec<File> {
        let files = std::mem::take(&mut self.parts.files).into_iter();
        files.filter(|file| file.role == FileRole::Orphan).collect()
    }

    /// The workspaces that are not examined: likewise, no folder has changed and no manifest says anything else.
    pub(super) fn take_workspaces_not_examined(&mut self) -> Vec<String> {
        std::mem::take(&mut self.parts.examined.workspaces_not_examined)
    }

    /// The words that macros of dependencies write.
    pub(super) fn take_words(&mut self) -> Vec<Box<str>> {
        std::mem::take(&mut self.words_of_macros)
    }

    /// Whether an item of examined code is nothing else than it was, where nothing is declared otherwise: in its file nothing
    /// has moved.
    pub(super) fn has_same(&self, id: ItemId) -> bool {
        let place = self.item(id).place;
        place.is_some_and(|place| !self.changed_files.contains(&place.file))
    }

    /// The file that a definition of the world stands in.
    pub(super) fn file_of(&self, world: &World<'_>, def: DefId) -> Option<FileId> {
        let (instance, _) = world.item_of(def)?;
        self.files.get(&world.source_id_of(instance)).copied()
    }

    /// The crate that an item is defined in; none for what is no code.
    pub(super) fn crate_of(&self, id: ItemId) -> Option<CrateIdx> {
        self.crates[self.item(id).krate.0 as usize]
    }

    /// The items that stand for definitions: neither closures nor what is no code. They are ordered as all items are.
    pub(super) fn definitions(&self) -> Vec<ItemId> {
        let ids = (0..self.parts.items.len()).map(ItemId::new);
        ids.filter(|&id| self.item(id).kind != ItemKind::Closure && self.crate_of(id).is_some())
            .collect()
    }

    /// By what an item that stands for a definition is ordered.
    pub(super) fn key(&self, ranks: &Ranks, id: ItemId) -> Option<Key<'_>> {
        let item = self.item(id);
        Some((ranks.of_crate(self.crate_of(id)?), &item.path, item.kind))
    }

    /// Which items what has not changed leads to, with all that they are defined in.
    pub(super) fn needed_items(&self) -> Vec<bool> {
        let mut needed = vec![false; self.parts.items.len()];
        let mut pending = Vec::new();
        let mut add = |id: ItemId| {
            pending.push(id);
            while let Some(id) = pending.pop() {
                if !std::mem::replace(&mut needed[id.index()], true) {
                    let item = self.item(id);
                    pending.extend(item.parent);
                    pending.push(item.module);
                }
            }
        };
        for (from, to, reference) in &self.parts.references {
            add(*from);
            add(*to);
            let beside = [reference.also, reference.self_type, reference.inherited_from];
            beside.into_iter().flatten().for_each(&mut add);
        }
        let leads = self.parts.unresolved.iter().flat_map(|unresolved| &unresolved.leads);
        leads.for_each(|&lead| add(lead));
        let roots = self.parts.targets.iter().flatten().flat_map(|targets| &targets.roots);
        roots.for_each(|root| add(root.item));
        needed
    }
}

/// The world's crates for those of a graph; nothing unless each is told from all others.
fn crates(world: &World<'_>, parts: &Parts) -> Option<Vec<Option<CrateIdx>>> {
    let mut known: FxHashMap<Identity<'_>, CrateIdx> = FxHashMap::default();
    let mut twice = FxHashSet::default();
    for (index, krate) in (0..).map(CrateIdx::new).zip(&world.crates) {
        let identity = identity(krate);
        if known.insert(identity, index).is_some() {
            twice.insert(identity);
        }
    }
    let of_graph = parts.crates.iter().map(|krate| {
        let identity: Identity<'_> = (&krate.head, &krate.package, &krate.version, krate.origin, krate.target);
        (!twice.contains(&identity)).then(|| known.get(&identity).copied())
    });
    of_graph.collect()
}

fn identity(krate: &Krate) -> Identity<'_> {
    (
        krate.head.as_str(),
        krate.package.as_str(),
        krate.version.as_str(),
        krate.origin,
        krate.target,
    )
}
