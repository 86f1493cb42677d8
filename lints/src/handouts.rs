//! What components hand out: items of others that they re-export or alias. For permissions, what a component with a
//! declared `public` hands out there counts as its own; a prohibition lets it pass where it says `through`.

use std::cell::RefCell;

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{ItemId, ItemKind};
use archguard_invariants::policy::{ComponentId, Selector};
use rustc_hash::FxHashMap;

use crate::border::own_types;
use crate::context::{ByClass, Context};

/// The hand-outs of all components.
pub(crate) struct HandOuts {
    /// `public` without its items: matches what is written, negations by definition.
    written: FxHashMap<ComponentId, Selector>,
    /// Who hands out an item (and everything inside it), by definition; sorted.
    by_definition: FxHashMap<ItemId, Vec<ComponentId>>,
    by_class: RefCell<ByClass<Option<ComponentId>>>,
}

impl HandOuts {
    pub(crate) fn new(ctx: &Context<'_>) -> Self {
        let mut written = FxHashMap::default();
        for (id, component) in (0..).map(ComponentId).zip(&ctx.policy.components) {
            if let Some(public) = &component.public {
                let mut only_written = public.clone();
                only_written.roots.clear();
                only_written.components.clear();
                written.insert(id, only_written);
            }
        }
        let mut by_definition: FxHashMap<ItemId, Vec<ComponentId>> = FxHashMap::default();
        for link in ctx.graph.references() {
            if let Some(component) = handing_out(ctx, &link) {
                by_definition.entry(link.to).or_default().push(component);
            }
        }
        for components in by_definition.values_mut() {
            components.sort_unstable();
            components.dedup();
        }
        Self {
            written,
            by_definition,
            by_class: RefCell::new(ctx.by_class()),
        }
    }

    /// The component with a declared `public` through which a path is written.
    pub(crate) fn written_through(&self, ctx: &Context<'_>, link: &Link<'_>) -> Option<ComponentId> {
        self.by_class.borrow_mut().get(ctx, link, || {
            let component = ctx.component_of_written(link)?;
            let public = self.written.get(&component)?;
            public.term_of_reference(ctx.graph, ctx.policy, link).map(|_| component)
        })
    }

    /// Whether a reference from `from` goes through what one of these components hands out; without a declared `public`,
    /// everything of a component is public. What a macro's body wrote passes by the path that it wrote, and for whoever
    /// invokes the macro also where the macro itself is handed out: it is no hand-out to its own body.
    pub(crate) fn passes_through(
        &self,
        ctx: &Context<'_>,
        link: &Link<'_>,
        from: ItemId,
        through: &[ComponentId],
    ) -> bool {
        if through.is_empty() {
            return false;
        }
        let handed_out = match link.reference.inherited_from {
            Some(maker) if maker != from => ctx
                .policy
                .component_of(maker)
                .is_some_and(|owner| through.contains(&owner) && is_public(ctx, owner, maker)),
            Some(_) => false,
            None => {
                link.reference.pathless
                    && self
                        .handing_out(ctx, link.to)
                        .any(|component| through.contains(&component))
            }
        };
        handed_out || self.written_passes(ctx, link, through)
    }

    /// Whether the written path leads through what one of these components hands out: itself, or the path that a local
    /// alias in it stands for.
    fn written_passes(&self, ctx: &Context<'_>, link: &Link<'_>, through: &[ComponentId]) -> bool {
        let mut followed = Vec::new();
        self.written_passes_unless(ctx, link, through, &mut followed)
    }

    fn written_passes_unless(
        &self,
        ctx: &Context<'_>,
        link: &Link<'_>,
        through: &[ComponentId],
        followed: &mut Vec<ItemId>,
    ) -> bool {
        let itself = ctx.component_of_written(link).is_some_and(|owner| {
            let public = ctx.policy.component(owner).public.is_some();
            through.contains(&owner) && (!public || self.written_through(ctx, link) == Some(owner))
        });
        itself
            || written_alias(ctx, link).is_some_and(|alias| {
                if followed.contains(&alias) {
                    return false;
                }
                followed.push(alias);
                let mut stands_for = ctx.graph.references_from(alias);
                stands_for.any(|inner| {
                    leads_to_the_same(ctx, &inner, link) && self.written_passes_unless(ctx, &inner, through, followed)
                })
            })
    }

    /// The components that hand out an item, by its definition.
    pub(crate) fn handing_out<'s>(
        &'s self,
        ctx: &'s Context<'_>,
        to: ItemId,
    ) -> impl Iterator<Item = ComponentId> + 's {
        ctx.graph
            .lineage(to)
            .filter_map(|item| self.by_definition.get(&item))
            .flatten()
            .copied()
    }
}

/// The alias of examined code that a path names, or names something of.
fn written_alias(ctx: &Context<'_>, link: &Link<'_>) -> Option<ItemId> {
    let mut named = Context::named(link);
    named.find(|&item| ctx.graph.item(item).kind == ItemKind::TypeAlias && ctx.graph.is_examined(item))
}

/// Whether what an alias names is what a path through the alias comes to: the type itself, or something of it. Its generic
/// arguments are not.
fn leads_to_the_same(ctx: &Context<'_>, inner: &Link<'_>, outer: &Link<'_>) -> bool {
    let reached = |item: ItemId| Context::definitions(inner).any(|definition| definition == item);
    let mut ends = Context::definitions(outer);
    ends.any(|end| ctx.graph.lineage(end).any(reached))
}

/// Whether a component's declared `public`, if it has one, covers an item by its definition.
pub(crate) fn is_public(ctx: &Context<'_>, component: ComponentId, item: ItemId) -> bool {
    let public = ctx.policy.component(component).public.as_ref();
    public.is_none_or(|public| public.term_of_definition(ctx.graph, ctx.policy, item).is_some())
}

/// The component that a reference makes hand out its definition: by a re-export or an alias under its public paths.
fn handing_out(ctx: &Context<'_>, link: &Link<'_>) -> Option<ComponentId> {
    let from = ctx.graph.item(link.from);
    // What a `Deref` leads to is the `Target` of an impl.
    let is_alias = matches!(from.kind, ItemKind::TypeAlias | ItemKind::AssociatedType);
    let alias = is_alias && link.reference.exposed;
    if !(link.reference.reexport || alias) || ctx.is_dev_reference(link) {
        return None;
    }
    let component = ctx.policy.component_of(link.from)?;
    if ctx.policy.component_of(link.to) == Some(component) {
        return None;
    }
    let of_public_type = || {
        let block = from.parent.filter(|_| from.kind == ItemKind::AssociatedType);
        let mut types = block.into_iter().flat_map(|block| own_types(ctx, block));
        types.any(|of| is_public(ctx, component, of))
    };
    let public = is_public(ctx, component, link.from) || is_public(ctx, component, link.to) || of_public_type();
    public.then_some(component)
}
