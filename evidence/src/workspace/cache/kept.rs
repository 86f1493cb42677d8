//! The answer about one workspace: read if everything looks as it did, else asked for and kept.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::place::{name, target_directory};
use super::survey::Survey;
use super::witness::Witness;
use crate::kept::{KeptFile, WORKSPACE};
use crate::turn::kept_or_read;
use crate::workspace::error::WorkspaceError;
use crate::workspace::locate::root_manifest;
use crate::workspace::model::Workspace;

/// By what a directory says that backups may leave it out (bford.info/cachedir), as cargo's own target directories do.
const CACHE_TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by archguard, as cargo would have.\n";

/// Where the answer about one workspace is kept.
pub(in crate::workspace) struct Cache {
    manifest: PathBuf,
    root: PathBuf,
    target: PathBuf,
    pub(super) file: KeptFile,
}

#[derive(Deserialize)]
struct Kept {
    identity: String,
    witnesses: Vec<Witness>,
    workspace: Workspace,
}

#[derive(Serialize)]
struct Keeping<'k> {
    identity: &'k str,
    witnesses: &'k [Witness],
    workspace: &'k Workspace,
}

impl Cache {
    /// The place for the workspace of a manifest.
    pub(in crate::workspace) fn of(manifest: &Path) -> Option<Self> {
        let root = root_manifest(manifest);
        let target = target_directory(manifest, &root)?;
        let folder = target.join("archguard");
        Some(Self::within(&folder, manifest, root, target))
    }

    /// A place in a folder, for a workspace that is built into `target`.
    pub(super) fn within(folder: &Path, manifest: &Path, root: PathBuf, target: PathBuf) -> Self {
        let name = name(manifest, std::env::vars_os());
        Self {
            manifest: manifest.to_path_buf(),
            root,
            file: KeptFile::new(folder, WORKSPACE, &name),
            target,
        }
    }

    /// What is kept, if it still holds; else what `load` says, kept for the next time if that can be.
    pub(in crate::workspace) fn or_load(
        &self,
        load: impl FnOnce() -> Result<Workspace, WorkspaceError>,
    ) -> Result<Workspace, WorkspaceError> {
        if self.target.is_dir() {
            kept_or_read(Some(&self.file), || self.read().map(Ok), || self.load(load))
        } else {
            self.load(load)
        }
    }

    fn load(&self, load: impl FnOnce() -> Result<Workspace, WorkspaceError>) -> Result<Workspace, WorkspaceError> {
        let survey = Survey::of(&self.manifest, &self.root);
        let mut workspace = load()?;
        let is_its_place = workspace.target_directory == self.target;
        let witnesses = survey
            .filter(|_| is_its_place)
            .and_then(|survey| survey.for_answer(&workspace));
        if let (Some(witnesses), Some(identity)) = (witnesses, identity(&workspace))
            && (self.target.is_dir() || make_target(&self.target).is_ok())
        {
            let written = self.file.write(&Keeping {
                identity: &identity,
                witnesses: &witnesses,
                workspace: &workspace,
            });
            workspace.kept_as = written.map(|()| identity);
        }
        Ok(workspace)
    }

    /// What is kept, if everything that it depends on looks as it did.
    pub(super) fn read(&self) -> Option<Workspace> {
        let kept: Kept = self.file.read()?;
        let (mut workspace, holds) = rayon::join(
            || kept.workspace.completed(),
            || kept.witnesses.par_iter().all(Witness::still_holds),
        );
        workspace.kept_as = Some(kept.identity);
        holds.then_some(workspace)
    }
}

/// The same for the same answer, whoever asked in whichever environment.
fn identity(workspace: &Workspace) -> Option<String> {
    let answer = serde_json::to_vec(workspace).ok()?;
    Some(blake3::hash(&answer).to_hex().to_string())
}

/// Makes a target directory as cargo does, marked.
fn make_target(target: &Path) -> std::io::Result<()> {
    fs::create_dir_all(target)?;
    fs::write(target.join("CACHEDIR.TAG"), CACHE_TAG).inspect_err(|_| {
        // What is not marked is not made.
        let _ = fs::remove_dir(target);
    })
}
