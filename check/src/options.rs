//! What is asked of a check, and what nobody says: the day, and whether somebody looks at what is left behind.

use std::path::PathBuf;

use archguard_invariants::date::Day;

/// What is asked of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The manifest to start from; else the nearest one.
    pub manifest_path: Option<PathBuf>,
    /// Only these packages; all if empty.
    pub packages: Vec<String>,
    /// The policy file; else the one at the workspace root.
    pub policy: Option<PathBuf>,
    /// No network.
    pub offline: bool,
    /// How far files beside the policy may be changed.
    pub latitude: Latitude,
    /// What day it is.
    pub today: Day,
}

/// How far files beside the policy may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Latitude {
    /// By whoever works here: what is gone is taken out in passing.
    Free,
    /// On a server: only where a command asks for it.
    Asked,
    /// Under `--ci`: only where a command asks for it, and only so that less is let pass.
    Narrow,
}

/// What the command line does not say and no file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings {
    /// What day it is, in UTC.
    pub today: Day,
    /// Whether nobody looks at what is left behind: a continuous integration server.
    pub ci: bool,
}

impl Surroundings {
    /// Looks at the clock and the environment.
    pub fn of_process() -> Self {
        let seconds = |since: std::time::Duration| i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self {
            // A clock before 1970 is none to end an exception by: the last day there is ends them all.
            today: Day::of_unix_seconds(now.map_or(i64::MAX, seconds)),
            ci: std::env::var_os("CI").is_some_and(|ci| !["", "0", "false"].iter().any(|no| ci == *no)),
        }
    }
}

/// Who wants to know which stage is at work.
pub trait Watch {
    /// The next stage begins.
    fn stage(&mut self, name: &'static str);
}

/// Nobody watches.
impl Watch for () {
    fn stage(&mut self, _name: &'static str) {}
}
