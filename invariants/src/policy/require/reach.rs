//! What other crates can name: effective visibility, through `pub` modules and `pub use` from the roots of libraries.

use super::model::Access;
use crate::graph::{Graph, ItemId, ItemKind, ReferenceKind, TargetKind, Visibility};

/// Which items other crates can name, by index.
#[derive(Debug)]
pub(super) struct Reach {
    public: Vec<bool>,
}

impl Reach {
    /// Works it out for the examined crates. `children` are what is defined in each item, by index.
    pub(super) fn new(graph: &Graph, children: &[Vec<ItemId>]) -> Self {
        let mut reach = Self {
            public: vec![false; graph.item_count()],
        };
        let libraries = graph
            .crates()
            .iter()
            .filter(|krate| krate.origin.is_examined() && krate.target == TargetKind::Lib);
        let exported = graph
            .items()
            .filter(|&(id, _)| graph.is_examined(id) && is_exported_macro(graph, id));
        let starts = libraries.map(|krate| krate.root).chain(exported.map(|(id, _)| id));
        reach.spread(graph, children, starts.collect());
        reach.spread_impls(graph, children);
        reach
    }

    /// Who can really name an item.
    pub(super) fn access(&self, graph: &Graph, id: ItemId) -> Access {
        let item = graph.item(id);
        let own = match item.kind {
            ItemKind::Module => graph.modules_around(id).nth(1).unwrap_or(id),
            _ => item.module,
        };
        let at_root = graph.item(own).parent.is_none();
        match item.visibility {
            _ if self.public[id.index()] => Access::Public,
            Visibility::Within(module) if module == own => Access::Private,
            // Everything in a crate lies in its root: nobody else is there to name it.
            Visibility::Public if at_root => Access::Private,
            _ => Access::Crate,
        }
    }

    /// From what can be named to what is in it and what it hands on. A glob opens a module without naming it.
    fn spread(&mut self, graph: &Graph, children: &[Vec<ItemId>], starts: Vec<ItemId>) {
        let mut opened = vec![false; self.public.len()];
        let mut pending: Vec<(ItemId, bool)> = starts.into_iter().map(|start| (start, true)).collect();
        while let Some((id, named)) = pending.pop() {
            self.public[id.index()] |= named;
            if std::mem::replace(&mut opened[id.index()], true) {
                continue;
            }
            let within = children[id.index()].iter().copied();
            let within = within.filter(|&child| is_let_out(graph, id, child));
            pending.extend(within.map(|child| (child, true)));
            let handed_on = graph.details().public_reexports_of(id);
            let examined = handed_on.filter(|&(target, _)| graph.is_examined(target));
            pending.extend(examined.map(|(target, glob)| (target, !glob)));
        }
    }

    /// An impl is as visible as everything that its head names.
    fn spread_impls(&mut self, graph: &Graph, children: &[Vec<ItemId>]) {
        for (id, item) in graph.items() {
            if item.kind != ItemKind::Impl || !graph.is_examined(id) {
                continue;
            }
            let mut heads = graph
                .references_from(id)
                .filter(|link| link.reference.kind == ReferenceKind::Impl && graph.is_examined(link.to));
            let visible = heads.all(|link| self.public[link.to.index()]);
            self.public[id.index()] = visible;
            for member in &children[id.index()] {
                self.public[member.index()] = visible;
            }
        }
    }
}

/// Whether whoever can name an item can name what is defined in it too.
fn is_let_out(graph: &Graph, outer: ItemId, inner: ItemId) -> bool {
    let item = graph.item(inner);
    let has_path = matches!(
        graph.item(outer).kind,
        ItemKind::Module | ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait | ItemKind::Variant
    );
    let named_apart = matches!(item.kind, ItemKind::Impl | ItemKind::Closure) || item.kind.is_macro();
    let by_path = has_path && !named_apart;
    let public_macro = has_path && item.kind.is_macro() && item.kind != ItemKind::Macro;
    (by_path || public_macro) && item.visibility == Visibility::Public
}

/// `#[macro_export]` puts a macro into the root, wherever it is declared; a `macro` of the root stands there anyway.
fn is_exported_macro(graph: &Graph, id: ItemId) -> bool {
    let item = graph.item(id);
    let krate = graph.krate(item.krate);
    let below = item
        .path
        .strip_prefix(&*krate.head)
        .and_then(|rest| rest.strip_prefix("::"));
    item.kind == ItemKind::Macro
        && krate.target == TargetKind::Lib
        && item.visibility == Visibility::Public
        && below.is_some_and(|name| !name.contains("::"))
}
