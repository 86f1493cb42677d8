//! Files as they were at a commit. Git is asked; nothing is checked out.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

/// The text of a file at a commit; none where it had no such file.
pub(crate) fn text_at(base: &str, path: &Path) -> Result<Option<String>, Problem> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let commit = commit(base, folder)?;
    let shown = git(folder, [OsStr::new("show"), format!("{commit}:./{name}").as_ref()])?;
    Ok(shown
        .status
        .success()
        .then(|| String::from_utf8_lossy(&shown.stdout).into_owned()))
}

fn commit(base: &str, folder: &Path) -> Result<String, Problem> {
    let wanted = format!("{base}^{{commit}}");
    let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
    let found = git(folder, asked.map(OsStr::new))?;
    let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    if found.status.success() && !commit.is_empty() {
        return Ok(commit);
    }
    let shallow = git(folder, ["rev-parse", "--is-shallow-repository"].map(OsStr::new))?;
    let is_shallow = shallow.stdout.starts_with(b"true");
    Err(problem(
        format!("`--base {base}` names no commit of the repository here"),
        is_shallow.then(|| format!("the clone is shallow: `git fetch --depth 1 origin {base}` may bring it")),
    ))
}

fn git<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<Output, Problem> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null());
    let output = command.output();
    output.map_err(|error| problem(format!("git cannot be run, and `--base` needs it: {error}"), None))
}

fn problem(message: String, suggestion: Option<String>) -> Problem {
    Problem {
        code: ProblemCode::UnknownName,
        message,
        place: ProblemPlace::None,
        suggestion,
    }
}
