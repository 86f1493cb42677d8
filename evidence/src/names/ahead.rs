//! Work ahead of need, on cores that would idle while names are resolved on one: dependencies are read, and macro calls
//! expanded. What is read or made does not depend on who does it or when: whoever needs a file takes it from here, waits
//! for it, or reads it himself; likewise what a call makes, see [`made_ahead`](super::made_ahead).

use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::builds::Builds;
use super::kept_facts::KeptFacts;
use super::made::Rules;
use super::made_ahead::{CallAhead, CalledIn, Definitions, MadeAhead, Ready};
use super::module_files::{self, ModuleFile};
use super::places::Places;
use super::sources::{Known, Source, known_or_text, read};
use crate::facts::extract::Depth;
use crate::kept::shelf::Key;

/// How many lines are read at most that nobody has come near: what is not needed costs memory. Nor more than the examined code has:
/// a small workspace over large dependencies needs little of them (ripgrep: half the memory, 0.75 of the work).
const MOST_LINES: usize = 1_000_000;
/// How many threads work ahead at most: they serve a single one.
const MOST_THREADS: usize = 4;
/// As much as names are resolved with: an expansion nests as deep here as there. Unused stack costs nothing.
const STACK: usize = 1 << 30;

/// Files being read ahead, by canonical path, and calls being expanded ahead.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    kept: KeptFacts,
    builds: Builds,
    places: Places,
    slots: Mutex<FxHashMap<PathBuf, Slot>>,
    filled: Condvar,
    made: MadeAhead,
    work: Mutex<Work>,
    more_work: Condvar,
    /// How many lines of what nobody has come near may still be read.
    lines_left: AtomicUsize,
    has_begun: AtomicBool,
    stopped: AtomicBool,
}

#[derive(Debug)]
enum Slot {
    /// A reader ahead is at it.
    Reading,
    Read(Box<ReadAhead>),
    /// Not for readers ahead: whoever needed it has it.
    Taken,
}

/// A file that nobody has needed so far, and what it leads to.
#[derive(Debug)]
struct ReadAhead {
    source: Source,
    children: Vec<ModuleFile>,
}

/// What is to be done. Of files that are needed one after the other, and of calls, the last one is done first: whoever
/// needs them begins at the other end, and neither has to wait for the other.
#[derive(Debug, Default)]
struct Work {
    /// The last one first.
    calls: VecDeque<CallAhead>,
    /// What stands directly below files that somebody needed, the next one last.
    below: Vec<ModuleFile>,
    /// What may be needed at some time, the next one last: when there is nothing else to do.
    files: Vec<ModuleFile>,
}

enum Step {
    /// What stands below a file that somebody needed.
    ReadBelow(ModuleFile),
    Read(ModuleFile),
    Expand(CallAhead),
}

impl Ahead {
    /// A reader that says what is kept of files that have not changed.
    pub(super) fn over(kept: KeptFacts, builds: Builds) -> Self {
        let shared = Shared {
            kept,
            builds,
            ..Shared::default()
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// What is kept of files.
    pub(super) fn kept(&self) -> &KeptFacts {
        &self.shared.kept
    }

    /// Where paths lead.
    pub(super) fn places(&self) -> &Places {
        &self.shared.places
    }

    /// Begins to read these files, in their order, and what comes to be needed, and to expand the calls that come.
    pub(super) fn begin(&self, files: Vec<ModuleFile>, examined_lines: usize) {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        self.shared.allow(files, examined_lines.min(MOST_LINES));
        for _ in 0..(cores - 1).min(MOST_THREADS) {
            let shared = Arc::clone(&self.shared);
            let thread = std::thread::Builder::new().name("ahead".to_owned()).stack_size(STACK);
            // Where no thread can be had, everything is done when it is needed.
            if thread.spawn(move || shared.work()).is_ok() {
                self.shared.has_begun.store(true, Ordering::Relaxed);
            }
        }
    }

    /// A file's source: read ahead, or now.
    pub(super) fn take(&self, key: &Path, path: &Path, depth: Depth) -> Source {
        self.read_ahead(key, path, depth)
            .unwrap_or_else(|| read(path, depth, &self.shared.kept))
    }

    /// A file's source if it was read ahead or is kept; else its text.
    pub(super) fn fetch(&self, key: &Path, path: &Path, depth: Depth) -> Known<'_> {
        self.read_ahead(key, path, depth)
            .map_or_else(|| known_or_text(path, depth, &self.shared.kept), Known::Source)
    }

    fn read_ahead(&self, key: &Path, path: &Path, depth: Depth) -> Option<Source> {
        let source = match depth {
            Depth::Declarations => self.shared.take(key)?,
            Depth::Everything => return None,
        };
        Some(Source {
            path: path.to_path_buf(),
            ..source
        })
    }

    /// Reads ahead what a file leads to that was needed before it had been: most likely that is needed next.
    pub(super) fn follow(&self, source: &Source, is_root: bool) {
        if let Ok(facts) = &source.facts
            && self.works()
        {
            let children = module_files::likely_children_of_file(facts, &source.path, is_root, &self.shared.builds);
            self.shared.add_below(children);
        }
    }

    /// What builds compile of dependencies.
    pub(super) fn builds(&self) -> &Builds {
        &self.shared.builds
    }

    /// Whether anything is done ahead.
    pub(super) fn works(&self) -> bool {
        self.shared.has_begun.load(Ordering::Relaxed)
    }

    /// Begins to expand calls, the next one last.
    pub(super) fn expand(&self, calls: impl Iterator<Item = CallAhead>) {
        let mut calls = calls.peekable();
        if calls.peek().is_some() {
            self.shared.add(|work| work.calls.extend(calls));
        }
    }

    /// By which rules calls of a name are probably expanded.
    pub(super) fn guess(&self, name: CalledIn, rules: &[Arc<Rules>]) {
        let waiting = self.shared.made.guess(name, rules);
        if !waiting.is_empty() {
            self.shared.add(|work| work.calls.extend(waiting.into_iter().rev()));
        }
    }

    /// What a call makes, if it was or is being expanded ahead.
    pub(super) fn made(&self, key: &Key) -> Option<Ready> {
        self.shared.made.take(key)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        self.shared.add(|work| *work = Work::default());
    }
}

impl Shared {
    fn slots(&self) -> MutexGuard<'_, FxHashMap<PathBuf, Slot>> {
        // Nothing panics while the lock is held.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn to_do(&self) -> MutexGuard<'_, Work> {
        // Nor here.
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets these files be read, the first one first, as far as the number of lines goes.
    fn allow(&self, files: Vec<ModuleFile>, most_lines: usize) {
        self.lines_left.store(most_lines, Ordering::Relaxed);
        self.add(|work| work.files.extend(files.into_iter().rev()));
    }

    fn add_below(&self, files: Vec<ModuleFile>) {
        if !files.is_empty() {
            self.add(|work| work.below.extend(files));
        }
    }

    fn add(&self, add: impl FnOnce(&mut Work)) {
        add(&mut self.to_do());
        self.more_work.notify_all();
    }

    fn work(&self) {
        let mut definitions = Definitions::default();
        while let Some(step) = self.next() {
            self.take_step(step, &mut definitions);
        }
    }

    /// What to do next, waited for; none when all is over.
    fn next(&self) -> Option<Step> {
        let mut work = self.to_do();
        while !self.stopped.load(Ordering::Relaxed) {
            if let Some(step) = self.step(&mut work) {
                return Some(step);
            }
            work = self.more_work.wait(work).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Calls come first: whoever has them expanded is at them already.
    fn step(&self, work: &mut Work) -> Option<Step> {
        if let Some(call) = work.calls.pop_front() {
            return Some(Step::Expand(call));
        }
        if let Some(file) = work.below.pop() {
            return Some(Step::ReadBelow(file));
        }
        if self.lines_left.load(Ordering::Relaxed) == 0 {
            return None;
        }
        work.files.pop().map(Step::Read)
    }

    fn take_step(&self, step: Step, definitions: &mut Definitions) {
        match step {
            Step::Expand(call) => {
                let inside = self.made.expand(call, definitions, &self.kept);
                if !inside.is_empty() {
                    self.add(|work| inside.into_iter().rev().for_each(|call| work.calls.push_front(call)));
                }
            }
            Step::ReadBelow(file) => {
                self.read_file(&file, definitions);
            }
            Step::Read(file) => {
                let lines = self.read_file(&file, definitions);
                let less = |left: usize| Some(left.saturating_sub(lines as usize));
                let _ = self.lines_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
            }
        }
    }

    /// Reads one file unless somebody has; how many lines it is.
    fn read_file(&self, file: &ModuleFile, definitions: &mut Definitions) -> u32 {
        if !file.path.exists() {
            return 0;
        }
        let key = self.places.canonical(&file.path);
        match self.slots().entry(key.clone()) {
            Entry::Occupied(_) => return 0,
            Entry::Vacant(slot) => slot.insert(Slot::Reading),
        };
        // What a reader forgets, its spans, they need.
        definitions.forget();
        let reading = std::panic::catch_unwind(AssertUnwindSafe(|| read(&file.path, Depth::Declarations, &self.kept)));
        let Ok(source) = reading else {
            self.slots().insert(key, Slot::Taken);
            self.filled.notify_all();
            return 0;
        };
        let children = source.facts.as_ref().map_or_else(
            |_| Vec::new(),
            |facts| module_files::likely_children_of_file(facts, &file.path, file.by_attribute, &self.builds),
        );
        let lines = source.lines;
        self.to_do().files.extend(children.iter().rev().cloned());
        let read = ReadAhead { source, children };
        self.slots().insert(key, Slot::Read(Box::new(read)));
        self.filled.notify_all();
        lines
    }

    fn take(&self, key: &Path) -> Option<Source> {
        let mut slots = self.slots();
        loop {
            match slots.insert(key.to_path_buf(), Slot::Taken) {
                Some(Slot::Read(read)) => {
                    drop(slots);
                    // Whoever has come this far most likely goes on.
                    self.add_below(read.children);
                    return Some(read.source);
                }
                Some(Slot::Reading) => {
                    slots.insert(key.to_path_buf(), Slot::Reading);
                    slots = self.filled.wait(slots).unwrap_or_else(PoisonError::into_inner);
                }
                Some(Slot::Taken) | None => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn root(path: PathBuf) -> ModuleFile {
        ModuleFile {
            path,
            cfg: None,
            by_attribute: true,
        }
    }

    /// Reads all that there is to read.
    fn read_all(ahead: &Ahead, files: Vec<ModuleFile>) {
        let shared = &ahead.shared;
        shared.allow(files, MOST_LINES);
        let next = || shared.step(&mut shared.to_do());
        while let Some(step) = next() {
            shared.take_step(step, &mut Definitions::default());
        }
    }

    #[test]
    fn a_tree_read_ahead_is_there_once_and_for_declarations_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| fs::canonicalize(folder.path()).expect("it is there").join(name);
        fs::write(path("lib.rs"), "mod a; mod gone;").expect("written");
        fs::write(path("a.rs"), "pub struct A;").expect("written");
        let ahead = Ahead::default();
        read_all(&ahead, vec![root(path("lib.rs"))]);
        // Whoever needs bodies does not get what was read without.
        fs::write(path("a.rs"), "pub struct Changed; pub struct Since;").expect("written");
        let items = |depth| {
            let source = ahead.take(&path("a.rs"), &path("a.rs"), depth);
            source.facts.map_or(0, |facts| facts.items.len())
        };
        assert_eq!(items(Depth::Everything), 2);
        assert_eq!(items(Depth::Declarations), 1);
        assert_eq!(items(Depth::Declarations), 2);
    }

    #[test]
    fn what_stands_below_a_file_that_was_needed_is_read_without_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| fs::canonicalize(folder.path()).expect("it is there").join(name);
        fs::write(path("lib.rs"), "mod a;").expect("written");
        fs::write(path("a.rs"), "pub struct A;").expect("written");
        let ahead = Ahead::default();
        let shared = &ahead.shared;
        let read_all = |lines| {
            shared.lines_left.store(lines, Ordering::Relaxed);
            let next = || shared.step(&mut shared.to_do());
            while let Some(step) = next() {
                shared.take_step(step, &mut Definitions::default());
            }
        };
        shared.to_do().files.push(root(path("lib.rs")));
        read_all(1);
        assert!(!shared.slots().contains_key(&path("a.rs")));
        assert!(shared.take(&path("lib.rs")).is_some());
        read_all(0);
        assert!(shared.take(&path("a.rs")).is_some());
    }

    #[test]
    fn what_somebody_has_taken_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = fs::canonicalize(folder.path()).expect("it is there").join("lib.rs");
        fs::write(&path, "pub struct A;").expect("written");
        let ahead = Ahead::default();
        assert!(ahead.shared.take(&path).is_none());
        read_all(&ahead, vec![root(path.clone())]);
        assert!(matches!(ahead.shared.slots().get(&path), Some(Slot::Taken)));
    }
}
