//! References that leave their component (or, for a layering `within`, their submodule) and that neither `uses` nor a
//! layering allows. Worked out once; `layer-breach` and `undeclared-dependency` each report their part.

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{ItemId, ReferenceId};
use archguard_invariants::place::TextSpan;
use archguard_invariants::policy::{ComponentId, Permission};
use rustc_hash::FxHashMap;

use crate::blame::blame;
use crate::context::Context;

/// Why a crossing is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A layering between components denies it.
    Layering { layering: usize, siblings: bool },
    /// A layering `within` denies it; the submodules at both ends.
    Within {
        layering: usize,
        siblings: bool,
        from: ItemId,
        to: ItemId,
    },
    /// Not in the user's `uses`.
    NotInUses,
    /// Allowed to the component, and not in the `uses` of the package's own file.
    NotInPackage,
    /// The user has no `uses`, and no layering holds both.
    Undeclared,
}

/// One reference to one definition that is not allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crossing {
    pub(crate) link: ReferenceId,
    pub(crate) from: ItemId,
    pub(crate) to: ItemId,
    pub(crate) inherited: bool,
    pub(crate) user: ComponentId,
    pub(crate) provider: ComponentId,
    pub(crate) cause: Cause,
}

/// All of them, and how many references each declaration spoke of.
#[derive(Debug, Default)]
pub(crate) struct Crossings {
    pub(crate) denied: Vec<Crossing>,
    /// By layering.
    pub(crate) judged: Vec<usize>,
    /// By user.
    pub(crate) judged_of: FxHashMap<ComponentId, usize>,
}

type Ranks<K> = FxHashMap<K, (usize, TextSpan)>;

struct Judge<'c, 'a> {
    ctx: &'c Context<'a>,
    permissions: FxHashMap<(ComponentId, ComponentId), Permission>,
    ranks: Vec<Ranks<ComponentId>>,
    submodules: Vec<Ranks<ItemId>>,
    pairs: FxHashMap<(ComponentId, ComponentId), usize>,
    judged_within: Vec<usize>,
}

impl Crossings {
    pub(crate) fn new(ctx: &Context<'_>) -> Self {
        let mut judge = Judge::new(ctx);
        let mut denied = Vec::new();
        for link in ctx.graph.references() {
            for named in Context::named(&link) {
                judge.judge(&link, named, &mut denied);
            }
        }
        judge.finish(denied)
    }
}

impl<'c, 'a> Judge<'c, 'a> {
    fn new(ctx: &'c Context<'a>) -> Self {
        let layers = &ctx.policy.layers;
        Self {
            ctx,
            permissions: FxHashMap::default(),
            ranks: layers.iter().map(|layering| ranks(&layering.ranks)).collect(),
            submodules: layers.iter().map(|layering| ranks(&layering.submodules)).collect(),
            pairs: FxHashMap::default(),
            judged_within: vec![0; layers.len()],
        }
    }

    fn judge(&mut self, link: &Link<'_>, to: ItemId, denied: &mut Vec<Crossing>) {
        let ctx = self.ctx;
        let owner = ctx.policy.component_of(to);
        let Some(provider) = owner.filter(|_| ctx.graph.is_examined(to) && !ctx.is_annotation(to)) else {
            return;
        };
        // What the code of an external macro names counts as the macro's crate, whose invocation is judged by itself.
        if link
            .reference
            .inherited_from
            .is_some_and(|maker| !ctx.graph.is_examined(maker))
        {
            return;
        }
        let check_dev = ctx.judges_dev(false);
        let found = blame(ctx, link, check_dev, |from| self.cause(link, from, to, provider));
        if let Some(found) = found {
            let (user, provider, cause) = found.breach;
            let (from, inherited) = (found.from, found.inherited);
            denied.push(Crossing {
                link: link.id,
                from,
                to,
                inherited,
                user,
                provider,
                cause,
            });
        }
    }

    fn cause(
        &mut self,
        link: &Link<'_>,
        from: ItemId,
        to: ItemId,
        provider: ComponentId,
    ) -> Option<(ComponentId, ComponentId, Cause)> {
        let ctx = self.ctx;
        let user = ctx.policy.component_of(from).filter(|_| ctx.graph.is_examined(from))?;
        let dev = ctx.is_dev_reference(link) && !ctx.judges_dev(false);
        if user == provider {
            return self.within(from, to, dev).map(|cause| (user, provider, cause));
        }
        let provider = ctx.handouts().written_through(ctx, link).unwrap_or(provider);
        if user == provider {
            return None;
        }
        if dev {
            return self
                .layering_for_dev(user, provider)
                .map(|cause| (user, provider, cause));
        }
        *self.pairs.entry((user, provider)).or_default() += 1;
        let cause = match self.permission(user, provider) {
            Permission::Allowed if self.is_beyond_package(from, provider) => Cause::NotInPackage,
            Permission::Allowed => return None,
            Permission::DeniedByLayering { layering, siblings } => Cause::Layering { layering, siblings },
            Permission::NotInUses => Cause::NotInUses,
            Permission::Undeclared => Cause::Undeclared,
        };
        let handed_out = link.reference.pathless
            && link.reference.inherited_from.is_none()
            && ctx.handouts().handing_out(ctx, to).any(|owner| {
                let declared = ctx.policy.component(owner).public.is_some();
                declared && (owner == user || self.permission(user, owner) == Permission::Allowed)
            });
        (!handed_out).then_some((user, provider, cause))
    }

    /// Whether the file of the package that the code stands in leaves a component out of its `uses`.
    fn is_beyond_package(&self, from: ItemId, provider: ComponentId) -> bool {
        let package = self.ctx.policy.package_of(self.ctx.graph, from);
        let uses = package.and_then(|package| package.uses.as_ref());
        uses.is_some_and(|uses| uses.binary_search(&provider).is_err())
    }

    fn permission(&mut self, user: ComponentId, provider: ComponentId) -> Permission {
        let policy = self.ctx.policy;
        *self
            .permissions
            .entry((user, provider))
            .or_insert_with(|| policy.permission(user, provider))
    }

    /// Development code is judged by those layerings alone that say `dev = true`.
    fn layering_for_dev(&self, user: ComponentId, provider: ComponentId) -> Option<Cause> {
        self.ranks.iter().enumerate().find_map(|(layering, ranks)| {
            let bound = &self.ctx.policy.layers[layering];
            let judged = bound.rule.head.dev && bound.judges(user);
            let (from, to) = (ranks.get(&user)?.0, ranks.get(&provider)?.0);
            (judged && from >= to).then_some(Cause::Layering {
                layering,
                siblings: from == to,
            })
        })
    }

    /// The layerings within families: both ends in submodules of one member.
    fn within(&mut self, from: ItemId, to: ItemId, dev: bool) -> Option<Cause> {
        for layering in 0..self.submodules.len() {
            let ranks = &self.submodules[layering];
            if ranks.is_empty() || (dev && !self.ctx.policy.layers[layering].rule.head.dev) {
                continue;
            }
            let submodule = |item| self.ctx.graph.lineage(item).find(|outer| ranks.contains_key(outer));
            let (Some(from), Some(to)) = (submodule(from), submodule(to)) else {
                continue;
            };
            let ((from_rank, from_span), (to_rank, to_span)) = (ranks[&from], ranks[&to]);
            if from_span == to_span {
                continue;
            }
            self.judged_within[layering] += 1;
            if from_rank >= to_rank {
                return Some(Cause::Within {
                    layering,
                    siblings: from_rank == to_rank,
                    from,
                    to,
                });
            }
        }
        None
    }

    fn finish(self, denied: Vec<Crossing>) -> Crossings {
        let mut judged = self.judged_within;
        let mut judged_of: FxHashMap<ComponentId, usize> = FxHashMap::default();
        for (&(user, provider), &count) in &self.pairs {
            *judged_of.entry(user).or_default() += count;
            for (layering, ranks) in self.ranks.iter().enumerate() {
                let speaks = self.ctx.policy.layers[layering].judges(user);
                if speaks && ranks.contains_key(&user) && ranks.contains_key(&provider) {
                    judged[layering] += count;
                }
            }
        }
        Crossings {
            denied,
            judged,
            judged_of,
        }
    }
}

fn ranks<K: Copy + Eq + std::hash::Hash>(entries: &[(K, usize, TextSpan)]) -> Ranks<K> {
    entries.iter().map(|&(key, rank, span)| (key, (rank, span))).collect()
}
