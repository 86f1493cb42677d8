//! The check as a build of one crate sees it: what is wrong with that crate, and the files that have to be looked at again
//! if they change. The rest of the workspace is judged too, and said where its own crates are built; of what no build judges
//! where it is compiled, whoever needs it is told.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use archguard_evidence::compiler;
use archguard_evidence::workspace::root_manifest;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::verdict::{Finding, ProblemEntry, Status};

use crate::check::{Checked, recall_or_check};
use crate::conclude::pending_message;
use crate::examined_crate::ExaminedCrate;
use crate::options::{Latitude, Options, Surroundings, Watch};
use crate::source_files::SourceFiles;

/// Who judges inside a build, and so which crates are judged where they are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judge {
    /// The program in the compiler's place, which cargo calls for every member of the workspace.
    Wrapper,
    /// The macro, in the members that call it.
    Macro,
}

impl Judge {
    fn judges(self, krate: &ExaminedCrate) -> bool {
        krate.is_member && (self == Self::Wrapper || krate.enforces)
    }
}

/// What a build of one crate is told.
#[derive(Debug, Default)]
pub struct InBuild {
    /// What is new and an error in that crate, and in those that it needs and that no build judges.
    pub findings: Vec<Finding>,
    /// What keeps the verdict from being whole, wherever it is; but not what is yet to be generated.
    pub problems: Vec<ProblemEntry>,
    /// The files that the judgement rests on besides the code.
    pub rests_on: Vec<PathBuf>,
    /// Whether the root file is that of a crate which is examined.
    pub is_root: bool,
    /// The files that findings and problems speak of.
    pub sources: SourceFiles,
}

impl InBuild {
    /// Checks the workspace of a manifest, for the crate with this root file. What was read is kept and read again as far as
    /// it still holds: builds call this once for each crate.
    pub fn of(judge: Judge, manifest: &Path, root_file: &Path, surroundings: Surroundings) -> Self {
        Self::watched(judge, manifest, root_file, surroundings, &mut ())
    }

    fn watched(
        judge: Judge,
        manifest: &Path,
        root_file: &Path,
        surroundings: Surroundings,
        watch: &mut dyn Watch,
    ) -> Self {
        let options = Options {
            // Of all crates of a workspace the same: what is kept serves all.
            manifest_path: Some(root_manifest(manifest)),
            packages: Vec::new(),
            policy: None,
            offline: true,
            latitude: Latitude::Free,
            today: surroundings.today,
        };
        Self::told(judge, recall_or_check(&options, watch), root_file)
    }

    /// What of a verdict the build of one crate is told.
    fn told(judge: Judge, checked: Checked, root_file: &Path) -> Self {
        let Checked { verdict, sources, .. } = checked;
        let heads = heads_told(judge, &sources, root_file);
        let is_here = |finding: &Finding| {
            let head = finding.from.item.split("::").next().unwrap_or_default();
            heads.contains(head)
        };
        let findings = verdict.findings.iter();
        // What is yet to be generated is generated later in the same build, or has been for the crate that takes it in.
        let pending = verdict.examined.pending.iter();
        let pending: BTreeSet<String> = pending.map(|code| pending_message(code)).collect();
        let problems = verdict.problems.iter();
        Self {
            findings: findings.filter(|it| is_told(it) && is_here(it)).cloned().collect(),
            problems: problems.filter(|it| !pending.contains(&it.message)).cloned().collect(),
            rests_on: sources.texts_on_disk(),
            is_root: !sources.crates_of(root_file).is_empty(),
            sources,
        }
    }

    /// Whether there is nothing to say.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.problems.is_empty()
    }
}

/// How the paths of the items begin that are told of in a build: those of its crate, and of all below it that nobody else
/// tells of.
fn heads_told(judge: Judge, sources: &SourceFiles, root_file: &Path) -> BTreeSet<String> {
    let own = sources.crates_of(root_file);
    let mut told: BTreeSet<String> = own.iter().map(|krate| krate.head.clone()).collect();
    let mut seen = told.clone();
    let mut pending: Vec<&String> = own.iter().flat_map(|krate| &krate.needs).collect();
    while let Some(head) = pending.pop() {
        let krate = sources.crates.iter().find(|krate| krate.head == *head);
        let Some(krate) = krate.filter(|_| seen.insert(head.clone())) else {
            continue;
        };
        if !judge.judges(krate) {
            told.insert(head.clone());
        }
        pending.extend(&krate.needs);
    }
    told
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
