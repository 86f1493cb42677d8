//! `crate-not-allowed`: a component with `crates` uses an external crate outside that list.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::query::Link;
use archguard_invariants::graph::{CrateOrigin, ItemId};
use archguard_invariants::policy::{ComponentId, Selector};
use rustc_hash::FxHashMap;

use crate::blame::site;
use crate::context::{ByClass, Context};
use crate::sink::{Details, Key, Sink};

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    if ctx.policy.components.iter().all(|component| component.crates.is_none()) {
        return;
    }
    let mut judged: FxHashMap<ComponentId, usize> = FxHashMap::default();
    let mut memo: FxHashMap<ComponentId, ByClass<bool>> = FxHashMap::default();
    for link in ctx.graph.references().filter(|link| is_judged(ctx, link)) {
        let Some(user) = ctx.policy.component_of(link.from) else {
            continue;
        };
        let Some(crates) = &ctx.policy.component(user).crates else {
            continue;
        };
        let Some(to) = Context::named(&link).find(|&to| is_external(ctx, to)) else {
            continue;
        };
        *judged.entry(user).or_default() += 1;
        let allowed = memo.entry(user).or_insert_with(|| ctx.by_class());
        if !allowed.get(ctx, &link, || is_allowed(ctx, &link, crates)) {
            let rule = ctx.component_rule(user, "crates");
            let key = Key {
                rule,
                lint: Lint::CrateNotAllowed,
                from: link.from,
                to: Some(to),
            };
            sink.report(key, site(&link, false), || details(ctx, &link, user, to));
        }
    }
    for (user, count) in judged {
        sink.matched(&ctx.component_rule(user, "crates"), count);
    }
}

/// What has no path of its own, or came out of a macro, was judged where the value or the macro came from.
fn is_judged(ctx: &Context<'_>, link: &Link<'_>) -> bool {
    let own = !link.reference.pathless && link.reference.inherited_from.is_none() && ctx.graph.is_examined(link.from);
    own && (ctx.judges_dev(false) || !ctx.is_dev_reference(link))
}

fn is_external(ctx: &Context<'_>, item: ItemId) -> bool {
    let origin = ctx.graph.krate(ctx.graph.item(item).krate).origin;
    matches!(origin, CrateOrigin::External | CrateOrigin::Opaque)
}

/// Listed, or handed out by a component under its public paths.
fn is_allowed(ctx: &Context<'_>, link: &Link<'_>, crates: &Selector) -> bool {
    crates.term_of_reference(ctx.graph, ctx.policy, link).is_some()
        || ctx.handouts().written_through(ctx, link).is_some()
}

fn details(ctx: &Context<'_>, link: &Link<'_>, user: ComponentId, to: ItemId) -> Details {
    let user_name = ctx.name(user);
    let defining = &ctx.graph.krate(ctx.graph.item(to).krate).name;
    // Listing the crate that is written would do as well, where that is one: it hands the item out.
    let written = link.reference.written.split("::").next().unwrap_or_default();
    let mut facades = ctx
        .graph
        .crates()
        .iter()
        .filter(|krate| krate.origin == CrateOrigin::External);
    let missing = if *written != **defining && facades.any(|krate| *krate.name == *written) {
        format!("lists neither `{written}` nor `{defining}`, the crate that defines it,")
    } else {
        format!("does not list the crate `{defining}`")
    };
    Details {
        written: link.reference.written.to_string(),
        continues_deed: true,
        message: format!(", but `{user_name}` {missing} in its `crates`"),
        policy_span: ctx.declaration(user).crates.as_ref().map(|crates| crates.span),
        ..Details::default()
    }
}
