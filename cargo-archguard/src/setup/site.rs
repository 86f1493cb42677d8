//! What there is around a workspace: the repository, where git looks for hooks, the crates, the programs on the path. Asked once.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use archguard_check::{Loaded, stages::CrateRoot};

/// The program that cargo calls.
pub(super) const PROGRAM: &str = "cargo-archguard";
/// The version that everything made by setup asks for.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The surroundings.
pub(super) struct Site {
    /// The workspace root.
    pub(super) root: PathBuf,
    /// The repository; none outside git.
    pub(super) repository: Option<Repository>,
    /// The root files of libraries and binaries.
    pub(super) crates: Vec<CrateRoot>,
    /// The directories of the packages.
    pub(super) packages: Vec<PathBuf>,
}

/// The repository around.
pub(super) struct Repository {
    /// The root of the work tree.
    pub(super) root: PathBuf,
    /// Where git looks for hooks.
    pub(super) hooks: PathBuf,
    /// Where it looks without `core.hooksPath`.
    pub(super) own_hooks: PathBuf,
    /// `core.hooksPath`.
    pub(super) hooks_path: Option<String>,
}

impl Site {
    pub(super) fn of(workspace: &Loaded) -> Self {
        let root = workspace.root().to_path_buf();
        Self {
            repository: Repository::around(&root),
            crates: workspace.crate_roots(),
            packages: workspace
                .members()
                .map(|(_, directory)| directory.to_path_buf())
                .collect(),
            root,
        }
    }

    /// A path as printed.
    pub(super) fn display(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.root).map(Path::to_path_buf).or_else(|_| {
            let repository = self
                .repository
                .as_ref()
                .map_or(self.root.as_path(), |it| it.root.as_path());
            let below = path.strip_prefix(repository).map_err(|_| ())?;
            let depth = self
                .root
                .strip_prefix(repository)
                .map_or(0, |it| it.components().count());
            Ok::<_, ()>(std::iter::repeat_n("..", depth).collect::<PathBuf>().join(below))
        });
        let shown = shown.unwrap_or_else(|()| path.to_path_buf());
        shown.to_string_lossy().replace('\\', "/")
    }

    /// The root of the repository, else that of the workspace.
    pub(super) fn top(&self) -> &Path {
        self.repository
            .as_ref()
            .map_or(&self.root, |repository| &repository.root)
    }

    /// The option by which a command that is run at the top finds the workspace.
    pub(super) fn manifest_option(&self) -> String {
        match self.root.strip_prefix(self.top()) {
            Ok(below) if !below.as_os_str().is_empty() => {
                let below = below.to_string_lossy().replace('\\', "/");
                format!(" --manifest-path {below}/Cargo.toml")
            }
            _ => String::new(),
        }
    }
}

/// How the tool is installed in this version.
pub(super) fn install() -> String {
    format!("cargo install {PROGRAM} --version {VERSION} --locked")
}

/// Whether the tool is on the path.
pub(super) fn is_installed() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

impl Repository {
    fn around(root: &Path) -> Option<Self> {
        let top = PathBuf::from(git(root, ["rev-parse", "--show-toplevel"])?);
        let common = git(root, ["rev-parse", "--git-common-dir"])?;
        let own_hooks = root.join(common).join("hooks");
        let hooks = git(root, ["rev-parse", "--git-path", "hooks"])?;
        let real = |path: PathBuf| match (path.parent().map(Path::canonicalize), path.file_name()) {
            (Some(Ok(folder)), Some(name)) => folder.join(name),
            _ => path,
        };
        Some(Self {
            root: top.canonicalize().unwrap_or(top),
            hooks: real(root.join(hooks)),
            own_hooks: real(own_hooks),
            hooks_path: git(root, ["config", "--get", "core.hooksPath"]),
        })
    }

    /// Whether git looks for hooks in this repository, and not in a place that others share.
    pub(super) fn has_own_hooks(&self) -> bool {
        self.hooks == self.own_hooks || self.hooks.starts_with(&self.root)
    }
}

/// What git answers, if it succeeds and says something.
fn git<const N: usize>(folder: &Path, arguments: [&str; N]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments.map(OsStr::new));
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let said = said.trim_end_matches(['\n', '\r']);
    (output.status.success() && !said.is_empty()).then(|| said.to_owned())
}
