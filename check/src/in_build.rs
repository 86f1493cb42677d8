//! The check as a build of one crate sees it: what is wrong with that crate, and the files that have to be looked at again
//! if they change. The rest of the workspace is judged too, and said where its own crates are built.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use archguard_evidence::compiler;
use archguard_evidence::workspace::root_manifest;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, ProblemEntry, Status};

use crate::check::{Checked, check, check_opened};
use crate::clean::{known_clean, set_clean};
use crate::opened::Opened;
use crate::options::{Latitude, Options, Surroundings};
use crate::source_files::SourceFiles;
use crate::stages;

/// What a build of one crate is told.
#[derive(Debug, Default)]
pub struct InBuild {
    /// What is new and an error in that crate.
    pub findings: Vec<Finding>,
    /// What keeps the verdict from being whole, wherever it is.
    pub problems: Vec<ProblemEntry>,
    /// The files that the judgement rests on besides the code.
    pub rests_on: Vec<PathBuf>,
    /// The files that findings and problems speak of.
    pub sources: SourceFiles,
}

impl InBuild {
    /// Checks the workspace of a manifest, for the crate with this root file. What was read is kept and read again as far as
    /// it still holds: builds call this once for each crate.
    pub fn of(manifest: &Path, root_file: &Path, surroundings: Surroundings) -> Self {
        let options = Options {
            // Of all crates of a workspace the same: what is kept serves all.
            manifest_path: Some(root_manifest(manifest)),
            packages: Vec::new(),
            policy: None,
            offline: true,
            latitude: Latitude::Free,
            today: surroundings.today,
        };
        let Ok(mut workspace) = stages::load(&options) else {
            return Self::told(check(&options, None, &mut ()), root_file);
        };
        let opened = Opened::of(&mut workspace, &options);
        if let Some(rests_on) = known_clean(&options, &workspace, &opened) {
            return Self {
                rests_on,
                ..Self::default()
            };
        }
        let checked = check_opened(&options, None, None, &workspace, opened, &mut ());
        let verdict = &checked.verdict;
        if verdict.problems.is_empty() && !verdict.findings.iter().any(is_told) {
            set_clean(&options, &workspace, &checked.sources, checked.reading);
        }
        Self::told(checked, root_file)
    }

    /// What of a verdict the build of one crate is told.
    fn told(checked: Checked, root_file: &Path) -> Self {
        let Checked { verdict, sources, .. } = checked;
        let heads = sources.heads_of(root_file);
        let is_here = |finding: &Finding| {
            let head = finding.from.item.split("::").next().unwrap_or_default();
            heads.contains(&head)
        };
        let findings = verdict.findings.iter();
        Self {
            findings: findings.filter(|it| is_told(it) && is_here(it)).cloned().collect(),
            problems: verdict.problems,
            rests_on: sources.texts_on_disk(),
            sources,
        }
    }

    /// Whether there is nothing to say.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.problems.is_empty()
    }
}

fn is_told(finding: &Finding) -> bool {
    finding.status == Status::New && finding.severity == Severity::Error
}

/// Whether this process, a compiler, runs for `verify`, which judges all that it builds.
pub fn runs_for_verify() -> bool {
    let session = std::env::var_os(compiler::SESSION_VARIABLE);
    let arguments = || std::env::args_os().collect::<Vec<_>>();
    session.is_some_and(|session| compiler::runs_for_verify(&session, &arguments()))
}
