//! `unresolved-suspect`: a path that led to no definition, but into what a prohibition names.

use archguard_invariants::finding::{Lint, Site};
use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{Evidence, ItemId, Reference, ReferenceId, Unresolved};
use archguard_invariants::policy::Selector;
use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::prohibition::Prohibition;
use crate::sink::{Details, FoundSite, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    if ctx.graph.unresolved().is_empty() {
        return;
    }
    let forbids = ctx.policy.forbids.iter().filter(|forbid| !forbid.rule.kinds.public);
    let forbids = forbids.map(|forbid| Prohibition::of_forbid(ctx, forbid));
    let mandates = ctx
        .policy
        .mandates
        .iter()
        .map(|mandate| Prohibition::of_mandate(ctx, mandate));
    for prohibition in forbids.chain(mandates) {
        let ways = Ways::new(ctx, prohibition.targets);
        for unresolved in ctx.graph.unresolved() {
            if let Some((lead, term)) = suspect(ctx, &prohibition, &ways, unresolved) {
                report(ctx, sink, &prohibition, unresolved, (lead, term));
            }
        }
    }
}

/// Where an unresolved path may lead that the prohibition names, with the term.
fn suspect(
    ctx: &Context<'_>,
    prohibition: &Prohibition<'_>,
    ways: &Ways<'_>,
    unresolved: &Unresolved,
) -> Option<(ItemId, usize)> {
    let from = unresolved.from;
    let dev = unresolved.dev || ctx.is_dev(from);
    if dev && !ctx.judges_dev(prohibition.head.dev) || !prohibition.speaks_of_kind(unresolved.kind) {
        return None;
    }
    let term = |lead| {
        named(ctx, prohibition.targets, unresolved, lead)
            .or_else(|| ways.inside(ctx.graph.text(unresolved.written), lead))
    };
    let (lead, term) = unresolved.leads.iter().find_map(|&lead| Some((lead, term(lead)?)))?;
    let breach = ctx.graph.is_examined(from) && prohibition.speaks_of(ctx, from);
    (breach && !prohibition.is_inside(ctx, term, from)).then_some((lead, term))
}

/// The term that names the lead, or the path as written.
fn named(ctx: &Context<'_>, targets: &Selector, unresolved: &Unresolved, lead: ItemId) -> Option<usize> {
    let reference = as_reference(unresolved);
    let link = Link {
        id: ReferenceId::end(),
        from: unresolved.from,
        to: lead,
        reference: &reference,
    };
    targets.term_of_reference(ctx.graph, ctx.policy, &link)
}

/// The names on the way from a module or type to what a prohibition names inside it, with the term.
struct Ways<'g> {
    next: FxHashMap<(ItemId, &'g str), usize>,
}

impl<'g> Ways<'g> {
    fn new(ctx: &Context<'g>, targets: &Selector) -> Self {
        let mut next = FxHashMap::default();
        for &(root, term) in &targets.roots {
            for inner in ctx.graph.lineage(root.item) {
                let item = ctx.graph.item(inner);
                let name = item.path.rsplit("::").next().unwrap_or_default();
                if let Some(outer) = item.parent {
                    next.entry((outer, name)).or_insert(term);
                }
            }
        }
        Self { next }
    }

    /// The term for something inside the lead that the path may mean: it speaks of the next name on the way there.
    fn inside(&self, written: &str, lead: ItemId) -> Option<usize> {
        let mut names = written.split("::");
        names.find_map(|name| self.next.get(&(lead, name)).copied())
    }
}

fn as_reference(unresolved: &Unresolved) -> Reference {
    Reference {
        written: unresolved.written,
        kind: unresolved.kind,
        place: unresolved.place,
        evidence: Evidence::SOURCE,
        resolution: None,
        pathless: false,
        exposed: false,
        reexport: false,
        dev: unresolved.dev,
        cfg: unresolved.cfg,
        self_type: None,
        inherited_from: None,
        also: None,
    }
}

fn report(
    ctx: &Context<'_>,
    sink: &mut Sink,
    prohibition: &Prohibition<'_>,
    unresolved: &Unresolved,
    (lead, term): (ItemId, usize),
) {
    let rule = prohibition.head.id.value.clone();
    let key = Key {
        rule,
        lint: Lint::UnresolvedSuspect,
        from: unresolved.from,
        to: Some(lead),
    };
    let site = Site {
        place: unresolved.place,
        reference: Some(as_reference(unresolved)),
    };
    sink.report(key, FoundSite { site, inherited: false }, || {
        let named = prohibition.targets.terms.get(term);
        let (from, lead) = (wording::item(ctx, unresolved.from), wording::item(ctx, lead));
        let (written, reason) = (ctx.graph.text(unresolved.written), unresolved.reason.word());
        let id = prohibition.head.id.value.as_str();
        Details {
            written: written.to_owned(),
            message: format!(
                "{from} writes `{written}`, which does not resolve ({reason}) and may lead into {lead}, which `{id}` prohibits here"
            ),
            policy_span: named.map(|&(_, span)| span),
            ..Details::of_rule(prohibition.head)
        }
    });
}
