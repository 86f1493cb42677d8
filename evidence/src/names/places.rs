//! Where paths lead. There are many files in few folders, and a file is asked for again and again.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// Where paths led that were asked for, for as long as something is read.
#[derive(Debug, Default)]
pub(crate) struct Places {
    known: Mutex<FxHashMap<PathBuf, PathBuf>>,
}

impl Places {
    /// The same as [`canonical`].
    pub(crate) fn canonical(&self, path: &Path) -> PathBuf {
        // Nothing panics while the lock is held.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = known().get(path) {
            return place.clone();
        }
        let place = self.find(path);
        known().insert(path.to_path_buf(), place.clone());
        place
    }

    fn find(&self, path: &Path) -> PathBuf {
        // Elsewhere a file has names that it is not listed by: in other letters, or short ones.
        let has_one_name = cfg!(all(unix, not(target_vendor = "apple")));
        match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) if has_one_name && is_plain_file(path) => self.canonical(folder).join(name),
            _ => canonical(path),
        }
    }
}

fn is_plain_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|known| known.is_file())
}

/// Where a path leads, absolute and without links; the path itself where nobody can tell.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn paths_lead_where_the_system_says() {
        let top = tempfile::tempdir().unwrap();
        let path = |name: &str| top.path().join(name);
        fs::create_dir_all(path("real/inner")).unwrap();
        fs::write(path("real/a.rs"), "").unwrap();
        fs::write(path("real/inner/b.rs"), "").unwrap();
        symlink(path("real"), path("linked")).unwrap();
        symlink(path("real/a.rs"), path("real/c.rs")).unwrap();
        symlink(path("nowhere"), path("real/dead.rs")).unwrap();
        let places = Places::default();
        let asked = [
            "real/a.rs",
            "linked/a.rs",
            "linked/c.rs",
            "linked/inner/b.rs",
            "linked/inner/../a.rs",
            "real/./a.rs",
            "linked",
            "real/dead.rs",
            "real/gone.rs",
            "gone/a.rs",
        ];
        for name in asked.into_iter().chain(asked) {
            assert_eq!(places.canonical(&path(name)), canonical(&path(name)), "{name}");
        }
        assert_eq!(places.canonical(Path::new("/")), Path::new("/"));
    }
}
