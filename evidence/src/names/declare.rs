//! From facts to scopes and definitions: a file's facts placed at one position of one crate's module tree.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use archguard_invariants::graph::ItemKind;

use super::budget::Budget;
use super::builds::is_left_out;
use super::ids::{CrateIdx, DefId, InstanceId, ScopeId, SourceId, UnitId};
use super::module_files::{ModuleFile, path_attributes};
use super::wanted::Waiting;
use super::world::{
    CallId, Contents, Def, Directories, FactsHandle, ImportId, Instance, Origin, Progress, Scope, ScopeKind, Unit,
    World,
};
use crate::facts::cfg::Cfg;
use crate::facts::model::{CfgIdx, FileFacts, ItemData, ItemFact, ItemIdx, Name, Namespaces, ScopeIdx, TypeFact};
use crate::workspace::PackageRef;

/// Where facts are placed.
pub(crate) struct Position {
    pub(crate) krate: CrateIdx,
    /// The scope that the facts' own scope becomes part of.
    pub(crate) scope: ScopeId,
    pub(crate) cfg: Option<Cfg>,
    /// Whether the include that it comes of stands under a cfg in that scope.
    pub(crate) conditional: bool,
    pub(crate) dev: bool,
    /// The impl or trait that expanded members belong to.
    pub(crate) container: Option<DefId>,
    /// The function or constant whose block the facts stand in, or whose code an included expression becomes part of.
    pub(crate) owner: Option<DefId>,
    /// Where `mod x;` looks, if not where the scope does: beside an included file.
    pub(crate) directories: Option<Directories>,
    /// The macro call that made it, and as which of the parts that it made.
    pub(crate) made_by: Option<(CallId, u32)>,
    pub(crate) depth: u16,
    /// What it may still lead to, if it comes of a macro call or an include.
    pub(crate) budget: Option<Rc<Budget>>,
}

impl World<'_> {
    pub(crate) fn add_unit(&self, source: SourceId, facts: FactsHandle, expanded_from: Option<DefId>) -> UnitId {
        let id = UnitId::new(self.units.len() as u32);
        self.units.push(Box::new(Unit {
            source,
            facts,
            expanded_from,
        }));
        id
    }

    /// The cfg that an item itself stands under, inside its facts.
    pub(crate) fn item_cfg(&self, instance: InstanceId, item: &ItemFact) -> Option<Cfg> {
        item.cfg.map(|cfg| self.facts_of(instance).cfgs[cfg.index()].clone())
    }

    /// Makes scopes and definitions of facts at a position.
    pub(crate) fn place(&self, unit: UnitId, position: &Position) -> InstanceId {
        let facts = self.unit(unit).facts();
        let id = InstanceId::new(self.instances.len() as u32);
        let scopes = self.place_scopes(facts, position);
        // Definitions are numbered ahead, so that parents can be named while they are made.
        let first = self.defs.len() as u32;
        let items: Vec<DefId> = (0..facts.items.len() as u32)
            .map(|index| DefId::new(first + index))
            .collect();
        let instance = Instance {
            unit,
            krate: position.krate,
            scopes,
            items,
            cfg: position.cfg.clone(),
            conditional: position.conditional,
            dev: position.dev,
            container: position.container,
            owner: position.owner,
            directories: position.directories.clone(),
            made_by: position.made_by,
            depth: position.depth,
            budget: position.budget.clone(),
        };
        self.instances.push(Box::new(instance));
        let instance = self.instance(id);
        for index in 0..facts.items.len() {
            self.place_item(id, instance, facts, ItemIdx::new(index as u32));
        }
        for (index, scope) in facts.scopes.iter().enumerate() {
            self.fill_scope(id, instance, ScopeIdx::new(index as u32), scope);
        }
        self.bind_inline_modules(instance, facts);
        // Those of examined crates come after all modules, see `build::load`.
        if !self.krate(instance.krate).origin.is_examined() {
            self.place_includes_of_dependency(id);
        }
        id
    }

    fn place_scopes(&self, facts: &FileFacts, position: &Position) -> Vec<ScopeId> {
        let mut scopes: Vec<ScopeId> = Vec::with_capacity(facts.scopes.len());
        let modules = inline_modules(facts);
        for (index, fact) in facts.scopes.iter().enumerate() {
            let Some(parent_index) = fact.parent else {
                scopes.push(position.scope);
                continue;
            };
            let parent = scopes[parent_index.index()];
            let number = modules.get(&ScopeIdx::new(index as u32)).copied();
            let module = number.map(|number| &facts.items[number as usize]);
            let around = self.scope(parent);
            // The scope of an inline module gets its definition in `bind_inline_modules`.
            let (kind, directories, cfg, dev) = match module {
                Some(item) => {
                    let attribute = path_attributes(facts, item).first().map(|(_, path)| *path);
                    let outermost = facts.scopes[parent_index.index()].parent.is_none();
                    let directories = position
                        .directories
                        .as_ref()
                        .filter(|_| outermost)
                        .or(around.directories.as_ref())
                        .map(|around| around.of_inline(&item.name, attribute));
                    let own = item.cfg.map(|cfg| facts.cfgs[cfg.index()].clone());
                    let cfg = [position.cfg.clone(), own].into_iter().flatten().reduce(Cfg::and);
                    (
                        ScopeKind::Module(DefId::new(u32::MAX)),
                        directories,
                        cfg,
                        around.dev || item.dev,
                    )
                }
                None => (
                    ScopeKind::Block,
                    around.directories.clone(),
                    around.cfg.clone(),
                    around.dev,
                ),
            };
            let kind = match (kind, number) {
                // Definitions are made after the scopes, in the order of the items.
                (ScopeKind::Module(_), Some(number)) => ScopeKind::Module(DefId::new(self.defs.len() as u32 + number)),
                (kind, _) => kind,
            };
            let parent = if module.is_some() {
                self.module_scope(parent)
            } else {
                parent
            };
            scopes.push(self.add_scope(Scope {
                kind,
                krate: position.krate,
                parent: Some(parent),
                directories,
                contents: RefCell::new(Contents::default()),
                calls: RefCell::default(),
                has_calls: Cell::new(false),
                module: OnceCell::new(),
                progress: Cell::new(Progress::Declared),
                cfg,
                dev,
                macro_use: OnceCell::new(),
            }));
        }
        scopes
    }

    fn place_item(&self, id: InstanceId, instance: &Instance, facts: &FileFacts, index: ItemIdx) {
        let item = &facts.items[index.index()];
        let scope = instance.scopes[item.scope.index()];
        let parent = match item.parent {
            Some(parent) => Some(instance.items[parent.index()]),
            None => instance.owner.or_else(|| Some(self.module_of(scope))),
        };
        // What was expanded among the members of an impl belongs to that impl.
        let stand_in = instance
            .container
            .filter(|_| index == ItemIdx::FIRST && item.kind == ItemKind::Impl);
        let parent = match (item.parent, instance.container) {
            (Some(ItemIdx::FIRST), Some(container)) => Some(container),
            _ => parent,
        };
        let member = item.parent.is_some_and(|parent| {
            matches!(
                facts.items[parent.index()].data,
                ItemData::Impl { .. } | ItemData::Trait { .. } | ItemData::Enum { .. }
            )
        });
        let mut def = Def {
            name: item.name,
            kind: item.kind,
            namespaces: namespaces(item),
            krate: instance.krate,
            origin: Origin::Item {
                instance: id,
                item: index,
            },
            parent: Cell::new(parent),
            scope: Some(scope),
            visible: Cell::new(self.visible(facts, item, instance, scope)),
            conditional: item.cfg.is_some() || instance.conditional,
            body: OnceCell::new(),
            file: None,
            members: RefCell::default(),
            path: OnceCell::new(),
        };
        let alternatives = self.module_files(facts, item, instance, &mut def);
        let def_id = self.add_def(def);
        debug_assert_eq!(def_id, instance.items[index.index()]);
        if member {
            if let Some(parent) = parent {
                self.add_member(parent, item.name, def_id);
            }
        } else if stand_in.is_none() && !self.is_left_out(instance.krate, facts, item.cfg) {
            self.declare(def_id, item, facts, scope);
        }
        self.pending_alternatives
            .borrow_mut()
            .extend(alternatives.into_iter().map(|file| (def_id, file)));
    }

    /// The file of `mod x;`; further files under other cfgs become modules of their own.
    fn module_files(&self, facts: &FileFacts, item: &ItemFact, instance: &Instance, def: &mut Def) -> Vec<ModuleFile> {
        let ItemData::Module { inline: None, .. } = &item.data else {
            return Vec::new();
        };
        let scope = self.scope(instance.scopes[item.scope.index()]);
        let outermost = facts.scopes[item.scope.index()].parent.is_none();
        let included = instance.directories.as_ref().filter(|_| outermost);
        let Some(directories) = included.or(scope.directories.as_ref()) else {
            return Vec::new();
        };
        let attributes = path_attributes(facts, item);
        if attributes.is_empty() && self.krate(instance.krate).origin.is_examined() {
            self.report_two_files(instance, item, &directories.files_by_name(&item.name));
        }
        let mut files = directories.candidates(&item.name, &attributes);
        let absent = directories
            .files_by_attribute(&attributes)
            .filter(|path| !path.is_file());
        self.notes.borrow_mut().looked_at.extend(absent);
        if self.krate(instance.krate).origin.is_examined() && !files.is_empty() {
            files.retain(|file| !self.exclusions.cover(&file.path));
            if files.is_empty() {
                // What is taken out counts as what is written of it, as in a crate without sources.
                def.origin = Origin::Opaque;
            }
        }
        if files.is_empty() {
            return Vec::new();
        }
        def.file = Some(Box::new(files.remove(0)));
        files
    }

    fn declare(&self, def: DefId, item: &ItemFact, facts: &FileFacts, scope: ScopeId) {
        let mut contents = self.scope(scope).contents.borrow_mut();
        match &item.data {
            ItemData::Impl { self_type, .. } => {
                contents.impls.push(def);
                let name = self_type_name(facts, &facts.types[self_type.index()]);
                self.krate(self.def(def).krate)
                    .impls_by_name
                    .borrow_mut()
                    .entry(name.unwrap_or_default())
                    .or_default()
                    .push(def);
                return;
            }
            ItemData::Typed { ty: Some(ty), .. } if item.kind == ItemKind::TypeAlias => {
                if let Some(name) = self_type_name(facts, &facts.types[ty.index()]) {
                    self.krate(self.def(def).krate).add_name(name, item.name);
                }
            }
            ItemData::Module { .. } => contents.modules.push(def),
            ItemData::Macro { exported: true, .. } => {
                let krate = self.krate(self.def(def).krate);
                krate
                    .exported_macros
                    .borrow_mut()
                    .entry(item.name)
                    .or_default()
                    .push(def);
            }
            _ => {}
        }
        contents.names.entry(item.name).or_default().push(def);
    }

    /// Whether an external crate is never compiled with what stands under a cfg.
    pub(super) fn is_left_out(&self, krate: CrateIdx, facts: &FileFacts, cfg: Option<CfgIdx>) -> bool {
        let (Some(cfg), Some(PackageRef::External(package))) = (cfg, self.krate(krate).package_ref) else {
            return false;
        };
        let features = self.workspace.external(package).features.as_ref();
        is_left_out(features, &facts.cfgs[cfg.index()])
    }

    fn fill_scope(&self, id: InstanceId, instance: &Instance, index: ScopeIdx, fact: &crate::facts::model::ScopeFact) {
        let scope = self.scope(instance.scopes[index.index()]);
        let mut contents = scope.contents.borrow_mut();
        let facts = self.facts_of(id);
        let is_left_out = |cfg| self.is_left_out(instance.krate, facts, cfg);
        for (number, import) in fact.imports.iter().enumerate() {
            if is_left_out(import.cfg) {
                continue;
            }
            let import_id = ImportId {
                instance: id,
                scope: index,
                index: number as u32,
            };
            match import.name {
                _ if import.glob => contents.globs.push(import_id),
                Some(name) => {
                    contents.imports.entry(name).or_default().push(import_id);
                    if let Some(&last) = facts.paths[import.path.index()].segments.last() {
                        self.krate(instance.krate).add_name(last, name);
                    }
                }
                None => contents.unnamed.push(import_id),
            }
        }
        let compiled = (0..fact.calls.len()).filter(|&number| !is_left_out(fact.calls[number].cfg));
        let calls = compiled.map(|number| CallId {
            instance: id,
            scope: index,
            index: number as u32,
        });
        scope.calls.borrow_mut().extend(calls.rev().map(Waiting::from));
        if !fact.calls.is_empty() {
            scope.has_calls.set(true);
            // Those of examined crates are all gone through, see `build::load`.
            if matches!(scope.kind, ScopeKind::Block) && !self.krate(instance.krate).origin.is_examined() {
                let blocks = &self.krate(instance.krate).blocks_with_calls;
                blocks.borrow_mut().push(instance.scopes[index.index()]);
            }
        }
        // What an include adds comes after the scope's own calls have been expanded.
        if scope.progress.get() == Progress::Ready {
            scope.progress.set(Progress::Declared);
        }
    }

    fn bind_inline_modules(&self, instance: &Instance, facts: &FileFacts) {
        for (index, item) in facts.items.iter().enumerate() {
            if let ItemData::Module {
                inline: Some(inline), ..
            } = item.data
            {
                let def = self.def(instance.items[index]);
                def.body
                    .set(Some(instance.scopes[inline.index()]))
                    .expect("a definition is placed once");
            }
        }
        let alternatives = std::mem::take(&mut *self.pending_alternatives.borrow_mut());
        for (def, file) in alternatives {
            self.place_alternative(def, file);
        }
    }

    /// A second file of one `mod` line, under another cfg: a module of the same name beside the first.
    fn place_alternative(&self, first: DefId, file: ModuleFile) {
        let data = self.def(first);
        let def = self.add_def(Def {
            name: data.name,
            kind: ItemKind::Module,
            namespaces: Namespaces::TYPE,
            krate: data.krate,
            origin: data.origin.clone(),
            parent: Cell::new(data.parent.get()),
            scope: data.scope,
            visible: Cell::new(data.visible.get()),
            conditional: true,
            body: OnceCell::new(),
            file: Some(Box::new(file)),
            members: RefCell::default(),
            path: OnceCell::new(),
        });
        if let Some(scope) = data.scope {
            let mut contents = self.scope(scope).contents.borrow_mut();
            contents.modules.push(def);
            contents.names.entry(data.name).or_default().push(def);
        }
    }
}

/// The items whose inline modules the scopes are.
fn inline_modules(facts: &FileFacts) -> FxHashMap<ScopeIdx, u32> {
    let modules = facts
        .items
        .iter()
        .enumerate()
        .filter_map(|(number, item)| match item.data {
            ItemData::Module {
                inline: Some(scope), ..
            } => Some((scope, number as u32)),
            _ => None,
        });
    modules.collect()
}

fn namespaces(item: &ItemFact) -> Namespaces {
    match (&item.data, item.kind) {
        (ItemData::Fields { constructor: false, .. }, ItemKind::Struct) => Namespaces::TYPE,
        (_, kind) => Namespaces::of(kind),
    }
}

/// The last name of an impl's self type.
fn self_type_name(facts: &FileFacts, ty: &TypeFact) -> Option<Name> {
    match ty {
        TypeFact::Path(path, _) | TypeFact::Bound(path, _) => facts.paths[path.index()].segments.last().copied(),
        TypeFact::Reference(inner) => self_type_name(facts, &facts.types[inner.index()]),
        _ => None,
    }
}
