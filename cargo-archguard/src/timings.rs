//! How long the parts of a stage took, for `--timings`: the crates that do the work open a span for each part, and this
//! listens while a command runs. Who does not listen pays next to nothing.

use std::fmt::{self, Debug, Display, Formatter, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// A stage, or a part of what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timing {
    /// What is done.
    pub(crate) name: String,
    /// How many others it is a part of.
    pub(crate) depth: usize,
    /// How long it took, all times together.
    pub(crate) took: Duration,
}

impl Display for Timing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let indent = 2 * self.depth;
        let milliseconds = self.took.as_secs_f64() * 1e3;
        write!(f, "archguard: {milliseconds:8.1} ms {:indent$}{}", "", self.name)
    }
}

/// Listens to the parts as long as it lives, on the thread that made it and on those that say that they work for it.
pub(crate) struct Timings {
    parts: Arc<Parts>,
    _listening: DefaultGuard,
}

#[derive(Default)]
struct Parts(Mutex<State>);

#[derive(Default)]
struct State {
    /// In the order in which they began.
    known: Vec<Timing>,
    /// Those that have begun and not ended, the innermost last, with the time of that.
    open: Vec<(usize, Instant)>,
}

impl Timings {
    /// Begins to listen.
    pub(crate) fn listen() -> Self {
        let parts = Arc::new(Parts::default());
        Self {
            _listening: tracing::subscriber::set_default(Listener(Arc::clone(&parts))),
            parts,
        }
    }

    /// The parts since this was asked last.
    pub(crate) fn take(&self) -> Vec<Timing> {
        std::mem::take(&mut self.parts.state().known)
    }
}

impl Parts {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The part of a name within those that are open; made if it is new.
    fn part(&self, name: String) -> usize {
        let mut state = self.state();
        let depth = state.open.len();
        let after = state.open.last().map_or(0, |&(part, _)| part);
        let known = state.known.iter().enumerate().skip(after);
        let same = known.filter(|(_, part)| part.depth == depth && part.name == name);
        if let Some(index) = same.map(|(index, _)| index).next_back() {
            return index;
        }
        state.known.push(Timing {
            name,
            depth,
            took: Duration::ZERO,
        });
        state.known.len() - 1
    }

    fn begin(&self, part: usize) {
        self.state().open.push((part, Instant::now()));
    }

    fn end(&self) {
        let mut state = self.state();
        if let Some((part, since)) = state.open.pop()
            && let Some(part) = state.known.get_mut(part)
        {
            part.took += since.elapsed();
        }
    }
}

/// What hears of spans.
struct Listener(Arc<Parts>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("archguard")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut name = Name(span.metadata().name().to_owned());
        span.record(&mut name);
        // Ids begin at one.
        Id::from_u64(self.0.part(name.0) as u64 + 1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, span: &Id) {
        self.0.begin(span.into_u64() as usize - 1);
    }

    fn exit(&self, _: &Id) {
        self.0.end();
    }
}

/// The name of a span with what it says of itself.
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, _: &Field, value: &str) {
        self.0.push(' ');
        self.0.push_str(value);
    }

    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        // Writing to a text cannot fail.
        let _ = write!(self.0, " {value:?}");
    }
}

#[cfg(test)]
mod tests {
    use tracing::info_span;

    use super::*;

    fn names(timings: &Timings) -> Vec<(String, usize)> {
        let parts = timings.take().into_iter();
        parts.map(|part| (part.name, part.depth)).collect()
    }

    #[test]
    fn parts_stand_in_what_they_are_parts_of() {
        let timings = Timings::listen();
        let outer = info_span!(target: "archguard::test", "outer").entered();
        for id in ["a", "b", "a"] {
            info_span!(target: "archguard::test", "lint", id).in_scope(|| ());
        }
        drop(outer);
        info_span!(target: "someone_else", "foreign").in_scope(|| ());
        info_span!(target: "archguard::test", "lint", id = 7).in_scope(|| ());
        let expected = [("outer", 0), ("lint a", 1), ("lint b", 1), ("lint 7", 0)];
        assert_eq!(names(&timings), expected.map(|(name, depth)| (name.to_owned(), depth)));
        assert_eq!(names(&timings), []);
    }
}
