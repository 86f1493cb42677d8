//! What is no workspace, and what is said about it.

use super::super::ManifestPlace;
use super::*;

#[test]
fn no_manifest() {
    let fixture = Fixture::new("//- src/lib.rs\n");
    let directory = fixture.root.join("src");
    let message = fixture.load("src").unwrap_err().to_string();
    assert_eq!(
        message,
        format!("no `Cargo.toml` in `{}` or above it", directory.display())
    );
}

#[test]
fn the_manifest_that_was_asked_for_is_missing() {
    let fixture = Fixture::new("//- src/lib.rs\n");
    let request = |path: &str| Request {
        manifest_path: Some(path.into()),
        directory: fixture.root.clone(),
        offline: true,
    };
    let message = |path: &str| load(&request(path)).unwrap_err().to_string();
    assert_eq!(message("src/Cargo.toml"), "there is no manifest `src/Cargo.toml`");
    assert_eq!(message("src"), "there is no manifest `src`");
}

#[test]
fn a_manifest_may_be_asked_for_by_its_directory() {
    let fixture = Fixture::new(&format!("//- a/Cargo.toml\n{}//- a/src/lib.rs\n", manifest("a", "")));
    let request = Request {
        manifest_path: Some("a".into()),
        directory: fixture.root.clone(),
        offline: true,
    };
    assert_eq!(load(&request).unwrap().root, fixture.root.join("a"));
}

#[test]
fn a_workspace_without_packages() {
    let fixture = Fixture::new("//- Cargo.toml\n[workspace]\nmembers = []\n");
    let message = fixture.load("").unwrap_err().to_string();
    let manifest = fixture.root.join("Cargo.toml");
    assert_eq!(
        message,
        format!("the workspace `{}` has no packages", manifest.display())
    );
}

#[test]
fn a_manifest_that_is_not_toml_is_pointed_at() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n[workspace]\nmembers = [\"a\"]\n//- Cargo.lock\n{}//- a/Cargo.toml\n[package]\nname = a\n",
        lock_file(&["a"])
    ));
    let error = fixture.load("").unwrap_err();
    let WorkspaceError::Cargo { place, message, .. } = &error else {
        panic!("{error:?}")
    };
    let file = fixture.root.join("a/Cargo.toml");
    assert_eq!(
        place.as_ref(),
        Some(&ManifestPlace {
            file,
            line: 2,
            column: 8
        }),
        "{message}"
    );
    let start = format!(
        "cargo cannot read the workspace of `{}`: ",
        fixture.root.join("Cargo.toml").display()
    );
    assert!(error.to_string().starts_with(&start), "{error}");
}

#[test]
fn a_member_that_does_not_exist_is_named() {
    let fixture = Fixture::new("//- Cargo.toml\n[workspace]\nmembers = [\"gone\"]\n");
    let error = fixture.load("").unwrap_err().to_string();
    let gone = fixture.root.join("gone");
    assert!(
        error.contains(&format!(
            "failed to load manifest for workspace member `{}`",
            gone.display()
        )),
        "{error}"
    );
}
