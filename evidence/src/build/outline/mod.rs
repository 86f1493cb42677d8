//! Outlines that are kept: what modules there are is not read again while no file says anything else of it. Bodies of
//! functions, documentation and comments say nothing of it; the lines of what is kept are those of the day when it was read.
//!
//! [`witness`] tells whether a file or folder still says the same, [`record`] is the form in which an outline is kept. Kept is
//! only what is whole: no problem, nothing taken out, no file chosen by a cfg.

mod record;
mod witness;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use archguard_invariants::graph::Graph;
use serde::{Deserialize, Serialize};

use self::record::Record;
use self::witness::Witness;
use super::Options;
use super::generated::newest;
use crate::facts::model::ItemData;
use crate::kept::{KeptFile, this_tool};
use crate::names::module_files::path_attributes;
use crate::names::world::{Generated, World};
use crate::workspace::Workspace;

/// Raised whenever what is written changes its form.
const FORMAT: u32 = 2;

/// Where one outline is kept.
#[derive(Debug)]
pub(super) struct Outlines {
    file: KeptFile,
    /// What the workspace is kept as: what it is made of is the same as long as this is.
    workspace: String,
}

#[derive(Deserialize)]
struct Kept {
    workspace: String,
    witnesses: Vec<Witness>,
    generated: Vec<Generated>,
    graph: Record,
}

#[derive(Serialize)]
struct Keeping<'k> {
    workspace: &'k str,
    witnesses: &'k [Witness],
    generated: &'k [Generated],
    graph: &'k Record,
}

impl Outlines {
    /// The place for what a policy asks of a workspace; none where the workspace itself is not kept, or is not all there is.
    pub(super) fn of(workspace: &Workspace, options: &Options) -> Option<Self> {
        let kept_as = workspace.kept_as.clone()?;
        if !workspace.taken_in.is_empty() || !options.excluded.is_empty() {
            return None;
        }
        let asked = format!("{FORMAT} {} {} {options:?}", this_tool(), workspace.root.display());
        let name = &blake3::hash(asked.as_bytes()).to_hex()[..32];
        Some(Self {
            file: KeptFile::new(&workspace.target_directory.join("archguard"), "outline", name),
            workspace: kept_as,
        })
    }

    /// What is kept, if everything that it was read from says the same.
    pub(super) fn read(&self, workspace: &Workspace, options: &Options) -> Option<Graph> {
        let kept: Kept = self.file.read()?;
        let built = workspace.target_directories();
        let still_there = |file: &Generated| newest(&built, &file.package, &file.below) == file.found;
        let holds = kept.workspace == self.workspace
            && kept.witnesses.iter().all(Witness::still_holds)
            && kept.generated.iter().all(still_there);
        holds.then(|| kept.graph.into_graph(&options.patterns))
    }

    /// Keeps the outline of a world whose reading began at a time.
    pub(super) fn keep(&self, world: &World<'_>, graph: &Graph, options: &Options, began: SystemTime) {
        let Some(paths) = read_from(world) else { return };
        let witnesses: Option<Vec<Witness>> = paths.into_iter().map(|path| Witness::of(path, began)).collect();
        if let Some(witnesses) = witnesses {
            self.file.write(&Keeping {
                workspace: &self.workspace,
                witnesses: &witnesses,
                generated: &world.notes.borrow().generated,
                graph: &Record::of(graph, &options.patterns),
            });
        }
    }
}

/// The files that were read and the folders in which files of modules were looked for; nothing where it may be more.
fn read_from(world: &World<'_>) -> Option<BTreeSet<PathBuf>> {
    let notes = world.notes.borrow();
    if !notes.problems.is_empty() {
        return None;
    }
    let mut paths: BTreeSet<PathBuf> = notes.absent.iter().cloned().collect();
    for source in world.store.sources() {
        let chosen = source.facts.as_ref().is_ok_and(|facts| {
            let attributes = facts.items.iter().flat_map(|item| match &item.data {
                ItemData::Module { .. } => path_attributes(facts, item),
                _ => Vec::new(),
            });
            attributes.into_iter().any(|(cfg, _)| cfg.is_some())
        });
        if chosen {
            return None;
        }
        let folder = source.path.parent().unwrap_or(Path::new("/"));
        paths.insert(folder.to_path_buf());
        paths.insert(source.path.with_extension(""));
        paths.insert(source.path.clone());
    }
    Some(paths)
}
