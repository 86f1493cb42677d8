//! `requirement-unmet`: an item that a `require` selects lacks what the rule demands. Where only its place is wrong, that is
//! `misplaced-item`.

use archguard_invariants::finding::Lint;

use crate::context::Context;
use crate::requirement;
use crate::sink::Sink;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    for rule in &ctx.policy.requires {
        sink.matched(&rule.rule.head.id.value, rule.selected.len());
    }
    requirement::check(ctx, sink, Lint::RequirementUnmet);
}
