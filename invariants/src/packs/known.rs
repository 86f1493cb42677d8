//! Dependencies that a pack knows: for commands that tell an author which rules would make sense here.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Pack;
use crate::graph::{CrateId, CrateOrigin, Graph};
use crate::pattern::PathPattern;
use crate::policy::{BoundPolicy, Selector};

/// An external crate that examined code depends on directly, and that packs name whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDependency {
    /// The crate.
    pub krate: CrateId,
    /// Its name in code, without local renaming.
    pub name: String,
    /// The packs that name it, sorted: `sql`.
    pub packs: Vec<&'static str>,
}

/// The direct dependencies that packs name whole, by name. A crate of which a pack names a part only (`tokio::net`) is
/// not one: most who depend on it use another part.
pub fn known_dependencies(graph: &Graph) -> Vec<KnownDependency> {
    let mut known: BTreeMap<(&str, CrateId), BTreeSet<&'static str>> = BTreeMap::new();
    for id in direct_dependencies(graph) {
        let krate = graph.krate(id);
        for pack in Pack::all() {
            let named = |pattern: &PathPattern| {
                pattern.segments.len() == 1 && !pattern.foreign && pattern.segments[0].matches(&krate.name)
            };
            if pack.patterns().any(named) {
                known.entry((&krate.name, id)).or_default().insert(pack.name);
            }
        }
    }
    let dependencies = known.into_iter().map(|((name, krate), packs)| KnownDependency {
        krate,
        name: name.to_owned(),
        packs: packs.into_iter().collect(),
    });
    dependencies.collect()
}

/// Those of the known dependencies that no rule of the policy speaks of: no `forbid` and no `mandate` covers anything in
/// them, and no component lists them in its `crates`.
pub fn unspoken_dependencies(policy: &BoundPolicy<'_>, graph: &Graph) -> Vec<KnownDependency> {
    let forbidden = policy.forbids.iter().map(|rule| &rule.targets);
    let mandated = policy.mandates.iter().map(|rule| &rule.instead_of);
    let listed = policy
        .components
        .iter()
        .filter_map(|component| component.crates.as_ref());
    let spoken: BTreeSet<CrateId> = forbidden
        .chain(mandated)
        .chain(listed)
        .flat_map(|selector: &Selector| &selector.roots)
        .map(|(root, _)| graph.item(root.item).krate)
        .collect();
    let mut dependencies = known_dependencies(graph);
    dependencies.retain(|dependency| !spoken.contains(&dependency.krate));
    dependencies
}

/// External crates that examined crates name as dependencies.
pub(crate) fn direct_dependencies(graph: &Graph) -> BTreeSet<CrateId> {
    let examined = graph.crates().iter().filter(|krate| krate.origin.is_examined());
    let dependencies = examined.flat_map(|krate| &krate.dependencies).copied();
    dependencies
        .filter(|&id| matches!(graph.krate(id).origin, CrateOrigin::External | CrateOrigin::Opaque))
        .collect()
}
