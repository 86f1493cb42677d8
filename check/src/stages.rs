//! The stages between the request and the findings, each a small function over the crate that does it. The only file
//! that knows how those crates are called.

use std::path::{Path, PathBuf};

use archguard_evidence::compiler::{self, BuildRequest, Witnessed};
use archguard_evidence::workspace::{
    self, Edition, Loader, ManifestPlace, Note, Package, Request, Resolution, TargetKind, Workspace, WorkspaceError,
    display_path,
};
use archguard_evidence::{Evidence, KeptAnswer, Options as ReadingOptions};
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::Graph;
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::policy::{Binding, BoundPolicy, Policy, PolicyTexts};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::{RuleEntry, RuleKind};
use archguard_lints::RuleReport;

use crate::cargo_target::CargoTarget;
use crate::causes::with_causes;
use crate::options::{Latitude, Options};
use crate::policy_file::POLICY_FILE;

/// The workspace as cargo describes it.
#[derive(Debug)]
pub struct Loaded {
    workspace: Workspace,
}

impl Loaded {
    /// The workspace root.
    pub fn root(&self) -> &Path {
        &self.workspace.root
    }

    /// The root of the workspace, and those of others that were taken in.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        let others = self.workspace.taken_in.iter().map(|other| other.root.as_path());
        std::iter::once(self.root()).chain(others)
    }

    /// The names of the packages that are examined.
    pub fn packages(&self) -> impl Iterator<Item = &str> {
        self.workspace.packages.iter().map(|package| package.name.as_str())
    }

    /// The members of the workspace and of others that were taken in, each with its directory.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Path)> {
        let members = self.workspace.packages.iter().filter(|package| package.is_member);
        members.map(|package| (package.name.as_str(), package.directory.as_path()))
    }

    /// The names and directories of the packages that are examined.
    pub fn package_directories(&self) -> impl Iterator<Item = (&str, &Path)> {
        let packages = self.workspace.packages.iter();
        packages.map(|package| (package.name.as_str(), package.directory.as_path()))
    }

    /// The libraries and binaries of the members, by their root files.
    pub fn crate_roots(&self) -> Vec<CrateRoot> {
        let members = self.workspace.packages.iter().filter(|package| package.is_member);
        let roots = members.flat_map(|package| {
            let kinds = [TargetKind::Lib, TargetKind::ProcMacro, TargetKind::Bin];
            let targets = package
                .targets
                .iter()
                .filter(move |target| kinds.contains(&target.kind));
            targets.map(|target| CrateRoot {
                manifest: package.manifest_path.clone(),
                root: target.root.clone(),
                is_2015: target.edition == Edition::E2015,
            })
        });
        roots.collect()
    }

    /// What cargo builds of the packages that are examined.
    pub fn targets(&self) -> Vec<CargoTarget> {
        let packages = self.workspace.packages.iter();
        let of_package = |package: &'_ Package| -> Vec<CargoTarget> {
            let targets = package.targets.iter();
            targets.map(|target| CargoTarget::of(package, target)).collect()
        };
        packages.flat_map(of_package).collect()
    }

    /// What had to be done to read the workspace, and what could not be had.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = notes_of(&self.workspace.notes, &self.workspace.resolution);
        for other in &self.workspace.taken_in {
            let shown = display_path(&self.workspace, &other.root);
            let told = notes_of(&other.notes, &other.resolution);
            notes.extend(told.into_iter().map(|note| format!("{shown}: {note}")));
            if other.root.join(POLICY_FILE).is_file() {
                notes.push(format!("{shown}: its own {POLICY_FILE} does not count here"));
            }
        }
        notes
    }
}

/// A library or binary of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateRoot {
    /// Its package's manifest.
    pub manifest: PathBuf,
    /// Its root file, which may be missing.
    pub root: PathBuf,
    /// Whether it is of the edition in which dependencies have to be declared in code.
    pub is_2015: bool,
}

fn notes_of(notes: &[Note], resolution: &Resolution) -> Vec<String> {
    let mut told: Vec<String> = notes.iter().map(ToString::to_string).collect();
    if let Resolution::Partial { reason } = resolution {
        told.push(format!(
            "dependencies could not be resolved, only manifests were read: {reason}"
        ));
    }
    told
}

/// What the judges say.
#[derive(Debug)]
pub struct Judgement {
    /// The findings.
    pub findings: Vec<RawFinding>,
    /// The rules.
    pub rules: Vec<RuleEntry>,
}

/// Loads the workspace. On a server cargo is always asked: what lies below the target directory there may be anybody's.
pub fn load(options: &Options) -> Result<Loaded, Vec<Problem>> {
    let directory = std::env::current_dir().map_err(|error| {
        vec![workspace_problem(
            format!("the current directory cannot be read: {error}"),
            None,
        )]
    })?;
    let request = Request {
        manifest_path: options.manifest_path.clone(),
        directory,
        offline: options.offline,
    };
    let workspace = loader(options)(&request).map_err(|error| vec![of_workspace_error(&error)])?;
    Ok(Loaded { workspace })
}

fn loader(options: &Options) -> Loader {
    match options.latitude {
        Latitude::Free => workspace::load_cached,
        Latitude::Asked | Latitude::Narrow => workspace::load,
    }
}

fn of_workspace_error(error: &WorkspaceError) -> Problem {
    let message = with_causes(error);
    match error {
        WorkspaceError::Cargo { place, .. } => workspace_problem(message, place.as_ref()),
        _ => workspace_problem(message, None),
    }
}

fn workspace_problem(message: String, place: Option<&ManifestPlace>) -> Problem {
    let place = place.map_or(ProblemPlace::None, |place| ProblemPlace::File {
        file: place.file.to_string_lossy().into(),
        start: Some((place.line, place.column)),
    });
    Problem {
        code: ProblemCode::Workspace,
        message,
        place,
        suggestion: None,
    }
}

/// Reads the policy's texts.
pub fn read_policy(texts: &PolicyTexts) -> Result<Policy, Vec<Problem>> {
    Policy::read_texts(texts)
}

/// Takes in the other workspaces that the policy names; what is wrong with them.
pub fn take_in(loaded: &mut Loaded, policy: &Policy, options: &Options) -> Vec<Problem> {
    archguard_evidence::take_in(&mut loaded.workspace, policy, loader(options), options.offline)
}

/// Reads the code; with the policy's patterns, so that the graph knows what they lead to.
pub fn read_evidence(loaded: &Loaded, policy: Option<&Policy>) -> Evidence {
    // What came from no kept workspace is read anew.
    archguard_evidence::read_cached(&loaded.workspace, &reading_options(policy, Vec::new()))
}

/// A hash of what [`read_evidence`] would say, if it is kept and still holds.
pub(crate) fn kept_reading(loaded: &Loaded, policy: &Policy) -> Option<[u8; 32]> {
    archguard_evidence::kept_reading(&loaded.workspace, &reading_options(Some(policy), Vec::new()))
}

/// The place for what is made of a workspace by some bytes; none on a server.
pub(crate) fn answer(loaded: &Loaded, decided_by: &[u8]) -> Option<KeptAnswer> {
    KeptAnswer::of(&loaded.workspace, decided_by)
}

/// Has the workspace compiled and says what the compiler saw; where it could not be, why.
pub fn compile(loaded: &Loaded, request: &BuildRequest) -> Result<Witnessed, Problem> {
    compiler::compile(&loaded.workspace, request).map_err(|error| Problem {
        code: ProblemCode::Build,
        message: with_causes(&error),
        place: ProblemPlace::None,
        suggestion: None,
    })
}

/// Reads the code together with what the compiler saw.
pub fn read_witnessed(loaded: &Loaded, policy: &Policy, older: Option<&Policy>, witnessed: &Witnessed) -> Evidence {
    archguard_evidence::read_witnessed_cached(&loaded.workspace, &options_against(policy, older), witnessed)
}

/// Reads the code, so that an older policy can judge it too.
pub fn read_evidence_against(loaded: &Loaded, policy: &Policy, older: Option<&Policy>) -> Evidence {
    archguard_evidence::read_cached(&loaded.workspace, &options_against(policy, older))
}

fn options_against(policy: &Policy, older: Option<&Policy>) -> ReadingOptions {
    let more = older.map(Policy::patterns).unwrap_or_default();
    let mut options = reading_options(Some(policy), more);
    options.requirements |= older.is_some_and(|older| !older.requires.is_empty());
    options
}

/// Reads the code with the policy's patterns and some more.
pub fn read_evidence_for(loaded: &Loaded, policy: &Policy, more: Vec<PathPattern>) -> Evidence {
    archguard_evidence::read_cached(&loaded.workspace, &reading_options(Some(policy), more))
}

/// Reads the code, and drafts while it can still be asked what patterns lead to: `draft` makes a policy from the graph, and
/// the graph knows that policy's patterns in the end.
pub fn read_evidence_drafting(loaded: &Loaded, draft: &(dyn Fn(&Graph) -> Vec<PathPattern> + Sync)) -> Evidence {
    archguard_evidence::read_asking(&loaded.workspace, &reading_options(None, Vec::new()), draft)
}

/// Reads which modules there are, and what the policy's patterns lead to; no reference.
pub fn read_outline(loaded: &Loaded, policy: &Policy) -> Evidence {
    let options = reading_options(Some(policy), Vec::new());
    // What came from no kept workspace is read anew.
    archguard_evidence::read_outline_cached(&loaded.workspace, &options)
}

fn reading_options(policy: Option<&Policy>, more: Vec<PathPattern>) -> ReadingOptions {
    let mut options = policy.map(ReadingOptions::of).unwrap_or_default();
    options.patterns.extend(more);
    options.patterns.sort_unstable();
    options.patterns.dedup();
    options
}

/// Binds the policy to the graph; what does not fit stands beside it.
pub fn bind<'p>(policy: &'p Policy, graph: &Graph) -> Binding<'p> {
    BoundPolicy::bind(policy, graph)
}

/// Judges.
pub fn judge(graph: &Graph, policy: &BoundPolicy<'_>) -> Judgement {
    let judgement = archguard_lints::judge(graph, policy);
    let entry = |report: RuleReport| RuleEntry {
        kind: RuleKind::of_word(report.kind),
        id: report.id.as_str().to_owned(),
        matched: report.matched,
        dormant: report.dormant,
        findings: report.findings,
    };
    Judgement {
        findings: judgement.findings,
        rules: judgement.rules.into_iter().map(entry).collect(),
    }
}
