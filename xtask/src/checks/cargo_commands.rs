//! The checks that are one call of cargo and its exit code.

use crate::check::{Check, Outcome};
use crate::command::Cargo;

pub(crate) const FORMATTING: Check = Check {
    name: "formatting",
    run: |repository| Cargo::new(&["fmt", "--all", "--check"]).check(repository),
};

pub(crate) const CLIPPY: Check = Check {
    name: "clippy",
    run: |repository| {
        let arguments = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ];
        Cargo::new(&arguments).check(repository)
    },
};

pub(crate) const DOCUMENTATION: Check = Check {
    name: "documentation",
    run: |repository| {
        let arguments = &["doc", "--workspace", "--no-deps", "--locked"];
        Cargo {
            arguments,
            environment: &[("RUSTDOCFLAGS", "-D warnings")],
        }
        .check(repository)
    },
};

/// The examples compile, those without dependencies with their tests. The first one's tests are run by whoever changes
/// it: they build a web framework and a database once more; `04_broken_shop` is the same code again.
pub(crate) const EXAMPLES: Check = Check {
    name: "examples compile",
    run: |repository| {
        let examples = [
            ("check", "01_layered_shop"),
            ("test", "02_hexagonal"),
            ("test", "03_feature_slices"),
        ];
        let mut outcome = Outcome::Skipped("there are no examples".to_owned());
        for (command, example) in examples {
            let manifest = format!("examples/{example}/Cargo.toml");
            outcome =
                Cargo::new(&[command, "--locked", "--all-targets", "--manifest-path", &manifest]).check(repository);
            if matches!(outcome, Outcome::Failed(_)) {
                break;
            }
        }
        outcome
    },
};
