//! What people decided about findings: exceptions with a reason, an owner and an end, and the baseline of findings that
//! were there before the rules. Values and pure functions; what they do to a verdict is decided by [`crate::verdict`].

mod baseline;
mod baseline_document;
mod baseline_text;
mod circles;
mod exceptions;
mod growth;
mod inline;
mod known;
mod listing;

pub(crate) use baseline::Places;
pub use baseline::{Baseline, Frozen};
pub use baseline_document::{BaselineChange, BaselineDocument, BaselineEntry, BaselineOutcome};
pub use exceptions::{Exception, Exceptions, Terms};
pub use growth::{Accepted, Growth};
pub use inline::{Inline, Stretch};
pub use listing::{ExceptionListing, ExceptionState, ListedException};

use std::collections::BTreeSet;

use crate::verdict::Finding;

/// Everything decided, and how far the findings of today can contradict it.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// The exceptions.
    pub exceptions: Exceptions,
    /// The baseline; none where there is no such file.
    pub baseline: Option<Baseline>,
    /// What the findings say about entries without one.
    pub sight: Sight,
}

/// How much of the code the findings speak of: only where everything was seen does a missing finding mean something.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    /// Whether something could not be read or judged.
    pub impaired: bool,
    /// Crates (as paths begin) of which generated code is still to be built.
    pub pending: BTreeSet<String>,
}

impl Sight {
    /// Whether a finding from an item would have been found if there were one.
    pub fn reaches(&self, from: &str) -> bool {
        !self.impaired && !self.pending.contains(crate_of(from))
    }
}

/// How a path to an item begins: `shop` of `shop::db::Row`, `bin:shop` of `bin:shop::main`.
fn crate_of(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

/// The three parts that make a finding this finding.
type Key<'a> = (&'a str, &'a str, Option<&'a str>);

fn key_of(finding: &Finding) -> Key<'_> {
    let to = finding.to.as_ref().map(|to| to.item.as_str());
    (&finding.rule, &finding.from.item, to)
}
