//! The binary as a process: the way cargo calls it, its exit codes, and a reader that goes away.

use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) fn archguard() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-archguard"));
    for variable in [
        "CARGO_TARGET_DIR",
        "CARGO_TERM_COLOR",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(variable);
    }
    command
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn exit_of(output: &Output) -> i32 {
    output.status.code().expect("the process ended by itself")
}

#[test]
fn cargo_hands_over_the_subcommands_name() {
    let direct = archguard().arg("--version").output().unwrap();
    let through_cargo = archguard().args(["archguard", "--version"]).output().unwrap();
    assert_eq!(
        (exit_of(&direct), text(&direct.stdout)),
        (0, text(&through_cargo.stdout))
    );
    assert_eq!(
        text(&direct.stdout),
        format!("cargo archguard {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_wrong_command_line_ends_in_2_on_standard_error() {
    for arguments in [
        &["--nonsense"][..],
        &["setup"],
        &["--ci", "-p", "x"],
        &["--format", "xml"],
    ] {
        let output = archguard().args(arguments).output().unwrap();
        assert_eq!(
            (exit_of(&output), text(&output.stdout)),
            (2, String::new()),
            "{arguments:?}"
        );
        assert!(text(&output.stderr).starts_with("error: "), "{arguments:?}");
    }
}

#[test]
fn colours_follow_the_conventions() {
    let colored = |changes: &[(&str, &str)], arguments: &[&str]| {
        let output = archguard()
            .envs(changes.iter().copied())
            .args(arguments)
            .output()
            .unwrap();
        text(&output.stdout).contains('\u{1b}')
    };
    let missing = ["--manifest-path", "no/such/Cargo.toml"];
    let with = |option: &'static str| [&missing[..], &["--color", option]].concat();
    assert!(!colored(&[], &missing), "a pipe is no terminal");
    assert!(colored(&[("CLICOLOR_FORCE", "1")], &missing));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &missing));
    assert!(colored(&[("CARGO_TERM_COLOR", "always")], &missing));
    assert!(!colored(
        &[("CARGO_TERM_COLOR", "never"), ("CLICOLOR_FORCE", "1")],
        &missing
    ));
    assert!(colored(&[("NO_COLOR", "1")], &with("always")));
    assert!(!colored(&[("CLICOLOR_FORCE", "1")], &with("never")));
}

#[test]
fn without_a_manifest_there_is_still_one_document() {
    let output = archguard()
        .args(["--format", "json", "--manifest-path", "no/such/Cargo.toml"])
        .output()
        .unwrap();
    assert_eq!((exit_of(&output), text(&output.stderr)), (2, String::new()));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["outcome"], "error");
    assert_ne!(document["problems"].as_array().unwrap().len(), 0);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_changes_no_exit_code() {
    for (arguments, expected) in [(&["--help"][..], 0), (&["--manifest-path", "no/such/Cargo.toml"], 2)] {
        let mut child = archguard()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(exit_of(&output), expected, "{arguments:?}");
        assert!(!text(&output.stderr).contains("panicked"), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_no_success() {
    // Only some systems have a device that is always full.
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let out = std::fs::OpenOptions::new().write(true).open(full).unwrap();
    let output = archguard()
        .arg("--help")
        .stdout(out)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(exit_of(&output), 2);
}

/// What the program says in a folder, without a network.
pub(crate) fn run(directory: &Path, arguments: &[&str]) -> Output {
    archguard()
        .current_dir(directory)
        .arg("--offline")
        .args(arguments)
        .output()
        .unwrap()
}
