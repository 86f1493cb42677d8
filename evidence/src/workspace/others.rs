//! Other workspaces of the repository, loaded as the first one is and taken into it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::error::WorkspaceError;
use super::load::Request;
use super::model::{Package, Workspace};

/// A way to load a workspace: [`load`](fn@super::load), or [`load_cached`](super::load_cached).
pub type Loader = fn(&Request) -> Result<Workspace, WorkspaceError>;

/// What came of taking in.
#[derive(Debug, Default)]
pub struct Others {
    /// The directories of all other workspaces that were met, taken in or not.
    pub met: Vec<PathBuf>,
    /// Those that could not be loaded, each with the reason.
    pub failed: Vec<(PathBuf, WorkspaceError)>,
    /// Packages with a name that another one has, too.
    pub clashes: Vec<Clash>,
}

/// Two packages that paths in code or policy cannot tell apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Clash {
    /// The root of the workspace that brought the second one.
    pub workspace: PathBuf,
    /// The name of both: the packages', or their libraries'.
    pub name: String,
    /// The directory of the package that was there.
    pub first: PathBuf,
    /// The directory of the other.
    pub second: PathBuf,
}

/// Takes in every other workspace that is wanted, by its directory; nothing is written into it, and the network is
/// used only where `offline` does not forbid it. What lies in one that is taken in is met and asked for in its turn.
pub fn take_in(
    workspace: &mut Workspace,
    wanted: impl Fn(&Workspace, &Path) -> bool,
    load: Loader,
    offline: bool,
) -> Others {
    let mut others = Others::default();
    loop {
        let met = workspace.other_workspaces().iter();
        let new: Vec<PathBuf> = met.filter(|path| !others.met.contains(path)).cloned().collect();
        others.met.extend(new.iter().cloned());
        let asked: Vec<PathBuf> = new.into_iter().filter(|path| wanted(workspace, path)).collect();
        if asked.is_empty() {
            return others;
        }
        let ask = |directory: PathBuf| {
            let request = Request {
                manifest_path: Some(directory.join("Cargo.toml")),
                directory: directory.clone(),
                offline,
            };
            (load(&request), directory)
        };
        let loaded: Vec<_> = asked.into_par_iter().map(ask).collect();
        for (loaded, directory) in loaded {
            match loaded {
                Ok(other) => {
                    others.clashes.extend(clashes(workspace, &other, &directory));
                    workspace.absorb(other);
                }
                Err(error) => others.failed.push((directory, error)),
            }
        }
        // What lies inside those that were taken in comes to light now.
        workspace.other_workspaces = OnceLock::new();
    }
}

/// Cargo lets no two packages of one workspace have the same name; of two workspaces it knows nothing.
fn clashes(workspace: &Workspace, other: &Workspace, root: &Path) -> Vec<Clash> {
    let is_in = |packages: &[Package], wanted: &Package| {
        let mut directories = packages.iter().map(|package| &package.directory);
        directories.any(|directory| *directory == wanted.directory)
    };
    let known = workspace.packages.iter();
    let known: Vec<&Package> = known.filter(|package| !is_in(&other.packages, package)).collect();
    let mut found = Vec::new();
    for new in other
        .packages
        .iter()
        .filter(|package| !is_in(&workspace.packages, package))
    {
        for known in &known {
            let shared = names(known).into_iter().find(|name| names(new).contains(name));
            found.extend(shared.map(|name| Clash {
                workspace: root.to_path_buf(),
                name,
                first: known.directory.clone(),
                second: new.directory.clone(),
            }));
        }
    }
    found
}

/// What paths into a package may begin with.
fn names(package: &Package) -> Vec<String> {
    let library = package.library().map(|library| library.crate_name.clone());
    std::iter::once(package.name.replace('-', "_")).chain(library).collect()
}
