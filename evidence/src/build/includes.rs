//! `include!`: the file's items become part of the scope, the file's expression part of the item.

use std::path::{Path, PathBuf};

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use super::generated;
use crate::facts::cfg::Cfg;
use crate::facts::model::{IncludeFact, Included, ItemIdx};
use crate::names::declare::Position;
use crate::names::ids::{DefId, InstanceId};
use crate::names::places::canonical;
use crate::names::world::{Directories, FactsHandle, Generated, Instance, World};
use crate::workspace::{PackageRef, display_path};

/// Places what an instance of an examined crate includes. Whether there was anything.
pub(super) fn place_includes(world: &World<'_>, id: InstanceId) -> bool {
    if !world.krate(world.instance(id).krate).origin.is_examined() {
        return false;
    }
    let includes = &world.facts_of(id).includes;
    for include in includes {
        place_include(world, id, include);
    }
    !includes.is_empty()
}

fn place_include(world: &World<'_>, id: InstanceId, include: &IncludeFact) {
    let instance = world.instance(id);
    let scope = instance.scopes[include.scope.index()];
    let shown = display_path(world.workspace, &world.source_of(id).path);
    let line = world
        .store
        .get(world.unit(instance.unit).source)
        .facts
        .as_ref()
        .map_or(0, |facts| facts.lines.position(include.span.start).line);
    let pending = |what: &str| {
        world.notes.borrow_mut().pending.push(format!("{shown}:{line}: {what}"));
        world.pending_scopes.borrow_mut().insert(world.module_scope(scope));
    };
    let (path, others) = match locate(world, id, &include.what) {
        Ok(Located { first, others }) => (first, others),
        Err(what) => return pending(&what),
    };
    if world.exclusions.cover(&path) {
        world.pending_scopes.borrow_mut().insert(world.module_scope(scope));
        return;
    }
    let own = include.cfg.map(|cfg| world.facts_of(id).cfgs[cfg.index()].clone());
    let cfg = [world.scope(scope).cfg.clone(), own]
        .into_iter()
        .flatten()
        .reduce(Cfg::and);
    if !path.is_file() {
        if let Some(cfg) = cfg.filter(Cfg::depends_on_custom_flag) {
            let shown = display_path(world.workspace, &path);
            world.notes.borrow_mut().looked_at.push(path);
            return pending(&format!(
                "the included file `{shown}` is not there; it is read under `{cfg}`"
            ));
        }
        let code = ProblemCode::UnexaminedCode;
        let message = format!(
            "the included file `{}` is missing",
            display_path(world.workspace, &path)
        );
        let place = ProblemPlace::File {
            file: shown.clone().into(),
            start: Some((line, 1)),
        };
        world.report(Problem {
            code,
            message,
            place,
            suggestion: None,
        });
        return;
    }
    for path in std::iter::once(&path).chain(&others) {
        place_file(world, id, include, (path, cfg.clone()));
    }
}

/// Places one file that an include names.
fn place_file(world: &World<'_>, id: InstanceId, include: &IncludeFact, (path, cfg): (&Path, Option<Cfg>)) {
    let instance = world.instance(id);
    let scope = instance.scopes[include.scope.index()];
    let budget = world.budget_of_include(id, include.span);
    if budget.is_spent() {
        return;
    }
    let source = world.store.load_included(path, world.depth(instance.krate));
    if !world.spend_include(&budget, instance.depth, source) {
        return;
    }
    match &world.store.get(source).facts {
        Ok(facts) => {
            let unit = world.add_unit(source, FactsHandle::File(std::sync::Arc::clone(facts)), None);
            let around = world.scope(scope);
            let position = Position {
                krate: instance.krate,
                scope,
                cfg,
                dev: around.dev || include.dev,
                container: None,
                owner: owner_of(instance, include),
                directories: Some(Directories::of_file(path, true)),
                made_by: None,
                depth: instance.depth + 1,
                budget: Some(budget.of_included(source)),
            };
            world.place(unit, &position);
        }
        Err(why) => world.report_unreadable_file(path, why),
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

/// What an include names, or what is pending.
fn locate(world: &World<'_>, id: InstanceId, what: &Included) -> Result<Located, String> {
    let instance = world.instance(id);
    let Some(PackageRef::Examined(package)) = world.krate(instance.krate).package_ref else {
        return Err("an include in a dependency".to_owned());
    };
    let package = world.workspace.package(package);
    match what {
        Included::Literal(path) => {
            let file = &world.source_of(id).path;
            Ok(file.parent().unwrap_or(Path::new("")).join(&**path).into())
        }
        Included::ManifestDir(path) => Ok(package.directory.join(&**path).into()),
        Included::OutDir(path) => generated_file(world, &package.name, path)
            .ok_or_else(|| format!("`{path}` below OUT_DIR has not been generated: build the workspace first")),
        Included::Computed => Err("an include whose path is computed".to_owned()),
    }
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
