//! `layer-breach`: a component (or, `within` a family, a submodule) uses one above it or a sibling.

use archguard_invariants::finding::Lint;
use archguard_invariants::place::TextSpan;

use crate::blame::site;
use crate::context::Context;
use crate::crossing::{Cause, Crossing};
use crate::sink::{Details, Key, Sink};

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    let crossings = ctx.crossings();
    for (layering, &judged) in ctx.policy.layers.iter().zip(&crossings.judged) {
        sink.matched(&layering.rule.head.id.value, judged);
    }
    for crossing in &crossings.denied {
        let (Cause::Layering { layering, .. } | Cause::Within { layering, .. }) = crossing.cause else {
            continue;
        };
        let rule = ctx.policy.layers[layering].rule.head.id.value.clone();
        let key = Key {
            rule,
            lint: Lint::LayerBreach,
            from: crossing.from,
            to: Some(crossing.to),
        };
        let link = ctx.graph.link(crossing.link);
        sink.report(key, site(&link, crossing.inherited), || {
            details(ctx, crossing, layering)
        });
    }
}

fn details(ctx: &Context<'_>, crossing: &Crossing, layering: usize) -> Details {
    let bound = &ctx.policy.layers[layering];
    let link = ctx.graph.link(crossing.link);
    let (user, provider, siblings, span) = match crossing.cause {
        Cause::Within { siblings, from, to, .. } => {
            let path = |item| ctx.graph.item(item).path.to_string();
            let entry = bound.submodules.iter().find(|&&(item, ..)| item == to);
            (path(from), path(to), siblings, entry.map(|&(.., span)| span))
        }
        Cause::Layering { siblings, .. } => (
            ctx.name(crossing.user).to_owned(),
            ctx.name(crossing.provider).to_owned(),
            siblings,
            entry(ctx, crossing, layering),
        ),
        Cause::NotInUses | Cause::NotInPackage | Cause::Undeclared => {
            unreachable!("only denials by a layering come here")
        }
    };
    let order = if siblings {
        format!("`{user}` and `{provider}` are siblings, which may not use each other")
    } else {
        format!("`{provider}` is a layer above `{user}`")
    };
    let base = Details::of_rule(&bound.rule.head);
    Details {
        written: ctx.written(&link).to_owned(),
        continues_deed: true,
        message: format!(", but {order}"),
        policy_span: span.or(base.policy_span),
        ..base
    }
}

/// The entry of `order` that holds the provider component.
fn entry(ctx: &Context<'_>, crossing: &Crossing, layering: usize) -> Option<TextSpan> {
    let ranks = &ctx.policy.layers[layering].ranks;
    ranks
        .iter()
        .find(|&&(component, ..)| component == crossing.provider)
        .map(|&(.., span)| span)
}
