//! The programs that are measured, built optimised.

use std::path::PathBuf;

use serde_json::Value;

use crate::command::Cargo;
use crate::repository::Repository;

/// How they are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As `cargo install` builds what people run.
    Release,
    /// Without optimisation across crates, as `cargo xtask ci` does: built in a fraction of the time, a little slower.
    Smoke,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Smoke => "smoke",
        }
    }
}

/// Where they are.
pub(crate) struct Programs {
    pub(crate) archguard: PathBuf,
    pub(crate) xtask: PathBuf,
}

impl Programs {
    /// Builds them.
    pub(crate) fn build(repository: &Repository, profile: Profile) -> Result<Self, String> {
        let packages = ["-p", "cargo-archguard", "-p", "xtask"];
        let how = ["--locked", "--message-format", "json-render-diagnostics"];
        let words = [&["build", "--profile", profile.name()], &packages[..], &how[..]].concat();
        let (built, messages) = Cargo::new(&words).capture(repository)?;
        if !built {
            return Err("the programs to measure cannot be built".to_owned());
        }
        let named = |name: &str| executable(&messages, name).ok_or_else(|| format!("cargo built no `{name}`"));
        Ok(Self {
            archguard: named("cargo-archguard")?,
            xtask: named("xtask")?,
        })
    }
}

/// The program that cargo says it has built under a name.
fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut of_name = messages.filter(|message| message["target"]["name"] == name);
    of_name.find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_among_cargo_s_messages() {
        let messages = "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"xtask\"},\"executable\":null}\n\
                        no json\n\
                        {\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"xtask\"},\"executable\":\"/t/xtask\"}\n";
        assert_eq!(executable(messages, "xtask"), Some(PathBuf::from("/t/xtask")));
        assert_eq!(executable(messages, "other"), None);
    }
}
