//! Finds and reads the policy file. What it says is read elsewhere.

use std::path::{Path, PathBuf};

use archguard_invariants::policy::PolicyTexts;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::stages::Loaded;
use crate::text_file;

/// The name of the policy file at the workspace root.
pub const POLICY_FILE: &str = "archguard.toml";

/// A policy file, read or not.
#[derive(Debug)]
pub struct PolicyFile {
    /// The path as printed.
    pub display: String,
    /// Whether it stands in for the one at the workspace root.
    pub replaces_own: bool,
    /// The text, or why there is none.
    pub text: Result<String, Problem>,
    /// The files that packages have of their own.
    pub fragments: Vec<Fragment>,
    /// The folder that it lies in, and the workspace root.
    folder: PathBuf,
    root: PathBuf,
}

/// A package's own policy file.
#[derive(Debug)]
pub struct Fragment {
    package: String,
    pub(crate) display: String,
    text: Result<String, Problem>,
}

impl PolicyFile {
    /// Reads the policy: the file given (relative to the current directory), else the one at the workspace root.
    pub fn read(root: &Path, given: Option<&Path>) -> Self {
        let own = root.join(POLICY_FILE);
        let path = given.map_or_else(|| own.clone(), Path::to_path_buf);
        let display = display(root, &path);
        let text = read_text(&path, &display, given.is_some());
        Self {
            display,
            replaces_own: absolute(&path) != absolute(&own),
            text,
            fragments: Vec::new(),
            folder: folder_of(&path),
            root: root.to_path_buf(),
        }
    }

    /// A policy that is not written yet, and its path.
    pub fn drafted(root: &Path, given: Option<&Path>) -> (Self, PathBuf) {
        let own = root.join(POLICY_FILE);
        let path = given.map_or_else(|| own.clone(), Path::to_path_buf);
        let folder = folder_of(&path);
        let path = path
            .file_name()
            .map_or_else(|| path.clone(), |name| absolute(&folder).join(name));
        let file = Self {
            display: display(root, &path),
            replaces_own: path != absolute(root).join(POLICY_FILE),
            text: Ok(String::new()),
            fragments: Vec::new(),
            folder,
            root: root.to_path_buf(),
        };
        (file, path)
    }

    /// Reads the files of the members, where they have one. The one at the root of a workspace is no package's but that
    /// workspace's. A policy given in place of the workspace's own is judged by alone.
    pub fn read_fragments(&mut self, workspace: &Loaded) {
        self.fragments.clear();
        if self.replaces_own {
            return;
        }
        let roots: Vec<PathBuf> = workspace.roots().map(absolute).collect();
        for (package, directory) in workspace.members() {
            let path = directory.join(POLICY_FILE);
            if path.symlink_metadata().is_ok() && !roots.contains(&absolute(directory)) {
                let display = display(workspace.root(), &path);
                self.fragments.push(Fragment {
                    package: package.to_owned(),
                    text: read_text(&path, &display, false),
                    display,
                });
            }
        }
        self.fragments.sort_by(|left, right| left.display.cmp(&right.display));
    }

    /// The texts of all files, or what kept one from being read.
    pub fn texts(&self) -> Result<PolicyTexts, Vec<Problem>> {
        let fragments = self.fragments.iter().map(|fragment| &fragment.text);
        let problems = std::iter::once(&self.text)
            .chain(fragments)
            .filter_map(|text| text.as_ref().err());
        let problems: Vec<Problem> = problems.cloned().collect();
        if problems.is_empty() {
            self.readable().ok_or(problems)
        } else {
            Err(problems)
        }
    }

    /// The texts of all files that could be read; none without the workspace's own.
    pub fn readable(&self) -> Option<PolicyTexts> {
        let mut texts = PolicyTexts::new(&self.display, self.text.as_ref().ok()?);
        for fragment in &self.fragments {
            if let Ok(text) = &fragment.text {
                texts.add_fragment(&fragment.package, &fragment.display, text);
            }
        }
        Some(texts)
    }

    /// The policy's place in a verdict that never came to read it.
    pub fn unread(given: Option<&Path>) -> Self {
        let path = given.unwrap_or(Path::new(POLICY_FILE));
        let unread = Problem {
            code: ProblemCode::NoPolicy,
            message: String::new(),
            place: ProblemPlace::None,
            suggestion: None,
        };
        Self {
            display: path.to_string_lossy().into_owned(),
            replaces_own: given.is_some(),
            text: Err(unread),
            fragments: Vec::new(),
            folder: PathBuf::new(),
            root: PathBuf::new(),
        }
    }

    /// Where the policy lies.
    pub(crate) fn path(&self) -> PathBuf {
        let name = Path::new(&self.display).file_name().unwrap_or_default();
        absolute(&self.folder).join(name)
    }

    /// The workspace root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file beside the policy, and how it is printed.
    pub fn beside(&self, name: &str) -> (PathBuf, String) {
        let path = absolute(&self.folder).join(name);
        let shown = display(&self.root, &path);
        (path, shown)
    }

    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        self.text
            .as_ref()
            .is_err_and(|problem| problem.code == ProblemCode::NoPolicy)
    }
}

/// The text of a policy: the workspace's own, or one that somebody named.
fn read_text(path: &Path, display: &str, given: bool) -> Result<String, Problem> {
    let text = if given {
        text_file::read_whatever(path, display)
    } else {
        text_file::read(path, display)
    };
    text?.ok_or_else(|| missing(display, given))
}

/// Relative to the workspace root where it lies below, with `/`; else absolute: a name relative to anywhere else would read
/// like a file of the workspace.
fn display(root: &Path, path: &Path) -> String {
    let path = absolute(path);
    let shown = path.strip_prefix(absolute(root)).unwrap_or(&path);
    shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Without links and detours; as it is where there is no such file.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Where a file lies: here, where nothing else is said.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn missing(display: &str, given: bool) -> Problem {
    let message = if given {
        format!("there is no policy: `{display}` does not exist")
    } else {
        format!("there is no policy: the workspace root holds no {POLICY_FILE}")
    };
    Problem {
        code: ProblemCode::NoPolicy,
        message,
        place: ProblemPlace::None,
        suggestion: None,
    }
}
