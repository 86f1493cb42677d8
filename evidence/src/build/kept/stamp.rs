//! What the system knows of a file or folder without looking inside, and when that tells enough.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Times of files are no finer than this anywhere: what is younger may change without a new time.
const SETTLED: Duration = Duration::from_secs(2);

/// The clock of a file system may lag behind by some milliseconds.
const LAG: Duration = Duration::from_millis(20);

/// How something looks from outside; none where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp(Option<Look>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Look {
    bytes: u64,
    /// Nanoseconds since 1970; none where the system does not tell.
    modified: Option<u128>,
    changed: Option<(i64, i64, u64)>,
}

impl Stamp {
    /// How it looks now.
    pub(super) fn at(path: &Path) -> Self {
        Self(path.metadata().ok().map(|known| {
            let modified = known.modified().ok();
            Look {
                bytes: known.len(),
                modified: modified.map(nanoseconds),
                changed: changed(&known),
            }
        }))
    }

    /// Whether nothing has touched it since a moment.
    pub(super) fn is_before(&self, moment: SystemTime) -> bool {
        self.is_older(moment, LAG)
    }

    /// Whether the same stamp will mean that nothing has changed since that moment.
    pub(super) fn is_settled(&self, moment: SystemTime) -> bool {
        self.is_older(moment, SETTLED)
    }

    /// Whether it shows when something comes into a folder, leaves it or takes another's place in it.
    pub(super) fn shows_entries(&self) -> bool {
        self.0.as_ref().is_none_or(|look| look.changed.is_some())
    }

    fn is_older(&self, moment: SystemTime, by: Duration) -> bool {
        let is_older = |modified| modified + by.as_nanos() <= nanoseconds(moment);
        self.0.as_ref().is_none_or(|look| look.modified.is_some_and(is_older))
    }
}

fn nanoseconds(time: SystemTime) -> u128 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()
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
