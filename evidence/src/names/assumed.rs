//! Names taken for what is written: in crates without sources, and made by macros that nobody could expand.

use archguard_invariants::graph::ItemKind;

use super::ids::DefId;
use super::world::{Def, Origin, Visible, World};
use crate::facts::model::{Name, Namespaces};

impl World<'_> {
    /// Whether a definition is taken for what is written: nobody can look into it.
    pub(crate) fn is_assumed(&self, def: DefId) -> bool {
        matches!(self.def(def).origin, Origin::Opaque | Origin::MacroMade)
    }

    /// A name in a crate or module that cannot be looked into: taken for what is written.
    pub(crate) fn opaque_child(&self, parent: DefId, name: Name, namespaces: Namespaces) -> DefId {
        let origin = self.def(parent).origin.clone();
        self.assumed(parent, name, namespaces, origin)
    }

    /// What has been taken for written so far in a crate or module that cannot be looked into.
    pub(crate) fn assumed_children(&self, parent: DefId, wanted: impl Fn(&str) -> bool) -> Vec<DefId> {
        let known = self.assumed_defs.borrow();
        let children = known.iter().filter(|((of, name, _), _)| *of == parent && wanted(name));
        let mut found: Vec<DefId> = children.map(|(_, &def)| def).collect();
        found.sort_unstable();
        found
    }

    pub(crate) fn macro_made(&self, parent: DefId, name: Name, namespaces: Namespaces) -> DefId {
        self.assumed(parent, name, namespaces, Origin::MacroMade)
    }

    fn assumed(&self, parent: DefId, name: Name, namespaces: Namespaces, origin: Origin) -> DefId {
        let kind = assumed_kind(name, namespaces);
        let key = (parent, name, kind);
        if let Some(&known) = self.assumed_defs.borrow().get(&key) {
            return known;
        }
        let data = self.def(parent);
        let def = self.add_def(Def {
            name,
            kind,
            namespaces: Namespaces::ALL,
            krate: data.krate,
            origin,
            parent: std::cell::Cell::new(Some(parent)),
            scope: None,
            visible: std::cell::Cell::new(Visible::Everywhere),
            conditional: false,
            body: std::cell::OnceCell::new(),
            file: None,
            members: std::cell::RefCell::default(),
            path: std::cell::OnceCell::new(),
        });
        self.assumed_defs.borrow_mut().insert(key, def);
        def
    }
}

fn assumed_kind(name: Name, namespaces: Namespaces) -> ItemKind {
    if namespaces == Namespaces::MACRO {
        ItemKind::Macro
    } else if namespaces == Namespaces::VALUE && !name.starts_with(char::is_uppercase) {
        ItemKind::Function
    } else if name.starts_with(char::is_uppercase) {
        ItemKind::Struct
    } else {
        ItemKind::Module
    }
}
