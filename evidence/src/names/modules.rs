//! Modules and the files that hold them: a crate's root, a module's scope, read where it is first asked for.

use std::cell::{Cell, OnceCell, RefCell};

use archguard_invariants::graph::{CrateOrigin, ItemKind};

use super::declare::Position;
use super::ids::{CrateIdx, DefId, ScopeId, SourceId};
use super::module_files::ModuleFile;
use super::sources::Unreadable;
use super::world::{Def, Directories, FactsHandle, Origin, Progress, Scope, ScopeKind, Visible, World};
use crate::facts::cfg::Cfg;
use crate::facts::model::Namespaces;
use crate::workspace::display_path;

impl World<'_> {
    /// The root module of a crate, read if it has not been. None for crates without sources.
    pub(crate) fn root(&self, krate: CrateIdx) -> DefId {
        let data = self.krate(krate);
        *data.root.get_or_init(|| {
            let origin = match data.origin {
                CrateOrigin::Standard => Origin::Standard {
                    public: data.name.as_str(),
                },
                CrateOrigin::Opaque => Origin::Opaque,
                _ => Origin::Root,
            };
            let file = data.root_file.clone().map(|path| {
                Box::new(ModuleFile {
                    path,
                    cfg: None,
                    by_attribute: true,
                })
            });
            self.add_def(Def {
                name: data.name,
                kind: ItemKind::Module,
                namespaces: Namespaces::TYPE,
                krate,
                origin,
                parent: Cell::new(None),
                scope: None,
                visible: Cell::new(Visible::Everywhere),
                conditional: false,
                body: OnceCell::new(),
                file,
                members: RefCell::default(),
                path: OnceCell::new(),
            })
        })
    }

    /// The scope of a module, its file read if it has not been. None where there is nothing to read.
    pub(crate) fn body(&self, module: DefId) -> Option<ScopeId> {
        let def = self.def(module);
        *def.body
            .get_or_init(|| def.file.as_ref().and_then(|file| self.read_module(module, file)))
    }

    fn read_module(&self, module: DefId, file: &ModuleFile) -> Option<ScopeId> {
        let def = self.def(module);
        let examined = self.krate(def.krate).origin.is_examined();
        let source_id = self.store.load(file, self.depth(def.krate));
        if self.is_own_ancestor(module, source_id) {
            if examined {
                self.report_circular(module, &file.path);
            }
            return None;
        }
        let source = self.store.get(source_id);
        let facts = match &source.facts {
            Ok(facts) => std::sync::Arc::clone(facts),
            Err(why) => {
                if examined && !self.is_of_another_build(module, file, why) {
                    self.report_unreadable(module, &file.path, why);
                }
                return None;
            }
        };
        let around = def.scope.map(|scope| self.scope(scope));
        let item = self.item_of(module);
        let own_cfg = item.and_then(|(instance, item)| self.item_cfg(instance, item));
        let file_cfg = facts.file_cfg.map(|cfg| facts.cfgs[cfg.index()].clone());
        let cfg = [
            around.and_then(|scope| scope.cfg.clone()),
            own_cfg,
            file.cfg.clone(),
            file_cfg,
        ]
        .into_iter()
        .flatten()
        .reduce(Cfg::and);
        let dev = around.is_some_and(|scope| scope.dev)
            || self.krate(def.krate).dev
            || cfg.as_ref().is_some_and(Cfg::implies_test)
            || item.is_some_and(|(_, item)| item.dev);
        let scope = self.add_scope(Scope {
            kind: ScopeKind::Module(module),
            krate: def.krate,
            parent: def.scope.map(|scope| self.module_scope(scope)),
            directories: Some(Directories::of_file(&file.path, file.by_attribute)),
            contents: RefCell::default(),
            calls: RefCell::default(),
            has_calls: Cell::new(false),
            module: OnceCell::new(),
            progress: Cell::new(Progress::Declared),
            cfg: cfg.clone(),
            dev,
            macro_use: OnceCell::new(),
        });
        let unit = self.add_unit(source_id, FactsHandle::File(facts), None);
        self.place(
            unit,
            &Position {
                krate: def.krate,
                scope,
                cfg,
                conditional: false,
                dev,
                container: None,
                owner: None,
                directories: None,
                made_by: None,
                depth: 0,
                budget: None,
            },
        );
        Some(scope)
    }

    /// Whether a missing file belongs to another build than the one that stands here: its `mod` line depends on a flag
    /// that a build script sets. Then it is noted as pending.
    fn is_of_another_build(&self, module: DefId, file: &ModuleFile, why: &Unreadable) -> bool {
        let Some((instance, item)) = self.item_of(module).filter(|_| *why == Unreadable::Missing) else {
            return false;
        };
        let around = self.def(module).scope.and_then(|scope| self.scope(scope).cfg.clone());
        let parts = [around, self.item_cfg(instance, item), file.cfg.clone()];
        let cfg = parts.into_iter().flatten().reduce(Cfg::and);
        let Some(cfg) = cfg.filter(Cfg::depends_on_custom_flag) else {
            return false;
        };
        let shown = display_path(self.workspace, &file.path);
        let path = self.path(module);
        let what = format!("the file `{shown}` of module `{path}` is not there; it is read under `{cfg}`");
        self.notes.borrow_mut().pending.push(what);
        if let Some(scope) = self.def(module).scope {
            self.pending_scopes.borrow_mut().insert(self.module_scope(scope));
        }
        true
    }

    /// Whether a module's file is the file of a module around it: the tree would never end.
    fn is_own_ancestor(&self, module: DefId, source: SourceId) -> bool {
        let mut around = self.def(module).scope.map(|scope| self.module_of(scope));
        while let Some(outer) = around {
            let def = self.def(outer);
            if let Some(file) = &def.file
                && self.store.load(file, self.depth(def.krate)) == source
            {
                return true;
            }
            around = def.scope.map(|scope| self.module_of(scope));
        }
        false
    }
}
