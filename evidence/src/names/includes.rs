//! `include!`: the file's items become part of the scope, the file's expression part of the item.

use std::path::{Path, PathBuf};

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use super::declare::Position;
use super::generated;
use super::ids::{DefId, InstanceId, ScopeId};
use super::places::canonical;
use super::world::{Directories, FactsHandle, Generated, Instance, World};
use crate::facts::cfg::Cfg;
use crate::facts::model::{IncludeFact, Included, ItemIdx};
use crate::workspace::{PackageRef, display_path};

/// The file that an include names. Of generated code there may be others: each build of a compiler has its own.
struct Located {
    first: PathBuf,
    others: Vec<PathBuf>,
}

impl From<PathBuf> for Located {
    fn from(first: PathBuf) -> Self {
        let others = Vec::new();
        Self { first, others }
    }
}

impl World<'_> {
    /// Places what an instance of an examined crate includes. Whether there was anything.
    pub(crate) fn place_includes(&self, id: InstanceId) -> bool {
        if !self.krate(self.instance(id).krate).origin.is_examined() {
            return false;
        }
        let includes = &self.facts_of(id).includes;
        for include in includes {
            self.place_include(id, include);
        }
        !includes.is_empty()
    }

    /// Places what an instance of a dependency includes.
    pub(super) fn place_includes_of_dependency(&self, id: InstanceId) {
        for include in &self.facts_of(id).includes {
            self.place_include_of_dependency(id, include);
        }
    }

    fn place_include(&self, id: InstanceId, include: &IncludeFact) {
        let scope = self.instance(id).scopes[include.scope.index()];
        let shown = display_path(self.workspace, &self.source_of(id).path);
        let line = self
            .store
            .get(self.unit(self.instance(id).unit).source)
            .facts
            .as_ref()
            .map_or(0, |facts| facts.lines.position(include.span.start).line);
        let pending = |what: &str| {
            self.notes.borrow_mut().pending.push(format!("{shown}:{line}: {what}"));
            self.lacks_included(scope);
        };
        let located = match locate(self, id, &include.what) {
            Ok(located) => located,
            Err(what) => return pending(&what),
        };
        let path = &located.first;
        if self.exclusions.cover(path) {
            return self.lacks_included(scope);
        }
        if path.is_file() {
            let all = std::iter::once(path).chain(&located.others);
            return all.for_each(|path| self.place_file(id, include, path));
        }
        if let Some(cfg) = self.cfg_of_include(id, include).filter(Cfg::depends_on_custom_flag) {
            let shown = display_path(self.workspace, path);
            self.notes.borrow_mut().looked_at.push(path.clone());
            return pending(&format!(
                "the included file `{shown}` is not there; it is read under `{cfg}`"
            ));
        }
        let code = ProblemCode::UnexaminedCode;
        let message = format!("the included file `{}` is missing", display_path(self.workspace, path));
        let place = ProblemPlace::File {
            file: shown.clone().into(),
            start: Some((line, 1)),
        };
        self.report(Problem {
            code,
            message,
            place,
            suggestion: None,
        });
    }

    /// What is not there in a dependency, or what its build script would make, is nothing that the workspace could mend.
    fn place_include_of_dependency(&self, id: InstanceId, include: &IncludeFact) {
        let instance = self.instance(id);
        if self.is_left_out(instance.krate, self.facts_of(id), include.cfg) {
            return;
        }
        let path = written_path(self, id, &include.what);
        if let Some(path) = path.as_ref().filter(|path| path.is_file()) {
            return self.place_file(id, include, path);
        }
        self.notes.borrow_mut().looked_at.extend(path);
        self.lacks_included(instance.scopes[include.scope.index()]);
    }

    /// Remembers that names which a scope lacks may stand in a file that nobody has.
    fn lacks_included(&self, scope: ScopeId) {
        self.pending_scopes.borrow_mut().insert(self.module_scope(scope));
    }

    fn cfg_of_include(&self, id: InstanceId, include: &IncludeFact) -> Option<Cfg> {
        let around = self.scope(self.instance(id).scopes[include.scope.index()]);
        let own = include.cfg.map(|cfg| self.facts_of(id).cfgs[cfg.index()].clone());
        [around.cfg.clone(), own].into_iter().flatten().reduce(Cfg::and)
    }

    /// Places one file that an include names.
    fn place_file(&self, id: InstanceId, include: &IncludeFact, path: &Path) {
        let instance = self.instance(id);
        let scope = instance.scopes[include.scope.index()];
        let budget = self.budget_of_include(id, include.span);
        if budget.is_spent() {
            return;
        }
        let source = self.store.load_included(path, self.depth(instance.krate));
        if !self.spend_include(&budget, instance.depth, source) {
            return;
        }
        match &self.store.get(source).facts {
            Ok(facts) => {
                let unit = self.add_unit(source, FactsHandle::File(std::sync::Arc::clone(facts)), None);
                let position = Position {
                    krate: instance.krate,
                    scope,
                    cfg: self.cfg_of_include(id, include),
                    conditional: include.cfg.is_some() || instance.conditional,
                    dev: self.scope(scope).dev || include.dev,
                    container: None,
                    owner: owner_of(instance, include),
                    directories: Some(Directories::of_file(path, true)),
                    made_by: instance.made_by,
                    depth: instance.depth + 1,
                    budget: Some(budget.of_included(source)),
                };
                self.place(unit, &position);
            }
            Err(why) if self.krate(instance.krate).origin.is_examined() => self.report_unreadable_file(path, why),
            Err(_) => self.lacks_included(scope),
        }
    }
}

/// The item that an include stands in.
fn owner_of(instance: &Instance, include: &IncludeFact) -> Option<DefId> {
    match include.owner {
        // The first item stands for the container of expanded members.
        Some(ItemIdx::FIRST) if instance.container.is_some() => instance.container,
        Some(owner) => Some(instance.items[owner.index()]),
        None => instance.owner,
    }
}

/// What an include of an examined crate names, or what is pending.
fn locate(world: &World<'_>, id: InstanceId, what: &Included) -> Result<Located, String> {
    if let Some(path) = written_path(world, id, what) {
        return Ok(path.into());
    }
    match (what, world.krate(world.instance(id).krate).package_ref) {
        (Included::OutDir(path), Some(PackageRef::Examined(package))) => {
            generated_file(world, &world.workspace.package(package).name, path)
                .ok_or_else(|| format!("`{path}` below OUT_DIR has not been generated: build the workspace first"))
        }
        _ => Err("an include whose path is computed".to_owned()),
    }
}

/// The file that an include names by its path.
fn written_path(world: &World<'_>, id: InstanceId, what: &Included) -> Option<PathBuf> {
    let workspace = world.workspace;
    let (directory, path) = match (what, world.krate(world.instance(id).krate).package_ref) {
        (Included::Literal(path), _) => (world.source_of(id).path.parent().unwrap_or(Path::new("")), path),
        (Included::ManifestDir(path), Some(PackageRef::Examined(package))) => {
            (&*workspace.package(package).directory, path)
        }
        (Included::ManifestDir(path), Some(PackageRef::External(package))) => {
            (&*workspace.external(package).directory, path)
        }
        _ => return None,
    };
    Some(directory.join(&**path))
}

/// What the compiler read under that name, where it was asked; else the newest that there is.
fn generated_file(world: &World<'_>, package: &str, below: &str) -> Option<Located> {
    let mut compiled = generated::different(&world.compiled_files, package, below).into_iter();
    if let Some(same) = compiled.next() {
        let others = compiled.map(|same| stands_for_all(world, same)).collect();
        let first = stands_for_all(world, same);
        return Some(Located { first, others });
    }
    let found = generated::newest(&world.workspace.target_directories(), package, below);
    world.notes.borrow_mut().generated.push(Generated {
        package: package.to_owned(),
        below: below.to_owned(),
        found: found.clone(),
    });
    found.map(Located::from)
}

/// The first of files that hold the same: whoever read another of them has read this one.
fn stands_for_all(world: &World<'_>, same: Vec<PathBuf>) -> PathBuf {
    let mut same = same.into_iter();
    let first = same.next().expect("there is one wherever files were told apart");
    let others: Vec<PathBuf> = same.map(|path| canonical(&path)).collect();
    world.notes.borrow_mut().looked_at.extend(others.iter().cloned());
    world.store.stand_in(&canonical(&first), others.into_iter());
    first
}
