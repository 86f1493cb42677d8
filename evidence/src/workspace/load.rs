//! The order in which ways of reading a workspace are tried, from the best to the poorest. One cargo process in the
//! common case: a lock file that fits, and everything fetched.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, Package};

use super::assemble::{Loaded, assemble};
use super::cache::Cache;
use super::cargo::{Answer, Cargo, Failure, Network, Question, Refusal};
use super::copy::Copy;
use super::error::WorkspaceError;
use super::locate::{requested_manifest, root_manifest};
use super::model::{Note, Resolution, Workspace};
use super::stub::Missing;

/// Which workspace to load.
#[derive(Clone, Debug)]
pub struct Request {
    /// A manifest of the workspace, or its directory; without it the nearest one at or above `directory`.
    pub manifest_path: Option<PathBuf>,
    /// Where the search begins, and what a relative `manifest_path` is relative to.
    pub directory: PathBuf,
    /// Never use the network.
    pub offline: bool,
}

/// Loads a workspace without writing anything into it.
///
/// With a lock file that fits, cargo resolves by it; what is not on disk is fetched unless the request says
/// `offline`. Without one, or where cargo refuses the workspace as it is, a copy of the manifests is resolved. Where
/// that fails too, the manifests alone serve: see [`Resolution::Partial`].
///
/// # Errors
///
/// If there is no manifest, no package, or cargo cannot even read the manifests.
pub fn load(request: &Request) -> Result<Workspace, WorkspaceError> {
    load_manifest(requested_manifest(request)?, request)
}

/// The same, without asking cargo again while nothing has changed that its answer depends on. The answer is kept below the
/// target directory, which is made where there is none: the only thing that is ever written.
///
/// # Errors
///
/// As [`load`].
pub fn load_cached(request: &Request) -> Result<Workspace, WorkspaceError> {
    let manifest = requested_manifest(request)?;
    match Cache::of(&manifest) {
        Some(cache) => cache.or_load(|| load_manifest(manifest, request)),
        None => load_manifest(manifest, request),
    }
}

fn load_manifest(manifest: PathBuf, request: &Request) -> Result<Workspace, WorkspaceError> {
    let mut attempts = Attempts::new(manifest, request.offline);
    let mut loaded = attempts.best()?;
    if let Some(toolchain) = attempts.cargo.toolchain.take() {
        loaded.notes.insert(0, Note::OtherToolchain(toolchain));
    }
    if loaded.metadata.packages.is_empty() {
        let root = loaded.original(&loaded.metadata.workspace_root);
        return Err(WorkspaceError::NoPackages {
            manifest: root.join("Cargo.toml"),
        });
    }
    Ok(assemble(&loaded))
}

/// The attempts at one workspace.
struct Attempts {
    manifest: PathBuf,
    root_manifest: PathBuf,
    cargo: Cargo,
    networks: &'static [Network],
}

impl Attempts {
    fn new(manifest: PathBuf, offline: bool) -> Self {
        // What is on disk is tried first: it is faster, and mostly enough.
        let networks: &[Network] = if offline {
            &[Network::Off]
        } else {
            &[Network::Off, Network::On]
        };
        let root_manifest = root_manifest(&manifest);
        Self {
            manifest,
            root_manifest,
            cargo: Cargo::default(),
            networks,
        }
    }

    fn best(&mut self) -> Result<Loaded, WorkspaceError> {
        let refused = match self.by_lock_file()? {
            Ok(loaded) => return Ok(loaded),
            Err(failure) => failure,
        };
        // Cargo is asked for no more than the manifest's targets here: what else it dislikes, it dislikes again.
        if refused.refusal == Refusal::Other
            && let Ok(loaded) = self.in_copy(Missing::StoodIn, Question::Unlocked)?
        {
            return Ok(loaded.with_note(Note::MissingTargetFiles {
                message: refused.message,
            }));
        }
        self.manifests_only(refused.message)
    }

    /// Resolves by the lock file, or in a copy if there is none or it does not fit.
    fn by_lock_file(&mut self) -> Result<Result<Loaded, Failure>, WorkspaceError> {
        let mut note = Note::NoLockFile;
        if self.root_manifest.with_file_name("Cargo.lock").is_file() {
            note = Note::StaleLockFile;
            let manifest = self.manifest.clone();
            match self.ask(&manifest, Question::Locked)? {
                Ok(metadata) => return Ok(Ok(Loaded::in_place(metadata, Resolution::Full))),
                Err(failure) if failure.refusal == Refusal::LockFile => {}
                Err(failure) => return Ok(Err(failure)),
            }
        }
        let answer = self.in_copy(Missing::Left, Question::Unlocked)?;
        Ok(answer.map(|loaded| loaded.with_note(note)))
    }

    /// Asks with what is on disk, and if that is not enough, with the network where it is allowed.
    fn ask(&mut self, manifest: &Path, question: Question) -> Answer {
        let mut answer = self.cargo.ask(manifest, question, Network::Off)?;
        for &network in &self.networks[1..] {
            if matches!(&answer, Err(failure) if failure.refusal == Refusal::Fetch) {
                answer = self.cargo.ask(manifest, question, network)?;
            }
        }
        Ok(answer)
    }

    /// Asks about a copy of the manifests.
    fn in_copy(&mut self, missing: Missing, question: Question) -> Result<Result<Loaded, Failure>, WorkspaceError> {
        let copy = match Copy::of(&self.manifest, missing) {
            Ok(copy) => copy,
            Err(error) => {
                let message = format!("the manifests cannot be copied aside: {error}");
                return Ok(Err(Failure {
                    refusal: Refusal::Fetch,
                    message,
                }));
            }
        };
        self.cargo.configuration = configuration_files(&self.manifest);
        let answer = self.ask(copy.manifest(), question);
        self.cargo.configuration.clear();
        Ok(match answer? {
            Ok(mut metadata) => {
                // What only stood in is not there.
                let is_there = |package: &Package| copy.original(package.manifest_path.as_std_path()).is_file();
                metadata
                    .packages
                    .retain(|package| package.source.is_some() || is_there(package));
                Ok(Loaded {
                    copy: Some(copy),
                    ..Loaded::in_place(metadata, Resolution::Full)
                })
            }
            Err(failure) => Err(Failure {
                message: copy.original_message(&failure.message),
                ..failure
            }),
        })
    }

    /// What the manifests say by themselves; the reason tells why it is no more.
    fn manifests_only(&mut self, reason: String) -> Result<Loaded, WorkspaceError> {
        let partial = Resolution::Partial { reason };
        let manifest = self.manifest.clone();
        let failure = match self.cargo.ask(&manifest, Question::ManifestsOnly, Network::Off)? {
            Ok(mut metadata) => {
                self.add_path_dependencies(&mut metadata)?;
                return Ok(Loaded::in_place(metadata, partial));
            }
            Err(failure) => failure,
        };
        let Ok(mut loaded) = self.in_copy(Missing::StoodIn, Question::ManifestsOnly)? else {
            return Err(failure.into_error(&self.manifest));
        };
        self.add_path_dependencies(&mut loaded.metadata)?;
        loaded.resolution = partial;
        Ok(loaded.with_note(Note::MissingTargetFiles {
            message: failure.message,
        }))
    }

    /// Without a resolution cargo lists members only. Packages outside the workspace that are used by path are asked
    /// for one by one.
    fn add_path_dependencies(&mut self, metadata: &mut Metadata) -> Result<(), WorkspaceError> {
        let mut next = 0;
        while let Some(package) = metadata.packages.get(next) {
            let paths: Vec<_> = package
                .dependencies
                .iter()
                .filter_map(|dependency| dependency.path.clone())
                .collect();
            for path in paths {
                let manifest = path.join("Cargo.toml");
                let is_it = |package: &Package| package.manifest_path == manifest;
                if metadata.packages.iter().any(is_it) {
                    continue;
                }
                let answer = self
                    .cargo
                    .ask(manifest.as_std_path(), Question::ManifestsOnly, Network::Off)?;
                metadata
                    .packages
                    .extend(answer.into_iter().flat_map(|other| other.packages).find(is_it));
            }
            next += 1;
        }
        Ok(())
    }
}

/// Cargo's home directory.
pub(super) fn cargo_home() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// The configuration files that cargo would find from the manifest's directory upwards, the nearest last. The one in
/// cargo's home directory is left out: cargo reads it wherever it runs.
pub(super) fn configuration_files(manifest: &Path) -> Vec<PathBuf> {
    let home = cargo_home();
    let mut files: Vec<PathBuf> = manifest
        .ancestors()
        .skip(1)
        .map(|directory| directory.join(".cargo"))
        .filter(|directory| home.as_ref() != Some(directory))
        .filter_map(|directory| {
            ["config", "config.toml"]
                .map(|name| directory.join(name))
                .into_iter()
                .find(|file| file.is_file())
        })
        .collect();
    files.reverse();
    files
}
