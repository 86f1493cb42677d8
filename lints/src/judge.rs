//! Runs all judges and puts what they found into one stable order.

use archguard_invariants::finding::{Lint, RawFinding};
use archguard_invariants::graph::Graph;
use archguard_invariants::place::Place;
use archguard_invariants::policy::BoundPolicy;
use tracing::info_span;

use crate::context::Context;
use crate::origins::drop_duplicates;
use crate::registry;
use crate::report::{RuleReport, reports};
use crate::sink::{Found, Sink};
use crate::wording;

/// What the judges say.
#[derive(Debug)]
pub struct Judgement {
    /// All findings, ordered by the place to show, rule, ends.
    pub findings: Vec<RawFinding>,
    /// Every rule of the policy, and the reserved ones that fired.
    pub rules: Vec<RuleReport>,
}

/// Judges a graph by a policy bound to it. The same input gives the same output, to the byte.
pub fn judge(graph: &Graph, policy: &BoundPolicy<'_>) -> Judgement {
    let ctx = Context::new(graph, policy);
    let mut sink = Sink::default();
    for (lint, check) in registry::ALL {
        info_span!("lint", id = lint.id()).in_scope(|| check(&ctx, &mut sink));
    }
    let (mut found, matched) = sink.into_parts();
    for finding in &mut found {
        // What a chain begins with is what its message and its hops speak of.
        let first = finding
            .details
            .chain
            .first()
            .filter(|_| finding.key.lint == Lint::ForbiddenReach);
        let first = first.map(|&id| ctx.graph.link(id).reference.place);
        finding.sites.sort_by_key(|found| {
            let place = found.site.place;
            (
                first.is_some_and(|first| first != place),
                found.inherited,
                shown(graph, place),
            )
        });
    }
    let mut found = drop_duplicates(graph, found);
    for finding in &mut found {
        say_the_deed(&ctx, finding);
    }
    found.sort_by_cached_key(|finding| order(graph, finding));
    let rules = reports(policy, &found, &matched);
    Judgement {
        findings: found.into_iter().map(Found::into_raw).collect(),
        rules,
    }
}

/// Puts what the code at the first site does before the message.
fn say_the_deed(ctx: &Context<'_>, finding: &mut Found) {
    let reference = finding.sites.first().and_then(|found| found.site.reference.as_ref());
    if let (true, Some(reference), Some(to)) = (finding.details.continues_deed, reference, finding.key.to) {
        let deed = wording::deed(ctx, reference, finding.key.from, to);
        finding.details.message.insert_str(0, &deed);
    }
}

type Shown<'g> = (&'g str, Place);

/// A place as it is ordered: by the file's printed path.
fn shown(graph: &Graph, place: Place) -> Shown<'_> {
    (&graph.file(place.file).display, place)
}

fn order<'g>(graph: &'g Graph, finding: &Found) -> (Option<Shown<'g>>, String, &'static str, &'g str, Option<&'g str>) {
    let key = &finding.key;
    let path = |item| &*graph.item(item).path;
    (
        finding.sites.first().map(|found| shown(graph, found.site.place)),
        key.rule.as_str().to_owned(),
        key.lint.id(),
        path(key.from),
        key.to.map(path),
    )
}
