//! What a loaded workspace is made of: plain values in a fixed order. How they are obtained is not told here.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::locate::repository_root;
use super::merge::external_by_directory;
use super::walk::other_workspaces;

/// A workspace as cargo sees it, with all platforms and all features of its members at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Workspace {
    /// The directory of the workspace's root manifest, absolute and without symlinks.
    pub root: PathBuf,
    /// The nearest directory at or above the root that holds `.git`.
    #[serde(skip)]
    pub repository_root: Option<PathBuf>,
    /// Where cargo puts what it builds.
    pub target_directory: PathBuf,
    /// Where cargo keeps what it builds on the way (`OUT_DIR` lies there); mostly the target directory.
    pub build_directory: PathBuf,
    /// The packages to be examined, sorted by name, then directory: the members, and every package that is used by
    /// path, also from outside the workspace.
    pub packages: Vec<Package>,
    /// Packages from registries and git repositories with their sources on disk, sorted by name, version, directory.
    pub dependencies: Vec<ExternalPackage>,
    /// Crates that manifests name and whose sources could not be had, sorted by name, requirement, reason.
    pub opaque: Vec<OpaqueCrate>,
    /// How much of the dependency graph is known.
    pub resolution: Resolution,
    /// What had to be done to read the workspace, in the order in which it was done.
    pub notes: Vec<Note>,
    /// Other workspaces whose packages are examined too, in the order in which they were taken in.
    #[serde(skip)]
    pub taken_in: Vec<TakenIn>,
    /// Directory of an external package to its index, for [`super::display_path`].
    #[serde(skip)]
    pub(super) external_by_directory: FxHashMap<PathBuf, usize>,
    /// The hash of cargo's answer where that is kept: the same hash, the same workspace. None where nothing is.
    #[serde(skip)]
    pub(crate) kept_as: Option<String>,
    /// Looked for when somebody asks: it takes a walk through the whole repository.
    #[serde(skip)]
    pub(crate) other_workspaces: OnceLock<Vec<PathBuf>>,
}

impl Workspace {
    /// A workspace of packages that are known already, wholly resolved: for those who have no cargo to ask, as tests.
    #[doc(hidden)]
    pub fn of_packages(
        root: PathBuf,
        packages: Vec<Package>,
        dependencies: Vec<ExternalPackage>,
        opaque: Vec<OpaqueCrate>,
    ) -> Self {
        Self {
            external_by_directory: external_by_directory(&dependencies),
            repository_root: root.parent().map(Path::to_path_buf),
            target_directory: root.join("target"),
            build_directory: root.join("target"),
            root,
            packages,
            dependencies,
            opaque,
            resolution: Resolution::Full,
            kept_as: None,
            other_workspaces: Vec::new().into(),
            notes: Vec::new(),
            taken_in: Vec::new(),
        }
    }

    /// The same, with what is read of it kept in its target directory: for those who have no cargo to ask, as tests.
    #[doc(hidden)]
    #[must_use]
    pub fn kept_as(mut self, identity: &str) -> Self {
        self.kept_as = Some(identity.to_owned());
        self
    }

    /// Where cargo puts what it builds, of this workspace and of those taken in: each directory once.
    pub fn target_directories(&self) -> Vec<&Path> {
        let taken_in = self.taken_in.iter();
        let others = taken_in.flat_map(|other| [&other.build_directory, &other.target_directory]);
        let mut all: Vec<&Path> = Vec::new();
        for directory in [&self.build_directory, &self.target_directory]
            .into_iter()
            .chain(others)
        {
            if !all.contains(&directory.as_path()) {
                all.push(directory);
            }
        }
        all
    }

    /// Adds what follows from the rest and from where it lies.
    pub(super) fn completed(mut self) -> Self {
        self.repository_root = repository_root(&self.root);
        self.external_by_directory = external_by_directory(&self.dependencies);
        self
    }

    /// Roots of other workspaces in the repository, and packages that belong to no workspace: not examined. Sorted.
    pub fn other_workspaces(&self) -> &[PathBuf] {
        self.other_workspaces.get_or_init(|| other_workspaces(self))
    }

    /// The examined package behind an id.
    pub fn package(&self, id: PackageId) -> &Package {
        &self.packages[id.0]
    }

    /// The external package behind an id.
    pub fn external(&self, id: ExternalId) -> &ExternalPackage {
        &self.dependencies[id.0]
    }

    /// The opaque crate behind an id.
    pub fn opaque_crate(&self, id: OpaqueId) -> &OpaqueCrate {
        &self.opaque[id.0]
    }
}

/// Another workspace of the repository, taken in.
#[derive(Clone, Debug)]
pub struct TakenIn {
    /// The directory of its root manifest.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target_directory: PathBuf,
    /// Where cargo keeps what it builds on the way.
    pub build_directory: PathBuf,
    /// How much of its dependency graph is known.
    pub resolution: Resolution,
    /// What had to be done to read it.
    pub notes: Vec<Note>,
    /// What it is kept as.
    pub(crate) kept_as: Option<String>,
}

/// Place of a package in [`Workspace::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackageId(pub usize);

/// Place of a package in [`Workspace::dependencies`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExternalId(pub usize);

/// Place of a crate in [`Workspace::opaque`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpaqueId(pub usize);

/// What a dependency leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackageRef {
    /// A package that is examined.
    Examined(PackageId),
    /// A package whose sources can be read where names lead there.
    External(ExternalId),
    /// A crate of which nothing but the name is known.
    Opaque(OpaqueId),
}

/// A package whose code is examined.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Package {
    /// The package's name as in its manifest, with dashes.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The directory of its manifest.
    pub directory: PathBuf,
    /// Its manifest.
    pub manifest_path: PathBuf,
    /// The edition of the package; a target may have its own.
    pub edition: Edition,
    /// Its targets: library first, then by kind and name. Root files may be missing.
    pub targets: Vec<Target>,
    /// What its code can name, sorted by the name in code.
    pub dependencies: Vec<Dependency>,
    /// The names of its features, sorted; with the implicit ones of optional dependencies.
    pub features: Vec<String>,
    /// The `rust-version` of its manifest.
    pub rust_version: Option<String>,
    /// The URL of its repository, as the manifest gives it.
    pub repository: Option<String>,
    /// The native library it claims to link.
    pub links: Option<String>,
    /// Whether it is a member of the workspace or of one taken in, not only used by path.
    pub is_member: bool,
}

impl Package {
    /// The package's library or proc-macro target.
    pub fn library(&self) -> Option<&Target> {
        self.targets
            .iter()
            .find(|target| matches!(target.kind, TargetKind::Lib | TargetKind::ProcMacro))
    }
}

/// One thing that cargo compiles from a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What it is compiled to.
    pub kind: TargetKind,
    /// Its name as cargo knows it; may hold dashes.
    pub name: String,
    /// Its name in Rust paths.
    pub crate_name: String,
    /// The root file. It may be missing: the reader says so.
    pub root: PathBuf,
    /// Its edition.
    pub edition: Edition,
    /// Without these features cargo leaves it out.
    pub required_features: Vec<String>,
    /// Whether `cargo test` builds it as a test.
    pub test: bool,
    /// Whether its documentation is tested.
    pub doctest: bool,
}

/// The kinds of target, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// A library of any crate type.
    Lib,
    /// A library of procedural macros.
    ProcMacro,
    /// An executable.
    Bin,
    /// An example, executable or library.
    Example,
    /// An integration test.
    Test,
    /// A benchmark.
    Bench,
    /// The package's build script.
    BuildScript,
}

/// A Rust edition. One that is newer than this tool is read as the newest known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edition {
    /// 2015
    E2015,
    /// 2018
    E2018,
    /// 2021
    E2021,
    /// 2024 and later
    E2024,
}

/// A crate that a package's code can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The first segment of paths into it: the library's crate name, or what the manifest renames it to.
    pub name_in_code: String,
    /// The library's own crate name. Of an opaque crate: the package's name with underscores.
    pub crate_name: String,
    /// Where it leads.
    pub package: PackageRef,
    /// For what it is used: at least one entry, sorted.
    pub uses: Vec<DependencyUse>,
}

impl Dependency {
    /// Whether any of the uses is of this kind.
    pub fn is(&self, kind: DependencyKind) -> bool {
        self.uses.iter().any(|usage| usage.kind == kind)
    }
}

/// One line of a manifest that names a dependency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DependencyUse {
    /// The table it stands in.
    pub kind: DependencyKind,
    /// The platform it is for: a target triple or `cfg(..)`.
    pub target: Option<String>,
    /// Whether a feature must ask for it.
    pub optional: bool,
}

/// The kinds of dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DependencyKind {
    /// `[dependencies]`: library, binaries, and everything that is development code.
    Normal,
    /// `[dev-dependencies]`: tests, examples, benches.
    Dev,
    /// `[build-dependencies]`: the build script.
    Build,
}

/// A package from outside whose sources are on disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExternalPackage {
    /// The package's name as in its manifest, with dashes.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where it comes from.
    pub source: ExternalSource,
    /// The URL of its repository, as the manifest gives it: the sign of a family of crates.
    pub repository: Option<String>,
    /// The directory of its manifest.
    pub directory: PathBuf,
    /// Its library; packages of binaries only have none.
    pub library: Option<LibraryTarget>,
    /// What its own code can name, sorted by the name in code. Only what the workspace's build would use.
    pub dependencies: Vec<Dependency>,
    /// Its features that some build of the workspace turns on; none where cargo could not tell.
    pub features: Option<BTreeSet<String>>,
}

/// Where an external package comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ExternalSource {
    /// A registry, under its address as cargo writes it. Vendored sources too: they stand for their registry.
    Registry(String),
    /// A git repository, under its address as cargo writes it.
    Git(String),
}

/// The library of an external package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryTarget {
    /// Its name in Rust paths.
    pub crate_name: String,
    /// The root file.
    pub root: PathBuf,
    /// Its edition.
    pub edition: Edition,
    /// Whether it holds procedural macros.
    pub proc_macro: bool,
}

/// A crate of which nothing but the name is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpaqueCrate {
    /// The package's name as the manifest gives it.
    pub name: String,
    /// The versions that the manifest allows.
    pub requirement: String,
    /// Why it could not be had.
    pub reason: OpaqueReason,
}

/// Why a crate's sources could not be had.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OpaqueReason {
    /// The workspace's dependencies could not be resolved at all: [`Resolution::Partial`] says why.
    Unresolved,
    /// Resolved, but no part of the workspace's build: cargo resolves neither development dependencies nor unused
    /// optional dependencies of a package that is not a member.
    NotBuilt,
    /// A dependency by path, in whose directory no package could be read.
    NoPackage(PathBuf),
}

impl fmt::Display for OpaqueReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unresolved => formatter.write_str("the dependencies could not be resolved"),
            Self::NotBuilt => formatter.write_str("it is no part of the workspace's build"),
            Self::NoPackage(directory) => write!(formatter, "no package can be read in `{}`", directory.display()),
        }
    }
}

/// How much of the dependency graph is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolution {
    /// Every dependency of the workspace's build, for all platforms and all features of its members.
    Full,
    /// The manifests alone: every dependency that is not by path is opaque.
    Partial {
        /// What cargo said to an attempt at more.
        reason: String,
    },
}

/// Something that had to be done to read the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// There is no lock file: versions were chosen as cargo would choose them today.
    NoLockFile,
    /// The lock file does not fit the manifests: it was brought up to date in a copy.
    StaleLockFile,
    /// The toolchain that the workspace asks for is not installed; this one's cargo read it.
    OtherToolchain(String),
    /// Cargo refuses the workspace as it is, and read it with stand-ins for the root files and the packages that it misses.
    MissingTargetFiles {
        /// What cargo said.
        message: String,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLockFile => formatter.write_str("no `Cargo.lock`: dependencies were resolved in a copy"),
            Self::StaleLockFile => {
                formatter.write_str("`Cargo.lock` does not fit the manifests: dependencies were resolved in a copy")
            }
            Self::OtherToolchain(name) => {
                write!(
                    formatter,
                    "the workspace's toolchain is not installed: its manifests were read by `{name}`"
                )
            }
            Self::MissingTargetFiles { message } => {
                write!(formatter, "cargo cannot build this workspace as it is: {message}")
            }
        }
    }
}
