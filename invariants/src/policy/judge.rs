//! The questions that lints ask a bound policy: may this use that, does this list cover that, does the rule speak of it.

use std::sync::Arc;

use super::bound::{BoundLayering, BoundPackage, BoundPolicy, BoundUses, ComponentId, Permission, Scope, Selector};
use crate::graph::query::Link;
use crate::graph::{Graph, ItemId, ItemKind, ReferenceKind, SharedAnnotation, TypeShape};
use crate::pattern::PathPattern;

impl BoundPolicy<'_> {
    /// The component that owns an item: the nearest claim on the item, what it is defined in, or its module.
    pub fn component_of(&self, item: ItemId) -> Option<ComponentId> {
        self.owners[item.index()]
    }

    /// The component by whose path something is written, whatever it leads to: the nearest claim on the text.
    pub fn component_of_written(&self, written: &str) -> Option<ComponentId> {
        let claim = |path: &str, own_only: bool| {
            let found = self
                .claimed
                .binary_search_by(|(claimed, own, _)| (&**claimed, *own).cmp(&(path, own_only)));
            found.ok().map(|at| self.claimed[at].2)
        };
        let ends = std::iter::once(written.len()).chain(written.rmatch_indices("::").map(|(at, _)| at));
        ends.enumerate().find_map(|(below, end)| {
            let path = &written[..end];
            // Of `x::self` the text `x::y` is taken for an item, `x::y::z` for something in a child module.
            let own = if below < 2 { claim(path, true) } else { None };
            own.or_else(|| claim(path, false))
        })
    }

    /// What the package's own file says that an item's code stands in.
    pub fn package_of(&self, graph: &Graph, item: ItemId) -> Option<&BoundPackage<'_>> {
        let index = *self.package_of.get(graph.item(item).krate.0 as usize)?;
        self.packages.get(index?)
    }

    /// Whether a component owns what is below a path and not only its own items; what no claim names, it does by lying inside
    /// of something claimed.
    pub(crate) fn claims_whole(&self, path: &str, owner: ComponentId) -> bool {
        let own = |own: bool| self.claimed.contains(&(path.into(), own, owner));
        own(false) || !own(true)
    }

    /// Whether a component claims exactly this path.
    pub(crate) fn claims_path(&self, path: &str) -> bool {
        let at = self.claimed.partition_point(|(claimed, ..)| **claimed < *path);
        self.claimed.get(at).is_some_and(|(claimed, ..)| **claimed == *path)
    }

    /// The paths that a component claims, and whether each is for the module alone.
    pub(crate) fn claims_of(&self, component: ComponentId) -> impl Iterator<Item = (&str, bool)> {
        let claims = self.claimed.iter().filter(move |(.., owner)| *owner == component);
        claims.map(|(path, own_only, _)| (&**path, *own_only))
    }

    /// The components of a name: itself, or all members of a family.
    pub fn components_named(&self, name: &str) -> Vec<ComponentId> {
        let is_named = |id: &ComponentId| {
            let component = self.component(*id);
            component.name.as_str() == name || component.family.as_ref().is_some_and(|family| family.as_str() == name)
        };
        self.ids().filter(is_named).collect()
    }

    /// All components, in order.
    pub fn ids(&self) -> impl Iterator<Item = ComponentId> + use<> {
        (0..u32::try_from(self.components.len()).unwrap_or(u32::MAX)).map(ComponentId)
    }

    /// What `uses` and the layerings say of `from` using `to`. Layerings `within` families are judged apart.
    pub fn permission(&self, from: ComponentId, to: ComponentId) -> Permission {
        if from == to {
            return Permission::Allowed;
        }
        let uses = self.component(from).uses.as_ref();
        if let Some(BoundUses::Only(list)) = uses
            && list.binary_search(&to).is_ok()
        {
            return Permission::Allowed;
        }
        if let Some((layering, siblings)) = self.denial(from, to) {
            return Permission::DeniedByLayering { layering, siblings };
        }
        match uses {
            Some(BoundUses::Everything) => Permission::Allowed,
            Some(BoundUses::Only(_)) => Permission::NotInUses,
            None if self.layers.iter().any(|layering| layering.ranks_of(from, to).is_some()) => Permission::Allowed,
            None => Permission::Undeclared,
        }
    }

    /// The first layering that denies a pair in development code.
    pub(crate) fn denial_in_dev(&self, from: ComponentId, to: ComponentId) -> Option<usize> {
        self.layers.iter().position(|layering| {
            let ranks = layering.ranks_of(from, to).filter(|_| layering.rule.head.dev);
            from != to && ranks.is_some_and(|(rank, other)| rank >= other)
        })
    }

    /// The first layering that denies a pair, and whether because they are siblings.
    pub(super) fn denial(&self, from: ComponentId, to: ComponentId) -> Option<(usize, bool)> {
        self.layers.iter().enumerate().find_map(|(index, layering)| {
            let (rank, other) = layering.ranks_of(from, to)?;
            (rank >= other).then_some((index, rank == other))
        })
    }
}

impl BoundLayering<'_> {
    /// Whether the layering speaks of this component's code.
    pub fn judges(&self, user: ComponentId) -> bool {
        self.users
            .as_ref()
            .is_none_or(|users| users.binary_search(&user).is_ok())
    }

    /// The submodule that a layering `within` ranks and an item lies in, and its rank.
    pub(crate) fn submodule_around(&self, graph: &Graph, item: ItemId) -> Option<(ItemId, usize)> {
        graph.lineage(item).find_map(|outer| {
            let mut ranked = self.submodules.iter();
            ranked
                .find(|&&(submodule, ..)| submodule == outer)
                .map(|&(_, rank, _)| (outer, rank))
        })
    }

    /// A component's rank, 0 at the top.
    pub fn rank_of(&self, component: ComponentId) -> Option<usize> {
        let at = self
            .ranks
            .binary_search_by_key(&component, |(ranked, _, _)| *ranked)
            .ok()?;
        Some(self.ranks[at].1)
    }

    fn ranks_of(&self, from: ComponentId, to: ComponentId) -> Option<(usize, usize)> {
        if !self.judges(from) {
            return None;
        }
        Some((self.rank_of(from)?, self.rank_of(to)?))
    }
}

impl Selector {
    /// Puts everything into the order that lookups rely on.
    pub(super) fn close(&mut self) {
        self.roots.sort_unstable();
        self.roots.dedup();
        self.components.sort_unstable();
        self.components.dedup();
        self.excluded.sort_unstable();
        self.excluded.dedup();
        self.children.sort_unstable();
    }

    /// The term that covers an item by its definition, negations applied: the nearest path around it, else the component
    /// that owns it; among equals the first in the list.
    pub fn term_of_definition(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> Option<usize> {
        let found = self.covering_term(graph, policy, item)?;
        (!self.is_excluded(graph, item)).then_some(found)
    }

    /// What the code that the list covers says is to be used, in order of path.
    pub fn entry_points<'g>(&self, graph: &'g Graph, policy: &BoundPolicy<'_>) -> Vec<&'g SharedAnnotation> {
        let shared = graph.annotations().shared.iter();
        shared
            .filter(|entry| self.term_of_definition(graph, policy, entry.item).is_some())
            .collect()
    }

    /// The term that covers a reference, by either definition or by what is written.
    ///
    /// Negations go by definition. What is called is one thing, whichever of its definitions says so: the trait's item and
    /// the type's, an alias and what it stands for. A negation that covers one of them, or the type whose item it is
    /// written as (`Arc` in `Arc::clone`), therefore takes the call away: who lets a type pass lets pass what can be done
    /// with it, and who lets a trait pass lets its implementations pass. The written type is a use of its own beside the
    /// call: only a negation that covers the type itself takes that away, so that `!driver::Executor` does not hide
    /// `driver::Pool` in `driver::Pool::execute`.
    pub fn term_of_reference(&self, graph: &Graph, policy: &BoundPolicy<'_>, link: &Link<'_>) -> Option<usize> {
        let reference = link.reference;
        let called = || std::iter::once(link.to).chain(reference.also);
        let by_call = || {
            let term = called()
                .find_map(|item| self.covering_term(graph, policy, item))
                .or_else(|| self.term_of_written(graph, link))
                .or_else(|| self.term_of_written_owner(graph, policy, link))?;
            let excluded = called()
                .chain(reference.self_type)
                .any(|item| self.is_excluded(graph, item));
            (!excluded).then_some(term)
        };
        by_call().or_else(|| self.term_of_definition(graph, policy, reference.self_type?))
    }

    /// Whether the list covers a type, by one of its definitions or by what is written.
    pub fn covers_type(&self, graph: &Graph, policy: &BoundPolicy<'_>, shape: &TypeShape) -> bool {
        let mut definitions = shape.items.iter();
        let mut written = self.written.iter();
        let covered = definitions.any(|&item| self.covering_term(graph, policy, item).is_some())
            || written
                .any(|(pattern, _)| !pattern.own_only && !pattern.macro_only && pattern.covers_path(&shape.written));
        covered && !shape.items.iter().any(|&item| self.is_excluded(graph, item))
    }

    /// The term that covers an item by its definition, negations left out.
    fn covering_term(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> Option<usize> {
        self.nearest_root(graph, item).or_else(|| self.owner_term(policy, item))
    }

    /// Whether a path of the list covers what a new child of a module would hold.
    pub(crate) fn covers_below(&self, graph: &Graph, module: ItemId) -> bool {
        let whole = |outer| self.roots.iter().any(|(root, _)| root.item == outer && !root.own_only);
        graph.lineage(module).any(whole)
    }

    /// Whether a `!pattern` of the list takes away what a new child of a module would hold.
    pub(crate) fn takes_away_below(&self, graph: &Graph, module: ItemId) -> bool {
        let whole = |outer| self.excluded.iter().any(|root| root.item == outer && !root.own_only);
        graph.lineage(module).any(whole)
    }

    fn nearest_root(&self, graph: &Graph, item: ItemId) -> Option<usize> {
        if self.roots.is_empty() {
            return None;
        }
        let mut below_module = false;
        for outer in graph.lineage(item) {
            let start = self.roots.partition_point(|(root, _)| root.item < outer);
            let here = self.roots[start..].iter().take_while(|(root, _)| root.item == outer);
            let term = here
                .filter(|(root, _)| !(root.own_only && below_module))
                .map(|(_, term)| *term)
                .min();
            if term.is_some() {
                return term;
            }
            below_module |= graph.item(outer).kind == ItemKind::Module;
        }
        None
    }

    fn owner_term(&self, policy: &BoundPolicy<'_>, item: ItemId) -> Option<usize> {
        if self.components.is_empty() {
            return None;
        }
        self.term_of_component(policy.component_of(item)?)
    }

    /// A component hands out what it re-exports: what is written by its path is its own for a prohibition. Where the
    /// definition itself is written, the definition has already answered.
    fn term_of_written_owner(&self, graph: &Graph, policy: &BoundPolicy<'_>, link: &Link<'_>) -> Option<usize> {
        let written = graph.text(link.reference.written);
        if self.components.is_empty() || *graph.item(link.to).path == *written {
            return None;
        }
        self.term_of_component(policy.component_of_written(written)?)
    }

    fn term_of_component(&self, component: ComponentId) -> Option<usize> {
        let start = self.components.partition_point(|(listed, _)| *listed < component);
        self.components
            .get(start)
            .filter(|(listed, _)| *listed == component)
            .map(|(_, term)| *term)
    }

    fn is_excluded(&self, graph: &Graph, item: ItemId) -> bool {
        if self.excluded.is_empty() {
            return false;
        }
        let mut below_module = false;
        for outer in graph.lineage(item) {
            let start = self.excluded.partition_point(|root| root.item < outer);
            let mut here = self.excluded[start..].iter().take_while(|root| root.item == outer);
            if here.any(|root| !(root.own_only && below_module)) {
                return true;
            }
            below_module |= graph.item(outer).kind == ItemKind::Module;
        }
        false
    }

    /// The first term whose pattern covers what is written.
    fn term_of_written(&self, graph: &Graph, link: &Link<'_>) -> Option<usize> {
        let written = graph.text(link.reference.written);
        let is_macro = || link.reference.kind == ReferenceKind::Macro || graph.item(link.to).kind.is_macro();
        let covers = |pattern: &PathPattern, term: usize| {
            if pattern.own_only {
                return self.covers_own(pattern, term, written);
            }
            pattern.covers_path(written) && (!pattern.macro_only || is_macro())
        };
        self.written
            .iter()
            .find(|(pattern, term)| covers(pattern, *term))
            .map(|(_, term)| *term)
    }

    /// `x::self`: `x` and what is in it, without its child modules.
    fn covers_own(&self, pattern: &PathPattern, term: usize, written: &str) -> bool {
        let below = written
            .match_indices("::")
            .find(|(at, _)| pattern.names_path(&written[..*at]))
            .map(|(at, _)| written[at + 2..].split("::").next().unwrap_or_default());
        match below {
            Some(name) => self
                .children
                .binary_search_by(|(index, child)| (*index, &**child).cmp(&(term, name)))
                .is_err(),
            None => pattern.names_path(written),
        }
    }
}

impl Scope {
    /// Whether the rule speaks of this item's code.
    pub fn contains(&self, graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> bool {
        let covers = |list: &Selector| list.term_of_definition(graph, policy, item).is_some();
        let is_of_package = |package: &Arc<str>| graph.krate(graph.item(item).krate).package == *package;
        self.package.as_ref().is_none_or(is_of_package)
            && self.within.as_ref().is_none_or(covers)
            && !self.except.as_ref().is_some_and(covers)
    }
}
