//! `misplaced-item`: an item that a `require` selects stands in the wrong place, and lacks nothing else.

use archguard_invariants::finding::Lint;

use crate::context::Context;
use crate::requirement;
use crate::sink::Sink;

pub(crate) fn check(ctx: &Context<'_>, sink: &mut Sink) {
    requirement::check(ctx, sink, Lint::MisplacedItem);
}
