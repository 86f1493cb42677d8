//! The examined crates as a build meets them: where they begin, what they need, and whether a build of them judges.

use std::path::PathBuf;

use archguard_invariants::graph::{CrateOrigin, Graph, ItemId};
use serde::{Deserialize, Serialize};

/// A crate whose own code is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExaminedCrate {
    /// How the paths of its items begin.
    pub head: String,
    /// Its root file.
    pub root: PathBuf,
    /// Whether it belongs to the workspace.
    pub is_member: bool,
    /// Whether it says `archguard::enforce!()`.
    pub enforces: bool,
    /// The heads of the examined crates that its manifest names.
    pub needs: Vec<String>,
}

/// All that a graph knows.
pub(crate) fn examined_crates(graph: &Graph) -> Vec<ExaminedCrate> {
    let enforcing = enforcing_crates(graph);
    let examined = graph.crates().iter().filter(|krate| krate.origin.is_examined());
    let examined = examined.filter_map(|krate| {
        let file = graph.module_file(krate.root)?;
        let needs = krate.dependencies.iter().map(|&id| graph.krate(id));
        let needs = needs.filter(|needed| needed.origin.is_examined());
        Some(ExaminedCrate {
            head: krate.head.to_string(),
            root: graph.file(file).absolute.clone(),
            is_member: krate.origin == CrateOrigin::Workspace,
            enforces: enforcing.contains(&krate.root),
            needs: needs.map(|needed| needed.head.to_string()).collect(),
        })
    });
    examined.collect()
}

/// The roots of the crates that call the macro.
fn enforcing_crates(graph: &Graph) -> Vec<ItemId> {
    let is_known = graph.crates().iter().any(|krate| &*krate.name == "archguard");
    let links = graph.references().filter(|_| is_known);
    let calls = links.filter(|link| &*graph.item(link.to).path == "archguard::enforce");
    let roots = calls.map(|link| graph.krate(graph.item(link.from).krate).root);
    let mut roots: Vec<ItemId> = roots.collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}
