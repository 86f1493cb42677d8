//! A file or folder that something was read from, and whether it still says the same of it.

use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use blake3::Hasher;
use serde::{Deserialize, Serialize};

use crate::names::declarations_of;
use crate::names::kept_facts::ReadAs;
use crate::names::sources::canonical;

/// Times of files are no finer than this anywhere: what is younger may change without a new time.
const SETTLED: Duration = Duration::from_secs(2);

/// What of a file matters. Of a folder it is always which modules may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Aspect {
    /// Which modules and items it declares.
    Declarations,
    /// Every byte.
    Bytes,
}

/// One file or folder.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Witness {
    path: PathBuf,
    aspect: Aspect,
    stamp: Stamp,
    /// Whether the stamp alone tells that nothing has changed.
    settled: bool,
    /// A hash of what matters; none where nothing was.
    said: Option<[u8; blake3::OUT_LEN]>,
    /// Where links lead, if anywhere else.
    place: Option<PathBuf>,
    /// What was read of it as code.
    read_as: Option<ReadAs>,
}

/// What the system knows of it without looking inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    modified: Option<u128>,
    changed: Option<(i64, i64, u64)>,
}

impl Witness {
    /// Looks at it; nothing if it has changed since the reading began, for then nobody knows what was read, or holds
    /// something else than what was read: a file that takes another's place brings its own time with it.
    pub(super) fn of(path: PathBuf, aspect: Aspect, began: SystemTime, read_as: Option<ReadAs>) -> Option<Self> {
        let (stamp, modified) = match path.metadata() {
            Ok(known) => (Stamp::of(&known), known.modified().ok()?),
            Err(_) => (Stamp::none(), UNIX_EPOCH),
        };
        // The clock of the file system may lag behind by some milliseconds.
        let quiet = modified.checked_add(Duration::from_millis(20))?;
        if quiet > began {
            return None;
        }
        let seen = Seen::at(&path);
        if read_as.is_some_and(|read_as| !seen.is(read_as)) {
            return None;
        }
        Some(Self {
            said: seen.said(aspect),
            aspect,
            settled: is_settled(modified, began)?,
            place: seen.place().filter(|place| *place != path),
            path,
            stamp,
            read_as,
        })
    }

    /// The same for a reading that began later, and found what it says.
    pub(super) fn again(mut self, began: SystemTime) -> Self {
        if !self.settled
            && let Ok(known) = self.path.metadata()
            && Stamp::of(&known) == self.stamp
        {
            let modified = known.modified().ok();
            self.settled = modified.and_then(|modified| is_settled(modified, began)) == Some(true);
        }
        self
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What was read of it as code.
    pub(super) fn read_as(&self) -> Option<ReadAs> {
        self.read_as
    }

    /// Where a file is that was read as code, bodies too, and still is where links led to; with what it held.
    pub(super) fn held_as_code(&self) -> Option<(PathBuf, ReadAs)> {
        let read_as = self.read_as.filter(|read_as| read_as.is_whole())?;
        let place = self.place.as_ref().unwrap_or(&self.path);
        let is_there = self.path.is_file() && canonical(&self.path) == *place;
        is_there.then(|| (place.clone(), read_as))
    }

    /// Whether it says what it said.
    pub(super) fn still_holds(&self) -> bool {
        let stamp = self
            .path
            .metadata()
            .map_or_else(|_| Stamp::none(), |known| Stamp::of(&known));
        (self.settled && stamp == self.stamp) || Seen::at(&self.path).said(self.aspect) == self.said
    }
}

/// Whether something was left alone for long enough before a reading began.
fn is_settled(modified: SystemTime, began: SystemTime) -> Option<bool> {
    Some(modified.checked_add(SETTLED)? < began)
}

impl Stamp {
    fn none() -> Self {
        Self {
            bytes: 0,
            modified: None,
            changed: None,
        }
    }

    fn of(known: &Metadata) -> Self {
        let modified = known.modified().ok();
        let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            bytes: known.len(),
            modified: modified.map(|time| time.as_nanos()),
            changed: changed(known),
        }
    }
}

/// The time that no program sets, and which file it is: where the system tells.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems tell nothing")]
fn changed(known: &Metadata) -> Option<(i64, i64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((known.ctime(), known.ctime_nsec(), known.ino()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<(i64, i64, u64)> {
    None
}

/// What lies at a path.
enum Seen {
    /// The names in a folder that may be modules, in order.
    Folder(Vec<OsString>),
    /// The bytes of a file, and where links lead to it: two that lead to one are one file.
    File(Vec<u8>, PathBuf),
    Nothing,
}

impl Seen {
    fn at(path: &Path) -> Self {
        let Ok(entries) = std::fs::read_dir(path) else {
            return std::fs::read(path).map_or(Self::Nothing, |bytes| Self::File(bytes, canonical(path)));
        };
        let modules = entries.flatten().filter(|entry| {
            let is_folder = entry.file_type().is_ok_and(|kind| !kind.is_file());
            is_folder || entry.path().extension().is_some_and(|extension| extension == "rs")
        });
        let mut names: Vec<_> = modules.map(|entry| entry.file_name()).collect();
        names.sort();
        Self::Folder(names)
    }

    fn place(&self) -> Option<PathBuf> {
        match self {
            Self::File(_, place) => Some(place.clone()),
            Self::Folder(_) | Self::Nothing => None,
        }
    }

    fn is(&self, read_as: ReadAs) -> bool {
        matches!(self, Self::File(bytes, _) if read_as.is(bytes))
    }

    /// A hash of what matters: of code its declarations or all of it.
    fn said(&self, aspect: Aspect) -> Option<[u8; blake3::OUT_LEN]> {
        let mut hasher = Hasher::new();
        match self {
            Self::Nothing => return None,
            Self::Folder(names) => {
                for name in names {
                    let name = name.as_encoded_bytes();
                    hasher.update(&(name.len() as u64).to_le_bytes()).update(name);
                }
            }
            Self::File(bytes, place) => {
                let place = place.as_os_str().as_encoded_bytes();
                hasher.update(&(place.len() as u64).to_le_bytes()).update(place);
                let text = std::str::from_utf8(bytes).ok();
                match text.filter(|_| aspect == Aspect::Declarations) {
                    Some(text) => hasher.update(declarations_of(text).as_bytes()),
                    None => hasher.update(bytes),
                };
            }
        }
        Some(*hasher.finalize().as_bytes())
    }
}
