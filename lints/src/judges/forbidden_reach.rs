//! `forbidden-reach`: what a `forbid` with `transitive` names is reached from its scope, directly or through other code. One
//! finding for the last item inside the scope and each definition that it comes to.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::ReferenceId;
use archguard_invariants::policy::bound::BoundForbid;

use crate::blame::site;
use crate::context::Context;
use crate::judges::forbidden_use::{of_forbid, whose};
use crate::prohibition::Prohibition;
use crate::reach::{Reached, Search};
use crate::sink::{Details, Key, Sink};
use crate::wording;

/// How many items between the ends a message names.
const NAMED: usize = 3;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    for forbid in ctx.policy.forbids.iter().filter(|forbid| forbid.rule.transitive) {
        let prohibition = Prohibition::of_forbid(ctx, forbid);
        let rule = &forbid.rule.head.id.value;
        let (reached, matched) = Search::new(ctx, &prohibition).run();
        for found in reached {
            let key = Key {
                rule: rule.clone(),
                lint: Lint::ForbiddenReach,
                from: found.from,
                to: Some(found.to),
            };
            let sites = found
                .sites
                .iter()
                .map(|&(id, inherited)| site(&ctx.graph.link(id), inherited));
            let sites = sites.collect();
            sink.report_whole(key, sites, details(ctx, forbid, found));
        }
        sink.matched(rule, matched);
    }
}

fn details(ctx: &Context<'_>, forbid: &BoundForbid<'_>, found: Reached) -> Details {
    let base = of_forbid(forbid, found.term);
    let written = found
        .chain
        .last()
        .map(|&last| ctx.written(&ctx.graph.link(last)).to_owned());
    let whose = whose(forbid);
    let is_direct = found.chain.len() == 1;
    let message = if is_direct {
        format!(", {whose}")
    } else {
        let (from, to) = (wording::item(ctx, found.from), wording::item(ctx, found.to));
        format!("{from} reaches {to}, {whose}, through {}", between(ctx, &found.chain))
    };
    Details {
        written: written.unwrap_or_default(),
        continues_deed: is_direct,
        message,
        chain: found.chain,
        ..base
    }
}

/// The items that the chain goes through.
fn between(ctx: &Context<'_>, chain: &[ReferenceId]) -> String {
    let items = chain
        .iter()
        .skip(1)
        .map(|&id| &*ctx.graph.item(ctx.graph.link(id).from).path);
    let items: Vec<&str> = items.collect();
    if items.len() <= NAMED {
        return wording::list(items);
    }
    let shown: Vec<String> = items[..NAMED - 1].iter().map(|item| format!("`{item}`")).collect();
    format!("{} and {} more", shown.join(", "), items.len() - shown.len())
}
