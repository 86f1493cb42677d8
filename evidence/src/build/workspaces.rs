//! Other workspaces that the policy takes in: which ones they are, and what is wrong with what it says of them.

use std::error::Error;
use std::path::{Path, PathBuf};

use archguard_invariants::policy::{Policy, workspaces};
use archguard_invariants::problem::Problem;

use crate::names::exclusions::Exclusions;
use crate::workspace::{self, Loader, Workspace, WorkspaceError, display_path};

/// Takes the packages of other workspaces into a workspace, as its policy asks for. Nothing is written into them;
/// `offline` keeps from the network. What `[[exclude]]` covers stays out.
pub fn take_in(workspace: &mut Workspace, policy: &Policy, load: Loader, offline: bool) -> Vec<Problem> {
    let entries = &policy.settings.workspaces;
    if entries.is_empty() {
        return Vec::new();
    }
    let excluded = policy.exclusions.iter();
    let excluded: Vec<PathBuf> = excluded.map(|entry| workspace.root.join(&entry.path.value)).collect();
    let excluded = Exclusions::new(&excluded);
    let packages = workspace.packages.iter();
    let examined: Vec<String> = packages
        .map(|package| display_path(workspace, &package.directory))
        .collect();
    let wanted = |workspace: &Workspace, path: &Path| {
        workspaces::take_in(entries, &display_path(workspace, path)) && !excluded.cover(path)
    };
    let others = workspace::take_in(workspace, wanted, load, offline);
    let shown = |path: &PathBuf| display_path(workspace, path);
    let met: Vec<String> = others.met.iter().map(shown).collect();
    let failed = others.failed.iter();
    let failed = failed.map(|(path, error)| workspaces::not_loaded(entries, &shown(path), &told(error)));
    let clashes = others.clashes.iter().map(|clash| {
        let [of, first, second] = [&clash.workspace, &clash.first, &clash.second].map(shown);
        workspaces::clash(entries, &of, &clash.name, &first, &second)
    });
    let idle = workspaces::idle(entries, &met, &examined).into_iter();
    idle.chain(failed).chain(clashes).collect()
}

fn told(error: &WorkspaceError) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |message, cause| format!("{message}: {cause}"))
}
