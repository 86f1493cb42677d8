//! What each package's code can name: cargo's resolution, and what manifests declare beyond it.

use std::collections::BTreeSet;

use cargo_metadata::{
    Dependency as Declared, DependencyKind as CargoKind, Node, NodeDep, Package as CargoPackage, Resolve,
};
use rustc_hash::FxHashMap;

use super::assemble::{crate_name, library_of};
use super::model::{
    Dependency, DependencyKind, DependencyUse, ExternalId, OpaqueCrate, OpaqueId, OpaqueReason, PackageId, PackageRef,
};

/// All packages of a workspace by the ways in which dependencies refer to them.
pub(super) struct Links<'m> {
    nodes: Option<FxHashMap<&'m str, &'m Node>>,
    by_id: FxHashMap<&'m str, (PackageRef, &'m CargoPackage)>,
    /// Candidates for a declared dependency, the highest version last.
    by_name: FxHashMap<&'m str, Vec<(PackageRef, &'m CargoPackage)>>,
    opaque: Vec<OpaqueCrate>,
}

impl<'m> Links<'m> {
    /// The packages must be in the order in which the workspace lists them.
    pub(super) fn new(resolve: Option<&'m Resolve>, own: &[&'m CargoPackage], external: &[&'m CargoPackage]) -> Self {
        let own = own
            .iter()
            .enumerate()
            .map(|(index, &package)| (PackageRef::Examined(PackageId(index)), package));
        let external = external
            .iter()
            .enumerate()
            .map(|(index, &package)| (PackageRef::External(ExternalId(index)), package));
        let mut by_id = FxHashMap::default();
        let mut by_name: FxHashMap<&str, Vec<_>> = FxHashMap::default();
        // External packages first: one that is here by path goes before them, as a patch does.
        for (reference, package) in external.chain(own) {
            by_id.insert(package.id.repr.as_str(), (reference, package));
            by_name
                .entry(package.name.as_str())
                .or_default()
                .push((reference, package));
        }
        let nodes = resolve.map(|resolve| resolve.nodes.iter().map(|node| (node.id.repr.as_str(), node)).collect());
        Self {
            nodes,
            by_id,
            by_name,
            opaque: Vec::new(),
        }
    }

    /// The dependencies of an examined package: everything its manifest declares, whether cargo resolved it or not.
    pub(super) fn of_examined(&mut self, package: &CargoPackage) -> Vec<Dependency> {
        let mut found = self.resolved(package);
        for declared in &package.dependencies {
            self.add_declared(declared, &mut found);
        }
        sorted(found)
    }

    /// The dependencies of an external package: what the workspace's build uses.
    pub(super) fn of_external(&self, package: &CargoPackage) -> Vec<Dependency> {
        sorted(self.resolved(package))
    }

    /// The features of a package that some build of the workspace turns on.
    pub(super) fn features(&self, package: &CargoPackage) -> Option<BTreeSet<String>> {
        let node = self.nodes.as_ref()?.get(package.id.repr.as_str())?;
        Some(node.features.iter().map(ToString::to_string).collect())
    }

    fn resolved(&self, package: &CargoPackage) -> Vec<Dependency> {
        let node = self
            .nodes
            .as_ref()
            .and_then(|nodes| nodes.get(package.id.repr.as_str()));
        let edges = node.into_iter().flat_map(|node| &node.deps);
        edges.filter_map(|edge| self.by_edge(package, edge)).collect()
    }

    fn by_edge(&self, dependent: &CargoPackage, edge: &NodeDep) -> Option<Dependency> {
        let &(reference, package) = self.by_id.get(edge.pkg.repr.as_str())?;
        let library = library_name(package);
        let name_in_code = if edge.name.is_empty() {
            library.clone()
        } else {
            crate_name(&edge.name)
        };
        let uses = edge.dep_kinds.iter().map(|info| {
            let target = info.target.as_ref().map(ToString::to_string);
            let is_it = |declared: &&Declared| {
                declared.name == *package.name
                    && declared.kind == info.kind
                    && declared.target == info.target
                    && declared
                        .rename
                        .as_ref()
                        .is_none_or(|rename| crate_name(rename) == name_in_code)
            };
            let optional = dependent
                .dependencies
                .iter()
                .find(is_it)
                .is_some_and(|declared| declared.optional);
            DependencyUse {
                kind: kind(info.kind),
                target,
                optional,
            }
        });
        let uses = uses.collect();
        Some(Dependency {
            name_in_code,
            crate_name: library,
            package: reference,
            uses,
        })
    }

    /// Makes sure that what the manifest declares is among the dependencies.
    fn add_declared(&mut self, declared: &Declared, found: &mut Vec<Dependency>) {
        let usage = DependencyUse {
            kind: kind(declared.kind),
            target: declared.target.as_ref().map(ToString::to_string),
            optional: declared.optional,
        };
        let (package, library) = match self.candidate(declared, found) {
            Some((reference, package)) => (reference, library_name(package)),
            None => (
                PackageRef::Opaque(self.opaque_for(declared)),
                crate_name(&declared.name),
            ),
        };
        let name_in_code = declared.rename.as_deref().map_or_else(|| library.clone(), crate_name);
        let known = found
            .iter_mut()
            .find(|known| known.package == package && known.name_in_code == name_in_code);
        match known {
            Some(known) if known.uses.contains(&usage) => {}
            Some(known) => known.uses.push(usage),
            None => found.push(Dependency {
                name_in_code,
                crate_name: library,
                package,
                uses: vec![usage],
            }),
        }
    }

    /// The package that a declaration means: by path the one that lies there, else one that is resolved for this
    /// package already, else the highest version that fits.
    fn candidate(&self, declared: &Declared, found: &[Dependency]) -> Option<(PackageRef, &'m CargoPackage)> {
        let candidates = self.by_name.get(declared.name.as_str())?;
        if let Some(path) = &declared.path {
            let there = |package: &CargoPackage| package.manifest_path.parent() == Some(path);
            return candidates.iter().find(|(_, package)| there(package)).copied();
        }
        let fitting = || {
            candidates
                .iter()
                .rev()
                .filter(|(_, package)| declared.req.matches(&package.version))
                .copied()
        };
        let is_resolved = |reference| found.iter().any(|dependency| dependency.package == reference);
        let resolved = fitting().find(|&(reference, _)| is_resolved(reference));
        // Without a resolution nothing says that a package of the same name is meant.
        resolved.or_else(|| self.nodes.as_ref().and_then(|_| fitting().next()))
    }

    fn opaque_for(&mut self, declared: &Declared) -> OpaqueId {
        let reason = match &declared.path {
            Some(path) => OpaqueReason::NoPackage(path.as_std_path().to_path_buf()),
            None if self.nodes.is_none() => OpaqueReason::Unresolved,
            None => OpaqueReason::NotBuilt,
        };
        let new = OpaqueCrate {
            name: declared.name.clone(),
            requirement: declared.req.to_string(),
            reason,
        };
        let known = self.opaque.iter().position(|known| *known == new);
        OpaqueId(known.unwrap_or_else(|| {
            self.opaque.push(new);
            self.opaque.len() - 1
        }))
    }

    /// The opaque crates, sorted; the dependencies that lead to them are renumbered.
    pub(super) fn into_opaque<'d>(self, dependencies: impl Iterator<Item = &'d mut Dependency>) -> Vec<OpaqueCrate> {
        let mut order: Vec<usize> = (0..self.opaque.len()).collect();
        order.sort_by_key(|&index| &self.opaque[index]);
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        for dependency in dependencies {
            if let PackageRef::Opaque(id) = &mut dependency.package {
                id.0 = place[id.0];
            }
        }
        order.into_iter().map(|index| self.opaque[index].clone()).collect()
    }
}

fn sorted(mut dependencies: Vec<Dependency>) -> Vec<Dependency> {
    for dependency in &mut dependencies {
        dependency.uses.sort();
        dependency.uses.dedup();
    }
    dependencies.sort_by(|a, b| (&a.name_in_code, a.package).cmp(&(&b.name_in_code, b.package)));
    dependencies
}

fn library_name(package: &CargoPackage) -> String {
    crate_name(library_of(package).map_or(package.name.as_str(), |library| library.name.as_str()))
}

fn kind(kind: CargoKind) -> DependencyKind {
    match kind {
        CargoKind::Development => DependencyKind::Dev,
        CargoKind::Build => DependencyKind::Build,
        _ => DependencyKind::Normal,
    }
}
