//! Running cargo on this repository: its own output goes to the terminal as it comes. What to run is for the checks.

use crate::check::Outcome;
use crate::repository::Repository;
use std::process::{Command, Stdio};

/// One call of cargo, as it would be typed.
pub(crate) struct Cargo<'a> {
    pub(crate) arguments: &'a [&'a str],
    pub(crate) environment: &'a [(&'a str, &'a str)],
}

impl<'a> Cargo<'a> {
    pub(crate) fn new(arguments: &'a [&'a str]) -> Self {
        Self {
            arguments,
            environment: &[],
        }
    }

    /// Passed if cargo ends with 0.
    pub(crate) fn check(&self, repository: &Repository) -> Outcome {
        match self.prepare(repository).status() {
            Ok(status) if status.success() => Outcome::Passed("exit code 0".to_owned()),
            Ok(status) => Outcome::Failed(vec![format!("`{}` ended with {status}", self.typed())]),
            Err(error) => Outcome::Failed(vec![format!("`{}` did not start: {error}", self.typed())]),
        }
    }

    /// Whether cargo ends with 0, and what it wrote to standard output; an error if it did not start.
    pub(crate) fn capture(&self, repository: &Repository) -> Result<(bool, String), String> {
        let (code, output) = self.transcript(repository)?;
        Ok((code == Some(0), output))
    }

    /// The exit code, and what cargo wrote to standard output; an error if it did not start.
    pub(crate) fn transcript(&self, repository: &Repository) -> Result<(Option<i32>, String), String> {
        let output = self.prepare(repository).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| format!("`{}` did not start: {error}", self.typed()))?;
        Ok((
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        ))
    }

    pub(crate) fn typed(&self) -> String {
        format!("cargo {}", self.arguments.join(" "))
    }

    fn prepare(&self, repository: &Repository) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command.args(self.arguments).envs(self.environment.iter().copied());
        // Nothing here may wait for somebody to type.
        command.current_dir(repository.root()).stdin(Stdio::null());
        command
    }
}
