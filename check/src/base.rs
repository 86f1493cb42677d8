//! The state that a change is judged against, as whoever knows the history hands it over; and how it is read: written aside
//! as files, and loaded there as a workspace like any other. What the user has checked out is not touched.

use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};

use archguard_evidence::Evidence;
use archguard_invariants::policy::Policy;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::opened::Opened;
use crate::options::{Latitude, Options};
use crate::policy_file::PolicyFile;
use crate::stages::{self, Loaded};

/// The files of a commit.
pub trait BaseTree: fmt::Debug {
    /// The commit as it was asked for.
    fn rev(&self) -> &str;
    /// The commit.
    fn commit(&self) -> &str;
    /// The directory that the commit's paths are relative to, without links.
    fn work_tree(&self) -> &Path;
    /// The files of these names, wherever they lie: the path with `/`, and the text.
    fn texts(&self, names: &[&str]) -> Result<Vec<(String, String)>, Problem>;
    /// Writes all files below a directory; what could not be written: other repositories inside this one.
    fn write(&self, to: &Path) -> Result<Vec<String>, Problem>;
}

/// What a check is asked to hold the policy against.
#[derive(Debug, Clone)]
pub struct Base<'a> {
    /// The commit, or why there is none.
    pub tree: Result<&'a dyn BaseTree, Problem>,
    /// Whether what has been weakened is accepted.
    pub accept: Accept,
    /// How much is compared.
    pub extent: Extent,
}

/// How much of a commit is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What judges; of the code only what that takes.
    Judges,
    /// What judges, and the code: the check has a [`Difference`](archguard_invariants::difference::Difference) then.
    Code,
}

/// Whether what has been weakened since is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// It is a finding.
    Nothing,
    /// It is a warning, and what people have decided since counts.
    Changes,
}

/// A policy and the code that it speaks of, read.
#[derive(Debug)]
pub(crate) struct State {
    /// The files of the policy.
    pub(crate) file: PolicyFile,
    /// The policy.
    pub(crate) policy: Policy,
    /// The code.
    pub(crate) evidence: Evidence,
    /// What could not be looked at.
    pub(crate) notes: Vec<String>,
}

/// The state of a commit, and the directory that it lies in as long as this does.
#[derive(Debug)]
pub(crate) struct Aside {
    /// The workspace root there.
    pub(crate) root: PathBuf,
    /// What is not there.
    pub(crate) notes: Vec<String>,
    _folder: tempfile::TempDir,
}

impl Aside {
    /// Writes a commit aside. Paths that lead out of the repository lead to where they lead from the work tree.
    pub(crate) fn write(base: &dyn BaseTree, workspace: &Loaded) -> Result<Self, Problem> {
        let failed = |error: &std::io::Error| problem(base, &format!("cannot be written aside: {error}"));
        let folder = tempfile::Builder::new().prefix("archguard-base-").tempdir();
        let folder = folder.map_err(|error| failed(&error))?;
        let top = folder.path().canonicalize().map_err(|error| failed(&error))?;
        let to = below(&top, base.work_tree());
        fs::create_dir_all(&to).map_err(|error| failed(&error))?;
        let left_out = base.write(&to)?;
        let notes = left_out.into_iter();
        let mut notes: Vec<String> = notes
            .map(|path| format!("`{path}` belongs to another repository"))
            .collect();
        for (_, directory) in workspace.package_directories() {
            let directory = directory.canonicalize().unwrap_or_else(|_| directory.to_path_buf());
            if !directory.starts_with(base.work_tree()) && link(&directory, &below(&top, &directory)).is_err() {
                notes.push(format!("`{}` lies outside the repository", directory.display()));
            }
        }
        let root = workspace
            .root()
            .canonicalize()
            .unwrap_or_else(|_| workspace.root().to_path_buf());
        Ok(Self {
            root: below(&top, &root),
            notes,
            _folder: folder,
        })
    }

    /// What is asked of a check there: nothing is kept, nothing fetched.
    pub(crate) fn options(&self, options: &Options, workspace: &Loaded) -> Options {
        let policy = options.policy.as_ref().map(|policy| {
            let policy = policy.canonicalize().unwrap_or_else(|_| policy.clone());
            let root = workspace
                .root()
                .canonicalize()
                .unwrap_or_else(|_| workspace.root().to_path_buf());
            policy
                .strip_prefix(&root)
                .map_or(policy.clone(), |inside| self.root.join(inside))
        });
        Options {
            manifest_path: Some(self.root.join("Cargo.toml")),
            packages: Vec::new(),
            policy,
            offline: true,
            latitude: Latitude::Asked,
            today: options.today,
        }
    }

    /// Reads the state; by another policy where it has none.
    pub(crate) fn read(
        &self,
        options: &Options,
        workspace: &Loaded,
        instead: Option<&Policy>,
    ) -> Result<State, Vec<Problem>> {
        let options = self.options(options, workspace);
        let mut workspace = stages::load(&options)?;
        let Opened {
            file, policy, problems, ..
        } = Opened::of(&mut workspace, &options);
        let policy = instead.cloned().map_or(policy, Ok)?;
        let evidence = stages::read_evidence(&workspace, Some(&policy));
        let mut notes = self.notes.clone();
        notes.extend(workspace.notes());
        let unread = evidence.problems.iter().chain(&problems);
        notes.extend(unread.map(|problem| problem.message.clone()));
        Ok(State {
            file,
            policy,
            evidence,
            notes,
        })
    }
}

/// A path of the file system, below another directory instead of its root.
fn below(top: &Path, path: &Path) -> PathBuf {
    let plain = path.components().filter(|part| matches!(part, Component::Normal(_)));
    plain.fold(top.to_path_buf(), |path, part| path.join(part))
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> std::io::Result<()> {
    if at.exists() {
        return Ok(());
    }
    at.parent().map_or(Ok(()), fs::create_dir_all)?;
    std::os::unix::fs::symlink(to, at)
}

/// There it takes a right that few have.
#[cfg(not(unix))]
fn link(_to: &Path, _at: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

pub(crate) fn problem(base: &dyn BaseTree, what: &str) -> Problem {
    Problem {
        code: ProblemCode::Base,
        message: format!("`{}` {what}", base.rev()),
        place: ProblemPlace::None,
        suggestion: None,
    }
}
