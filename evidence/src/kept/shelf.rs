//! Many small things in one file, each by a key of its own. What nobody asks for is not read: the file begins with where
//! everything stands, and a damaged thing is none.

#[cfg(not(windows))]
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Hash, KeptFile};

/// What things are kept under.
pub(crate) type Key = Hash;
/// The beginning of a thing's hash: enough to tell that it is damaged.
type Check = [u8; 16];

/// What is kept in one file.
#[derive(Debug)]
pub(crate) struct Shelf {
    file: KeptFile,
    known: FxHashMap<Key, Standing>,
    /// How many bytes all that is known has.
    size: u64,
    things: Mutex<Option<Things>>,
    changes: Mutex<Changes>,
}

/// What things are read from. Whoever replaces the file meanwhile does not change this one.
#[cfg(not(windows))]
type Things = File;
/// What things are read from: all of the file, which could not be replaced as long as somebody has it open.
#[cfg(windows)]
type Things = std::io::Cursor<Vec<u8>>;

/// Where in the file a thing stands.
#[derive(Debug, Clone, Copy)]
struct Standing {
    start: u64,
    length: usize,
    check: Check,
}

#[derive(Debug, Default)]
struct Changes {
    used: FxHashSet<Key>,
    fresh: Vec<(Key, Box<[u8]>)>,
}

/// The place of one thing, whether it is there or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address<'k> {
    shelf: &'k Shelf,
    key: Key,
}

impl Address<'_> {
    /// What is kept there.
    pub(crate) fn get<T: DeserializeOwned>(self) -> Option<T> {
        let thing = postcard::from_bytes(&self.shelf.bytes_of(&self.key)?).ok()?;
        self.shelf.changes().used.insert(self.key);
        Some(thing)
    }

    /// Keeps something there from now on.
    pub(crate) fn add(self, thing: &impl Serialize) {
        if let Ok(bytes) = postcard::to_stdvec(thing) {
            self.add_bytes(bytes);
        }
    }

    /// Keeps there from now on what has been written already.
    pub(crate) fn add_bytes(self, bytes: Vec<u8>) {
        self.shelf.changes().fresh.push((self.key, bytes.into_boxed_slice()));
    }
}

impl Shelf {
    /// What a file holds; nothing if it is not there or damaged.
    pub(crate) fn read(file: KeptFile) -> Self {
        let (known, things) = known(&file).unzip();
        let known: FxHashMap<Key, Standing> = known.unwrap_or_default();
        Self {
            file,
            size: known.values().map(|thing| thing.length as u64).sum(),
            known,
            things: Mutex::new(things),
            changes: Mutex::default(),
        }
    }

    /// How many bytes all that is known has.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The place of what is kept under a key.
    pub(crate) fn at(&self, key: Key) -> Address<'_> {
        Address { shelf: self, key }
    }

    /// Whether anything is kept under a key.
    pub(crate) fn has(&self, key: &Key) -> bool {
        self.known.contains_key(key)
    }

    /// How many things are new.
    #[cfg(test)]
    pub(crate) fn fresh(&self) -> usize {
        self.changes().fresh.len()
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        // Nothing panics while the lock is held.
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bytes_of(&self, key: &Key) -> Option<Vec<u8>> {
        let &Standing { start, length, check } = self.known.get(key)?;
        let mut bytes = vec![0; length];
        // Nor here.
        let mut things = self.things.lock().unwrap_or_else(PoisonError::into_inner);
        let file = things.as_mut()?;
        file.seek(SeekFrom::Start(start)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        drop(things);
        (check_of(&bytes) == check).then_some(bytes)
    }

    /// Writes what is new beside what was used, or beside all that was known; nothing where nothing is new. Once: what is
    /// added later is not written.
    pub(crate) fn write(&self, with_unused: bool) {
        let Changes { used, mut fresh } = mem::take(&mut *self.changes());
        if fresh.is_empty() {
            return;
        }
        fresh.sort_unstable();
        fresh.dedup_by(|one, other| one.0 == other.0);
        let is_fresh = |key: &Key| fresh.binary_search_by(|(fresh, _)| fresh.cmp(key)).is_ok();
        let old = self
            .known
            .keys()
            .filter(|&key| (with_unused || used.contains(key)) && !is_fresh(key));
        let old = old.filter_map(|&key| Some((key, self.bytes_of(&key)?.into_boxed_slice())));
        let mut all: Vec<(Key, Box<[u8]>)> = old.collect();
        all.append(&mut fresh);
        all.sort_unstable();
        let mut index = (all.len() as u64).to_le_bytes().to_vec();
        for (key, bytes) in &all {
            index.extend_from_slice(key);
            index.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            index.extend_from_slice(&check_of(bytes));
        }
        // Nothing is lost but time where it cannot be written.
        let _ = self.file.write_behind(&index, |to| {
            all.iter().try_for_each(|(_, bytes)| to.write_all(bytes).ok())
        });
    }
}

#[cfg(not(windows))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere the file is read now")]
fn things(file: File) -> Option<Things> {
    Some(file)
}

#[cfg(windows)]
fn things(mut file: std::fs::File) -> Option<Things> {
    let mut all = Vec::new();
    file.rewind().ok()?;
    file.read_to_end(&mut all).ok()?;
    Some(Things::new(all))
}

fn check_of(bytes: &[u8]) -> Check {
    let mut check = Check::default();
    check.copy_from_slice(&blake3::hash(bytes).as_bytes()[..size_of::<Check>()]);
    check
}

/// Where things stand in a file, which has their number, of each the key, the length and the check, and then one after the
/// other.
fn known(file: &KeptFile) -> Option<(FxHashMap<Key, Standing>, Things)> {
    const RECORD: usize = size_of::<Key>() + size_of::<u64>() + size_of::<Check>();
    let (index, file) = file.open_behind(|count| {
        let records = usize::try_from(count).ok()?.checked_mul(RECORD)?;
        records.checked_add(size_of::<u64>())
    })?;
    let mut start = (blake3::OUT_LEN + index.len()) as u64;
    let mut known = FxHashMap::default();
    let mut rest = index.get(size_of::<u64>()..)?;
    while !rest.is_empty() {
        let (&key, after) = rest.split_first_chunk()?;
        let (&length, after) = after.split_first_chunk()?;
        let (&check, after) = after.split_first_chunk()?;
        let length = u64::from_le_bytes(length);
        known.insert(
            key,
            Standing {
                start,
                length: usize::try_from(length).ok()?,
                check,
            },
        );
        start = start.checked_add(length)?;
        rest = after;
    }
    (start <= file.metadata().ok()?.len()).then_some((known, things(file)?))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    use tempfile::TempDir;

    use super::super::FACTS;
    use super::*;

    fn shelf(folder: &Path) -> Shelf {
        Shelf::read(KeptFile::new(folder, FACTS, "some"))
    }

    fn get(shelf: &Shelf, key: u8) -> Option<String> {
        shelf.at([key; 32]).get()
    }

    /// A shelf with these things, each a text under a number.
    fn written(folder: &Path, things: &[(u8, &str)]) {
        let shelf = shelf(folder);
        for (key, thing) in things {
            shelf.at([*key; 32]).add(thing);
        }
        shelf.write(true);
    }

    #[test]
    fn each_thing_is_found_by_its_key_and_what_is_not_used_goes() {
        let folder = TempDir::new().unwrap();
        written(folder.path(), &[(2, "two"), (1, "one")]);
        written(folder.path(), &[(3, "three"), (2, "two")]);
        let known = shelf(folder.path());
        let all = [1, 2, 3, 4].map(|key| get(&known, key));
        assert_eq!(
            all.each_ref().map(Option::as_deref),
            [Some("one"), Some("two"), Some("three"), None]
        );
        assert!(known.has(&[1; 32]) && !known.has(&[4; 32]));
        assert_eq!(known.size(), 4 + 4 + 6);

        let known = shelf(folder.path());
        assert!(get(&known, 3).is_some());
        known.at([4; 32]).add(&"four");
        known.write(false);
        let all = [1, 2, 3, 4].map(|key| get(&shelf(folder.path()), key).is_some());
        assert_eq!(all, [false, false, true, true]);
    }

    #[test]
    fn a_damaged_thing_is_none_and_a_damaged_index_nothing() {
        let folder = TempDir::new().unwrap();
        written(folder.path(), &[(1, "one"), (2, "two")]);
        let path = KeptFile::new(folder.path(), FACTS, "some").path;
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, &damaged).unwrap();
            let known = shelf(folder.path());
            let things = [1, 2].map(|key| get(&known, key));
            // The second one ends the file, each has its length before it.
            let expected = match whole.len() - at {
                1..=4 => [Some("one"), None],
                5..=8 => [None, Some("two")],
                _ => [None, None],
            };
            assert_eq!(things.each_ref().map(Option::as_deref), expected, "byte {at}");
        }
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(get(&shelf(folder.path()), 1), None, "{length} bytes");
        }
    }

    #[test]
    fn what_is_damaged_while_it_is_open_is_none() {
        let folder = TempDir::new().unwrap();
        written(folder.path(), &[(1, "one"), (2, "two")]);
        let known = shelf(folder.path());
        let path = KeptFile::new(folder.path(), FACTS, "some").path;
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .unwrap()
            .write_all(&bytes)
            .unwrap();
        assert_eq!([1, 2].map(|key| get(&known, key)), [Some("one".to_owned()), None]);
    }

    #[test]
    fn a_number_of_things_that_no_file_can_have_is_none() {
        let folder = TempDir::new().unwrap();
        let path = KeptFile::new(folder.path(), FACTS, "some").path;
        for number in [u64::MAX, u64::MAX / 56, u64::from(u32::MAX)] {
            let index = number.to_le_bytes();
            fs::write(&path, [&blake3::hash(&index).as_bytes()[..], &index].concat()).unwrap();
            assert_eq!(shelf(folder.path()).size(), 0);
        }
    }

    #[test]
    fn who_reads_a_shelf_that_is_replaced_has_the_old_one() {
        let folder = TempDir::new().unwrap();
        written(folder.path(), &[(1, "one"), (2, "two")]);
        let known = shelf(folder.path());
        let newer = shelf(folder.path());
        newer.at([3; 32]).add(&"three");
        newer.write(false);
        assert_eq!(get(&shelf(folder.path()), 1), None);
        assert_eq!(get(&known, 1).as_deref(), Some("one"));
    }
}
