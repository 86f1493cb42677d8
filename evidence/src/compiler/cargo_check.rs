//! Has cargo check the workspace with our wrapper in the compiler's place, and gathers what the units left behind. An
//! artefact without its record is a unit that nobody looked at, and is said to be one.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use cargo_metadata::{Artifact, Message};
use thiserror::Error;

use super::session::{self, SESSION_VARIABLE, Session};
use super::store::{self, Mode, RecordFile, Stored};
use crate::workspace::{TargetKind, Workspace};

/// Which features are on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeatureSet {
    /// All there are.
    pub all: bool,
    /// Without the default ones.
    pub no_default: bool,
    /// These.
    pub features: Vec<String>,
}

impl FeatureSet {
    /// How the verdict names it.
    pub fn name(&self) -> String {
        let mut parts = Vec::new();
        if self.all {
            parts.push("all features".to_owned());
        }
        if self.no_default {
            parts.push("no default features".to_owned());
        }
        if !self.features.is_empty() {
            parts.push(format!("features {}", self.features.join(",")));
        }
        if parts.is_empty() {
            parts.push("default features".to_owned());
        }
        parts.join(", ")
    }

    fn arguments(&self) -> Vec<String> {
        let all = self.all.then(|| "--all-features".to_owned());
        let no_default = self.no_default.then(|| "--no-default-features".to_owned());
        let some = (!self.features.is_empty()).then(|| format!("--features={}", self.features.join(",")));
        [all, no_default, some].into_iter().flatten().collect()
    }
}

/// Which targets to have compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// Every one.
    #[default]
    AllTargets,
    /// Libraries, binaries and their build scripts.
    Production,
}

impl Selection {
    fn contains(self, kind: TargetKind) -> bool {
        let is_dev = matches!(kind, TargetKind::Test | TargetKind::Bench | TargetKind::Example);
        self == Self::AllTargets || !is_dev
    }
}

/// What to have compiled, and how.
#[derive(Debug, Clone)]
pub struct BuildRequest {
    /// The program that cargo starts in the compiler's place: [`super::wrap`] with [`SESSION_VARIABLE`] set.
    pub wrapper: PathBuf,
    /// Only these packages; all if empty.
    pub packages: Vec<String>,
    /// One build for each; never empty.
    pub feature_sets: Vec<FeatureSet>,
    /// Another platform than the host's.
    pub platform: Option<String>,
    /// Which targets.
    pub selection: Selection,
    /// How much to ask for.
    pub mode: Mode,
    /// Whether to go on with the rest where a unit cannot be built.
    pub keep_going: bool,
    /// No network.
    pub offline: bool,
    /// Whether cargo reports progress.
    pub quiet: bool,
}

impl BuildRequest {
    /// How the verdict names a feature set that was built.
    fn name_of(&self, set: &FeatureSet) -> String {
        let platform = self.platform.as_ref().map(|platform| format!("platform {platform}"));
        let selection = (self.selection == Selection::Production).then(|| "production targets".to_owned());
        let mode = match self.mode {
            Mode::Bodies => Some("bodies only".to_owned()),
            Mode::Needed => None,
            Mode::Everything => Some("every interface".to_owned()),
        };
        let parts = [Some(set.name()), platform, selection, mode];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// A unit as one of the builds has it.
#[derive(Debug)]
pub struct Built {
    /// Index into [`Witnessed::cfg_sets`].
    pub set: usize,
    /// The unit.
    pub stored: Stored,
    /// The file that this was read from.
    pub record: RecordFile,
}

/// What the compiler said of the workspace.
#[derive(Debug, Default)]
pub struct Witnessed {
    /// Units, feature set by feature set.
    pub units: Vec<Built>,
    /// The names of the feature sets, the platform with them.
    pub cfg_sets: Vec<String>,
    /// What keeps it from being whole.
    pub problems: Vec<Problem>,
}

impl Witnessed {
    /// Every file that a unit was made of, sorted.
    pub(crate) fn files_read(&self) -> Vec<PathBuf> {
        let files: BTreeSet<&PathBuf> = self
            .units
            .iter()
            .flat_map(|built| &built.stored.unit.files_read)
            .collect();
        files.into_iter().cloned().collect()
    }

    /// The files that all this was read from, sorted, each once: with the same ones the compiler has said the same.
    pub fn records(&self) -> Vec<&RecordFile> {
        let files: BTreeSet<&RecordFile> = self.units.iter().map(|built| &built.record).collect();
        files.into_iter().collect()
    }

    /// The same for the same answers under the same names; none where something keeps them from being whole.
    pub(crate) fn identity(&self) -> Option<String> {
        if !self.problems.is_empty() {
            return None;
        }
        let mut hasher = blake3::Hasher::new();
        for name in &self.cfg_sets {
            hasher.update(name.as_bytes()).update(b"\n");
        }
        let mut answers: Vec<_> = self.units.iter().map(|built| (built.set, &built.record)).collect();
        answers.sort_unstable();
        for (set, record) in answers {
            hasher.update(&(set as u64).to_le_bytes()).update(&record.hash);
            hasher.update(record.path.as_os_str().as_encoded_bytes()).update(b"\n");
        }
        Some(hasher.finalize().to_hex().to_string())
    }

    /// The compilers that spoke.
    pub fn compilers(&self) -> Vec<String> {
        let names: BTreeSet<&str> = self
            .units
            .iter()
            .map(|built| built.stored.unit.compiler.as_str())
            .collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// Why nothing could be built.
#[derive(Debug, Error)]
pub enum BuildError {
    /// The folder below the target directory.
    #[error("`{path}` cannot be written")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Cargo itself.
    #[error("cargo cannot be run")]
    Cargo(#[source] io::Error),
    /// Its output.
    #[error("what cargo reports cannot be read")]
    Messages(#[source] io::Error),
}

/// What a unit is without a record: its package, target and artefact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Unseen {
    package: String,
    target: String,
    record: PathBuf,
}

/// One run of cargo.
#[derive(Debug, Default)]
struct Run {
    units: Vec<(Stored, RecordFile)>,
    unseen: Vec<Unseen>,
    built: BTreeSet<(PathBuf, PathBuf)>,
    succeeded: bool,
}

/// Has everything compiled that is asked for, and reads what the compiler said. Cargo's own output goes where ours goes.
pub fn compile(workspace: &Workspace, request: &BuildRequest) -> Result<Witnessed, BuildError> {
    let folder = workspace.target_directory.join("archguard");
    let in_folder = |source| BuildError::Folder {
        path: folder.clone(),
        source,
    };
    fs::create_dir_all(&folder).map_err(in_folder)?;
    let session_file = tempfile::NamedTempFile::new_in(&folder).map_err(in_folder)?;
    session(workspace, request, &folder)
        .write(session_file.path())
        .map_err(in_folder)?;
    let mut witnessed = Witnessed::default();
    if !workspace.root.join("Cargo.lock").is_file() {
        witnessed.problems.push(no_lock_file());
        return Ok(witnessed);
    }
    for (index, set) in request.feature_sets.iter().enumerate() {
        if request.feature_sets[..index].contains(set) {
            continue;
        }
        let build = Build {
            workspace,
            request,
            set,
            folder: &folder,
            session: session_file.path(),
        };
        let run = build.run_until_seen()?;
        let name = request.name_of(set);
        witnessed.problems.extend(build.problems(&run, &name));
        let set = witnessed.cfg_sets.len();
        witnessed.cfg_sets.push(name);
        let units = run.units.into_iter();
        witnessed
            .units
            .extend(units.map(|(stored, record)| Built { set, stored, record }));
    }
    Ok(witnessed)
}

fn session(workspace: &Workspace, request: &BuildRequest, folder: &Path) -> Session {
    let real = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let own = env::var_os("RUSTC_WRAPPER").filter(|wrapper| !wrapper.is_empty());
    Session {
        directories: workspace
            .packages
            .iter()
            .map(|package| real(&package.directory))
            .collect(),
        mode: request.mode,
        wrapper_of_dependencies: own.map(PathBuf::from),
        folder: folder.to_path_buf(),
    }
}

fn no_lock_file() -> Problem {
    Problem {
        code: ProblemCode::Build,
        message: "there is no Cargo.lock: compiling would write one, and this command changes nothing".to_owned(),
        place: ProblemPlace::None,
        suggestion: Some("cargo generate-lockfile".to_owned()),
    }
}

/// One build under one feature set.
struct Build<'a> {
    workspace: &'a Workspace,
    request: &'a BuildRequest,
    set: &'a FeatureSet,
    folder: &'a Path,
    session: &'a Path,
}

impl Build<'_> {
    /// Runs cargo; once more if units that cargo took for fresh have no record, or one that is not to be believed. Taking
    /// away what there is of it makes cargo compile them again.
    fn run_until_seen(&self) -> Result<Run, BuildError> {
        let run = self.run()?;
        if run.unseen.is_empty() || !run.succeeded {
            return Ok(run);
        }
        for unseen in &run.unseen {
            // Not there is as good as taken away.
            let _ = fs::remove_file(&unseen.record);
        }
        self.run()
    }

    fn run(&self) -> Result<Run, BuildError> {
        let mut child = self.command().spawn().map_err(BuildError::Cargo)?;
        let mut run = Run::default();
        if let Some(output) = child.stdout.take() {
            for message in Message::parse_stream(BufReader::new(output)) {
                match message.map_err(BuildError::Messages)? {
                    Message::CompilerArtifact(artifact) => self.note(&artifact, &mut run),
                    Message::BuildFinished(finished) => run.succeeded = finished.success,
                    _ => {}
                }
            }
        }
        let status = child.wait().map_err(BuildError::Cargo)?;
        run.succeeded &= status.success();
        run.unseen.sort();
        Ok(run)
    }

    fn command(&self) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(cargo);
        // A compiler older than what a manifest asks for may still do; if not, it says so itself.
        command.args(["check", "--locked", "--ignore-rust-version"]);
        if self.request.selection == Selection::AllTargets {
            command.arg("--all-targets");
        }
        command.args(["--message-format=json-render-diagnostics", "--target-dir"]);
        let directory = self.folder.join(session::FOLDER);
        command.arg(&directory).env("CARGO_BUILD_BUILD_DIR", &directory);
        command
            .arg("--manifest-path")
            .arg(self.workspace.root.join("Cargo.toml"));
        if self.request.packages.is_empty() {
            command.arg("--workspace");
        }
        for package in &self.request.packages {
            command.args(["-p", package]);
        }
        command.args(self.set.arguments());
        command.args(
            self.request
                .platform
                .iter()
                .map(|platform| format!("--target={platform}")),
        );
        let switches = [
            (self.request.keep_going, "--keep-going"),
            (self.request.offline, "--offline"),
            (self.request.quiet, "--quiet"),
        ];
        command.args(switches.iter().filter(|(on, _)| *on).map(|(_, switch)| switch));
        command
            .current_dir(&self.workspace.root)
            .env("RUSTC_WRAPPER", &self.request.wrapper)
            // Ours sees every unit of the workspace, in the other's place; a stale one must not hide them.
            .env("RUSTC_WORKSPACE_WRAPPER", "")
            .env(SESSION_VARIABLE, self.session)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        command
    }

    fn note(&self, artifact: &Artifact, run: &mut Run) {
        let manifest = artifact.manifest_path.as_std_path();
        let packages = &self.workspace.packages;
        let Some(package) = packages.iter().find(|package| package.manifest_path == manifest) else {
            return;
        };
        let root = artifact.target.src_path.as_std_path().to_path_buf();
        run.built.insert((package.manifest_path.clone(), root));
        let crate_name = artifact.target.name.replace('-', "_");
        let files: Vec<&Path> = artifact.filenames.iter().map(|file| file.as_std_path()).collect();
        let Some(record) = record_of(&crate_name, &files) else {
            return;
        };
        match store::read(&record, self.request.mode) {
            Some(read) => run.units.push(read),
            None => run.unseen.push(Unseen {
                package: package.name.clone(),
                target: artifact.target.name.clone(),
                record,
            }),
        }
    }

    fn problems(&self, run: &Run, set: &str) -> Vec<Problem> {
        let problem = |message: String| Problem {
            code: ProblemCode::Build,
            message,
            place: ProblemPlace::None,
            suggestion: None,
        };
        let unseen = run.unseen.iter().map(|unseen| {
            let Unseen { package, target, .. } = unseen;
            problem(format!(
                "`{target}` of `{package}` was compiled without this tool looking on ({set}): another compiler wrapper?"
            ))
        });
        let mut problems: Vec<Problem> = unseen.collect();
        if !run.succeeded {
            let names: Vec<String> = self.not_built(run);
            let which = if names.is_empty() {
                "what cargo says above is why".to_owned()
            } else {
                format!("not built: {}", names.join(", "))
            };
            let keep_going = "what can be built is judged with --keep-going".to_owned();
            problems.push(Problem {
                suggestion: (!self.request.keep_going).then_some(keep_going),
                ..problem(format!("the build failed ({set}): {which}"))
            });
        }
        problems
    }

    /// Targets that no artefact speaks of, by package. Those that only other features bring are not expected.
    fn not_built(&self, run: &Run) -> Vec<String> {
        let asked =
            |name: &str| self.request.packages.is_empty() || self.request.packages.iter().any(|asked| asked == name);
        let members = self.workspace.packages.iter().filter(|package| package.is_member);
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for package in members.filter(|package| asked(&package.name)) {
            let missing = package.targets.iter().filter(|target| {
                let key = (package.manifest_path.clone(), target.root.clone());
                let is_asked = self.request.selection.contains(target.kind) && target.required_features.is_empty();
                is_asked && !run.built.contains(&key)
            });
            names
                .entry(&package.name)
                .or_default()
                .extend(missing.map(|target| target.name.as_str()));
        }
        let lacking = names.into_iter().filter(|(_, targets)| !targets.is_empty());
        lacking
            .map(|(package, targets)| format!("`{package}` ({})", targets.join(", ")))
            .collect()
    }
}

/// Where the record of an artefact lies: beside it, under the name that the compiler gave it.
fn record_of(crate_name: &str, files: &[&Path]) -> Option<PathBuf> {
    let file = files.first()?;
    let directory = file.parent()?;
    let stem = file.file_stem()?.to_str()?;
    let behind = |stem: &str| {
        stem.strip_prefix(crate_name)?
            .starts_with('-')
            .then(|| stem[crate_name.len()..].to_owned())
    };
    let extra = stem.strip_prefix("lib").and_then(behind).or_else(|| behind(stem));
    if let Some(extra) = extra {
        return Some(store::path_of(directory, crate_name, &extra));
    }
    // Build scripts lie in a folder of their own, whose name ends as the compiler's names do.
    let extra = directory.file_name()?.to_str()?.rsplit_once('-')?.1;
    Some(store::path_of(directory, crate_name, &format!("-{extra}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_lie_beside_their_artefacts() {
        let of = |name, file| record_of(name, &[Path::new(file)]).expect("a place");
        assert_eq!(
            of("shop", "/t/debug/deps/libshop-12ab.rmeta"),
            Path::new("/t/debug/deps/shop-12ab.archguard")
        );
        assert_eq!(
            of("lib_of_shop", "/t/debug/deps/lib_of_shop-12ab.rmeta"),
            Path::new("/t/debug/deps/lib_of_shop-12ab.archguard")
        );
        assert_eq!(
            of("build_script_build", "/t/debug/build/shop-12ab/build-script-build"),
            Path::new("/t/debug/build/shop-12ab/build_script_build-12ab.archguard")
        );
    }

    #[test]
    fn feature_sets_have_names_and_arguments() {
        let set = FeatureSet {
            no_default: true,
            features: vec!["a".to_owned(), "b".to_owned()],
            ..FeatureSet::default()
        };
        assert_eq!(set.name(), "no default features, features a,b");
        assert_eq!(set.arguments(), ["--no-default-features", "--features=a,b"]);
        assert_eq!(FeatureSet::default().name(), "default features");
        assert!(FeatureSet::default().arguments().is_empty());
    }
}
