//! The file of one answer: read if everything looks as it did, written in one step, a few of them at most.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::place::{name, target_directory};
use super::survey::Survey;
use super::witness::Witness;
use crate::workspace::error::WorkspaceError;
use crate::workspace::locate::root_manifest;
use crate::workspace::model::Workspace;

/// One for each environment in which the tool is run: shell, editor, hook. Workspaces may share a target directory.
pub(super) const MOST_FILES: usize = 32;
/// An answer about the largest workspaces known has some megabytes.
const MOST_BYTES: u64 = 64 << 20;
const PREFIX: &str = "workspace-";

/// Where the answer about one workspace is kept.
pub(in crate::workspace) struct Cache {
    manifest: PathBuf,
    root: PathBuf,
    target: PathBuf,
    pub(super) file: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    witnesses: Vec<Witness>,
    workspace: Workspace,
}

#[derive(Serialize)]
struct Keeping<'k> {
    witnesses: &'k [Witness],
    workspace: &'k Workspace,
}

impl Cache {
    /// The place for the workspace of a manifest; none where there is no target directory yet.
    pub(in crate::workspace) fn of(manifest: &Path) -> Option<Self> {
        let root = root_manifest(manifest);
        let target = target_directory(manifest, &root)?;
        let folder = target.join("archguard");
        target.is_dir().then(|| Self::within(&folder, manifest, root, target))
    }

    /// A place in a folder, for a workspace that is built into `target`.
    pub(super) fn within(folder: &Path, manifest: &Path, root: PathBuf, target: PathBuf) -> Self {
        let name = name(manifest, std::env::vars_os());
        Self {
            manifest: manifest.to_path_buf(),
            root,
            file: folder.join(format!("{PREFIX}{name}.json")),
            target,
        }
    }

    /// What is kept, if it still holds; else what `load` says, kept for the next time if that can be.
    pub(in crate::workspace) fn or_load(
        &self,
        load: impl FnOnce() -> Result<Workspace, WorkspaceError>,
    ) -> Result<Workspace, WorkspaceError> {
        if let Some(workspace) = self.read() {
            return Ok(workspace);
        }
        let survey = Survey::of(&self.manifest, &self.root);
        let workspace = load()?;
        let is_its_place = workspace.target_directory == self.target;
        if let Some(survey) = survey.filter(|_| is_its_place) {
            self.keep(survey, &workspace);
        }
        Ok(workspace)
    }

    /// What is kept, if everything that it depends on looks as it did.
    pub(super) fn read(&self) -> Option<Workspace> {
        if self.file.metadata().ok()?.len() > MOST_BYTES {
            return None;
        }
        let text = std::fs::read_to_string(&self.file).ok()?;
        let (hash, body) = text.split_once('\n')?;
        if hash != blake3::hash(body.as_bytes()).to_hex().as_str() {
            return None;
        }
        let kept: Kept = serde_json::from_str(body).ok()?;
        let holds = kept.witnesses.iter().all(Witness::still_holds);
        holds.then(|| kept.workspace.completed())
    }

    /// Writes the answer. That this cannot be done is no loss but of time.
    fn keep(&self, survey: Survey, workspace: &Workspace) {
        let Some(witnesses) = survey.for_answer(workspace) else {
            return;
        };
        let keeping = Keeping {
            witnesses: &witnesses,
            workspace,
        };
        // A path that is no text cannot be written.
        let Ok(body) = serde_json::to_string(&keeping) else {
            return;
        };
        let text = format!("{}\n{body}", blake3::hash(body.as_bytes()).to_hex());
        if text.len() as u64 <= MOST_BYTES && self.write(&text).is_some() {
            self.forget_old();
        }
    }

    /// In one step: whoever reads meanwhile sees the old file or the new one.
    fn write(&self, text: &str) -> Option<()> {
        let folder = self.file.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        let mut aside = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).ok()?;
        aside.write_all(text.as_bytes()).ok()?;
        aside.persist(&self.file).ok()?;
        Some(())
    }

    /// Takes the oldest files away where there are too many.
    fn forget_old(&self) {
        let folder = self.file.parent().into_iter();
        let entries = folder.flat_map(std::fs::read_dir).flatten().flatten();
        let mut files: Vec<(SystemTime, PathBuf)> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        files.sort();
        let surplus = files.len().saturating_sub(MOST_FILES);
        for (_, file) in files.into_iter().take(surplus) {
            // Another process may have been faster.
            let _ = std::fs::remove_file(file);
        }
    }
}
