//! What code outside a component can reach, by effective visibility measured at the component's border: `pub(crate)` is
//! public in a component smaller than the crate, `pub` is not in a module that nobody outside can name.

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{Graph, ItemId, ItemKind, ReferenceKind, TargetKind, Visibility};
use archguard_invariants::policy::ComponentId;
use rustc_hash::FxHashSet;

use crate::context::Context;
use crate::handouts::is_public;

/// Who owns the production code below a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owners {
    /// There is none.
    Nobody,
    /// One component, or none at all, for everything.
    One(Option<ComponentId>),
    /// Several.
    Several,
}

impl Owners {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, owners) | (owners, Self::Nobody) => owners,
            (left, right) if left == right => left,
            _ => Self::Several,
        }
    }

    /// Whether there is code that is not this component's.
    fn hold_others_than(self, component: Option<ComponentId>) -> bool {
        self != Self::Nobody && self != Self::One(component)
    }
}

/// What can be reached from outside; trait impls are asked for by their types.
pub(crate) struct Border {
    owners: Vec<Owners>,
    visible: Vec<bool>,
    /// Items re-exported under a component's public paths.
    handed_out: FxHashSet<ItemId>,
}

impl Border {
    pub(crate) fn new(ctx: &Context<'_>) -> Self {
        let mut border = Self {
            owners: owners(ctx),
            visible: vec![false; ctx.graph.item_count()],
            handed_out: FxHashSet::default(),
        };
        border.spread(ctx);
        for link in ctx.graph.references().filter(|link| link.reference.reexport) {
            if let Some(component) = ctx.policy.component_of(link.from)
                && (is_public(ctx, component, link.from) || is_public(ctx, component, link.to))
            {
                border.handed_out.insert(link.to);
            }
        }
        border
    }

    /// Whether code outside its component can reach the interface that a reference stands in.
    pub(crate) fn shows(&self, ctx: &Context<'_>, link: &Link<'_>, from: ItemId) -> bool {
        let component = ctx.policy.component_of(from);
        if link.reference.reexport {
            let nameable = self.visible[from.index()] || self.has_others(from, component);
            return nameable && component.is_none_or(|id| is_public(ctx, id, from) || is_public(ctx, id, link.to));
        }
        let kind = link.reference.kind;
        let interface = link.reference.exposed || matches!(kind, ReferenceKind::Impl | ReferenceKind::Derive);
        interface && self.is_visible(ctx, from) && component.is_none_or(|id| self.is_declared(ctx, id, from))
    }

    /// Whether code outside its component can reach an item, as far as Rust goes.
    fn is_visible(&self, ctx: &Context<'_>, item: ItemId) -> bool {
        let block = ctx
            .graph
            .lineage(item)
            .find(|&outer| ctx.graph.item(outer).kind == ItemKind::Impl);
        match block {
            None => self.visible[item.index()],
            Some(block) => {
                let own = own_types(ctx, block);
                own.into_iter().all(|of| self.visible[of.index()])
            }
        }
    }

    /// Whether a declared `public`, if there is one, lists an item, what it is in, what it is an impl of, or a module that re-exports it.
    fn is_declared(&self, ctx: &Context<'_>, component: ComponentId, item: ItemId) -> bool {
        if is_public(ctx, component, item) {
            return true;
        }
        let handed_out = |item| ctx.graph.lineage(item).any(|outer| self.handed_out.contains(&outer));
        let block = ctx
            .graph
            .lineage(item)
            .find(|&outer| ctx.graph.item(outer).kind == ItemKind::Impl);
        handed_out(item)
            || block.is_some_and(|block| {
                own_types(ctx, block)
                    .into_iter()
                    .any(|of| is_public(ctx, component, of) || handed_out(of))
            })
    }

    fn has_others(&self, module: ItemId, component: Option<ComponentId>) -> bool {
        self.owners[module.index()].hold_others_than(component)
    }

    /// Marks what is visible: first what the code around can name directly, then whatever that leads to.
    fn spread(&mut self, ctx: &Context<'_>) {
        let graph = ctx.graph;
        let mut children: Vec<Vec<ItemId>> = vec![Vec::new(); graph.item_count()];
        for (id, item) in graph.items() {
            if let Some(parent) = item.parent {
                children[parent.index()].push(id);
            }
        }
        let mut reached: Vec<ItemId> = Vec::new();
        for (id, item) in graph.items().filter(|&(id, _)| graph.is_examined(id)) {
            let component = ctx.policy.component_of(id);
            let named = match item.parent {
                Some(parent) => graph.item(parent).kind == ItemKind::Module && self.has_others(parent, component),
                None => graph.krate(item.krate).target == TargetKind::Lib,
            };
            if named {
                reached.push(id);
            }
            if item.kind == ItemKind::Module && self.has_others(id, component) {
                reached.extend(reexported(graph, id));
            }
        }
        while let Some(item) = reached.pop() {
            if std::mem::replace(&mut self.visible[item.index()], true) {
                continue;
            }
            let next = children[item.index()].iter().copied();
            reached.extend(next.filter(|&child| self.lets_out(ctx, child)));
            reached.extend(reexported(graph, item));
        }
    }

    /// Whether an item's own visibility lets it out of its component, if what it is in can be reached.
    fn lets_out(&self, ctx: &Context<'_>, item: ItemId) -> bool {
        let of = ctx.graph.item(item);
        let within = of.parent.map(|parent| ctx.graph.item(parent).kind);
        match within {
            // What stands in a function's body has no path.
            Some(ItemKind::Function | ItemKind::Method) => false,
            Some(ItemKind::Trait | ItemKind::Impl | ItemKind::Variant) => true,
            Some(ItemKind::Enum) if of.kind == ItemKind::Variant => true,
            _ => match of.visibility {
                Visibility::Public => true,
                Visibility::Within(module) => self.has_others(module, ctx.policy.component_of(item)),
            },
        }
    }
}

/// What a module re-exports, of its own component.
fn reexported(graph: &Graph, module: ItemId) -> impl Iterator<Item = ItemId> + '_ {
    graph
        .references_from(module)
        .filter(|link| link.reference.reexport)
        .map(|link| link.to)
}

/// The types and traits of an impl that are the component's own: it can be reached if they all can.
pub(crate) fn own_types(ctx: &Context<'_>, block: ItemId) -> Vec<ItemId> {
    let component = ctx.policy.component_of(block);
    let heads = ctx
        .graph
        .references_from(block)
        .filter(|link| link.reference.kind == ReferenceKind::Impl);
    let own = heads.filter(|link| ctx.graph.is_examined(link.to) && ctx.policy.component_of(link.to) == component);
    own.map(|link| link.to).collect()
}

/// Who owns the production code below each module; meaningless for other items.
fn owners(ctx: &Context<'_>) -> Vec<Owners> {
    let graph = ctx.graph;
    let mut owners = vec![Owners::Nobody; graph.item_count()];
    let mut modules: Vec<(usize, ItemId)> = Vec::new();
    for (id, item) in graph.items().filter(|&(id, _)| graph.is_examined(id)) {
        if item.kind == ItemKind::Module {
            modules.push((graph.lineage(id).count(), id));
        }
        let only_modules = item.kind == ItemKind::Module && item.only_modules;
        if !only_modules && !ctx.is_dev(id) {
            let slot = &mut owners[item.module.index()];
            *slot = slot.and(Owners::One(ctx.policy.component_of(id)));
        }
    }
    modules.sort_unstable_by(|left, right| right.cmp(left));
    for (_, module) in modules {
        if let Some(outer) = graph.modules_around(module).nth(1) {
            owners[outer.index()] = owners[outer.index()].and(owners[module.index()]);
        }
    }
    owners
}
