//! One process reads what is not kept yet; others that want the same at that time wait, and use what it has kept. Cargo
//! compiles several crates at once, and each of them is judged by the whole workspace.
//!
//! Whose turn it is, the system knows: its lock on a file goes with the process, however that ends. Who has waited once and
//! finds nothing reads for itself, so that what cannot be kept is not read in single file either.

use std::fs::{self, File, TryLockError};
use std::time::SystemTime;

use crate::kept::KeptFile;

/// One for all that is kept in a folder: who reads a workspace uses all cores anyway.
const FILE: &str = "turn";

enum Turn {
    /// Nobody else reads before this is dropped.
    Ours(File),
    /// Somebody had it, and has ended.
    Waited,
}

/// What is kept, or else what `read` says, which keeps it in a file. Nobody is waited for where there is no such file, and
/// where something is kept already.
pub(crate) fn kept_or_read<T>(file: Option<&KeptFile>, kept: impl Fn() -> Option<T>, read: impl FnOnce() -> T) -> T {
    let before = file.map(stamp);
    if let Some(kept) = kept() {
        return kept;
    }
    match file.and_then(take) {
        Some(Turn::Ours(turn)) => {
            // Somebody may have ended since we looked. Looking is not free: the file may be large, and out of date.
            let again = if file.map(stamp) == before { None } else { kept() };
            let said = again.unwrap_or_else(read);
            drop(turn);
            said
        }
        Some(Turn::Waited) => kept().unwrap_or_else(read),
        None => read(),
    }
}

/// Another one where the file has been replaced.
fn stamp(file: &KeptFile) -> Option<(SystemTime, u64)> {
    let found = file.path.metadata().ok()?;
    Some((found.modified().ok()?, found.len()))
}

/// None where files cannot be locked: everybody reads, as without any of this.
fn take(kept: &KeptFile) -> Option<Turn> {
    let folder = kept.path.parent()?;
    fs::create_dir_all(folder).ok()?;
    let mut options = File::options();
    let turn = options
        .create(true)
        .write(true)
        .truncate(false)
        .open(folder.join(FILE))
        .ok()?;
    match turn.try_lock() {
        Ok(()) => Some(Turn::Ours(turn)),
        Err(TryLockError::WouldBlock) => turn.lock().ok().map(|()| Turn::Waited),
        Err(TryLockError::Error(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::mpsc::channel;
    use std::thread;

    use tempfile::TempDir;

    use super::{FILE, kept_or_read};
    use crate::kept::{GRAPH, KeptFile};

    fn file(folder: &TempDir) -> KeptFile {
        KeptFile::new(folder.path(), GRAPH, "x")
    }

    fn kept(file: &KeptFile) -> Option<String> {
        file.read()
    }

    fn read_and_keep(file: &KeptFile) -> String {
        let said = "what was read".to_owned();
        file.write(&said).unwrap();
        said
    }

    #[test]
    fn two_at_once_read_once() {
        let folder = TempDir::new().unwrap();
        let file = file(&folder);
        let (missed, looks) = channel();
        let second = || {
            let kept = || {
                let kept = kept(&file);
                missed.send(()).unwrap();
                kept
            };
            kept_or_read(Some(&file), kept, || panic!("the first one reads this"))
        };
        thread::scope(|scope| {
            let first = || {
                let second = scope.spawn(second);
                // It has looked and found nothing. That it does not go on to read, its panic would tell.
                looks.recv().unwrap();
                read_and_keep(&file);
                second
            };
            let second = kept_or_read(Some(&file), || None, first);
            assert_eq!(second.join().unwrap(), "what was read");
        });
    }

    #[test]
    fn what_was_kept_since_is_not_read_again_and_what_was_not_is_not_looked_at_again() {
        let folder = TempDir::new().unwrap();
        let file = file(&folder);
        let looked = Cell::new(0);
        let too_late = || {
            looked.set(looked.get() + 1);
            let found = kept(&file);
            if found.is_none() {
                read_and_keep(&file);
            }
            found
        };
        assert_eq!(kept_or_read(Some(&file), too_late, || panic!()), "what was read");
        assert_eq!(looked.get(), 2);
        let outdated = || {
            looked.set(looked.get() + 1);
            None
        };
        assert_eq!(kept_or_read(Some(&file), outdated, || "read"), "read");
        assert_eq!(looked.get(), 3);
    }

    #[test]
    fn what_is_kept_or_cannot_be_kept_waits_for_nobody() {
        let folder = TempDir::new().unwrap();
        let file = file(&folder);
        let somebody = std::fs::File::create(folder.path().join(FILE)).unwrap();
        somebody.lock().unwrap();
        assert_eq!(kept_or_read(Some(&file), || Some("kept"), || "read"), "kept");
        assert_eq!(kept_or_read(None, || None, || "read"), "read");
        let nowhere = KeptFile::new(&folder.path().join(FILE), GRAPH, "x");
        assert_eq!(kept_or_read(Some(&nowhere), || None, || "read"), "read");
    }
}
