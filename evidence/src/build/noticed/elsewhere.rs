//! From what files declare otherwise to whether others may notice.

use std::collections::BTreeSet;
use std::path::Path;

use archguard_invariants::graph::ItemKind;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::items::is_included;
use super::declarations::{Declarations, Form, Names};
use crate::facts::difference::Difference;
use crate::facts::mentions::words;
use crate::facts::model::{FileFacts, ItemData, ScopeIdx};
use crate::names::ids::{DefId, InstanceId, ScopeId, SourceId};
use crate::names::sources::bytes_of;
use crate::names::world::{ImportId, ScopeKind, World};
use crate::workspace::{ExternalPackage, PackageRef};

/// A file that declares something else than before.
#[derive(Debug)]
pub(in crate::build) struct Otherwise {
    pub(in crate::build) source: SourceId,
    pub(in crate::build) before: FileFacts,
    pub(in crate::build) difference: Difference,
}

/// Names that may mean something else.
#[derive(Debug, Default)]
struct Meaning {
    /// Wherever they stand.
    names: Names,
    /// In the modules of the changed files and those below, or by a path through them.
    own: Names,
    /// The names of these modules.
    modules: Names,
}

/// What a word is a sign of.
const NAME: u8 = 1;
const OWN: u8 = 2;
const MODULE: u8 = 4;

/// Whether other files than those that have changed may notice what some of these declare otherwise. `known` are the words
/// that macros of dependencies write.
pub(in crate::build) fn is_noticed(
    world: &World<'_>,
    changed: &FxHashSet<SourceId>,
    otherwise: Vec<Otherwise>,
    known: &[Box<str>],
) -> bool {
    let sources: FxHashSet<SourceId> = otherwise.iter().map(|file| file.source).collect();
    if is_used_by_others(world) || is_included_somewhere(world, &sources) {
        return true;
    }
    let before: Vec<&FileFacts> = otherwise.iter().map(|file| &file.before).collect();
    let declarations = Declarations::of(world, &before);
    let mut meaning = Meaning::default();
    for Otherwise { source, difference, .. } in otherwise {
        if !difference.imported.is_empty() && may_import_traits(world, source, &difference.imported) {
            return true;
        }
        meaning.names.extend(difference.names);
        meaning.own.extend(difference.imported);
    }
    meaning.modules = names_of_modules(world, &sources);
    if have_modules_elsewhere(world, &sources) {
        meaning.names.extend(meaning.own.drain());
    }
    meaning.follow(&declarations);
    let marks = meaning.marks();
    let means_otherwise = |word: &str| marks.get(word).is_some_and(|mark| mark & (NAME | OWN) != 0);
    meaning.is_beyond_names(&declarations)
        || known.iter().any(|word| means_otherwise(word))
        || is_mentioned(world, &marks, changed)
}

/// The words of all macros of dependencies that have been read: what they write stands in no file of ours.
pub(in crate::build) fn words_of_macros(world: &World<'_>) -> Vec<Box<str>> {
    let ours: FxHashSet<SourceId> = examined(world).map(|id| world.source_id_of(id)).collect();
    let sources = (0..).map(SourceId::new).zip(world.store.sources());
    let theirs = sources.filter(|(id, _)| !ours.contains(id));
    let facts: Vec<&FileFacts> = theirs.filter_map(|(_, source)| source.facts.as_deref().ok()).collect();
    let of_file = |facts: &&FileFacts| {
        let mut found: BTreeSet<Box<str>> = BTreeSet::new();
        for item in &facts.items {
            if let ItemData::Macro { body, .. } = &item.data {
                found.extend(words(body).map(Into::into));
            }
        }
        found
    };
    let all = facts
        .par_iter()
        .map(of_file)
        .reduce(BTreeSet::new, |mut one, mut other| {
            one.append(&mut other);
            one
        });
    all.into_iter().collect()
}

pub(super) fn examined<'w>(world: &'w World<'_>) -> impl Iterator<Item = InstanceId> + 'w {
    let ids = (0..world.instances.len() as u32).map(InstanceId::new);
    ids.filter(|&id| world.krate(world.instance(id).krate).origin.is_examined())
}

fn is_used_by_others(world: &World<'_>) -> bool {
    let uses_examined = |package: &ExternalPackage| {
        let mut dependencies = package.dependencies.iter();
        dependencies.any(|dependency| matches!(dependency.package, PackageRef::Examined(_)))
    };
    world.workspace.dependencies.iter().any(uses_examined)
}

fn is_included_somewhere(world: &World<'_>, sources: &FxHashSet<SourceId>) -> bool {
    let mut instances = examined(world).filter(|&id| sources.contains(&world.source_id_of(id)));
    instances.any(|id| is_included(world, world.instance(id)))
}

/// Whether one of some names that a file imports may be a trait's, which is in scope without being mentioned.
fn may_import_traits(world: &World<'_>, source: SourceId, imported: &Names) -> bool {
    let may_be_trait = |def: DefId| world.def(def).kind == ItemKind::Trait || world.is_assumed(def);
    let instances = examined(world).filter(|&id| world.source_id_of(id) == source);
    instances.into_iter().any(|instance| {
        let scopes = (0..).map(ScopeIdx::new).zip(&world.facts_of(instance).scopes);
        let mut imports = scopes.flat_map(|(scope, data)| (0..).zip(&data.imports).map(move |it| (scope, it)));
        imports.any(|(scope, (index, import))| {
            let id = ImportId { instance, scope, index };
            import.name.is_some_and(|name| imported.contains(&name))
                && world.imported_path(id).is_none_or(|resolved| {
                    resolved.missing.is_some() || resolved.defs.iter().any(|&def| may_be_trait(def))
                })
        })
    })
}

/// By what names paths lead through the modules of some files.
fn names_of_modules(world: &World<'_>, sources: &FxHashSet<SourceId>) -> Names {
    let mut names = Names::default();
    for id in examined(world).filter(|&id| sources.contains(&world.source_id_of(id))) {
        let instance = world.instance(id);
        for &scope in &instance.scopes {
            let module = world.def(world.module_of(scope));
            names.insert(module.name);
            if module.parent.get().is_none() {
                let of_crates = world.crates.iter().filter_map(|krate| krate.externs.get());
                let for_this = of_crates.flatten().filter(|&(_, &krate)| krate == instance.krate);
                names.extend(for_this.map(|(&name, _)| name));
                names.extend(["crate".into(), world.krate(instance.krate).name]);
            }
        }
    }
    names
}

/// Whether there are modules below those of some files in other files: they see what is theirs.
fn have_modules_elsewhere(world: &World<'_>, sources: &FxHashSet<SourceId>) -> bool {
    let mut of_scope: FxHashMap<ScopeId, SourceId> = FxHashMap::default();
    for id in examined(world) {
        let source = world.source_id_of(id);
        for &scope in &world.instance(id).scopes {
            of_scope.entry(scope).or_insert(source);
        }
    }
    of_scope.iter().any(|(&scope, source)| {
        let data = world.scope(scope);
        let above = data.parent.and_then(|parent| of_scope.get(&parent));
        matches!(data.kind, ScopeKind::Module(_))
            && !sources.contains(source)
            && above.is_some_and(|above| sources.contains(above))
    })
}

/// Whether other files mention what means something else.
fn is_mentioned(world: &World<'_>, marks: &FxHashMap<&str, u8>, changed: &FxHashSet<SourceId>) -> bool {
    let sources: FxHashSet<SourceId> = examined(world).map(|id| world.source_id_of(id)).collect();
    let others: Vec<&Path> = sources
        .into_iter()
        .filter(|source| !changed.contains(source))
        .map(|source| world.store.get(source).path.as_path())
        .collect();
    others.into_par_iter().any(|path| {
        let bytes = bytes_of(path).ok();
        let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return true;
        };
        let mut met = 0;
        words(&text).any(|word| {
            met |= marks.get(word).copied().unwrap_or_default();
            met & NAME != 0 || met & (OWN | MODULE) == OWN | MODULE
        })
    })
}

impl Meaning {
    /// Adds what follows from it.
    fn follow(&mut self, declarations: &Declarations) {
        let direct: Names = self.own.iter().copied().collect();
        let mut all: Names = direct.iter().chain(&self.names).copied().collect();
        declarations.follow(&mut all, |_| true);
        self.names.extend(all.into_iter().filter(|name| !direct.contains(name)));
        declarations.follow(&mut self.modules, |form| form == Form::Import);
    }

    /// Whether others may notice it who mention none of the names.
    fn is_beyond_names(&self, declarations: &Declarations) -> bool {
        let is_met = |name| self.names.contains(name) || self.own.contains(name);
        let mut beyond = declarations
            .all()
            .filter(|declaration| matches!(declaration.form, Form::MacroCall | Form::Glob | Form::Wide));
        let is_ascii = self.names.iter().chain(&self.own).all(|name| name.is_ascii());
        !is_ascii || beyond.any(|declaration| declaration.made_of.iter().any(is_met))
    }

    /// By word, what it is a sign of.
    fn marks(&self) -> FxHashMap<&str, u8> {
        let mut marks: FxHashMap<&str, u8> = FxHashMap::default();
        for (names, mark) in [(&self.names, NAME), (&self.own, OWN), (&self.modules, MODULE)] {
            for name in names {
                let name = name.as_str();
                *marks.entry(name.strip_prefix("r#").unwrap_or(name)).or_default() |= mark;
            }
        }
        marks
    }
}
