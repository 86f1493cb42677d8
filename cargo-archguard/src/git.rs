//! Commits of the repository around a workspace, read where git keeps them: no program is run, nothing is checked out, and
//! neither the environment nor the user's own configuration has a say in it. The only file that knows gix.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use archguard_check::{BaseTree, with_causes};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use gix::bstr::ByteSlice;
use gix::objs::tree::EntryKind;
use gix::{ObjectId, Repository};

/// A commit.
pub(crate) struct Commit {
    repository: Repository,
    rev: String,
    id: String,
    work_tree: PathBuf,
    files: Vec<Entry>,
}

/// A file of its tree, or what stands for one.
struct Entry {
    /// Relative to the work tree, with `/`.
    path: String,
    kind: EntryKind,
    object: ObjectId,
}

impl std::fmt::Debug for Commit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Commit")
            .field("rev", &self.rev)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Commit {
    /// The commit that a text names in the repository around a folder.
    pub(crate) fn find(rev: &str, folder: &Path) -> Result<Self, Problem> {
        let repository = open(folder)?;
        let work_tree = repository.workdir().and_then(|path| path.canonicalize().ok());
        let work_tree =
            work_tree.ok_or_else(|| problem("the git repository here has no work tree".to_owned(), None))?;
        let found = repository
            .rev_parse_single(rev)
            .and_then(|id| id.object())
            .and_then(gix::Object::peel_to_commit);
        let commit = found.map_err(|error| unknown(&repository, rev, &error))?;
        let id = commit.id.to_string();
        let files = commit.tree().and_then(|tree| tree.traverse().breadthfirst.files());
        let files = files.map_err(|error| missing(&repository, rev, &error))?;
        let mut files: Vec<Entry> = files
            .into_iter()
            .filter(|file| !file.mode.is_tree())
            .map(|file| Entry {
                path: file.filepath.to_str_lossy().into_owned(),
                kind: file.mode.kind(),
                object: file.oid,
            })
            .collect();
        files.sort_by(|left, right| left.path.cmp(&right.path));
        drop(commit);
        Ok(Self {
            repository,
            rev: rev.to_owned(),
            id,
            work_tree,
            files,
        })
    }

    fn text(&self, entry: &Entry) -> Result<String, Problem> {
        self.bytes(entry)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    fn bytes(&self, entry: &Entry) -> Result<Vec<u8>, Problem> {
        let found = self.repository.find_object(entry.object);
        let mut object = found.map_err(|error| missing(&self.repository, &self.rev, &error))?;
        Ok(std::mem::take(&mut object.data))
    }

    fn write_entry(&self, entry: &Entry, to: &Path) -> Result<(), Problem> {
        let bytes = self.bytes(entry)?;
        let path = to.join(&entry.path);
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| match entry.kind {
                EntryKind::Link => link(&bytes, &path),
                _ => fs::write(&path, bytes),
            });
        written.map_err(|error| {
            let why = with_causes(&error);
            problem(
                format!("`{}` of {} cannot be written aside: {why}", entry.path, self.rev),
                None,
            )
        })
    }
}

impl BaseTree for Commit {
    fn rev(&self) -> &str {
        &self.rev
    }

    fn commit(&self) -> &str {
        &self.id
    }

    fn work_tree(&self) -> &Path {
        &self.work_tree
    }

    fn texts(&self, names: &[&str]) -> Result<Vec<(String, String)>, Problem> {
        let is_named = |entry: &&Entry| {
            let name = entry.path.rsplit('/').next().unwrap_or_default();
            matches!(entry.kind, EntryKind::Blob | EntryKind::BlobExecutable) && names.contains(&name)
        };
        let wanted = self.files.iter().filter(is_named);
        wanted
            .map(|entry| Ok((entry.path.clone(), self.text(entry)?)))
            .collect()
    }

    fn write(&self, to: &Path) -> Result<Vec<String>, Problem> {
        let mut left_out = BTreeSet::new();
        for entry in &self.files {
            match entry.kind {
                EntryKind::Commit => drop(left_out.insert(entry.path.clone())),
                // A name that leads elsewhere is none that git would check out.
                _ if !is_plain(&entry.path) => drop(left_out.insert(entry.path.clone())),
                _ => self.write_entry(entry, to)?,
            }
        }
        Ok(left_out.into_iter().collect())
    }
}

fn is_plain(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, Component::Normal(name) if name != ".git"))
}

#[cfg(unix)]
fn link(to: &[u8], path: &Path) -> std::io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    std::os::unix::fs::symlink(std::ffi::OsStr::from_bytes(to), path)
}

/// As git does where there are no links.
#[cfg(not(unix))]
fn link(to: &[u8], path: &Path) -> std::io::Result<()> {
    fs::write(path, to)
}

/// Opens the repository around a folder, by what lies in it alone.
fn open(folder: &Path) -> Result<Repository, Problem> {
    let folder = absolute(folder);
    let found = gix::discover_opts(
        &folder,
        gix::discover::upwards::Options::default(),
        gix::open::Options::isolated(),
    );
    found.map_err(|error| {
        problem(
            format!(
                "`{}` lies in no git repository that can be read: {}",
                folder.display(),
                causes(&error)
            ),
            None,
        )
    })
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
        let name = path.file_name().unwrap_or_default();
        folder.map_or_else(|| path.to_path_buf(), |folder| folder.join(name))
    })
}

/// The text names no commit.
fn unknown(repository: &Repository, rev: &str, error: &gix::Error) -> Problem {
    let suggestion = repository.is_shallow().unwrap_or(false).then(|| fetching(rev));
    problem(
        format!("`{rev}` names no commit of the repository here: {}", causes(error)),
        suggestion,
    )
}

/// The commit is there, and not all that belongs to it.
fn missing(repository: &Repository, rev: &str, error: &gix::Error) -> Problem {
    let suggestion = if repository.is_shallow().unwrap_or(false) {
        fetching(rev)
    } else {
        format!("if the clone is partial: `git archive {rev}` fetches what belongs to the commit")
    };
    problem(
        format!("the files of `{rev}` are not all here: {}", causes(error)),
        Some(suggestion),
    )
}

/// What brings a commit into a shallow clone.
fn fetching(rev: &str) -> String {
    let branch = rev.split(['~', '^', '@', ':']).next().unwrap_or(rev);
    if branch != rev {
        return "the clone is shallow: `git fetch --unshallow` brings the history".to_owned();
    }
    match branch.strip_prefix("origin/") {
        Some(name) => {
            format!("the clone is shallow: `git fetch --depth 1 origin {name}:refs/remotes/origin/{name}` brings it")
        }
        None => format!("the clone is shallow: `git fetch --depth 1 origin {rev}:{rev}` brings it"),
    }
}

fn causes(error: &gix::Error) -> String {
    let text = with_causes(error);
    text.lines().next().unwrap_or_default().trim().to_owned()
}

fn problem(message: String, suggestion: Option<String>) -> Problem {
    Problem {
        code: ProblemCode::Base,
        message,
        place: ProblemPlace::None,
        suggestion,
    }
}
