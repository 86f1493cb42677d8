//! `mandate-bypassed`: what belongs to a shared component alone is used beside it.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::SharedAnnotation;
use archguard_invariants::graph::query::Link;
use archguard_invariants::policy::Selector;
use archguard_invariants::policy::bound::BoundMandate;

use crate::blame::site;
use crate::context::Context;
use crate::prohibition::{Breach, Prohibition};
use crate::sink::{Details, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    for mandate in &ctx.policy.mandates {
        let prohibition = Prohibition::of_mandate(ctx, mandate);
        let rule = &mandate.rule.head.id.value;
        let matched = prohibition.judge(ctx, |link, breach| {
            let key = Key {
                rule: rule.clone(),
                lint: Lint::MandateBypassed,
                from: breach.from,
                to: Some(breach.to),
            };
            sink.report(key, site(link, breach.inherited), || {
                details(ctx, mandate, link, &breach)
            });
        });
        sink.matched(rule, matched);
    }
}

fn details(ctx: &Context<'_>, mandate: &BoundMandate<'_>, link: &Link<'_>, breach: &Breach) -> Details {
    let mut details = Details::of_rule(&mandate.rule.head);
    if details.instead.is_empty() {
        details.instead = ways_in(ctx, &mandate.shared);
    }
    let owner = wording::terms(&mandate.shared);
    let kinship = wording::kinship(ctx, &mandate.instead_of, breach.term, link.reference, breach.to);
    ctx.written(link).clone_into(&mut details.written);
    details.continues_deed = true;
    details.message = format!(", which belongs to {owner} alone{kinship}");
    details.policy_span = mandate.instead_of.terms.get(breach.term).map(|&(_, span)| span);
    details
}

/// What the code itself says is to be used; else the public paths of the shared components; of code without a declared
/// `public`, the code as the policy names it.
fn ways_in(ctx: &Context<'_>, shared: &Selector) -> Vec<String> {
    let entries = shared.entry_points(ctx.graph, ctx.policy);
    if !entries.is_empty() {
        return entries.into_iter().map(SharedAnnotation::shown).collect();
    }
    let public = shared
        .components
        .iter()
        .filter_map(|&(id, _)| ctx.policy.component(id).public.as_ref());
    let ways: Vec<String> = public
        .flat_map(|public| &public.terms)
        .map(|(text, _)| text.to_string())
        .collect();
    if ways.is_empty() {
        shared.terms.iter().map(|(text, _)| text.to_string()).collect()
    } else {
        ways
    }
}
