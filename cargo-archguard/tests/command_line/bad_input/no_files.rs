//! What stands where a file is looked for and is none: pipes, links to nowhere, folders. Nothing waits for a
//! pipe that nobody writes, and nothing that somebody put there is passed over.

use std::path::Path;
use std::process::Command;

use super::case::Workspace;

const MEMBER: &str = "//- Cargo.toml\n[workspace]\nmembers = [\"web\"]\nresolver = \"2\"\n//- Cargo.lock\nversion = 4\n\n[[package]]\nname = \"web\"\nversion = \"0.1.0\"\n//- web/Cargo.toml\n[package]\nname = \"web\"\nversion = \"0.1.0\"\nedition = \"2021\"\n//- web/src/lib.rs\n//- no src/lib.rs\n//- archguard.toml\nversion = 1\ncomponents.web = \"web\"\n";

/// A named pipe.
fn pipe(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(status.success(), "mkfifo");
}

fn without_policy() -> Workspace {
    Workspace::of("//- no archguard.toml\n")
}

#[test]
fn a_pipe_is_no_policy() {
    let workspace = without_policy();
    pipe(&workspace.path().join("archguard.toml"));
    workspace.says(
        "policy",
        2,
        "error[policy-syntax]: `archguard.toml` cannot be read: it is no file, but a pipe, a socket or a device\nerror",
    );
}

#[test]
fn a_link_that_leads_nowhere_is_a_policy_that_somebody_meant() {
    let workspace = without_policy();
    std::os::unix::fs::symlink("policies/shop.toml", workspace.path().join("archguard.toml")).unwrap();
    workspace.says(
        "policy",
        2,
        "error[policy-syntax]: `archguard.toml` cannot be read: it is a link, and what it leads to is not there\nerror",
    );
}

#[test]
fn a_pipe_beside_the_policy_is_named() {
    for (name, file) in [
        ("exceptions", "archguard.exceptions.toml"),
        ("baseline", "archguard.baseline.toml"),
    ] {
        let workspace = Workspace::of("");
        pipe(&workspace.path().join(file));
        let expected = format!(
            "error[policy-syntax]: `{file}` cannot be read: it is no file, but a pipe, a socket or a device\nincomplete"
        );
        workspace.says(name, 2, &expected);
    }
}

#[test]
fn what_a_package_has_in_place_of_a_policy_is_named() {
    let said = |why: &str| format!("error[policy-syntax]: `web/archguard.toml` cannot be read: {why}\nerror");
    let workspace = Workspace::of(MEMBER);
    pipe(&workspace.path().join("web/archguard.toml"));
    workspace.says("a pipe", 2, &said("it is no file, but a pipe, a socket or a device"));

    let workspace = Workspace::of(MEMBER);
    std::os::unix::fs::symlink("nowhere", workspace.path().join("web/archguard.toml")).unwrap();
    workspace.says("a link", 2, &said("it is a link, and what it leads to is not there"));

    let workspace = Workspace::of(&format!("{MEMBER}//- web/archguard.toml/x\n"));
    workspace.says("a folder", 2, &said("Is a directory (os error 21)"));
}

#[test]
fn a_pipe_is_no_code() {
    let workspace = Workspace::of("//- src/lib.rs\npub mod a;\n");
    pipe(&workspace.path().join("src/a.rs"));
    workspace.says(
        "a module",
        2,
        "error[unexamined-code]: `src/a.rs` could not be read: it is no file, but a pipe, a socket or a device\nincomplete",
    );
    let workspace = Workspace::of("//- no src/lib.rs\n");
    pipe(&workspace.path().join("src/lib.rs"));
    let (code, said) = workspace.said("a root");
    assert!(
        code == 2 && said.contains("`src/lib.rs` could not be read: it is no file"),
        "{code} {said}"
    );
}

#[test]
fn a_pipe_that_was_asked_for_is_read() {
    let workspace = without_policy();
    let policy = "version = 1\ncomponents.all = \"shop\"\n";
    workspace.write("policy.toml", policy);
    let command = format!(
        "cat policy.toml | '{}' --offline --policy /dev/stdin",
        env!("CARGO_BIN_EXE_cargo-archguard")
    );
    let output = Command::new("sh")
        .current_dir(workspace.path())
        .args(["-c", &command])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
