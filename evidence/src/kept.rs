//! Files in which answers are kept below the target directory: read whole or not at all, replaced in one step, a few of a
//! kind at most. What they hold and how long it is true, those say who keep it.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

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

/// That something held.
const MARK: Kind = Kind {
    name: "mark",
    most_files: 32,
    most_bytes: 64,
};

/// That something held, by everything that it depends on: whoever sets a mark answers for that.
#[derive(Debug)]
pub struct Mark {
    file: KeptFile,
}

impl Mark {
    /// The mark of some bytes for a workspace; none for one that is not kept.
    pub fn of(workspace: &Workspace, decided_by: &[u8]) -> Option<Self> {
        workspace.kept_as.as_ref()?;
        let mut hasher = blake3::Hasher::new();
        let name = hasher.update(this_tool().as_bytes()).update(decided_by).finalize();
        let folder = workspace.target_directory.join("archguard");
        Some(Self {
            file: KeptFile::new(&folder, MARK, &name.to_hex()),
        })
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        self.file.read_bytes().is_some()
    }

    /// Sets it.
    pub fn set(&self) {
        // Nothing is lost but time where it cannot be written.
        let _ = self.file.write_bytes(&[]);
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
    pub(crate) fn read_bytes(&self) -> Option<Vec<u8>> {
        if self.path.metadata().ok()?.len() > self.kind.most_bytes {
            return None;
        }
        let mut bytes = std::fs::read(&self.path).ok()?;
        let (hash, body) = bytes.split_first_chunk()?;
        if blake3::hash(body) != blake3::Hash::from_bytes(*hash) {
            return None;
        }
        bytes.drain(..blake3::OUT_LEN);
        Some(bytes)
    }

    /// Writes it; nothing where it cannot be written, which is no loss but of time.
    pub(crate) fn write(&self, value: &impl Serialize) -> Option<()> {
        // A path that is no text cannot be written.
        self.write_bytes(&postcard::to_stdvec(value).ok()?)
    }

    /// The same for bytes.
    pub(crate) fn write_bytes(&self, body: &[u8]) -> Option<()> {
        self.write_parts(&[body])
    }

    /// The same for bytes in several parts, one after the other.
    pub(crate) fn write_parts(&self, body: &[&[u8]]) -> Option<()> {
        if body.iter().map(|part| part.len() as u64).sum::<u64>() >= self.kind.most_bytes {
            return None;
        }
        let folder = self.path.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        // Whoever reads meanwhile sees the old file or the new one.
        let aside = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).ok()?;
        let mut hasher = blake3::Hasher::new();
        for part in body {
            hasher.update(part);
        }
        let mut writer = BufWriter::with_capacity(1 << 18, aside);
        writer.write_all(hasher.finalize().as_bytes()).ok()?;
        for part in body {
            writer.write_all(part).ok()?;
        }
        writer.into_inner().ok()?.persist(&self.path).ok()?;
        self.forget_old(folder);
        Some(())
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
