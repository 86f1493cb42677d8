//! The crates that names can lead into: one for each target of an examined package, one for each external library, the
//! standard library's, the opaque ones; and how much of each has been read.

use std::cell::{Cell, OnceCell, RefCell};
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use archguard_invariants::graph::{CrateOrigin, TargetKind};

use super::ids::{CrateIdx, DefId, ScopeId};
use super::wanted::Wanted;
use super::world::World;
use crate::facts::model::Name;
use crate::workspace::{self, Dependency, DependencyKind, Edition, PackageId, PackageRef};

/// How much of a crate has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thoroughness {
    /// The modules that names led into.
    AsRead,
    /// Every module.
    EveryModule,
    /// Every module, and what item macros make that brings names, also macros.
    Sources,
    /// Every module, and what item macros make that may have a member of a name.
    Member(Name),
    /// Every module, and all that item macros make.
    Expanded,
}

/// Where each package's crates stand in the world's list.
#[derive(Debug, Default)]
pub(crate) struct CrateIndex {
    pub(crate) libraries: FxHashMap<PackageRef, CrateIdx>,
    pub(crate) standard: FxHashMap<Name, CrateIdx>,
}

/// A crate that names can lead into.
#[derive(Debug)]
pub(crate) struct Krate {
    pub(crate) name: Name,
    /// How the paths of its items begin: `shop`, `bin:shop`.
    pub(crate) head: Name,
    /// Its package's name with underscores.
    pub(crate) package: Name,
    pub(crate) version: String,
    pub(crate) repository: Option<String>,
    pub(crate) origin: CrateOrigin,
    pub(crate) target: TargetKind,
    pub(crate) edition: Edition,
    pub(crate) root_file: Option<PathBuf>,
    /// What the package is to the workspace; none for the standard library.
    pub(crate) package_ref: Option<PackageRef>,
    /// Test, bench or example target.
    pub(crate) dev: bool,
    /// Names that lead to other crates.
    pub(crate) externs: OnceCell<FxHashMap<Name, CrateIdx>>,
    /// Its root module.
    pub(crate) root: OnceCell<DefId>,
    /// `#[macro_export]`ed macros, wherever they stand.
    pub(crate) exported_macros: RefCell<FxHashMap<Name, Vec<DefId>>>,
    /// Blocks that have been read and in which item macros stand that may not have been expanded yet.
    pub(crate) blocks_with_calls: RefCell<Vec<ScopeId>>,
    /// The names of members that item macros have been expanded for.
    pub(crate) members_made: RefCell<FxHashSet<Name>>,
    /// `extern crate x as y` in the root: names added to the extern prelude.
    pub(crate) extern_aliases: OnceCell<FxHashMap<Name, CrateIdx>>,
    /// How much of it has been read for sure.
    pub(crate) complete: Cell<Thoroughness>,
    /// Impls by the last name of their self type: filled as modules are read.
    pub(crate) impls_by_name: RefCell<FxHashMap<Name, Vec<DefId>>>,
    /// What aliases and imports call something else than its last name, by that: impls may be written for it so.
    pub(crate) also_called: RefCell<FxHashMap<Name, Vec<Name>>>,
}

impl Krate {
    fn new(name: &str, head: &str, origin: CrateOrigin, target: TargetKind, edition: Edition) -> Self {
        Self {
            name: Name::from(name),
            head: Name::from(head),
            package: Name::from(name),
            version: String::new(),
            repository: None,
            origin,
            target,
            edition,
            root_file: None,
            package_ref: None,
            dev: false,
            externs: OnceCell::new(),
            root: OnceCell::new(),
            exported_macros: RefCell::default(),
            blocks_with_calls: RefCell::default(),
            members_made: RefCell::default(),
            extern_aliases: OnceCell::new(),
            complete: Cell::new(Thoroughness::AsRead),
            impls_by_name: RefCell::default(),
            also_called: RefCell::default(),
        }
    }

    /// The impls for what may be meant by a name, or by what it is also called.
    pub(super) fn impls_for(&self, name: Name) -> Vec<DefId> {
        let (by_name, also_called) = (self.impls_by_name.borrow(), self.also_called.borrow());
        let mut seen = FxHashSet::default();
        let mut pending = vec![name];
        let mut impls = Vec::new();
        while let Some(name) = pending.pop() {
            if seen.insert(name) {
                impls.extend(by_name.get(&name).into_iter().flatten());
                pending.extend(also_called.get(&name).into_iter().flatten());
            }
        }
        impls
    }

    /// Remembers that what has a name is also called by another.
    pub(super) fn add_name(&self, of: Name, other: Name) {
        if of != other {
            self.also_called.borrow_mut().entry(of).or_default().push(other);
        }
    }
}

fn target_kind(kind: workspace::TargetKind) -> TargetKind {
    match kind {
        workspace::TargetKind::Lib | workspace::TargetKind::ProcMacro => TargetKind::Lib,
        workspace::TargetKind::Bin => TargetKind::Bin,
        workspace::TargetKind::Example => TargetKind::Example,
        workspace::TargetKind::Test => TargetKind::Test,
        workspace::TargetKind::Bench => TargetKind::Bench,
        workspace::TargetKind::BuildScript => TargetKind::Build,
    }
}

impl World<'_> {
    /// Reads a crate until some of what is known of it serves: what stands beside a definition, then in every module, then
    /// what item macros make, as far as it may matter. Of what others have had read nothing counts before its turn, so that
    /// what is found depends on nobody else's questions.
    pub(crate) fn read_until(
        &self,
        krate: CrateIdx,
        beside: DefId,
        all: &dyn Fn() -> Vec<DefId>,
        serves: &dyn Fn(&[DefId]) -> bool,
        last: Thoroughness,
    ) -> Vec<DefId> {
        let data = self.krate(krate);
        if data.root_file.is_none() || data.origin.is_examined() {
            return all();
        }
        let beside = match self.def(beside).parent.get() {
            None => self.body(beside),
            Some(_) => self.def(beside).scope,
        };
        for thoroughness in [Thoroughness::AsRead, Thoroughness::EveryModule, last] {
            self.complete(krate, thoroughness);
            let mut found = all();
            found.retain(|&def| match thoroughness {
                Thoroughness::AsRead => self.def(def).scope == beside && !self.is_def_made(def),
                Thoroughness::EveryModule => !self.is_def_made(def),
                Thoroughness::Sources | Thoroughness::Expanded => true,
                Thoroughness::Member(_) => !self.is_def_made(def) || serves(&[def]),
            });
            if serves(&found) || thoroughness == last {
                found.sort_by_cached_key(|&def| (self.standing(def), self.way_made(def), def));
                return found;
            }
        }
        Vec::new()
    }

    /// Reads every module of a crate, and expands what is wanted there of what is written and of what that makes.
    fn complete(&self, krate: CrateIdx, thoroughness: Thoroughness) {
        let data = self.krate(krate);
        let name = match thoroughness {
            Thoroughness::Member(name) => Some(name),
            _ => None,
        };
        let is_known = name.is_some_and(|name| data.members_made.borrow().contains(&name));
        if is_known || data.complete.get() >= thoroughness {
            return;
        }
        match name {
            // A scope that is being expanded has to be gone through again.
            Some(name) if self.is_settled() => drop(data.members_made.borrow_mut().insert(name)),
            Some(_) => {}
            None => data.complete.set(thoroughness),
        }
        if let Some(root) = &data.root_file {
            self.store.prefetch(vec![root.clone()], self.depth(krate));
        }
        let mut pending = vec![self.root(krate)];
        while let Some(module) = pending.pop() {
            let Some(body) = self.body(module) else { continue };
            match thoroughness {
                Thoroughness::AsRead | Thoroughness::EveryModule => {}
                Thoroughness::Sources => self.ready_for(body, Wanted::Sources),
                Thoroughness::Member(name) => self.ready_for(body, Wanted::Name(name)),
                Thoroughness::Expanded => self.ready(body),
            }
            pending.extend(self.scope(body).contents.borrow().modules.iter().rev());
        }
        if thoroughness >= Thoroughness::Sources {
            self.ready_blocks(krate);
        }
    }

    fn add_crate(&self, krate: Krate) -> CrateIdx {
        let id = CrateIdx::new(self.crates.len() as u32);
        self.crates.push(Box::new(krate));
        id
    }

    /// Lists every crate; none is read yet.
    pub(crate) fn list_crates(&self) -> CrateIndex {
        let mut index = CrateIndex::default();
        for (number, package) in self.workspace.packages.iter().enumerate() {
            self.list_targets(PackageId(number), package, &mut index);
        }
        for (number, package) in self.workspace.dependencies.iter().enumerate() {
            let Some(library) = &package.library else { continue };
            let name = &library.crate_name;
            let mut krate = Krate::new(name, name, CrateOrigin::External, TargetKind::Lib, library.edition);
            krate.package = Name::from(&package.name.replace('-', "_"));
            krate.version.clone_from(&package.version);
            krate.repository.clone_from(&package.repository);
            krate.root_file = Some(library.root.clone());
            let package = PackageRef::External(workspace::ExternalId(number));
            krate.package_ref = Some(package);
            index.libraries.insert(package, self.add_crate(krate));
        }
        for (number, opaque) in self.workspace.opaque.iter().enumerate() {
            let name = opaque.name.replace('-', "_");
            let mut krate = Krate::new(&name, &name, CrateOrigin::Opaque, TargetKind::Lib, Edition::E2024);
            let package = PackageRef::Opaque(workspace::OpaqueId(number));
            krate.package_ref = Some(package);
            index.libraries.insert(package, self.add_crate(krate));
        }
        for name in self.table.crate_names() {
            let krate = Krate::new(name, name, CrateOrigin::Standard, TargetKind::Lib, Edition::E2024);
            index.standard.insert(Name::from(name), self.add_crate(krate));
        }
        index
    }

    fn list_targets(&self, id: PackageId, package: &workspace::Package, index: &mut CrateIndex) {
        let origin = if package.is_member {
            CrateOrigin::Workspace
        } else {
            CrateOrigin::Path
        };
        for target in &package.targets {
            let kind = target_kind(target.kind);
            let name = &target.crate_name;
            // A library that is taken out is read like any dependency: where names lead there, and never judged.
            let origin = match (self.exclusions.cover(&target.root), kind) {
                (false, _) => origin,
                (true, TargetKind::Lib) => CrateOrigin::External,
                (true, _) => continue,
            };
            // Every package has one build script: the package's name tells it, not `build_script_build`.
            let package_name = package.name.replace('-', "_");
            let shown = if kind == TargetKind::Build { &package_name } else { name };
            let head = if kind == TargetKind::Lib {
                name.clone()
            } else {
                format!("{}:{shown}", kind.prefix())
            };
            let mut krate = Krate::new(shown, &head, origin, kind, target.edition);
            krate.package = Name::from(&package_name);
            krate.version.clone_from(&package.version);
            krate.repository.clone_from(&package.repository);
            krate.root_file = Some(target.root.clone());
            krate.package_ref = Some(PackageRef::Examined(id));
            krate.dev = matches!(kind, TargetKind::Test | TargetKind::Bench | TargetKind::Example);
            let crate_index = self.add_crate(krate);
            if kind == TargetKind::Lib {
                index.libraries.insert(PackageRef::Examined(id), crate_index);
            }
        }
    }

    /// The names that lead from a crate to others.
    pub(crate) fn externs(&self, id: CrateIdx) -> &FxHashMap<Name, CrateIdx> {
        let krate = self.krate(id);
        krate.externs.get_or_init(|| {
            let mut names: FxHashMap<Name, CrateIdx> = self.crate_index.standard.clone();
            let dependencies: &[Dependency] = match krate.package_ref {
                Some(PackageRef::Examined(package)) => &self.workspace.package(package).dependencies,
                Some(PackageRef::External(package)) => &self.workspace.external(package).dependencies,
                _ => &[],
            };
            for dependency in dependencies {
                if reaches(dependency, krate.target)
                    && let Some(&library) = self.crate_index.libraries.get(&dependency.package)
                {
                    names.insert(Name::from(&dependency.name_in_code), library);
                }
            }
            // Every other target of a package sees its library.
            if !matches!(krate.target, TargetKind::Lib | TargetKind::Build)
                && let Some(package) = krate.package_ref
                && let Some(&library) = self.crate_index.libraries.get(&package)
            {
                names.insert(self.krate(library).name, library);
            }
            names
        })
    }

    /// The crates that only development code of an examined crate may name.
    pub(crate) fn dev_only_externs(&self, id: CrateIdx) -> impl Iterator<Item = CrateIdx> {
        let krate = self.krate(id);
        let dependencies: &[Dependency] = match krate.package_ref {
            Some(PackageRef::Examined(package)) if krate.target != TargetKind::Build => {
                &self.workspace.package(package).dependencies
            }
            _ => &[],
        };
        let library = |dependency: &Dependency| self.crate_index.libraries.get(&dependency.package).copied();
        let (normal, other): (Vec<&Dependency>, Vec<&Dependency>) = dependencies
            .iter()
            .partition(|dependency| dependency.is(DependencyKind::Normal));
        let normal: Vec<CrateIdx> = normal.into_iter().filter_map(library).collect();
        let dev = other
            .into_iter()
            .filter(|dependency| dependency.is(DependencyKind::Dev));
        let dev: Vec<CrateIdx> = dev.filter_map(library).collect();
        // A crate may be there twice, under two names.
        dev.into_iter().filter(move |krate| !normal.contains(krate))
    }

    /// The root files of all examined crates.
    pub(crate) fn examined_roots(&self) -> Vec<PathBuf> {
        self.crates
            .iter()
            .filter(|krate| krate.origin.is_examined())
            .filter_map(|krate| krate.root_file.clone())
            .collect()
    }

    /// The standard library's crate of a name.
    pub(crate) fn standard_crate(&self, name: &str) -> Option<CrateIdx> {
        self.crate_index.standard.get(&Name::from(name)).copied()
    }
}

/// Whether a dependency's table is for this kind of target. A library's test code sees development dependencies.
fn reaches(dependency: &Dependency, target: TargetKind) -> bool {
    match target {
        TargetKind::Build => dependency.is(DependencyKind::Build),
        _ => dependency.is(DependencyKind::Normal) || dependency.is(DependencyKind::Dev),
    }
}
