//! What `forbid` and `mandate` share: something belongs to nobody, or to one component alone.

use std::cell::RefCell;

use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{ItemId, ReferenceKind};
use archguard_invariants::policy::bound::{BoundForbid, BoundMandate};
use archguard_invariants::policy::model::RuleHead;
use archguard_invariants::policy::{ComponentId, Scope, Selector};
use rustc_hash::FxHashMap;

use crate::blame::{Blame, blame};
use crate::context::{ByClass, ByItem, Context};

/// A prohibition, whichever rule it came from.
pub(crate) struct Prohibition<'a> {
    pub(crate) head: &'a RuleHead,
    scope: &'a Scope,
    pub(crate) targets: &'a Selector,
    /// Code that it does not speak of: the shared component of a mandate.
    shared: Option<&'a Selector>,
    through: &'a [ComponentId],
    /// Only these kinds; all if empty.
    kinds: &'a [ReferenceKind],
    /// Only what can be seen from outside the component.
    public: bool,
    memo: RefCell<Memo>,
}

struct Memo {
    terms: ByClass<Option<usize>>,
    spoken_of: ByItem<bool>,
    inside: FxHashMap<(usize, ItemId), bool>,
}

/// A breach of a prohibition.
pub(crate) struct Breach {
    pub(crate) from: ItemId,
    pub(crate) to: ItemId,
    /// The term of the targets.
    pub(crate) term: usize,
    pub(crate) inherited: bool,
}

impl<'a> Prohibition<'a> {
    /// A `forbid`.
    pub(crate) fn of_forbid(ctx: &Context<'a>, forbid: &'a BoundForbid<'a>) -> Self {
        Self {
            head: &forbid.rule.head,
            scope: &forbid.scope,
            targets: &forbid.targets,
            shared: None,
            through: &forbid.through,
            kinds: &forbid.rule.kinds.kinds,
            public: forbid.rule.kinds.public,
            memo: RefCell::new(Memo::new(ctx)),
        }
    }

    /// A `mandate`.
    pub(crate) fn of_mandate(ctx: &Context<'a>, mandate: &'a BoundMandate<'a>) -> Self {
        Self {
            head: &mandate.rule.head,
            scope: &mandate.scope,
            targets: &mandate.instead_of,
            shared: Some(&mandate.shared),
            through: &mandate.through,
            kinds: &[],
            public: false,
            memo: RefCell::new(Memo::new(ctx)),
        }
    }

    /// Calls `report` for every breach, in order of references; returns how many references name what is prohibited,
    /// allowed ones included.
    pub(crate) fn judge(&self, ctx: &Context<'_>, mut report: impl FnMut(&Link<'_>, Breach)) -> usize {
        self.named(ctx, |link, term| {
            if let Some(found) = self.breach(ctx, link, term) {
                let to = self.matched_definition(ctx, link);
                report(
                    link,
                    Breach {
                        from: found.from,
                        to,
                        term,
                        inherited: found.inherited,
                    },
                );
            }
        })
    }

    /// Calls `see` for every reference that names what is prohibited, with the term, in order; returns how many there are.
    pub(crate) fn named(&self, ctx: &Context<'_>, mut see: impl FnMut(&Link<'_>, usize)) -> usize {
        let mut matched = 0;
        for link in ctx.graph.references().filter(|link| ctx.graph.is_examined(link.from)) {
            let ask = || self.targets.term_of_reference(ctx.graph, ctx.policy, &link);
            let term = self.memo.borrow_mut().terms.get(ctx, &link, ask);
            if let Some(term) = term {
                matched += 1;
                see(&link, term);
            }
        }
        matched
    }

    fn breach(&self, ctx: &Context<'_>, link: &Link<'_>, term: usize) -> Option<Blame<()>> {
        if !self.is_judged(ctx, link, term) {
            return None;
        }
        blame(ctx, link, ctx.judges_dev(self.head.dev), |from| {
            let breach = self.holds(ctx, link, from)
                && !self.is_inside(ctx, term, from)
                && (!self.public || ctx.border().shows(ctx, link, from));
            breach.then_some(())
        })
    }

    /// Whether a reference that names what is prohibited is judged at all: its kind is, its code is, and it does not come
    /// out of a macro that is itself prohibited. That is a breach where it is invoked; what it expands to adds nothing.
    pub(crate) fn is_judged(&self, ctx: &Context<'_>, link: &Link<'_>, term: usize) -> bool {
        let maker = link.reference.inherited_from;
        !self.is_exempt(ctx, link)
            && self.speaks_of_kind(link.reference.kind)
            && !maker.is_some_and(|maker| self.is_inside(ctx, term, maker))
    }

    /// Whether a reference is development code that the rule leaves alone.
    pub(crate) fn is_exempt(&self, ctx: &Context<'_>, link: &Link<'_>) -> bool {
        !ctx.judges_dev(self.head.dev) && ctx.is_dev_reference(link)
    }

    /// Whether the rule speaks of an item's code, and nothing lets this reference of it pass.
    pub(crate) fn holds(&self, ctx: &Context<'_>, link: &Link<'_>, from: ItemId) -> bool {
        self.speaks_of(ctx, from) && !self.passes(ctx, link, from)
    }

    /// Whether the rule takes an item's code out by `except`.
    pub(crate) fn excepts(&self, ctx: &Context<'_>, item: ItemId) -> bool {
        let except = self.scope.except.as_ref();
        except.is_some_and(|list| list.term_of_definition(ctx.graph, ctx.policy, item).is_some())
    }

    /// Whether what a component hands out covers the reference.
    pub(crate) fn passes(&self, ctx: &Context<'_>, link: &Link<'_>, from: ItemId) -> bool {
        ctx.handouts().passes_through(ctx, link, from, self.through)
    }

    /// Whether the rule speaks of a kind of reference.
    pub(crate) fn speaks_of_kind(&self, kind: ReferenceKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether the rule speaks of an item's code.
    pub(crate) fn speaks_of(&self, ctx: &Context<'_>, from: ItemId) -> bool {
        self.memo.borrow_mut().spoken_of.get(from, || {
            let shared = self
                .shared
                .is_some_and(|it| it.term_of_definition(ctx.graph, ctx.policy, from).is_some());
            !shared && self.scope.contains(ctx.graph, ctx.policy, from)
        })
    }

    /// What a prohibition names may name itself: whether an item lies in what the term covers by definition.
    pub(crate) fn is_inside(&self, ctx: &Context<'_>, term: usize, from: ItemId) -> bool {
        *self.memo.borrow_mut().inside.entry((term, from)).or_insert_with(|| {
            let owner = ctx.policy.component_of(from);
            let mut components = self.targets.components.iter();
            components.any(|&(id, of)| of == term && owner == Some(id)) || self.is_below_root(ctx, term, from)
        })
    }

    fn is_below_root(&self, ctx: &Context<'_>, term: usize, from: ItemId) -> bool {
        let module = ctx.graph.item(from).module;
        ctx.graph.lineage(from).any(|outer| {
            // Roots are sorted by item.
            let start = self.targets.roots.partition_point(|(root, _)| root.item < outer);
            let here = self.targets.roots[start..]
                .iter()
                .take_while(|(root, _)| root.item == outer);
            let mut of_term = here.filter(|&&(_, of)| of == term);
            of_term.any(|(root, _)| !root.own_only || module == ctx.graph.item(outer).module)
        })
    }

    /// The definition that the rule names, where a reference has two. Whether a negation takes the reference away has been
    /// decided: here it only tells which of the two is meant.
    pub(crate) fn matched_definition(&self, ctx: &Context<'_>, link: &Link<'_>) -> ItemId {
        let covered = |to: &ItemId| self.targets.term_of_definition(ctx.graph, ctx.policy, *to).is_some();
        Context::definitions(link).find(covered).unwrap_or(link.to)
    }
}

impl Memo {
    fn new(ctx: &Context<'_>) -> Self {
        Self {
            terms: ctx.by_class(),
            spoken_of: ctx.by_item(),
            inside: FxHashMap::default(),
        }
    }
}
