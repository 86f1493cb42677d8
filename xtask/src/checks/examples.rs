//! The examples compile and their tests pass; `04_broken_shop` is the first one's code again.

use std::env;
use std::path::PathBuf;

use crate::check::{Check, Outcome};
use crate::command::Cargo;
use crate::repository::Repository;

pub(crate) const CHECK: Check = Check { name: "examples", run };

fn run(repository: &Repository) -> Outcome {
    // A web framework and a database: the tests of the command line have built them there already, in this way.
    let target = target_directory(repository).join("tmp/layered-shop/target");
    let target = target.to_string_lossy();
    let as_in_tests = [
        ("CARGO_TARGET_DIR", &*target),
        ("CARGO_PROFILE_DEV_DEBUG", "line-tables-only"),
    ];
    let examples: [(&str, &[(&str, &str)]); 3] = [
        ("01_layered_shop", &as_in_tests),
        ("02_hexagonal", &[]),
        ("03_feature_slices", &[]),
    ];
    let mut outcome = Outcome::Skipped("there are no examples".to_owned());
    for (example, environment) in examples {
        let manifest = format!("examples/{example}/Cargo.toml");
        let arguments = &["test", "--locked", "--all-targets", "--manifest-path", &manifest];
        outcome = Cargo { arguments, environment }.check(repository);
        if matches!(outcome, Outcome::Failed(_)) {
            break;
        }
    }
    outcome
}

fn target_directory(repository: &Repository) -> PathBuf {
    let asked = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    repository.root().join(asked.unwrap_or_else(|| "target".into()))
}
