//! In which way a reading came to what it says, told by the parts that it says it enters.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// In which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// What is kept holds as it is.
    Kept,
    /// What changed files name was looked up, and the rest taken over.
    InPart,
    /// Everything was looked up; `true` where that became clear only after part of it had been.
    Whole(bool),
}

/// Does something, and tells in which way that read code.
pub(super) fn way_of<T>(work: impl FnOnce() -> T) -> (Way, T) {
    let (parts, done) = parts_of(work);
    let (in_part, whole) = (
        parts.contains("references of changed files"),
        parts.contains("references"),
    );
    let way = match (in_part, whole) {
        (_, true) => Way::Whole(in_part),
        (true, false) => Way::InPart,
        (false, false) => Way::Kept,
    };
    (way, done)
}

/// Does something, and tells which parts it says that it enters.
pub(super) fn parts_of<T>(work: impl FnOnce() -> T) -> (BTreeSet<&'static str>, T) {
    let heard = Heard::default();
    let done = tracing::subscriber::with_default(heard.clone(), work);
    let names = heard.0.lock().unwrap_or_else(PoisonError::into_inner);
    (names.iter().copied().collect(), done)
}

/// The names of the parts.
#[derive(Debug, Clone, Default)]
struct Heard(Arc<Mutex<Vec<&'static str>>>);

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span()
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.push(span.metadata().name());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
