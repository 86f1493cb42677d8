//! From cargo's answer to the [`Workspace`]: which packages are examined, which are external, and where things lie.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cargo_metadata::{Metadata, Package as CargoPackage, Target as CargoTarget, TargetKind as CargoTargetKind};
use rustc_hash::FxHashMap;

use super::copy::Copy;
use super::link::Links;
use super::model::{
    Edition, ExternalPackage, ExternalSource, LibraryTarget, Note, OpaqueReason, Package, Resolution, Target,
    TargetKind, Workspace,
};

/// What cargo answered, and what was done to make it answer.
pub(super) struct Loaded {
    pub(super) metadata: Metadata,
    /// The copy that cargo was asked about, if it was not the workspace itself.
    pub(super) copy: Option<Copy>,
    pub(super) resolution: Resolution,
    pub(super) notes: Vec<Note>,
}

impl Loaded {
    pub(super) fn in_place(metadata: Metadata, resolution: Resolution) -> Self {
        Self {
            metadata,
            copy: None,
            resolution,
            notes: Vec::new(),
        }
    }

    pub(super) fn with_note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    /// The real path behind one that cargo gave.
    pub(super) fn original(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.copy
            .as_ref()
            .map_or_else(|| path.to_path_buf(), |copy| copy.original(path))
    }
}

/// Builds the workspace.
pub(super) fn assemble(loaded: &Loaded) -> Workspace {
    let metadata = &loaded.metadata;
    let (mut own, mut external): (Vec<_>, Vec<_>) =
        metadata.packages.iter().partition(|package| package.source.is_none());
    own.sort_by_key(|package| (package.name.to_string(), loaded.original(&package.manifest_path)));
    external.sort_by_key(|package| {
        (
            package.name.to_string(),
            package.version.clone(),
            package.manifest_path.clone(),
        )
    });

    let mut links = Links::new(metadata.resolve.as_ref(), &own, &external);
    let mut packages: Vec<Package> = own.iter().map(|package| examined(loaded, package)).collect();
    let mut dependencies: Vec<ExternalPackage> = external
        .iter()
        .map(|package| external_package(loaded, package))
        .collect();
    for (package, source) in packages.iter_mut().zip(&own) {
        package.dependencies = links.of_examined(source);
    }
    for (package, source) in dependencies.iter_mut().zip(&external) {
        package.dependencies = links.of_external(source);
        package.features = links.features(source);
    }
    let mut opaque = links.into_opaque(packages.iter_mut().flat_map(|package| &mut package.dependencies));
    for unknown in &mut opaque {
        if let OpaqueReason::NoPackage(directory) = &mut unknown.reason {
            *directory = loaded.original(&*directory);
        }
    }

    let root = loaded.original(&metadata.workspace_root);
    let target_directory = loaded.original(&metadata.target_directory);
    let build_directory = metadata.build_directory.as_ref();
    let workspace = Workspace {
        repository_root: None,
        root,
        build_directory: build_directory.map_or_else(|| target_directory.clone(), |path| loaded.original(path)),
        target_directory,
        packages,
        dependencies,
        opaque,
        resolution: loaded.resolution.clone(),
        kept_as: None,
        other_workspaces: OnceLock::new(),
        notes: loaded.notes.clone(),
        taken_in: Vec::new(),
        external_by_directory: FxHashMap::default(),
    };
    workspace.completed()
}

fn examined(loaded: &Loaded, package: &CargoPackage) -> Package {
    let manifest_path = loaded.original(&package.manifest_path);
    let mut targets: Vec<Target> = package
        .targets
        .iter()
        .map(|target| own_target(loaded, target))
        .collect();
    targets.sort_by(|a, b| (a.kind, &a.name, &a.root).cmp(&(b.kind, &b.name, &b.root)));
    Package {
        name: package.name.to_string(),
        version: package.version.to_string(),
        directory: directory_of(&manifest_path),
        manifest_path,
        edition: edition(package.edition),
        targets,
        dependencies: Vec::new(),
        features: package.features.keys().cloned().collect(),
        rust_version: package.rust_version.as_ref().map(ToString::to_string),
        repository: package.repository.clone(),
        links: package.links.clone(),
        is_member: loaded.metadata.workspace_members.contains(&package.id),
    }
}

fn external_package(loaded: &Loaded, package: &CargoPackage) -> ExternalPackage {
    let address = package
        .source
        .as_ref()
        .map(|source| source.repr.clone())
        .unwrap_or_default();
    let is_git = address.starts_with("git+");
    let library = library_of(package).map(|target| LibraryTarget {
        crate_name: crate_name(&target.name),
        root: loaded.original(&target.src_path),
        edition: edition(target.edition),
        proc_macro: target_kind(target) == TargetKind::ProcMacro,
    });
    ExternalPackage {
        name: package.name.to_string(),
        version: package.version.to_string(),
        source: if is_git {
            ExternalSource::Git(address)
        } else {
            ExternalSource::Registry(address)
        },
        repository: package.repository.clone(),
        directory: directory_of(&loaded.original(&package.manifest_path)),
        library,
        dependencies: Vec::new(),
        features: None,
    }
}

fn own_target(loaded: &Loaded, target: &CargoTarget) -> Target {
    Target {
        kind: target_kind(target),
        name: target.name.clone(),
        crate_name: crate_name(&target.name),
        root: loaded.original(&target.src_path),
        edition: edition(target.edition),
        required_features: target.required_features.clone(),
        test: target.test,
        doctest: target.doctest,
    }
}

/// The library or proc-macro target of a package.
pub(super) fn library_of(package: &CargoPackage) -> Option<&CargoTarget> {
    package
        .targets
        .iter()
        .find(|target| matches!(target_kind(target), TargetKind::Lib | TargetKind::ProcMacro))
}

/// A target's or package's name as it stands in Rust paths.
pub(super) fn crate_name(name: &str) -> String {
    name.replace('-', "_")
}

fn target_kind(target: &CargoTarget) -> TargetKind {
    match target.kind.first() {
        Some(CargoTargetKind::ProcMacro) => TargetKind::ProcMacro,
        Some(CargoTargetKind::Bin) => TargetKind::Bin,
        Some(CargoTargetKind::Example) => TargetKind::Example,
        Some(CargoTargetKind::Test) => TargetKind::Test,
        Some(CargoTargetKind::Bench) => TargetKind::Bench,
        Some(CargoTargetKind::CustomBuild) => TargetKind::BuildScript,
        // The crate types of a library, and whatever a newer cargo may add to them.
        _ => TargetKind::Lib,
    }
}

fn edition(edition: cargo_metadata::Edition) -> Edition {
    match edition {
        cargo_metadata::Edition::E2015 => Edition::E2015,
        cargo_metadata::Edition::E2018 => Edition::E2018,
        cargo_metadata::Edition::E2021 => Edition::E2021,
        _ => Edition::E2024,
    }
}

fn directory_of(manifest: &Path) -> PathBuf {
    manifest.parent().unwrap_or(manifest).to_path_buf()
}
