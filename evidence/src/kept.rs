//! Files in which answers are kept below the target directory: proved by a hash before they are believed, replaced in one
//! step, a few of a kind at most. What they hold and how long it is true, those say who keep it. In a [`shelf`] stand many
//! things, each of which is read and proved when it is asked for.

pub(crate) mod shelf;

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use blake3::Hasher;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::workspace::Workspace;

/// What a file is about, and how much of it may be kept. Workspaces may share a target directory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    name: &'static str,
    pub(crate) most_files: usize,
    most_bytes: u64,
}

/// What cargo said: one for each environment in which the tool is run, such as shell, editor and hook. That of the largest
/// workspaces known has some megabytes.
pub(crate) const WORKSPACE: Kind = Kind {
    name: "workspace",
    most_files: 32,
    most_bytes: 64 << 20,
};

/// Which modules there are, for each policy.
pub(crate) const OUTLINE: Kind = Kind {
    name: "outline",
    most_files: 32,
    most_bytes: 64 << 20,
};

/// What single files say, as they were read.
pub(crate) const FACTS: Kind = Kind {
    name: "facts",
    most_files: 12,
    most_bytes: 1 << 30,
};

/// What the code does, for each policy: some sixty bytes for each reference.
pub(crate) const GRAPH: Kind = Kind {
    name: "graph",
    most_files: 6,
    most_bytes: 1 << 30,
};

/// What an outline or a graph rests on.
pub(crate) const CONDITIONS: Kind = Kind {
    name: "conditions",
    most_files: OUTLINE.most_files + GRAPH.most_files,
    most_bytes: 256 << 20,
};

/// What others made of all this.
const ANSWER: Kind = Kind {
    name: "answer",
    most_files: 32,
    most_bytes: 64 << 20,
};

/// What somebody made of a workspace, by everything that it depends on: who keeps it answers for that.
#[derive(Debug)]
pub struct KeptAnswer {
    file: KeptFile,
}

impl KeptAnswer {
    /// The place for a workspace and some bytes; none for a workspace that is not kept.
    pub fn of(workspace: &Workspace, decided_by: &[u8]) -> Option<Self> {
        workspace.kept_as.as_ref()?;
        let name = Hasher::new()
            .update(this_tool().as_bytes())
            .update(decided_by)
            .finalize();
        let folder = workspace.target_directory.join("archguard");
        Some(Self {
            file: KeptFile::new(&folder, ANSWER, &name.to_hex()[..32]),
        })
    }

    /// What was made; none if it is not there or damaged.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        self.file.read()
    }

    /// Keeps what was made.
    pub fn write(&self, answer: &impl Serialize) {
        // Nothing is lost but time where it cannot be written.
        let _ = self.file.write(answer);
    }
}

/// A hash of what a file holds.
pub(crate) type Hash = [u8; blake3::OUT_LEN];

/// What a file holds.
#[derive(Debug)]
pub(crate) struct KeptBytes {
    pub(crate) hash: Hash,
    /// The whole file, which begins with the hash.
    file: Vec<u8>,
}

impl Deref for KeptBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.file.get(blake3::OUT_LEN..).unwrap_or_default()
    }
}

/// What is being written to a file behind the hash, as far as there is room.
struct Body<'f> {
    file: &'f mut File,
    hasher: Hasher,
    /// How many of the bytes that come are hashed.
    hashed: u64,
    room: u64,
}

impl Write for Body<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.room.checked_sub(bytes.len() as u64);
        self.room = room.ok_or(io::ErrorKind::FileTooLarge)?;
        self.file.write_all(bytes)?;
        let hashed = usize::try_from(self.hashed).map_or(bytes.len(), |hashed| hashed.min(bytes.len()));
        self.hasher.update(&bytes[..hashed]);
        self.hashed -= hashed as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file that may be there.
#[derive(Debug)]
pub(crate) struct KeptFile {
    kind: Kind,
    pub(crate) path: PathBuf,
}

impl KeptFile {
    /// The file of a kind in a folder, by a name for what it is about.
    pub(crate) fn new(folder: &Path, kind: Kind, name: &str) -> Self {
        let path = folder.join(format!("{}-{name}", kind.name));
        Self { kind, path }
    }

    /// What it holds; nothing if it is not there or damaged.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        postcard::from_bytes(&self.read_bytes()?).ok()
    }

    /// The bytes that it holds; nothing if it is not there or damaged.
    pub(crate) fn read_bytes(&self) -> Option<KeptBytes> {
        if self.path.metadata().ok()?.len() > self.kind.most_bytes {
            return None;
        }
        let file = std::fs::read(&self.path).ok()?;
        let (hash, body) = file.split_first_chunk()?;
        (blake3::hash(body) == blake3::Hash::from_bytes(*hash)).then_some(KeptBytes { hash: *hash, file })
    }

    /// The first bytes that it holds, as many as a number says with which they begin, and the file for the rest; nothing if
    /// it is not there or these bytes are damaged.
    pub(crate) fn open_behind(&self, length: impl FnOnce(u64) -> Option<usize>) -> Option<(Vec<u8>, File)> {
        let mut file = File::open(&self.path).ok()?;
        let size = file.metadata().ok()?.len();
        if size > self.kind.most_bytes {
            return None;
        }
        let (mut hash, mut number) = (Hash::default(), [0; size_of::<u64>()]);
        file.read_exact(&mut hash).ok()?;
        file.read_exact(&mut number).ok()?;
        let length = length(u64::from_le_bytes(number)).filter(|&length| length as u64 <= size)?;
        let mut bytes = number.to_vec();
        bytes.resize(length, 0);
        file.read_exact(bytes.get_mut(number.len()..)?).ok()?;
        (blake3::hash(&bytes) == blake3::Hash::from_bytes(hash)).then_some((bytes, file))
    }

    /// Writes it; nothing where it cannot be written, which is no loss but of time.
    pub(crate) fn write(&self, value: &impl Serialize) -> Option<()> {
        self.write_by(|to| {
            // A path that is no text cannot be written.
            postcard::to_io(value, to).ok().map(|_| ())
        })?;
        Some(())
    }

    /// Has somebody write what it is to hold, and says the hash of it.
    pub(crate) fn write_by(&self, write: impl FnOnce(&mut dyn Write) -> Option<()>) -> Option<Hash> {
        self.write_hashed(u64::MAX, write)
    }

    /// Has somebody write what is to stand behind bytes for [`KeptFile::open_behind`].
    pub(crate) fn write_behind(&self, bytes: &[u8], write: impl FnOnce(&mut dyn Write) -> Option<()>) -> Option<Hash> {
        self.write_hashed(bytes.len() as u64, |to| {
            to.write_all(bytes).ok()?;
            write(to)
        })
    }

    fn write_hashed(&self, hashed: u64, write: impl FnOnce(&mut dyn Write) -> Option<()>) -> Option<Hash> {
        let folder = self.path.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        // Whoever reads meanwhile sees the old file or the new one.
        let mut aside = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).ok()?;
        aside.write_all(&[0; blake3::OUT_LEN]).ok()?;
        let mut body = BufWriter::with_capacity(
            1 << 18,
            Body {
                file: aside.as_file_mut(),
                hasher: Hasher::new(),
                hashed,
                room: self.kind.most_bytes.saturating_sub(blake3::OUT_LEN as u64),
            },
        );
        write(&mut body)?;
        let hash = *body.into_inner().ok()?.hasher.finalize().as_bytes();
        aside.rewind().ok()?;
        aside.write_all(&hash).ok()?;
        aside.persist(&self.path).ok()?;
        self.forget_old(folder);
        Some(hash)
    }

    /// Takes the oldest files of its kind away where there are too many.
    fn forget_old(&self, folder: &Path) {
        let prefix = format!("{}-", self.kind.name);
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<(SystemTime, PathBuf)> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix))
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        files.sort();
        let surplus = files.len().saturating_sub(self.kind.most_files);
        for (_, file) in files.into_iter().take(surplus) {
            // Another process may have been faster.
            let _ = std::fs::remove_file(file);
        }
    }
}

/// Size and time of a program, and where links lead: a program is megabytes long.
pub(crate) fn program(path: &Path) -> String {
    let Ok(known) = path.metadata() else {
        return "none".to_owned();
    };
    let time = known.modified().ok();
    let time = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let time = time.map_or(0, |time| time.as_nanos());
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    format!("{} {time} {}", known.len(), target.display())
}

/// This tool: of two states of one version either may read things in its own way. Command and macro are the same.
pub(crate) fn this_tool() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), " ", env!("ARCHGUARD_SOURCES"))
}
