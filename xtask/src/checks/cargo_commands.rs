//! The checks that are one call of cargo and its exit code.

use crate::check::Check;
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
