//! Records on disk: whole or not there. A file says which tool, compiler and mode it is of and carries a hash of its bytes,
//! so that what another version wrote, or a broken disk, is taken for missing rather than believed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::invocation::Invocation;
use super::record::Record;

/// Changes when the meaning of what is kept changes.
const FORMAT: u32 = 2;

/// How much of what the compiler knows is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mode {
    /// Typed bodies.
    Bodies,
    /// Typed bodies; and every written path, where the source does not say all that the interfaces of items hold.
    Needed,
    /// Typed bodies, and every written path.
    Everything,
}

/// Which unit a record is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The crate's own name.
    pub crate_name: String,
    /// Its root file.
    pub root: PathBuf,
    /// What its places are relative to.
    pub directory: PathBuf,
    /// Whether it is compiled as a test.
    pub is_test: bool,
    /// The features that were on.
    pub features: Vec<String>,
    /// The platform, if it was not the host's.
    pub platform: Option<String>,
    /// `rustc --version` of the compiler.
    pub compiler: String,
    /// Files that the compiler read.
    pub files_read: Vec<PathBuf>,
}

/// A unit and what was seen in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The unit.
    pub unit: Unit,
    /// How much was asked for.
    pub mode: Mode,
    /// What was seen.
    pub record: Record,
}

/// A record's file, as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Of its content: two files of one hash say the same.
    pub hash: [u8; blake3::OUT_LEN],
}

/// What a file begins with, besides the hash.
fn stamp() -> String {
    format!("archguard {} {FORMAT}\n", env!("CARGO_PKG_VERSION"))
}

/// Where the record of a unit lies: beside its artefacts.
pub(super) fn path_of(out_directory: &Path, crate_name: &str, extra: &str) -> PathBuf {
    out_directory.join(format!("{crate_name}{extra}.archguard"))
}

/// Writes a record, all of it or none. Its time lies in the past, so that cargo, which is told to watch it, does not take
/// the unit for changed.
pub(super) fn write(path: &Path, stored: &Stored) -> io::Result<()> {
    let body = postcard::to_stdvec(stored).map_err(io::Error::other)?;
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(stamp().as_bytes())?;
    file.write_all(blake3::hash(&body).as_bytes())?;
    file.write_all(&body)?;
    file.as_file()
        .set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(24 * 3600))?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Reads a record that serves a mode; none for what is missing, damaged, or of another version.
pub(super) fn read(path: &Path, mode: Mode) -> Option<(Stored, RecordFile)> {
    let bytes = fs::read(path).ok()?;
    let rest = bytes.strip_prefix(stamp().as_bytes())?;
    let (hash, body) = rest.split_at_checked(blake3::OUT_LEN)?;
    let own_hash = blake3::hash(body);
    if own_hash.as_bytes() != hash {
        return None;
    }
    let stored: Stored = postcard::from_bytes(body).ok()?;
    let file = RecordFile {
        path: path.to_path_buf(),
        hash: *own_hash.as_bytes(),
    };
    (stored.mode >= mode).then_some((stored, file))
}

/// Where cargo looks for what a unit was made of.
pub(super) fn dep_info_of(invocation: &Invocation) -> PathBuf {
    let stem = format!("{}{}", invocation.crate_name, invocation.extra_filename);
    invocation.out_directory.join(format!("{stem}.d"))
}

/// Adds files to what cargo watches for a unit: with one of them changed or gone, the unit is compiled again.
pub(super) fn watch(dep_info: &Path, watched: &[&Path]) -> io::Result<()> {
    let text = fs::read_to_string(dep_info)?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let mut file = File::create(dep_info)?;
    write!(file, "{first}")?;
    for watched in watched {
        let escaped = watched.to_string_lossy().replace('\\', "\\\\").replace(' ', "\\ ");
        write!(file, " {escaped}")?;
    }
    write!(file, "\n{rest}")
}

/// The files that a unit was made of, as its dep-info lists them.
pub(super) fn files_read(dep_info: &Path, directory: &Path) -> io::Result<Vec<PathBuf>> {
    let text = fs::read_to_string(dep_info)?;
    let Some((_, files)) = text.lines().next().and_then(|line| line.split_once(": ")) else {
        return Ok(Vec::new());
    };
    Ok(split_escaped(files)
        .into_iter()
        .map(|file| directory.join(file))
        .collect())
}

/// Parts a list at its spaces; a space behind a backslash belongs to a name.
fn split_escaped(list: &str) -> Vec<String> {
    let mut files = vec![String::new()];
    let mut escaped = false;
    for character in list.chars() {
        let current = files.last_mut().expect("there is one from the beginning");
        match (escaped, character) {
            (false, '\\') => escaped = true,
            (false, ' ') => files.push(String::new()),
            (true, character) if character != ' ' && character != '\\' => {
                current.push('\\');
                current.push(character);
                escaped = false;
            }
            (_, character) => {
                current.push(character);
                escaped = false;
            }
        }
    }
    files.retain(|file| !file.is_empty());
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(mode: Mode) -> Stored {
        Stored {
            unit: Unit {
                crate_name: "app".to_owned(),
                root: "src/lib.rs".into(),
                directory: "/shop".into(),
                is_test: false,
                features: vec!["fast".to_owned()],
                platform: None,
                compiler: "rustc 1.95.0".to_owned(),
                files_read: vec!["src/lib.rs".into()],
            },
            mode,
            record: Record::default(),
        }
    }

    #[test]
    fn what_is_written_is_read_and_what_is_damaged_is_missing() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = path_of(directory.path(), "app", "-1234");
        write(&path, &stored(Mode::Everything)).expect("written");
        let (found, file) = read(&path, Mode::Everything).expect("whole");
        assert_eq!((found, file.path), (stored(Mode::Everything), path.clone()));
        let mut bytes = fs::read(&path).expect("readable");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, &bytes).expect("writable");
        assert_eq!(read(&path, Mode::Everything), None);
        bytes.truncate(10);
        fs::write(&path, &bytes).expect("writable");
        assert_eq!(read(&path, Mode::Everything), None);
    }

    #[test]
    fn bodies_alone_do_not_serve_where_everything_is_asked_for() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = path_of(directory.path(), "app", "");
        write(&path, &stored(Mode::Bodies)).expect("written");
        assert_eq!(read(&path, Mode::Everything), None);
        assert_eq!(read(&path, Mode::Needed), None);
        assert!(read(&path, Mode::Bodies).is_some_and(|(found, _)| found == stored(Mode::Bodies)));
        write(&path, &stored(Mode::Everything)).expect("written");
        assert!(
            read(&path, Mode::Needed).is_some(),
            "more serves where less is asked for"
        );
    }

    #[test]
    fn cargo_is_told_to_watch_in_the_first_rule() {
        let directory = tempfile::tempdir().expect("a directory");
        let dep_info = directory.path().join("app.d");
        fs::write(&dep_info, "app.d: src/lib.rs src/my\\ module.rs\n\nsrc/lib.rs:\n").expect("writable");
        watch(&dep_info, &[Path::new("/target/my app.archguard")]).expect("watched");
        let text = fs::read_to_string(&dep_info).expect("readable");
        assert!(
            text.starts_with("app.d: src/lib.rs src/my\\ module.rs /target/my\\ app.archguard\n\nsrc/lib.rs:\n"),
            "{text}"
        );
        let files = files_read(&dep_info, Path::new("/shop")).expect("readable");
        assert_eq!(files[1], Path::new("/shop/src/my module.rs"));
    }
}
