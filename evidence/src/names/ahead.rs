//! Reading dependencies ahead of need, on cores that would idle while names are resolved on one. What is read does not
//! depend on who reads it or when: whoever needs a file takes it from here, waits for it, or reads it himself.

use std::collections::hash_map::Entry;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::kept_facts::KeptFacts;
use super::module_files::{self, ModuleFile};
use super::sources::{Known, Source, known_or_text, read};
use crate::facts::extract::Depth;

/// How many lines are read ahead at most: what nobody comes to need costs memory. Nor more than the examined code has:
/// a small workspace over large dependencies needs little of them (ripgrep: half the memory, 0.75 of the work).
const MOST_LINES: usize = 1_000_000;
/// For the parser of files that nest no deeper than most; deeper ones get a thread of their own.
const STACK: usize = 16 << 20;

/// Files being read ahead, by canonical path.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    kept: KeptFacts,
    slots: Mutex<FxHashMap<PathBuf, Slot>>,
    filled: Condvar,
    lines: AtomicUsize,
    stopped: AtomicBool,
}

#[derive(Debug)]
enum Slot {
    /// A reader ahead is at it.
    Reading,
    Read(Box<Source>),
    /// Not for readers ahead: whoever needed it has it.
    Taken,
}

impl Ahead {
    /// A reader that says what is kept of files that have not changed.
    pub(super) fn over(kept: KeptFacts) -> Self {
        let shared = Shared {
            kept,
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

    /// Begins to read the module trees below these files, in their order.
    pub(super) fn begin(&self, files: Vec<ModuleFile>, examined_lines: usize) {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        if cores == 1 || files.is_empty() {
            return;
        }
        let shared = Arc::clone(&self.shared);
        // Where no thread can be had, everything is read when it is needed.
        let _ = std::thread::Builder::new()
            .name("ahead".to_owned())
            .stack_size(STACK)
            .spawn(move || shared.read_trees(files, examined_lines.min(MOST_LINES)));
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
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
    }
}

impl Shared {
    fn slots(&self) -> MutexGuard<'_, FxHashMap<PathBuf, Slot>> {
        // Nothing panics while the lock is held.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_trees(&self, files: Vec<ModuleFile>, most_lines: usize) {
        let mut pending: Vec<ModuleFile> = files.into_iter().rev().collect();
        while let Some(file) = pending.pop() {
            if self.stopped.load(Ordering::Relaxed) || self.lines.load(Ordering::Relaxed) > most_lines {
                return;
            }
            pending.extend(self.read_ahead(&file).into_iter().rev());
        }
    }

    /// Reads one file unless somebody has; the files that it leads to.
    fn read_ahead(&self, file: &ModuleFile) -> Vec<ModuleFile> {
        let Ok(key) = std::fs::canonicalize(&file.path) else {
            return Vec::new();
        };
        match self.slots().entry(key.clone()) {
            Entry::Occupied(_) => return Vec::new(),
            Entry::Vacant(slot) => slot.insert(Slot::Reading),
        };
        let reading = std::panic::catch_unwind(AssertUnwindSafe(|| read(&file.path, Depth::Declarations, &self.kept)));
        let Ok(source) = reading else {
            self.slots().insert(key, Slot::Taken);
            self.filled.notify_all();
            return Vec::new();
        };
        self.lines.fetch_add(source.lines as usize, Ordering::Relaxed);
        let children = source.facts.as_ref().map_or_else(
            |_| Vec::new(),
            |facts| module_files::children_of_file(facts, &file.path, file.by_attribute),
        );
        self.slots().insert(key, Slot::Read(Box::new(source)));
        self.filled.notify_all();
        children
    }

    fn take(&self, key: &Path) -> Option<Source> {
        let mut slots = self.slots();
        loop {
            match slots.insert(key.to_path_buf(), Slot::Taken) {
                Some(Slot::Read(source)) => return Some(*source),
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

    #[test]
    fn a_tree_read_ahead_is_there_once_and_for_declarations_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| fs::canonicalize(folder.path()).expect("it is there").join(name);
        fs::write(path("lib.rs"), "mod a; mod gone;").expect("written");
        fs::write(path("a.rs"), "pub struct A;").expect("written");
        let ahead = Ahead::default();
        ahead.shared.read_trees(vec![root(path("lib.rs"))], MOST_LINES);
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
    fn what_somebody_has_taken_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = fs::canonicalize(folder.path()).expect("it is there").join("lib.rs");
        fs::write(&path, "pub struct A;").expect("written");
        let ahead = Ahead::default();
        assert!(ahead.shared.take(&path).is_none());
        ahead.shared.read_trees(vec![root(path.clone())], MOST_LINES);
        assert!(matches!(ahead.shared.slots().get(&path), Some(Slot::Taken)));
    }
}
