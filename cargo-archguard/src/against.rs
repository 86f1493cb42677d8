//! `--base`: the commit that a change is judged against, as the command line names it.

use std::path::{Path, PathBuf};

use archguard_check::{Accept, Base, BaseTree, Extent};
use archguard_invariants::problem::Problem;

use crate::cli::AgainstArguments;
use crate::git::Commit;
use crate::request::Options;

/// What a check is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Against {
    /// The commit, as it was asked for.
    pub(crate) rev: String,
    /// Whether what has been weakened is accepted.
    pub(crate) accept: Accept,
    /// How much is compared.
    pub(crate) extent: Extent,
}

impl Against {
    /// What `diff` asks for.
    pub(crate) fn compared(rev: String, accepted: bool) -> Self {
        Self {
            rev,
            accept: accept(accepted),
            extent: Extent::Code,
        }
    }

    /// What was asked for; nothing without `--base`.
    pub(crate) fn of(arguments: AgainstArguments) -> Option<Self> {
        let accept = accept(arguments.allow_policy_change);
        arguments.base.map(|rev| Self {
            rev,
            accept,
            extent: Extent::Judges,
        })
    }

    /// Finds the commit in the repository around the workspace.
    pub(crate) fn find(&self, options: &Options) -> Result<Commit, Problem> {
        Commit::find(&self.rev, &folder(options))
    }

    /// What a check is to be held against.
    pub(crate) fn base<'a>(&self, commit: &'a Result<Commit, Problem>) -> Base<'a> {
        let tree = commit.as_ref().map(|commit| commit as &dyn BaseTree);
        Base {
            tree: tree.map_err(Clone::clone),
            accept: self.accept,
            extent: self.extent,
        }
    }
}

fn accept(accepted: bool) -> Accept {
    if accepted { Accept::Changes } else { Accept::Nothing }
}

/// Where the workspace is looked for.
fn folder(options: &Options) -> PathBuf {
    let manifest = options.asked.manifest_path.as_deref();
    match manifest.and_then(Path::parent) {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}
