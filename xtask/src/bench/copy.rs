//! A copy of a checkout: its tracked files as they are on disk. The checkout itself is only read.
//!
//! What is tracked stands in git's index. A checkout may have none: it was written by another way than `git checkout`, and then its
//! files are those of the commit that it is at.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::words;

/// Copies what git tracks into a folder.
pub(crate) fn copy_tracked(checkout: &Path, to: &Path) -> Result<(), String> {
    for path in tracked(checkout)? {
        let (source, target) = (checkout.join(&path), to.join(&path));
        copy(&source, &target).map_err(|error| format!("{}: {error}", source.display()))?;
    }
    Ok(())
}

fn tracked(checkout: &Path) -> Result<Vec<PathBuf>, String> {
    let of_index = listed(checkout, &["ls-files", "-z"])?;
    if !of_index.is_empty() {
        return Ok(of_index);
    }
    let of_commit = listed(checkout, &["ls-tree", "-r", "-z", "--name-only", "HEAD"])?;
    if of_commit.is_empty() {
        return Err(format!("git tracks no file in {}", checkout.display()));
    }
    Ok(of_commit)
}

fn listed(checkout: &Path, words: &[&str]) -> Result<Vec<PathBuf>, String> {
    let output = words::listen(Command::new("git").arg("-C").arg(checkout).args(words))?;
    if !output.status.success() {
        let said = words::last(&output);
        return Err(format!("git lists no files in {}: {said}", checkout.display()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.split_terminator('\0').map(PathBuf::from).collect())
}

/// Links stay links: two paths to one file are read once. What was deleted and what is a repository of its own is left out.
fn copy(source: &Path, target: &Path) -> std::io::Result<()> {
    let Ok(kind) = fs::symlink_metadata(source).map(|metadata| metadata.file_type()) else {
        return Ok(());
    };
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    if kind.is_file() {
        fs::copy(source, target).map(|_| ())
    } else if kind.is_symlink() {
        link(&fs::read_link(source)?, target)
    } else {
        Ok(())
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    // Git checks links out as plain files there.
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(checkout: &Path, words: &[&str]) {
        let status = Command::new("git").arg("-C").arg(checkout).args(words).status();
        assert!(status.unwrap().success(), "{words:?}");
    }

    #[test]
    fn a_checkout_without_an_index_has_the_files_of_its_commit() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let git = |words: &[&str]| git(from.path(), words);
        git(&["init", "--quiet"]);
        assert!(copy_tracked(from.path(), to.path()).is_err());
        for name in ["lib.rs", "stray.rs"] {
            fs::write(from.path().join(name), name).unwrap();
        }
        git(&["add", "lib.rs"]);
        let who = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ];
        git(&[&who[..], &["commit", "--quiet", "-m", "a"]].concat());
        git(&["read-tree", "--empty"]);
        copy_tracked(from.path(), to.path()).unwrap();
        assert_eq!(fs::read_to_string(to.path().join("lib.rs")).unwrap(), "lib.rs");
        assert!(!to.path().join("stray.rs").exists());
    }

    #[test]
    fn tracked_files_are_copied_and_nothing_else() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let git = |words: &[&str]| git(from.path(), words);
        git(&["init", "--quiet"]);
        fs::create_dir(from.path().join("src")).unwrap();
        for name in ["src/lib.rs", "src/gone.rs", "stray.rs"] {
            fs::write(from.path().join(name), name).unwrap();
        }
        git(&["add", "src"]);
        fs::remove_file(from.path().join("src/gone.rs")).unwrap();
        copy_tracked(from.path(), to.path()).unwrap();
        assert_eq!(fs::read_to_string(to.path().join("src/lib.rs")).unwrap(), "src/lib.rs");
        assert!(!to.path().join("stray.rs").exists());
        assert!(!to.path().join("src/gone.rs").exists());
        assert!(!to.path().join(".git").exists());
    }
}
