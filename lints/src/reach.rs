//! Who reaches what a prohibition names, through any chain of references: a search backwards from what is named, through
//! code outside the rule's scope, up to the last item inside it.

use std::collections::BTreeMap;

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{ItemId, ItemKind, ReferenceId};
use rustc_hash::FxHashMap;

use crate::blame::blame;
use crate::context::{ByItem, Context};
use crate::prohibition::Prohibition;
use crate::steps::{Steps, is_step};

/// One item inside the scope that reaches one definition.
pub(crate) struct Reached {
    pub(crate) from: ItemId,
    pub(crate) to: ItemId,
    /// The term of the targets that the chain ends in.
    pub(crate) term: usize,
    /// The shortest way; the first reference is the item's own.
    pub(crate) chain: Vec<ReferenceId>,
    /// All references of the item that lead there, by whatever way; whether a macro's invoker only inherits them.
    pub(crate) sites: Vec<(ReferenceId, bool)>,
}

/// A reference to what is prohibited: where chains end.
#[derive(Debug, Clone, Copy)]
struct End {
    reference: ReferenceId,
    term: usize,
}

/// The next reference of the shortest way from an item, and the item that it leads to; none at the end.
#[derive(Debug, Clone, Copy)]
struct Hop {
    reference: ReferenceId,
    next: Option<ItemId>,
}

/// A chain's beginning inside the scope.
struct Start {
    best: Hop,
    best_is_inherited: bool,
    sites: Vec<(ReferenceId, bool)>,
}

/// A search for one rule.
pub(crate) struct Search<'c, 'a> {
    ctx: &'c Context<'a>,
    prohibition: &'c Prohibition<'a>,
    steps: &'c Steps,
    /// Whether a chain may go on through an item: it is not the end of one, and not excepted.
    open: ByItem<bool>,
}

/// What one walk finds.
#[derive(Default)]
struct Walk {
    hops: FxHashMap<ItemId, Hop>,
    starts: BTreeMap<ItemId, Start>,
}

impl<'c, 'a> Search<'c, 'a> {
    pub(crate) fn new(ctx: &'c Context<'a>, prohibition: &'c Prohibition<'a>) -> Self {
        Self {
            ctx,
            prohibition,
            steps: ctx.steps(),
            open: ctx.by_item(),
        }
    }

    /// Everything that is reached, by definition, and how many references name what is prohibited.
    ///
    /// One walk from all ends together tells whether anything is reached at all, which is all that a rule without breach
    /// costs. Only then there is one for each definition, over the code that leads to it.
    pub(crate) fn run(mut self) -> (Vec<Reached>, usize) {
        let (ends, matched) = self.ends();
        let all: Vec<End> = ends.values().flatten().copied().collect();
        if self.walk(&all).starts.is_empty() {
            return (Vec::new(), matched);
        }
        let mut reached = Vec::new();
        for (to, ends) in ends {
            let walk = self.walk(&ends);
            reached.extend(walk.into_reached(to, &ends));
        }
        (reached, matched)
    }

    /// The references that end chains, by the definition that they name. A path that means several things ends at one.
    fn ends(&self) -> (BTreeMap<ItemId, Vec<End>>, usize) {
        let mut by_path: BTreeMap<_, (u8, ItemId, End)> = BTreeMap::new();
        let matched = self.prohibition.named(self.ctx, |link, term| {
            if self.prohibition.is_judged(self.ctx, link, term) {
                let to = self.prohibition.matched_definition(self.ctx, link);
                let reference = link.reference;
                let path = (link.from, reference.place, reference.kind, self.ctx.written(link));
                let end = End {
                    reference: link.id,
                    term,
                };
                let found = (self.rank(to), to, end);
                let known = by_path.entry(path).or_insert(found);
                if found.0 < known.0 {
                    *known = found;
                }
            }
        });
        let mut ends: BTreeMap<ItemId, Vec<End>> = BTreeMap::new();
        for (_, to, end) in by_path.into_values() {
            ends.entry(to).or_default().push(end);
        }
        for ends in ends.values_mut() {
            ends.sort_unstable_by_key(|end| end.reference);
        }
        (ends, matched)
    }

    /// Functions before others, macros last.
    fn rank(&self, item: ItemId) -> u8 {
        match self.ctx.graph.item(item).kind {
            ItemKind::Function | ItemKind::Method => 0,
            kind if kind.is_macro() => 2,
            _ => 1,
        }
    }

    /// Level by level backwards from the ends. Within a level by path, so that of equally short ways it is always the same.
    fn walk(&mut self, ends: &[End]) -> Walk {
        let mut walk = Walk::default();
        let mut level = Vec::new();
        for end in ends {
            let link = self.ctx.graph.link(end.reference);
            let hop = Hop {
                reference: end.reference,
                next: None,
            };
            let inside = |item| self.prohibition.is_inside(self.ctx, end.term, item);
            if !walk.begins(self, &link, hop, inside) && is_step(self.ctx.graph, &link) {
                level.extend(self.enter(&mut walk, &link, hop));
            }
        }
        while !level.is_empty() {
            level.sort_unstable_by_key(|&item| (&*self.ctx.graph.item(item).path, item));
            let mut outer = Vec::new();
            for item in level {
                for &reference in self.steps.leading_to(item) {
                    let link = self.ctx.graph.link(reference);
                    let hop = Hop {
                        reference,
                        next: Some(item),
                    };
                    let is_end = |from| self.is_end(from);
                    if !self.prohibition.is_exempt(self.ctx, &link) && !walk.begins(self, &link, hop, is_end) {
                        outer.extend(self.enter(&mut walk, &link, hop));
                    }
                }
            }
            level = outer;
        }
        walk
    }

    /// The item that holds a reference, if a chain may go on through it and has not come there yet.
    fn enter(&mut self, walk: &mut Walk, link: &Link<'_>, hop: Hop) -> Option<ItemId> {
        let (ctx, prohibition) = (self.ctx, self.prohibition);
        let is_open = || {
            prohibition
                .targets
                .term_of_definition(ctx.graph, ctx.policy, link.from)
                .is_none()
                && !prohibition.speaks_of(ctx, link.from)
                && !prohibition.excepts(ctx, link.from)
        };
        if walk.hops.contains_key(&link.from) || !self.open.get(link.from, is_open) {
            return None;
        }
        if prohibition.passes(ctx, link, link.from) {
            return None;
        }
        walk.hops.insert(link.from, hop);
        Some(link.from)
    }

    /// Whether an item is itself what chains end at.
    fn is_end(&self, item: ItemId) -> bool {
        let (ctx, targets) = (self.ctx, self.prohibition.targets);
        targets.term_of_definition(ctx.graph, ctx.policy, item).is_some()
    }
}

impl Walk {
    /// Notes the chain if it begins here, with code that the rule speaks of; what is itself prohibited may name itself.
    fn begins(
        &mut self,
        search: &Search<'_, '_>,
        link: &Link<'_>,
        hop: Hop,
        is_inside: impl Fn(ItemId) -> bool,
    ) -> bool {
        let (ctx, prohibition) = (search.ctx, search.prohibition);
        let judges_dev = ctx.judges_dev(prohibition.head.dev);
        let found = blame(ctx, link, judges_dev, |from| {
            (prohibition.holds(ctx, link, from) && !is_inside(from)).then_some(())
        });
        let Some(found) = found else {
            return false;
        };
        let start = self.starts.entry(found.from).or_insert_with(|| Start {
            best: hop,
            best_is_inherited: found.inherited,
            sites: Vec::new(),
        });
        start.sites.push((link.id, found.inherited));
        if start.best_is_inherited && !found.inherited {
            (start.best, start.best_is_inherited) = (hop, false);
        }
        true
    }

    fn into_reached(self, to: ItemId, ends: &[End]) -> impl Iterator<Item = Reached> {
        let Self { hops, starts } = self;
        let terms: FxHashMap<ReferenceId, usize> = ends.iter().map(|end| (end.reference, end.term)).collect();
        starts.into_iter().map(move |(from, start)| {
            let way = std::iter::successors(Some(start.best), |hop| hops.get(&hop.next?).copied());
            let chain: Vec<ReferenceId> = way.map(|hop| hop.reference).collect();
            let last = chain.last().and_then(|last| terms.get(last));
            Reached {
                from,
                to,
                term: last.copied().unwrap_or_default(),
                chain,
                sites: start.sites,
            }
        })
    }
}
