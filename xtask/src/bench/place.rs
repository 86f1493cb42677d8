//! A workspace that is measured, and commands in it: each in the same surroundings, whatever those of whoever measures are.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::programs::Programs;
use super::words;

/// What would change what is measured.
const NOT_PASSED_ON: [&str; 7] = [
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_INCREMENTAL",
    "CI",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

/// Everything is let pass: what a check costs must not depend on what it finds.
const OPEN_POLICY: &str = "version = 1\n\n[policy]\nunassigned = \"allow\"\nundeclared = \"allow\"\n";

/// A workspace that may be written to, with a target directory of its own.
pub(crate) struct Place<'a> {
    pub(crate) root: PathBuf,
    pub(crate) programs: &'a Programs,
}

impl<'a> Place<'a> {
    /// With a policy, where it has none.
    pub(crate) fn new(root: PathBuf, programs: &'a Programs) -> Result<Self, String> {
        let place = Self { root, programs };
        let fail = |error: std::io::Error| format!("{}: {error}", place.root.display());
        let policy = place.root.join("archguard.toml");
        if !policy.exists() {
            fs::write(policy, OPEN_POLICY).map_err(fail)?;
        }
        // Where there is no target directory nothing is kept.
        fs::create_dir_all(place.target()).map_err(fail)?;
        Ok(place)
    }

    fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Cargo, which does not go to the network.
    pub(crate) fn cargo(&self, words: &[&str]) -> Command {
        let mut command = self.command(&std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(words).env("CARGO_NET_OFFLINE", "true");
        command
    }

    /// The tool.
    pub(crate) fn archguard(&self, words: &[&str]) -> Command {
        let mut command = self.command(self.programs.archguard.as_os_str());
        command.arg("archguard").args(words).arg("--offline");
        command
    }

    /// This program, as it is built to be measured.
    pub(crate) fn xtask(&self, words: &[&str]) -> Command {
        let mut command = self.command(self.programs.xtask.as_os_str());
        command.args(words);
        command
    }

    /// Some other program.
    pub(crate) fn program(&self, program: &str, words: &[&str]) -> Command {
        let mut command = self.command(program.as_ref());
        command.args(words);
        command
    }

    fn command(&self, program: &OsStr) -> Command {
        let mut command = Command::new(program);
        for name in NOT_PASSED_ON {
            command.env_remove(name);
        }
        command.env("CARGO_TARGET_DIR", self.target()).current_dir(&self.root);
        command
    }

    /// Runs a command that is not measured; what it said on standard output.
    pub(crate) fn capture(mut command: Command) -> Result<String, String> {
        let output = words::listen(&mut command)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(words::last(&output))
    }

    /// What a check from nothing tells of the time that its stages took.
    pub(crate) fn timings(&self) -> Result<String, String> {
        let mut command = self.archguard(&["check", "--timings"]);
        let output = words::listen(command.env("CI", "true"))?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Has the tool check once, so that everything is kept.
    pub(crate) fn settle(&self) -> Result<(), String> {
        super::process::run(&mut self.archguard(&["check"])).map(|_| ())
    }

    /// Forgets all that is kept.
    pub(crate) fn forget(&self) -> Result<(), String> {
        remove(&self.target().join("archguard"))
    }

    /// Forgets all that was ever built.
    pub(crate) fn forget_builds(&self) -> Result<(), String> {
        remove(&self.target())?;
        fs::create_dir_all(self.target()).map_err(|error| error.to_string())
    }
}

fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", folder.display())),
        _ => Ok(()),
    }
}
