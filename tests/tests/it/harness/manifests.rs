//! What cargo would say of a fixture's files: packages, targets, dependencies. As much of manifests as fixtures need.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use archguard_evidence::workspace::{
    Dependency, DependencyKind, DependencyUse, Edition, ExternalId, ExternalPackage, ExternalSource, LibraryTarget,
    OpaqueCrate, OpaqueId, OpaqueReason, Package, PackageId, PackageRef, Target, TargetKind, Workspace,
};
use toml::{Table, Value};

use super::text::{FixtureFile, joined};

/// A package on its way into the workspace.
struct Draft {
    /// Relative to the root; empty for the root's own.
    directory: String,
    absolute: PathBuf,
    manifest: Option<Table>,
    name: String,
    external: bool,
    targets: Vec<Target>,
}

/// The workspace that the files make.
pub(super) fn workspace(root: &Path, files: &[FixtureFile]) -> Workspace {
    let mut drafts: Vec<Draft> = directories(files)
        .iter()
        .filter_map(|directory| Draft::of(root, directory, files))
        .collect();
    drafts.sort_by(|a, b| (a.external, &a.name, &a.directory).cmp(&(b.external, &b.name, &b.directory)));
    let mut opaque = Vec::new();
    let mut packages = Vec::new();
    let mut dependencies = Vec::new();
    for draft in &drafts {
        let known = draft.dependencies(root, &drafts, &mut opaque);
        if draft.external {
            dependencies.push(draft.external_package(known));
        } else {
            packages.push(draft.package(root, known));
        }
    }
    Workspace::of_packages(root.to_path_buf(), packages, dependencies, opaque)
}

/// Directories of packages: those with a manifest, and those with a usual root file that are below no such.
fn directories(files: &[FixtureFile]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let roots = ["Cargo.toml", "src/lib.rs", "src/main.rs"];
        for root in roots {
            if let Some(directory) = file.path.strip_suffix(root)
                && (directory.is_empty() || directory.ends_with('/'))
            {
                found.insert(directory.trim_end_matches('/').to_owned());
            }
        }
    }
    found
}

impl Draft {
    fn of(root: &Path, directory: &str, files: &[FixtureFile]) -> Option<Self> {
        let absolute = joined(root, directory);
        let path = |name: &str| {
            if directory.is_empty() {
                name.to_owned()
            } else {
                format!("{directory}/{name}")
            }
        };
        let text = files
            .iter()
            .find(|file| file.path == path("Cargo.toml"))
            .map(|file| &file.text);
        let manifest = text.map(|text| text.parse::<Table>().expect("the fixture's manifest is TOML"));
        if manifest
            .as_ref()
            .is_some_and(|manifest| !manifest.contains_key("package"))
        {
            return None;
        }
        let default = if directory.is_empty() {
            "shop"
        } else {
            directory.rsplit('/').next().unwrap_or(directory)
        };
        let own = |key: &str| manifest.as_ref()?.get("package")?.get(key)?.as_str();
        let name = own("name").unwrap_or(default).to_owned();
        if manifest.is_none() {
            let text = format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n");
            fs::write(absolute.join("Cargo.toml"), text).expect("a manifest can be written");
        }
        let edition = edition(own("edition").unwrap_or("2024"));
        let targets = targets(manifest.as_ref(), &name, edition, &absolute, &|file| path(file), files);
        Some(Self {
            external: directory.starts_with("registry/"),
            directory: directory.to_owned(),
            absolute,
            manifest,
            name,
            targets,
        })
    }

    fn library(&self) -> Option<&Target> {
        let is_library = |target: &&Target| matches!(target.kind, TargetKind::Lib | TargetKind::ProcMacro);
        self.targets.iter().find(is_library)
    }

    fn own(&self, key: &str) -> Option<String> {
        Some(self.manifest.as_ref()?.get("package")?.get(key)?.as_str()?.to_owned())
    }

    fn version(&self) -> String {
        self.own("version").unwrap_or_else(|| "1.0.0".to_owned())
    }

    fn package(&self, root: &Path, dependencies: Vec<Dependency>) -> Package {
        Package {
            name: self.name.clone(),
            version: self.version(),
            directory: self.absolute.clone(),
            manifest_path: self.absolute.join("Cargo.toml"),
            edition: edition(&self.own("edition").unwrap_or_default()),
            targets: self.targets.clone(),
            dependencies,
            features: Vec::new(),
            rust_version: None,
            repository: self.own("repository"),
            links: None,
            is_member: self.absolute.starts_with(root),
        }
    }

    fn external_package(&self, dependencies: Vec<Dependency>) -> ExternalPackage {
        let library = self.library().map(|target| LibraryTarget {
            crate_name: target.crate_name.clone(),
            root: target.root.clone(),
            edition: target.edition,
            proc_macro: target.kind == TargetKind::ProcMacro,
        });
        ExternalPackage {
            name: self.name.clone(),
            version: self.version(),
            source: ExternalSource::Registry("registry+fixture".to_owned()),
            repository: self.own("repository"),
            directory: self.absolute.clone(),
            library,
            dependencies,
            features: self.enabled_features(),
        }
    }

    /// `[package.metadata] enabled = ["x"]` stands for what cargo would say of a dependency's features.
    fn enabled_features(&self) -> Option<BTreeSet<String>> {
        let metadata = self.manifest.as_ref()?.get("package")?.get("metadata")?;
        let enabled = metadata.get("enabled")?.as_array()?;
        Some(
            enabled
                .iter()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        )
    }

    /// What the manifest names; without a manifest every other library.
    fn dependencies(&self, root: &Path, drafts: &[Draft], opaque: &mut Vec<OpaqueCrate>) -> Vec<Dependency> {
        let mut found: BTreeMap<(String, PackageRef), Dependency> = BTreeMap::new();
        let mut add = |name_in_code: String, crate_name: String, package: PackageRef, usage: DependencyUse| {
            let known = found
                .entry((name_in_code.clone(), package))
                .or_insert_with(|| Dependency {
                    name_in_code,
                    crate_name,
                    package,
                    uses: Vec::new(),
                });
            known.uses.push(usage);
        };
        let Some(manifest) = &self.manifest else {
            for (index, draft) in drafts.iter().enumerate() {
                if let Some(library) = draft.library()
                    && draft.directory != self.directory
                {
                    let name = library.crate_name.clone();
                    for kind in [DependencyKind::Normal, DependencyKind::Build] {
                        add(name.clone(), name.clone(), reference(drafts, index), usage(kind, false));
                    }
                }
            }
            return found.into_values().collect();
        };
        let tables = [
            ("dependencies", DependencyKind::Normal),
            ("dev-dependencies", DependencyKind::Dev),
            ("build-dependencies", DependencyKind::Build),
        ];
        for (table, kind) in tables {
            for (key, value) in manifest.get(table).and_then(Value::as_table).into_iter().flatten() {
                let text = |name: &str| value.get(name).and_then(Value::as_str);
                let package = text("package").unwrap_or(key);
                let path = text("path").map(|path| normalised(&joined(root, &self.directory).join(path)));
                let candidate = drafts.iter().position(|draft| match &path {
                    Some(path) => draft.absolute == *path,
                    None => draft.external && draft.name == package,
                });
                let optional = value.get("optional").and_then(Value::as_bool).unwrap_or(false);
                let (crate_name, target) = match candidate {
                    Some(index) => {
                        let library = drafts[index].library().expect("a dependency has a library");
                        (library.crate_name.clone(), reference(drafts, index))
                    }
                    None => (
                        package.replace('-', "_"),
                        PackageRef::Opaque(opaque_id(opaque, package)),
                    ),
                };
                let renamed = key != package;
                let name_in_code = if renamed {
                    key.replace('-', "_")
                } else {
                    crate_name.clone()
                };
                add(name_in_code, crate_name, target, usage(kind, optional));
            }
        }
        found.into_values().collect()
    }
}

fn usage(kind: DependencyKind, optional: bool) -> DependencyUse {
    DependencyUse {
        kind,
        target: None,
        optional,
    }
}

fn opaque_id(opaque: &mut Vec<OpaqueCrate>, name: &str) -> OpaqueId {
    let known = opaque.iter().position(|known| known.name == name);
    OpaqueId(known.unwrap_or_else(|| {
        opaque.push(OpaqueCrate {
            name: name.to_owned(),
            requirement: "*".to_owned(),
            reason: OpaqueReason::Unresolved,
        });
        opaque.len() - 1
    }))
}

/// Examined packages come first in the list, external ones after them.
fn reference(drafts: &[Draft], index: usize) -> PackageRef {
    let examined = drafts.iter().filter(|draft| !draft.external).count();
    if index < examined {
        PackageRef::Examined(PackageId(index))
    } else {
        PackageRef::External(ExternalId(index - examined))
    }
}

fn normalised(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        if part == std::path::Component::ParentDir {
            result.pop();
        } else {
            result.push(part);
        }
    }
    result
}

fn edition(text: &str) -> Edition {
    match text {
        "2015" => Edition::E2015,
        "2018" => Edition::E2018,
        "2021" => Edition::E2021,
        _ => Edition::E2024,
    }
}

fn targets(
    manifest: Option<&Table>,
    name: &str,
    edition: Edition,
    directory: &Path,
    path: &dyn Fn(&str) -> String,
    files: &[FixtureFile],
) -> Vec<Target> {
    let target = |kind: TargetKind, name: &str, root: &str| Target {
        kind,
        name: name.to_owned(),
        crate_name: name.replace('-', "_"),
        root: normalised(&directory.join(root)),
        edition,
        required_features: Vec::new(),
        test: true,
        doctest: false,
    };
    let exists = |file: &str| files.iter().any(|known| known.path == path(file));
    let mut found = Vec::new();
    let library = manifest.and_then(|manifest| manifest.get("lib"));
    let text = |table: &Value, key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
    if exists("src/lib.rs") || library.is_some() {
        let is_macro = library
            .and_then(|library| library.get("proc-macro"))
            .and_then(Value::as_bool);
        let kind = if is_macro == Some(true) {
            TargetKind::ProcMacro
        } else {
            TargetKind::Lib
        };
        let own = library.and_then(|library| text(library, "name"));
        let root = library.and_then(|library| text(library, "path"));
        found.push(target(
            kind,
            &own.unwrap_or_else(|| name.to_owned()),
            root.as_deref().unwrap_or("src/lib.rs"),
        ));
    }
    if exists("src/main.rs") {
        found.push(target(TargetKind::Bin, name, "src/main.rs"));
    }
    if exists("build.rs") {
        found.push(target(TargetKind::BuildScript, "build-script-build", "build.rs"));
    }
    let sections = [
        ("bin", TargetKind::Bin, "src/bin/"),
        ("example", TargetKind::Example, "examples/"),
        ("test", TargetKind::Test, "tests/"),
        ("bench", TargetKind::Bench, "benches/"),
    ];
    for (section, kind, folder) in sections {
        let listed = manifest.and_then(|manifest| manifest.get(section)?.as_array());
        for entry in listed.into_iter().flatten() {
            let (name, root) = (text(entry, "name"), text(entry, "path"));
            found.push(target(
                kind,
                &name.expect("a target has a name"),
                &root.expect("and a path"),
            ));
        }
        for file in files {
            let inside = file.path.strip_prefix(&path(folder));
            let name = inside.and_then(|file| file.strip_suffix("/main.rs").or_else(|| file.strip_suffix(".rs")));
            if let (Some(name), Some(inside)) = (name.filter(|name| !name.contains('/')), inside) {
                found.push(target(kind, name, &format!("{folder}{inside}")));
            }
        }
    }
    found.sort_by(|a, b| (a.kind, &a.name, &a.root).cmp(&(b.kind, &b.name, &b.root)));
    found
}
