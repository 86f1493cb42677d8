//! Definitions of the standard library, from the shipped table.

use std::cell::{Cell, OnceCell, RefCell};

use rustc_hash::FxHashMap;

use archguard_invariants::graph::ItemKind;

use super::ids::{CrateIdx, DefId};
use super::world::{Def, Origin, Visible, World};
use crate::facts::model::{Name, Namespaces};
use crate::std_table::{AssociatedKind, Entry, StdKind, StdTable};

/// Definitions made so far.
#[derive(Debug, Default)]
pub(crate) struct StandardDefs {
    by_definition: RefCell<FxHashMap<(&'static str, ItemKind), DefId>>,
    members: RefCell<FxHashMap<(DefId, Name), Option<DefId>>>,
    children: RefCell<FxHashMap<(&'static str, Name), Vec<DefId>>>,
    /// Types, traits and functions by paths of the table, as they were asked for.
    by_path: RefCell<FxHashMap<Box<str>, Option<DefId>>>,
}

pub(crate) fn item_kind(kind: StdKind) -> ItemKind {
    match kind {
        StdKind::Module => ItemKind::Module,
        StdKind::Struct => ItemKind::Struct,
        StdKind::Enum => ItemKind::Enum,
        StdKind::Union => ItemKind::Union,
        StdKind::Trait => ItemKind::Trait,
        StdKind::Alias => ItemKind::TypeAlias,
        StdKind::Primitive => ItemKind::Primitive,
        StdKind::Function => ItemKind::Function,
        StdKind::Constant => ItemKind::Constant,
        StdKind::Static => ItemKind::Static,
        StdKind::Macro => ItemKind::Macro,
        StdKind::Attribute => ItemKind::Attribute,
        StdKind::Derive => ItemKind::Derive,
        StdKind::Variant => ItemKind::Variant,
    }
}

impl World<'_> {
    /// Makes what every world needs and takes a while: for a thread that would idle before there is one.
    pub(crate) fn prepare() {
        StdTable::shipped();
        Name::from("");
    }

    /// What a name means below a path of the standard library.
    pub(crate) fn standard_children(&self, public: &'static str, name: Name, namespaces: Namespaces) -> Vec<DefId> {
        let key = (public, name);
        let known = self.standard.children.borrow().get(&key).cloned();
        let all = known.unwrap_or_else(|| {
            let entries = self.table.lookup(&format!("{public}::{name}"));
            let defs: Vec<DefId> = entries.into_iter().map(|entry| self.standard_def(entry)).collect();
            self.standard.children.borrow_mut().insert(key, defs.clone());
            defs
        });
        all.into_iter()
            .filter(|&def| self.def(def).namespaces.overlaps(namespaces))
            .collect()
    }

    /// The definition behind an entry of the table.
    pub(crate) fn standard_def(&self, entry: Entry) -> DefId {
        let kind = item_kind(entry.kind);
        if let Some(&known) = self.standard.by_definition.borrow().get(&(entry.definition, kind)) {
            return known;
        }
        let (parent, name) = match entry.definition.rsplit_once("::") {
            Some((parent, name)) => (self.standard_module(parent), name),
            // A crate's root, or a primitive type, which belongs to `core`.
            None if kind == ItemKind::Module => return self.standard_root(entry.definition),
            None => (self.standard_root("core"), entry.definition),
        };
        let def = self.add_standard(parent, Name::from(name), kind, entry.public);
        self.standard
            .by_definition
            .borrow_mut()
            .insert((entry.definition, kind), def);
        def
    }

    fn standard_root(&self, name: &str) -> DefId {
        let krate = self.standard_crate(name).or_else(|| self.standard_crate("core"));
        self.root(krate.unwrap_or(CrateIdx::FIRST))
    }

    /// The module of a definition's path, private ones included; for a variant its enum.
    fn standard_module(&self, path: &'static str) -> DefId {
        let known = |kind| self.standard.by_definition.borrow().get(&(path, kind)).copied();
        if let Some(module) = known(ItemKind::Module).or_else(|| known(ItemKind::Enum)) {
            return module;
        }
        let Some((parent, name)) = path.rsplit_once("::") else {
            return self.standard_root(path);
        };
        let entry = self
            .table
            .lookup(path)
            .into_iter()
            .find(|entry| matches!(entry.kind, StdKind::Module | StdKind::Enum) && entry.definition == path);
        if let Some(entry) = entry.filter(|entry| entry.kind == StdKind::Enum) {
            return self.standard_def(entry);
        }
        let parent = self.standard_module(parent);
        let public = entry.map_or(path, |entry| entry.public);
        let def = self.add_standard(parent, Name::from(name), ItemKind::Module, public);
        self.standard
            .by_definition
            .borrow_mut()
            .insert((path, ItemKind::Module), def);
        def
    }

    fn add_standard(&self, parent: DefId, name: Name, kind: ItemKind, public: &'static str) -> DefId {
        self.add_def(Def {
            name,
            kind,
            namespaces: Namespaces::of(kind),
            krate: self.def(parent).krate,
            origin: Origin::Standard { public },
            parent: Cell::new(Some(parent)),
            scope: None,
            visible: Cell::new(Visible::Everywhere),
            conditional: false,
            body: OnceCell::new(),
            file: None,
            members: RefCell::default(),
            path: OnceCell::new(),
        })
    }

    /// An associated item of a type or trait of the standard library.
    pub(crate) fn standard_member(&self, owner: DefId, name: Name) -> Option<DefId> {
        if let Some(&known) = self.standard.members.borrow().get(&(owner, name)) {
            return known;
        }
        let definition = self.standard_path(owner);
        let found = self.table.associated(definition, &name).map(|associated| {
            let holder = if associated.owner == definition {
                owner
            } else {
                self.standard_by_path(associated.owner).unwrap_or(owner)
            };
            let kind = match associated.kind {
                AssociatedKind::Method | AssociatedKind::Function => ItemKind::Method,
                AssociatedKind::Constant => ItemKind::AssociatedConstant,
                AssociatedKind::Type => ItemKind::AssociatedType,
                AssociatedKind::Field => ItemKind::Field,
                AssociatedKind::Variant => ItemKind::Variant,
            };
            if holder == owner {
                // The prelude has some of them by paths of their own.
                let entries = self.table.lookup(&format!("{definition}::{name}"));
                let mut entries = entries.into_iter().filter(|entry| item_kind(entry.kind) == kind);
                let known = entries.next().map(|entry| self.standard_def(entry));
                known.unwrap_or_else(|| self.add_standard(holder, name, kind, ""))
            } else {
                self.standard_member(holder, name)
                    .unwrap_or_else(|| self.add_standard(holder, name, kind, ""))
            }
        });
        self.standard.members.borrow_mut().insert((owner, name), found);
        found
    }

    /// The table's path of a definition: a primitive's is its bare name.
    pub(crate) fn standard_path(&self, def: DefId) -> &'static str {
        let data = self.def(def);
        if data.kind == ItemKind::Primitive {
            data.name.as_str()
        } else {
            self.path(def).as_str()
        }
    }

    /// The type, trait or function that a path of the table names.
    pub(crate) fn standard_by_path(&self, path: &str) -> Option<DefId> {
        if let Some(&known) = self.standard.by_path.borrow().get(path) {
            return known;
        }
        let mut entries = self.table.lookup(path).into_iter();
        let entry = entries.find(|entry| !matches!(entry.kind, StdKind::Macro | StdKind::Module));
        let found = entry.map(|entry| self.standard_def(entry));
        self.standard.by_path.borrow_mut().insert(path.into(), found);
        found
    }

    /// A name of the prelude, a primitive type, a macro or attribute of the language.
    pub(crate) fn standard_prelude(&self, edition: u16, name: Name, namespaces: Namespaces) -> Vec<DefId> {
        let key = (edition, name);
        let known = self.memo_prelude.borrow().get(&key).cloned();
        let all = known.unwrap_or_else(|| {
            let mut defs: Vec<DefId> = self
                .table
                .prelude(edition)
                .filter(|(known, _)| *known == name.as_str())
                .map(|(_, entry)| self.standard_def(entry))
                .collect();
            if self.table.is_primitive(&name) {
                let entries = self.table.lookup(&name);
                defs.extend(
                    entries
                        .into_iter()
                        .filter(|entry| entry.kind == StdKind::Primitive)
                        .map(|entry| self.standard_def(entry)),
                );
            }
            if self.table.is_builtin_macro(&name) || self.table.is_builtin_derive(&name) {
                let entries = self.table.lookup(&format!("std::{name}"));
                defs.extend(
                    entries
                        .into_iter()
                        .filter(|entry| item_kind(entry.kind).is_macro())
                        .map(|entry| self.standard_def(entry)),
                );
            }
            defs.sort_unstable();
            defs.dedup();
            self.memo_prelude.borrow_mut().insert(key, defs.clone());
            defs
        });
        all.into_iter()
            .filter(|&def| self.def(def).namespaces.overlaps(namespaces))
            .collect()
    }
}
