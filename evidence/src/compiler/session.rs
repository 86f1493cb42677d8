//! What the command tells the compiler's wrapper, which cargo starts as a process of its own for each unit.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::store::Mode;

/// The environment variable that names the session's file. Set by the command for the cargo that it starts.
pub const SESSION_VARIABLE: &str = "ARCHGUARD_COMPILER_SESSION";

/// Where `verify` builds, below the folder that holds its session.
pub(super) const FOLDER: &str = "verify";

/// What holds for all units of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Session {
    /// Directories of the packages whose units are asked about.
    pub(super) directories: Vec<PathBuf>,
    pub(super) mode: Mode,
    /// The user's own wrapper, for dependencies.
    pub(super) wrapper_of_dependencies: Option<PathBuf>,
    /// Where what is known of compilers is kept.
    pub(super) folder: PathBuf,
}

impl Session {
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        serde_json::from_slice(&fs::read(path)?).map_err(io::Error::from)
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_vec(self)?)
    }

    /// Whether units of the package in a directory are asked about.
    pub(super) fn covers(&self, directory: Option<&Path>) -> bool {
        let Some(directory) = directory else { return false };
        let real = fs::canonicalize(directory).unwrap_or_else(|_| directory.to_path_buf());
        self.directories.contains(&real)
    }
}

/// Whether a compiler that was started with these arguments runs for `verify`, whose session the variable names. The
/// variable alone makes nobody believe it: there is a session, and all that this compiler writes goes where `verify` has
/// its own artefacts and no build looks.
pub fn runs_for_verify(session: &OsStr, arguments: &[OsString]) -> bool {
    let session = Path::new(session);
    let Some(folder) = session.parent().filter(|_| Session::read(session).is_ok()) else {
        return false;
    };
    let Ok(own) = fs::canonicalize(folder.join(FOLDER)) else {
        return false;
    };
    let is_own = |directory: &OsStr| fs::canonicalize(directory).is_ok_and(|directory| directory.starts_with(&own));
    let mut directories = arguments
        .iter()
        .zip(arguments.iter().skip(1))
        .filter(|(flag, _)| *flag == "--out-dir")
        .map(|(_, directory)| directory.as_os_str());
    match directories.next() {
        Some(first) => is_own(first) && directories.all(is_own),
        // Only printing what it knows writes nothing.
        None => arguments
            .iter()
            .any(|argument| argument.to_string_lossy().starts_with("-Zunpretty=")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_alone_makes_nobody_believe() {
        let target = tempfile::TempDir::new().expect("a folder can be made");
        let folder = target.path().join("archguard");
        let [own, other] = ["archguard/verify/debug/deps", "debug/deps"].map(|name| target.path().join(name));
        for directory in [&own, &other] {
            fs::create_dir_all(directory).expect("writable");
        }
        let session = folder.join("session");
        let arguments = |directory: &Path| ["rustc".into(), "--out-dir".into(), directory.into()];
        assert!(!runs_for_verify(session.as_os_str(), &arguments(&own)));
        fs::write(&session, "{}").expect("writable");
        assert!(!runs_for_verify(session.as_os_str(), &arguments(&own)));
        let written = Session {
            directories: Vec::new(),
            mode: Mode::Bodies,
            wrapper_of_dependencies: None,
            folder,
        };
        written.write(&session).expect("writable");
        assert!(runs_for_verify(session.as_os_str(), &arguments(&own)));
        assert!(!runs_for_verify(session.as_os_str(), &arguments(&other)));
        assert!(!runs_for_verify(session.as_os_str(), &["rustc".into()]));
        assert!(runs_for_verify(
            session.as_os_str(),
            &["rustc".into(), "-Zunpretty=thir-flat".into()]
        ));
        let twice = [arguments(&own), arguments(&other)].concat();
        assert!(!runs_for_verify(session.as_os_str(), &twice));
    }
}
