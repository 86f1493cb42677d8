//! A file or folder that something was read from, and whether it still says the same of it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use blake3::Hasher;
use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use crate::kept::Hash;
use crate::names::declarations_of;
use crate::names::kept_facts::ReadAs;
use crate::names::places::canonical;
use crate::names::sources::bytes_of;

/// What of a file matters. Of a folder it is always which modules may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Aspect {
    /// Which modules and items it declares.
    Declarations,
    /// Every byte.
    Bytes,
}

/// Whether something is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A look from outside tells.
    AtOnce,
    /// It had to be looked into.
    LookedInto,
    /// It is not.
    No,
}

/// One file or folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Witness {
    /// Looks at it; nothing if it has changed since the reading began, for then nobody knows what was read, or holds
    /// something else than what was read: a file that takes another's place brings its own time with it.
    pub(super) fn of(path: PathBuf, aspect: Aspect, began: SystemTime, read_as: Option<ReadAs>) -> Option<Self> {
        let stamp = Stamp::at(&path);
        if !stamp.is_before(began) {
            return None;
        }
        let seen = Seen::at(&path);
        if read_as.is_some_and(|read_as| !seen.is(read_as)) {
            return None;
        }
        Some(Self {
            said: seen.said(aspect),
            aspect,
            settled: stamp.is_settled(began),
            place: seen.place().filter(|place| *place != path),
            path,
            stamp,
            read_as,
        })
    }

    /// Notes how it looks for who found since some time that it says what it said; whether its stamp alone tells from now
    /// on.
    pub(super) fn again(&mut self, found_since: SystemTime) -> bool {
        self.stamp = Stamp::at(&self.path);
        self.settled = self.stamp.is_settled(found_since);
        self.settled
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What it said, by its hash.
    pub(super) fn said(&self) -> Option<&Hash> {
        self.said.as_ref()
    }

    /// Whether it holds only as long as no byte changes.
    pub(super) fn speaks_of_bytes(&self) -> bool {
        self.aspect == Aspect::Bytes
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
    pub(super) fn holds(&self) -> Holds {
        if self.settled && Stamp::at(&self.path) == self.stamp {
            Holds::AtOnce
        } else if Seen::at(&self.path).said(self.aspect) == self.said {
            Holds::LookedInto
        } else {
            Holds::No
        }
    }
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
            return bytes_of(path).map_or(Self::Nothing, |bytes| Self::File(bytes, canonical(path)));
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
