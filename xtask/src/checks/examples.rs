//! The examples compile, those without dependencies with their tests. The first one's tests are run by whoever changes it: they
//! hash passwords for minutes; `04_broken_shop` is the same code again.

use std::env;
use std::path::PathBuf;

use crate::check::{Check, Outcome};
use crate::command::Cargo;
use crate::repository::Repository;

pub(crate) const CHECK: Check = Check {
    name: "examples compile",
    run,
};

fn run(repository: &Repository) -> Outcome {
    // A web framework and a database: the tests of the command line have built them there already, in this way.
    let target = target_directory(repository).join("tmp/layered-shop/target");
    let target = target.to_string_lossy();
    let as_in_tests = [
        ("CARGO_TARGET_DIR", &*target),
        ("CARGO_PROFILE_DEV_DEBUG", "line-tables-only"),
    ];
    let examples: [(&str, &str, &[(&str, &str)]); 3] = [
        ("build", "01_layered_shop", &as_in_tests),
        ("test", "02_hexagonal", &[]),
        ("test", "03_feature_slices", &[]),
    ];
    let outcomes = examples.into_iter().map(|(command, example, environment)| {
        let manifest = format!("examples/{example}/Cargo.toml");
        let arguments = &[command, "--locked", "--all-targets", "--manifest-path", &manifest];
        Cargo { arguments, environment }.check(repository)
    });
    let failed = |outcome: &Outcome| matches!(outcome, Outcome::Failed(_));
    let mut outcomes: Vec<Outcome> = outcomes.collect();
    let last = outcomes.iter().position(failed).unwrap_or(outcomes.len() - 1);
    outcomes.swap_remove(last)
}

fn target_directory(repository: &Repository) -> PathBuf {
    let asked = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    repository.root().join(asked.unwrap_or_else(|| "target".into()))
}
