//! Two workspaces become one: packages that both hold are listed once, every reference to one leads to it. Where the two
//! resolve a dependency differently, the first one's lock file counts: it is the one that the policy stands beside.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{
    Dependency, ExternalId, ExternalPackage, OpaqueCrate, OpaqueId, Package, PackageId, PackageRef, TakenIn, Workspace,
};

/// For each package of a list the place of the same one in another list.
#[derive(Default)]
struct Places {
    examined: Vec<usize>,
    external: Vec<usize>,
    opaque: Vec<usize>,
}

impl Workspace {
    /// Takes in another workspace.
    pub(super) fn absorb(&mut self, other: Self) {
        self.taken_in.push(TakenIn {
            root: other.root,
            target_directory: other.target_directory,
            build_directory: other.build_directory,
            resolution: other.resolution,
            notes: other.notes,
            kept_as: other.kept_as,
        });
        self.taken_in.extend(other.taken_in);
        let places = Places {
            examined: places(&self.packages, &other.packages, |package| &package.directory),
            external: places(&self.dependencies, &other.dependencies, |package| &package.directory),
            opaque: places(&self.opaque, &other.opaque, |unknown| unknown),
        };
        add(&mut self.opaque, other.opaque, &places.opaque, |_, _| {});
        let mut packages = other.packages;
        for package in &mut packages {
            places.renumber(&mut package.dependencies);
        }
        add(&mut self.packages, packages, &places.examined, join);
        let mut dependencies = other.dependencies;
        for package in &mut dependencies {
            places.renumber(&mut package.dependencies);
        }
        add(&mut self.dependencies, dependencies, &places.external, join_external);
        self.put_in_order();
    }

    /// The order that the lists promise. What nobody refers to any more is no longer opaque.
    fn put_in_order(&mut self) {
        let referred: FxHashSet<PackageRef> = self
            .packages
            .iter()
            .flat_map(|package| package.dependencies.iter().map(|dependency| dependency.package))
            .collect();
        let mut opaque: BTreeMap<usize, _> = std::mem::take(&mut self.opaque).into_iter().enumerate().collect();
        opaque.retain(|&index, _| referred.contains(&PackageRef::Opaque(OpaqueId(index))));
        let (opaque, opaque_places) = sorted(opaque, OpaqueCrate::clone);
        let packages = std::mem::take(&mut self.packages).into_iter().enumerate().collect();
        let (packages, examined) = sorted(packages, |package: &Package| {
            (package.name.clone(), package.directory.clone())
        });
        let dependencies = std::mem::take(&mut self.dependencies).into_iter().enumerate().collect();
        let (dependencies, external) = sorted(dependencies, |package: &ExternalPackage| {
            (package.name.clone(), package.version.clone(), package.directory.clone())
        });
        let places = Places {
            examined,
            external,
            opaque: opaque_places,
        };
        self.opaque = opaque;
        self.packages = packages;
        self.dependencies = dependencies;
        let own = self.packages.iter_mut().map(|package| &mut package.dependencies);
        let foreign = self.dependencies.iter_mut().map(|package| &mut package.dependencies);
        for list in own.chain(foreign) {
            places.renumber(list);
        }
        self.external_by_directory = external_by_directory(&self.dependencies);
    }
}

/// Directory of each external package to its index.
pub(super) fn external_by_directory(dependencies: &[ExternalPackage]) -> FxHashMap<PathBuf, usize> {
    let directories = dependencies.iter().map(|package| package.directory.clone());
    directories.zip(0..).collect()
}

impl Places {
    fn renumber(&self, dependencies: &mut [Dependency]) {
        for dependency in dependencies.iter_mut() {
            match &mut dependency.package {
                PackageRef::Examined(PackageId(index)) => *index = self.examined[*index],
                PackageRef::External(ExternalId(index)) => *index = self.external[*index],
                PackageRef::Opaque(OpaqueId(index)) => *index = self.opaque[*index],
            }
        }
        dependencies.sort_by(|a, b| (&a.name_in_code, a.package).cmp(&(&b.name_in_code, b.package)));
    }
}

/// Where each of the new ones is among the known, or will be behind them.
fn places<'l, T, K: Ord + 'l>(known: &'l [T], new: &'l [T], key: impl Fn(&'l T) -> &'l K) -> Vec<usize> {
    let by_key: BTreeMap<&K, usize> = known.iter().map(&key).zip(0..).collect();
    let mut next = known.len();
    let mut place = |entry| {
        by_key.get(key(entry)).copied().unwrap_or_else(|| {
            next += 1;
            next - 1
        })
    };
    new.iter().map(&mut place).collect()
}

/// Puts each of the new ones into its place; `join` tells a known one what the new one knows more.
fn add<T>(known: &mut Vec<T>, new: Vec<T>, places: &[usize], join: impl Fn(&mut T, T)) {
    for (entry, &place) in new.into_iter().zip(places) {
        match known.get_mut(place) {
            Some(known) => join(known, entry),
            None => known.push(entry),
        }
    }
}

/// The entries in the order of their keys, and from each old index to the new one; an index that is gone leads nowhere.
fn sorted<T, K: Ord>(entries: BTreeMap<usize, T>, key: impl Fn(&T) -> K) -> (Vec<T>, Vec<usize>) {
    let mut places = vec![usize::MAX; entries.keys().next_back().map_or(0, |last| last + 1)];
    let mut entries: Vec<(usize, T)> = entries.into_iter().collect();
    entries.sort_by_cached_key(|(_, entry)| key(entry));
    for (new, (old, _)) in entries.iter().enumerate() {
        places[*old] = new;
    }
    (entries.into_iter().map(|(_, entry)| entry).collect(), places)
}

fn join(known: &mut Package, same: Package) {
    known.is_member |= same.is_member;
    join_dependencies(&mut known.dependencies, same.dependencies);
}

fn join_external(known: &mut ExternalPackage, same: ExternalPackage) {
    known.features = known.features.take().zip(same.features).map(|(mut all, more)| {
        all.extend(more);
        all
    });
    join_dependencies(&mut known.dependencies, same.dependencies);
}

/// A name that one of the two could not resolve is what the other says it is: cargo resolves the development dependencies
/// of a package only in the workspace that it is a member of.
fn join_dependencies(known: &mut Vec<Dependency>, same: Vec<Dependency>) {
    let is_opaque = |dependency: &Dependency| matches!(dependency.package, PackageRef::Opaque(_));
    for dependency in same {
        match known
            .iter_mut()
            .find(|other| other.name_in_code == dependency.name_in_code)
        {
            None => known.push(dependency),
            Some(other) if is_opaque(other) && !is_opaque(&dependency) => *other = dependency,
            Some(other) if other.package == dependency.package => {
                other.uses.extend(dependency.uses);
                other.uses.sort();
                other.uses.dedup();
            }
            Some(_) => {}
        }
    }
}
