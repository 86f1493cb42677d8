//! Items of the graph: every definition of the examined crates, and of others what references and patterns lead to.

use std::sync::Arc;

use archguard_invariants::graph::{
    Crate, CrateId, File, FileRole, GraphBuilder, Item, ItemId, ItemKind, ReferenceKind, Visibility,
};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::place::{FileId, Place, Position};
use archguard_invariants::policy::model::DevCode;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Options;
use super::earlier::Earlier;
use super::found::Collected;
use super::order::{Entry, Order};
use crate::facts::cfg::Cfg;
use crate::facts::model::{ItemIdx, Name, Span};
use crate::names::ids::{CrateIdx, DefId, InstanceId, ScopeId, SourceId};
use crate::names::world::{FactsHandle, Instance, Origin, Visible, World};
use crate::workspace::display_path;

/// Which item each definition became.
pub(super) struct Items<'a, 'w> {
    world: &'a World<'w>,
    options: &'a Options,
    /// By the number of the definition.
    ids: Vec<Option<ItemId>>,
    crates: FxHashMap<CrateIdx, CrateId>,
    /// The other way round: crates are added in order.
    by_crate: Vec<CrateIdx>,
    files: FxHashMap<SourceId, FileId>,
    lines: usize,
    /// Items under attributes that the policy lists as development code.
    dev_by_attribute: FxHashSet<DefId>,
}

/// Whether it is a file that an `include!` took in: its items alone tell which module it belongs to.
pub(super) fn is_included(world: &World<'_>, instance: &Instance) -> bool {
    instance.depth > 0 && matches!(world.unit(instance.unit).facts, FactsHandle::File(_))
}

/// The files of examined code, ordered by how they are shown.
pub(super) fn examined_sources(world: &World<'_>) -> Vec<(String, SourceId)> {
    let mut sources: Vec<(String, SourceId)> = Vec::new();
    let mut seen = FxHashSet::default();
    for instance in &world.instances {
        let source = world.unit(instance.unit).source;
        if world.krate(instance.krate).origin.is_examined() && seen.insert(source) {
            sources.push((display_path(world.workspace, &world.store.get(source).path), source));
        }
    }
    sources.sort();
    sources
}

impl<'a, 'w> Items<'a, 'w> {
    pub(super) fn new(world: &'a World<'w>, options: &'a Options) -> Self {
        Self {
            world,
            options,
            ids: Vec::new(),
            crates: FxHashMap::default(),
            by_crate: Vec::new(),
            files: FxHashMap::default(),
            lines: 0,
            dev_by_attribute: FxHashSet::default(),
        }
    }

    pub(super) fn id(&self, def: DefId) -> Option<ItemId> {
        self.ids.get(def.index()).copied().flatten()
    }

    /// The item of a definition that the graph needs for others.
    fn ordered(&self, def: DefId) -> ItemId {
        self.id(def).expect("what something is defined in was ordered with it")
    }

    pub(super) fn file(&self, source: SourceId) -> Option<FileId> {
        self.files.get(&source).copied()
    }

    pub(super) fn examined_files(&self) -> usize {
        self.files.len()
    }

    /// Files that stand in a module tree only by an `include!`.
    pub(super) fn included_files(&self) -> usize {
        let world = self.world;
        let own: FxHashSet<SourceId> = world
            .instances
            .iter()
            // A dependency may have the same file as a module, by a link.
            .filter(|instance| instance.depth == 0 && world.krate(instance.krate).origin.is_examined())
            .map(|instance| world.unit(instance.unit).source)
            .collect();
        self.files.keys().filter(|source| !own.contains(source)).count()
    }

    pub(super) fn examined_lines(&self) -> usize {
        self.lines
    }

    /// Adds files, crates and items in the order that was found.
    pub(super) fn add_all(
        &mut self,
        builder: &mut GraphBuilder,
        collected: &Collected,
        order: &Order,
        earlier: Option<&Earlier>,
    ) {
        self.add_files(builder);
        self.note_dev_attributes(collected);
        if let Some(earlier) = earlier {
            self.note_earlier_dev_attributes(earlier, order);
        }
        self.ids = vec![None; self.world.defs.len()];
        for (index, entry) in order.entries.iter().enumerate() {
            if let Entry::Def(def) | Entry::Same(def, _) = *entry {
                self.ids[def.index()] = Some(ItemId::new(index));
            }
        }
        self.add_crates(builder, &order.entries, earlier);
        builder.reserve_items(order.entries.len());
        for &entry in &order.entries {
            let item = match (entry, earlier) {
                (Entry::Def(def), _) => self.item(builder, def),
                (Entry::Same(_, id) | Entry::Earlier(id), Some(earlier)) => {
                    self.item_of_earlier(builder, earlier, id, &order.of_earlier)
                }
                (Entry::Same(..) | Entry::Earlier(_), None) => {
                    unreachable!("what an earlier graph has stands in the order beside one alone")
                }
            };
            builder.add_item(item);
        }
        self.add_module_files(builder);
    }

    /// An item as it was.
    fn item_of_earlier(
        &self,
        builder: &mut GraphBuilder,
        earlier: &Earlier,
        id: ItemId,
        of_earlier: &[Option<ItemId>],
    ) -> Item {
        let now = |id: ItemId| of_earlier[id.index()];
        let item = earlier.item(id).clone();
        Item {
            krate: earlier.crate_of(id).map_or(item.krate, |krate| self.crates[&krate]),
            parent: item.parent.and_then(now),
            module: now(item.module).unwrap_or(item.module),
            visibility: match item.visibility {
                Visibility::Public => Visibility::Public,
                Visibility::Within(module) => now(module).map_or(Visibility::Public, Visibility::Within),
            },
            cfg: item.cfg.map(|cfg| builder.cfg(&earlier.parts.cfgs[cfg.index()])),
            ..item
        }
    }

    /// Which file each examined module's text is in. A module's own file places its scope before any file that it includes
    /// and any expansion in it does, so the first placing counts.
    fn add_module_files(&self, builder: &mut GraphBuilder) {
        let world = self.world;
        let mut placed: FxHashMap<ScopeId, FileId> = FxHashMap::default();
        for instance in &world.instances {
            if let Some(&file) = self.files.get(&world.unit(instance.unit).source) {
                for &scope in &instance.scopes {
                    placed.entry(scope).or_insert(file);
                }
            }
        }
        for (def, module) in (0..).map(DefId::new).zip(&self.ids) {
            let Some(module) = *module else { continue };
            let data = world.def(def);
            let body = data.body.get().copied().flatten();
            if let (ItemKind::Module, Some(file)) = (data.kind, body.and_then(|scope| placed.get(&scope))) {
                builder.set_module_file(module, *file);
            }
        }
    }

    fn add_files(&mut self, builder: &mut GraphBuilder) {
        let world = self.world;
        for (display, id) in examined_sources(world) {
            let source = world.store.get(id);
            self.lines += source.lines as usize;
            let file = builder.add_file(File {
                display: display.into(),
                absolute: source.path.clone(),
                role: FileRole::Examined,
                lines: source.lines,
            });
            self.files.insert(id, file);
        }
    }

    fn add_crates(&mut self, builder: &mut GraphBuilder, entries: &[Entry], earlier: Option<&Earlier>) {
        let world = self.world;
        let krate = |entry: &Entry| match *entry {
            Entry::Def(def) | Entry::Same(def, _) => Some(world.def(def).krate),
            Entry::Earlier(id) => earlier.and_then(|earlier| earlier.crate_of(id)),
        };
        let mut order: Vec<CrateIdx> = entries.iter().filter_map(krate).collect();
        order.dedup();
        let mut seen = FxHashSet::default();
        order.retain(|&krate| seen.insert(krate));
        for &index in &order {
            let krate = world.krate(index);
            let id = builder.add_crate(Crate {
                name: krate.name.as_str().into(),
                head: krate.head.as_str().into(),
                package: krate.package.as_str().into(),
                version: krate.version.as_str().into(),
                repository: krate.repository.as_deref().map(Into::into),
                origin: krate.origin,
                target: krate.target,
                root: self.ordered(world.root(index)),
                dev: krate.dev || self.listed_as_dev(krate.head.as_str()),
                dependencies: Vec::new(),
                dev_only: Vec::new(),
            });
            self.crates.insert(index, id);
        }
        self.by_crate.clone_from(&order);
        for &index in order.iter().filter(|&&index| world.krate(index).origin.is_examined()) {
            let mut dependencies: Vec<CrateId> = world
                .externs(index)
                .values()
                .filter_map(|krate| self.crates.get(krate).copied())
                .collect();
            dependencies.sort_unstable();
            dependencies.dedup();
            let dev_only = world.dev_only_externs(index);
            let mut dev_only: Vec<CrateId> = dev_only.filter_map(|krate| self.crates.get(&krate).copied()).collect();
            dev_only.sort_unstable();
            dev_only.dedup();
            let krate = builder.crate_mut(self.crates[&index]);
            if !krate.dev {
                krate.dev_only = dev_only;
            }
            krate.dependencies = dependencies;
        }
    }

    fn item(&self, builder: &mut GraphBuilder, def: DefId) -> Item {
        let world = self.world;
        let data = world.def(def);
        let path: Arc<str> = world.path(def).as_str().into();
        let module = self.module(def);
        let visibility = match data.visible.get() {
            Visible::Everywhere => Visibility::Public,
            Visible::Within(scope) => self
                .id(world.module_of(scope))
                .map_or(Visibility::Public, Visibility::Within),
        };
        let examined = world.krate(data.krate).origin.is_examined();
        let fact = world.item_of(def).filter(|_| examined);
        let cfg = fact.and_then(|(instance, item)| self.cfg_text(instance, item.cfg));
        let dev = examined
            && self.is_dev(
                def,
                fact.map(|(instance, item)| (instance, item.dev)),
                &path,
                cfg.as_ref(),
            );
        Item {
            kind: data.kind,
            krate: self.crates[&data.krate],
            parent: data.parent.get().map(|parent| self.ordered(parent)),
            module,
            visibility,
            place: fact.and_then(|(instance, item)| self.place(instance, item.span)),
            dev,
            cfg: cfg.map(|cfg| builder.cfg(&cfg.to_string())),
            link_name: fact
                .and_then(|(_, item)| item.link_name)
                .map(|name| name.as_str().into()),
            // Of a dependency that would tell how much of it has been read.
            only_modules: examined && self.only_modules(def),
            path,
        }
    }

    fn module(&self, def: DefId) -> ItemId {
        let world = self.world;
        let data = world.def(def);
        if data.kind == ItemKind::Module {
            return self.ordered(def);
        }
        let module = if let Some(scope) = data.scope {
            world.module_of(scope)
        } else {
            let mut at = def;
            while let Some(parent) = world.def(at).parent.get() {
                at = parent;
                if world.def(at).kind == ItemKind::Module {
                    break;
                }
            }
            at
        };
        self.ordered(module)
    }

    /// The cfg of something in an instance: around it, and its own.
    pub(super) fn cfg_text(&self, instance: InstanceId, own: Option<crate::facts::model::CfgIdx>) -> Option<Cfg> {
        let data = self.world.instance(instance);
        let own = own.map(|cfg| self.world.facts_of(instance).cfgs[cfg.index()].clone());
        [data.cfg.clone(), own].into_iter().flatten().reduce(Cfg::and)
    }

    /// Whether an item is development code by its crate, its place, its attributes or the policy's list.
    fn is_dev(&self, def: DefId, fact: Option<(InstanceId, bool)>, path: &str, cfg: Option<&Cfg>) -> bool {
        let world = self.world;
        let data = world.def(def);
        let by_place = data.scope.is_some_and(|scope| world.scope(scope).dev)
            || data
                .body
                .get()
                .copied()
                .flatten()
                .is_some_and(|body| world.scope(body).dev);
        world.krate(data.krate).dev
            || by_place
            || fact.is_some_and(|(instance, own)| own || world.instance(instance).dev)
            || cfg.is_some_and(|cfg| self.dev_by_cfg(cfg))
            || self.listed_as_dev(path)
            || self.under_dev_attribute(def)
    }

    /// Attributes are told by the path that is written: the macro itself need not be known.
    fn note_dev_attributes(&mut self, collected: &Collected) {
        let listed = |written: Name| self.is_dev_attribute(&written);
        let resolved = collected
            .references
            .iter()
            .map(|found| (&found.from, found.kind, found.written));
        let missing = collected
            .unresolved
            .iter()
            .map(|missing| (&missing.from, missing.kind, missing.written));
        self.dev_by_attribute = resolved
            .chain(missing)
            .filter(|&(_, kind, written)| kind == ReferenceKind::Attribute && listed(written))
            .map(|(from, ..)| self.owner(from.instance, from.owner, from.scope))
            .collect();
    }

    /// The same in the files that have not changed.
    fn note_earlier_dev_attributes(&mut self, earlier: &Earlier, order: &Order) {
        if self.dev_attributes().next().is_none() {
            return;
        }
        let references = earlier.parts.references.iter();
        let resolved = references.map(|(from, _, reference)| (*from, reference.kind, reference.written));
        let unresolved = earlier.parts.unresolved.iter();
        let missing = unresolved.map(|unresolved| (unresolved.from, unresolved.kind, unresolved.written));
        for (from, kind, written) in resolved.chain(missing) {
            if kind == ReferenceKind::Attribute
                && self.is_dev_attribute(&earlier.parts.texts[written.index()])
                && let Some(id) = order.of_earlier[from.index()]
                && let Entry::Def(def) | Entry::Same(def, _) = order.entries[id.index()]
            {
                self.dev_by_attribute.insert(def);
            }
        }
    }

    fn is_dev_attribute(&self, written: &str) -> bool {
        self.dev_attributes().any(|pattern| pattern.covers_path(written))
    }

    fn dev_attributes(&self) -> impl Iterator<Item = &PathPattern> {
        self.options.dev_code.iter().filter_map(|entry| match entry {
            DevCode::Attribute(pattern) => Some(pattern),
            DevCode::Path(_) | DevCode::Feature(_) => None,
        })
    }

    fn under_dev_attribute(&self, def: DefId) -> bool {
        !self.dev_by_attribute.is_empty()
            && std::iter::successors(Some(def), |&def| self.world.def(def).parent.get())
                .any(|def| self.dev_by_attribute.contains(&def))
    }

    /// Whether code under a cfg is development code: test builds, and features that the policy lists.
    pub(super) fn dev_by_cfg(&self, cfg: &Cfg) -> bool {
        cfg.implies_test_or(&|atom| {
            self.options.dev_code.iter().any(|entry| match entry {
                DevCode::Feature(feature) => atom
                    .strip_prefix("feature = \"")
                    .and_then(|rest| rest.strip_suffix('"'))
                    .is_some_and(|named| named == &**feature),
                DevCode::Path(_) | DevCode::Attribute(_) => false,
            })
        })
    }

    fn listed_as_dev(&self, path: &str) -> bool {
        self.options.dev_code.iter().any(|entry| match entry {
            DevCode::Path(pattern) => pattern.covers_path(path),
            DevCode::Feature(_) | DevCode::Attribute(_) => false,
        })
    }

    /// Where a stretch of a file stands.
    pub(super) fn place(&self, instance: InstanceId, span: Span) -> Option<Place> {
        let world = self.world;
        let source = world.unit(world.instance(instance).unit).source;
        let file = *self.files.get(&source)?;
        let facts = world.store.get(source).facts.as_ref().ok()?;
        Some(Place {
            file,
            start: facts.lines.position(span.start),
            end: facts.lines.position(span.end.max(span.start)),
        })
    }

    /// Where the compiler says that something stands, by line and column.
    pub(super) fn seen_place(&self, source: SourceId, start: (u32, u32), end: (u32, u32)) -> Option<Place> {
        let position = |(line, column)| Position { line, column };
        Some(Place {
            file: *self.files.get(&source)?,
            start: position(start),
            end: position(end),
        })
    }

    /// Whether two crates are one, or one is of the other's family.
    pub(super) fn are_family(&self, one: CrateId, other: CrateId) -> bool {
        let index = |krate: CrateId| self.by_crate.get(krate.0 as usize).copied();
        let (Some(one), Some(other)) = (index(one), index(other)) else {
            return false;
        };
        one == other || self.world.are_kin(one, other)
    }

    /// The graph's crates for some of the world's.
    pub(super) fn crate_ids(&self, crates: impl Iterator<Item = CrateIdx>) -> FxHashSet<CrateId> {
        crates.filter_map(|krate| self.crates.get(&krate).copied()).collect()
    }

    fn only_modules(&self, def: DefId) -> bool {
        let data = self.world.def(def);
        if data.kind != ItemKind::Module {
            return false;
        }
        let Some(Some(body)) = data.body.get().copied() else {
            return !matches!(data.origin, Origin::Item { .. } | Origin::Root);
        };
        let scope = self.world.scope(body);
        let contents = scope.contents.borrow();
        !scope.has_calls.get()
            && contents.imports.is_empty()
            && contents.globs.is_empty()
            && contents.unnamed.is_empty()
            && contents.impls.is_empty()
            && contents
                .names
                .values()
                .flatten()
                .all(|&def| self.world.def(def).kind == ItemKind::Module)
    }

    /// The item that code of an instance's item belongs to; the module where there is none.
    pub(super) fn owner(&self, instance: InstanceId, owner: Option<ItemIdx>, scope: ScopeId) -> DefId {
        let data = self.world.instance(instance);
        match owner {
            Some(ItemIdx::FIRST) if data.container.is_some() => data.container.unwrap_or(data.items[0]),
            Some(owner) => self.enum_of(data.items[owner.index()]),
            None => data.owner.unwrap_or_else(|| self.world.module_of(scope)),
        }
    }

    /// What a variant holds its enum holds, as a struct what its fields do; other items stand for themselves.
    fn enum_of(&self, item: DefId) -> DefId {
        let data = self.world.def(item);
        match data.parent.get() {
            Some(parent) if data.kind == ItemKind::Variant => parent,
            _ => item,
        }
    }
}
