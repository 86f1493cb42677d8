//! The program that people install does what the tested one does: tests run unoptimised, and a compiler has once made an
//! optimised build crash (rustc 1.95, in the macro expander). It judges the example that the README begins with and this
//! repository, and both must come out clean.

use crate::check::{Check, Outcome};
use crate::command::Cargo;
use crate::repository::Repository;

pub(crate) const CHECK: Check = Check {
    name: "optimised build",
    run,
};

/// Between them they expand macros, resolve dependencies' sources and use every kind of rule.
const MANIFESTS: [&str; 2] = ["examples/01_layered_shop/Cargo.toml", "Cargo.toml"];

fn run(repository: &Repository) -> Outcome {
    let faults = MANIFESTS
        .into_iter()
        .filter_map(|manifest| check(repository, manifest).err())
        .collect();
    Outcome::of(faults, MANIFESTS.len(), "workspaces")
}

fn check(repository: &Repository, manifest: &str) -> Result<(), String> {
    let build = [
        "run",
        "--quiet",
        "--locked",
        "--profile",
        "smoke",
        "-p",
        "cargo-archguard",
    ];
    let arguments = [&build[..], &["--", "check", "--manifest-path", manifest]].concat();
    let (code, output) = Cargo::new(&arguments).transcript(repository)?;
    judge(manifest, code, &output)
}

/// No code at all is what a crash leaves behind; a code without a verdict is no judgement.
fn judge(manifest: &str, code: Option<i32>, output: &str) -> Result<(), String> {
    let verdict = output.lines().last().unwrap_or_default();
    if code == Some(0) && verdict.starts_with("archguard: clean: ") {
        return Ok(());
    }
    let code = code.map_or_else(|| "a crash".to_owned(), |code| format!("exit code {code}"));
    Err(format!(
        "{manifest}: the optimised program ended with {code}: {verdict}"
    ))
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn a_crash_and_silence_are_faults() {
        let verdict = "note: x\narchguard: clean: 1 package examined\n";
        assert_eq!(judge("Cargo.toml", Some(0), verdict), Ok(()));
        assert_eq!(
            judge("Cargo.toml", None, ""),
            Err("Cargo.toml: the optimised program ended with a crash: ".to_owned())
        );
        for (code, output) in [(Some(0), ""), (Some(101), verdict), (Some(1), "archguard: findings: 1")] {
            assert!(judge("Cargo.toml", code, output).is_err(), "{code:?} {output}");
        }
    }
}
