//! `leaked-type`: what a `forbid` with `as = "public"` names can be seen from outside the component.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::query::Link;
use archguard_invariants::policy::bound::BoundForbid;

use crate::blame::site;
use crate::context::Context;
use crate::judges::forbidden_use::of_forbid;
use crate::prohibition::{Breach, Prohibition};
use crate::sink::{Details, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    for forbid in ctx.policy.forbids.iter().filter(|forbid| forbid.rule.kinds.public) {
        let prohibition = Prohibition::of_forbid(ctx, forbid);
        let rule = &forbid.rule.head.id.value;
        let matched = prohibition.judge(ctx, |link, breach| {
            let key = Key {
                rule: rule.clone(),
                lint: Lint::LeakedType,
                from: breach.from,
                to: Some(breach.to),
            };
            sink.report(key, site(link, breach.inherited), || {
                details(ctx, forbid, link, &breach)
            });
        });
        sink.matched(rule, matched);
    }
}

fn details(ctx: &Context<'_>, forbid: &BoundForbid<'_>, link: &Link<'_>, breach: &Breach) -> Details {
    let border = match ctx.policy.component_of(breach.from) {
        Some(component) => format!("code outside `{}`", ctx.name(component)),
        None => "code outside its module".to_owned(),
    };
    let target = wording::target(ctx, link.reference, breach.to);
    let from = wording::item(ctx, breach.from);
    let kinship = wording::kinship(ctx, &forbid.targets, breach.term, link.reference, breach.to);
    let verb = if link.reference.reexport { "re-exports" } else { "shows" };
    Details {
        written: ctx.written(link).to_owned(),
        message: format!("{from} {verb} {target} to {border}{kinship}"),
        ..of_forbid(forbid, breach.term)
    }
}
