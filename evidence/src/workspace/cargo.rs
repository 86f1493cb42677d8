//! Runs `cargo metadata` so that it writes nothing, and sorts its refusals by what can be done about them.

use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand};

use super::error::{ManifestPlace, WorkspaceError};

/// How much cargo is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// The whole dependency graph by the lock file as it is.
    Locked,
    /// The whole dependency graph; cargo may write a lock file. For copies only.
    Unlocked,
    /// The workspace's own manifests.
    ManifestsOnly,
}

/// Whether cargo may use the network.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Network {
    /// Only what is on disk.
    Off,
    /// Whatever cargo needs.
    On,
}

/// What can be done about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The lock file is missing or would have to change.
    LockFile,
    /// Something is not on disk, and could not be fetched or was not allowed to be. No other copy would help.
    Fetch,
    /// Something else, mostly a manifest that cargo does not accept.
    Other,
}

/// What cargo said when it refused.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) refusal: Refusal,
    pub(super) message: String,
}

/// What cargo answered. Only a cargo that cannot be run at all is an error.
pub(super) type Answer = Result<Result<Metadata, Failure>, WorkspaceError>;

/// Cargo, as it is run for one workspace.
#[derive(Default)]
pub(super) struct Cargo {
    /// A rustup toolchain to use because the one that the workspace asks for is not installed.
    pub(super) toolchain: Option<String>,
    /// Configuration files that cargo would not find by itself, the strongest last.
    pub(super) configuration: Vec<PathBuf>,
}

impl Cargo {
    /// Asks cargo about a manifest.
    pub(super) fn ask(&mut self, manifest: &Path, question: Question, network: Network) -> Answer {
        let answer = self.run(manifest, question, network);
        let lacks_toolchain = matches!(&answer, Ok(Err(failure)) if failure.lacks_toolchain());
        if self.toolchain.is_none() && lacks_toolchain {
            self.toolchain = default_toolchain();
            if self.toolchain.is_some() {
                return self.run(manifest, question, network);
            }
        }
        answer
    }

    fn run(&self, manifest: &Path, question: Question, network: Network) -> Answer {
        let _span = tracing::info_span!("cargo metadata").entered();
        let mut command = self.command(manifest, question, network);
        let output = command.output().map_err(|source| WorkspaceError::NoCargo {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        if !output.status.success() {
            return Ok(Err(Failure::of(&String::from_utf8_lossy(&output.stderr))));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let json = text.lines().find(|line| line.starts_with('{')).unwrap_or_default();
        let parsed = MetadataCommand::parse(json);
        Ok(parsed.map_err(|error| Failure {
            refusal: Refusal::Other,
            message: format!("its answer cannot be understood: {error}"),
        }))
    }

    fn command(&self, manifest: &Path, question: Question, network: Network) -> Command {
        let mut metadata = MetadataCommand::new();
        // A variable that is set to nothing names no program.
        if std::env::var_os("CARGO").is_some_and(|program| program.is_empty()) {
            metadata.cargo_path("cargo");
        }
        let mut command = metadata.cargo_command();
        // Cargo looks for its configuration from the working directory, not from the manifest.
        command.args(["--quiet", "--manifest-path"]).arg(manifest);
        let directory = manifest.parent().unwrap_or(Path::new("."));
        // A path dependency that is not there is for cargo to name, and not to be taken for a cargo that is not there.
        let existing = directory.ancestors().find(|directory| directory.is_dir());
        command.current_dir(existing.unwrap_or(directory));
        match question {
            Question::Locked => command.args(["--all-features", "--locked"]),
            Question::Unlocked => command.arg("--all-features"),
            Question::ManifestsOnly => command.arg("--no-deps"),
        };
        if network == Network::Off {
            command.arg("--offline");
        }
        for file in &self.configuration {
            command.arg("--config").arg(file);
        }
        // Otherwise cargo writes `.rustc_info.json` into the target directory.
        command.env("CARGO_CACHE_RUSTC_INFO", "0");
        command.env("CARGO_TERM_COLOR", "never");
        // Reading must neither install a toolchain nor run whatever wraps the compiler in a build.
        command
            .env("RUSTUP_AUTO_INSTALL", "0")
            .env("RUSTC_WRAPPER", "")
            .env("RUSTC_WORKSPACE_WRAPPER", "");
        if let Some(toolchain) = &self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }
}

impl Failure {
    fn of(standard_error: &str) -> Self {
        let message = standard_error.trim();
        let message = match message.strip_prefix("error: ").unwrap_or(message) {
            "" => "it failed and said nothing".to_owned(),
            message => message.to_owned(),
        };
        // The words are cargo's and may change: then more is tried than need be, and the outcome is the same.
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let refusal = if says(&["--locked was passed"]) {
            Refusal::LockFile
        } else if says(&["failed to read `"]) {
            // A manifest that is not there: no network would help.
            Refusal::Other
        } else if says(&[
            "offline",
            "download",
            "unable to update",
            "failed to query",
            "failed to fetch",
            "network",
        ]) {
            Refusal::Fetch
        } else {
            Refusal::Other
        };
        Self { refusal, message }
    }

    /// Whether rustup refused before cargo was even run.
    fn lacks_toolchain(&self) -> bool {
        self.message.contains("toolchain") && self.message.contains("is not installed")
    }

    /// The error for a workspace about which cargo says nothing else.
    pub(super) fn into_error(self, manifest: &Path) -> WorkspaceError {
        let place = place_in(&self.message, manifest);
        WorkspaceError::Cargo {
            manifest: manifest.to_path_buf(),
            message: self.message,
            place,
        }
    }
}

/// The place that cargo points at with ` --> file:line:column`.
fn place_in(message: &str, manifest: &Path) -> Option<ManifestPlace> {
    let pointed = message
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let (rest, column) = pointed.trim_end().rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    let directory = manifest.parent().unwrap_or(Path::new("."));
    Some(ManifestPlace {
        file: directory.join(file),
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

/// The toolchain that rustup uses where nothing asks for another.
fn default_toolchain() -> Option<String> {
    let output = Command::new("rustup").arg("default").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace()
        .next()
        .filter(|_| output.status.success())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_told() {
        assert_eq!(Failure::of("\n").message, "it failed and said nothing");
        assert_eq!(Failure::of("error: no\n").message, "no");
    }

    #[test]
    fn refusals_are_told_apart() {
        let refusal = |message: &str| Failure::of(message).refusal;
        let missing = "error: cannot create the lock file /w/Cargo.lock because --locked was passed to prevent this";
        let old = "error: the lock file /w/Cargo.lock needs to be updated but --locked was passed to prevent this";
        assert_eq!(refusal(missing), Refusal::LockFile);
        assert_eq!(refusal(old), Refusal::LockFile);
        assert_eq!(
            refusal("error: no matching package named `glob` found\nAs a reminder, you're using offline mode"),
            Refusal::Fetch
        );
        assert_eq!(
            refusal("error: failed to parse manifest at `/w/Cargo.toml`"),
            Refusal::Other
        );
        assert_eq!(
            refusal("error: failed to get `a`\nunable to update /w/a\nfailed to read `/w/a/Cargo.toml`"),
            Refusal::Other
        );
    }

    #[test]
    fn the_place_in_a_manifest_is_read_from_the_message() {
        let message = "unclosed table, expected `]`\n --> crates/a/Cargo.toml:3:11\n  |\n";
        let place = place_in(message, Path::new("/w/Cargo.toml")).expect("a place");
        assert_eq!(
            place,
            ManifestPlace {
                file: "/w/crates/a/Cargo.toml".into(),
                line: 3,
                column: 11
            }
        );
        assert_eq!(place_in("nothing of the kind", Path::new("/w/Cargo.toml")), None);
    }

    #[test]
    fn a_missing_toolchain_is_recognised() {
        let failure = Failure::of(
            "error: toolchain '1.78.0-x86_64-unknown-linux-gnu' is not installed\nhelp: run `rustup toolchain install`",
        );
        assert!(failure.lacks_toolchain());
        assert!(!Failure::of("error: package `x` is not installed").lacks_toolchain());
    }
}
