//! Files beside the policy: read where they are, replaced in one step. What they say is read and decided elsewhere.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use archguard_invariants::problem::Problem;

use crate::policy_file::PolicyFile;
use crate::text_file;

/// The name of the file of exceptions.
pub const EXCEPTIONS_FILE: &str = "archguard.exceptions.toml";

/// The name of the baseline.
pub const BASELINE_FILE: &str = "archguard.baseline.toml";

/// A file beside the policy; there need be none.
#[derive(Debug)]
pub struct Beside {
    /// The path as printed.
    pub display: String,
    /// The text, nothing without such a file, or why it cannot be had.
    pub text: Result<Option<String>, Problem>,
    /// Where it is.
    pub path: PathBuf,
}

impl Beside {
    /// Reads a file beside the policy.
    pub fn read(policy: &PolicyFile, name: &str) -> Self {
        let (path, display) = policy.beside(name);
        let text = text_file::read(&path, &display);
        Self { display, text, path }
    }

    /// Replaces the file: whoever reads it meanwhile sees the old text or the new one, never a part.
    pub fn replace(&self, text: &str) -> io::Result<()> {
        // What is replaced is the file behind a link, not the link.
        let path = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".archguard-");
        #[cfg(unix)]
        builder.permissions(permissions(&path));
        let mut aside = builder.tempfile_in(folder)?;
        aside.write_all(text.as_bytes())?;
        aside.as_file().sync_all()?;
        aside.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Those of the file that is replaced; for a new one what the system gives to new files.
#[cfg(unix)]
fn permissions(path: &Path) -> std::fs::Permissions {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).map_or_else(|_| Permissions::from_mode(0o666), |known| known.permissions())
}
