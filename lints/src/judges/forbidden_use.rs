//! `forbidden-use`: what a `forbid` names is used in its scope.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::query::Link;
use archguard_invariants::policy::bound::BoundForbid;

use crate::blame::site;
use crate::context::Context;
use crate::prohibition::{Breach, Prohibition};
use crate::sink::{Details, Key, Sink};
use crate::wording;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    for forbid in ctx.policy.forbids.iter().filter(|forbid| is_direct(forbid)) {
        let prohibition = Prohibition::of_forbid(ctx, forbid);
        let rule = &forbid.rule.head.id.value;
        let matched = prohibition.judge(ctx, |link, breach| {
            let key = Key {
                rule: rule.clone(),
                lint: Lint::ForbiddenUse,
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

fn is_direct(forbid: &BoundForbid<'_>) -> bool {
    !forbid.rule.kinds.public && !forbid.rule.transitive
}

fn details(ctx: &Context<'_>, forbid: &BoundForbid<'_>, link: &Link<'_>, breach: &Breach) -> Details {
    let kinship = wording::kinship(ctx, &forbid.targets, breach.term, link.reference, breach.to);
    Details {
        written: ctx.written(link).to_owned(),
        continues_deed: true,
        message: format!(", {}{kinship}", whose(forbid)),
        ..of_forbid(forbid, breach.term)
    }
}

/// Who may, or who may not.
pub(crate) fn whose(forbid: &BoundForbid<'_>) -> String {
    match (&forbid.scope.within, &forbid.scope.except) {
        (None, Some(except)) => format!("which only {} may use", wording::terms(except)),
        (Some(within), _) => format!("which {} must not use", wording::terms(within)),
        (None, None) => format!("which `{}` forbids", forbid.rule.head.id.value.as_str()),
    }
}

/// What the rule says for all its findings, and of the term in particular: its place and its replacement.
pub(crate) fn of_forbid(forbid: &BoundForbid<'_>, named: usize) -> Details {
    let mut details = Details::of_rule(&forbid.rule.head);
    details.policy_span = forbid.targets.terms.get(named).map(|&(_, span)| span);
    if let Some((_, replacement)) = forbid.rule.replacements.iter().find(|&&(term, _)| term == named) {
        details.instead = vec![replacement.clone()];
    }
    details
}
