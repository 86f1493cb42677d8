//! With and without a lock file, inside and outside the workspace, resolved in place and in a copy.

use super::super::{Note, OpaqueReason, PackageRef, Resolution};
use super::*;

#[test]
fn without_a_lock_file_none_appears() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- src/lib.rs\n//- target/keep\n",
        manifest("one", "")
    ));
    let workspace = fixture.load("").unwrap();
    assert_eq!(workspace.resolution, Resolution::Full);
    assert_eq!(workspace.notes, [Note::NoLockFile]);
    assert_eq!(
        package(&workspace, "one").manifest_path,
        fixture.root.join("Cargo.toml")
    );
    assert!(workspace.target_directory.starts_with(&fixture.root) || std::env::var_os("CARGO_TARGET_DIR").is_some());
}

#[test]
fn with_a_lock_file_the_target_directory_stays_as_it_is() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- Cargo.lock\n{}//- src/lib.rs\n//- target/keep\n//- .cargo/config.toml\n[build]\ntarget-dir = \"target\"\n",
        manifest("one", ""),
        lock_file(&["one"])
    ));
    assert_eq!(fixture.load("").unwrap().notes, []);
}

#[test]
fn a_stale_lock_file_is_brought_up_to_date_in_a_copy() {
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n[workspace]\nresolver = \"2\"\nmembers = [\"a\", \"b\"]\n//- Cargo.lock\n{}//- a/Cargo.toml\n{}//- a/src/lib.rs\n//- b/Cargo.toml\n{}//- b/src/lib.rs\n",
        lock_file(&["a"]),
        manifest("a", "[dependencies]\nb = { path = \"../b\" }"),
        manifest("b", "")
    ));
    let workspace = fixture.load("").unwrap();
    assert_eq!(
        (workspace.resolution.clone(), &workspace.notes[..]),
        (Resolution::Full, &[Note::StaleLockFile][..])
    );
    assert!(matches!(
        dependency(package(&workspace, "a"), "b").package,
        PackageRef::Examined(_)
    ));
}

/// A workspace `w` that uses `near` of another workspace, which inherits from its root and uses `far` by path.
fn outside(own_dependencies: &str) -> Fixture {
    Fixture::new(&format!(
        "//- w/Cargo.toml\n[workspace]\nresolver = \"2\"\nmembers = [\"app\"]\n//- w/app/Cargo.toml\n{}//- w/app/src/lib.rs\n//- other/Cargo.toml\n[workspace]\nmembers = [\"near\"]\n[workspace.package]\nversion = \"0.1.0\"\n[workspace.dependencies]\nfar = {{ path = \"../far\" }}\n//- other/near/Cargo.toml\n[package]\nname = \"near\"\nversion.workspace = true\n[dependencies]\nfar.workspace = true\n[dev-dependencies]\narchguard-no-such-crate = \"1\"\n//- other/near/src/lib.rs\n//- far/Cargo.toml\n{}//- far/src/lib.rs\n",
        manifest(
            "app",
            &format!("[dependencies]\nnear = {{ path = \"../../other/near\" }}\n{own_dependencies}")
        ),
        manifest("far", "")
    ))
}

fn names_and_membership(workspace: &Workspace) -> Vec<(&str, bool)> {
    workspace
        .packages
        .iter()
        .map(|package| (package.name.as_str(), package.is_member))
        .collect()
}

#[test]
fn packages_outside_that_are_used_by_path_are_examined() {
    let fixture = outside("");
    let workspace = fixture.load("w").unwrap();
    assert_eq!(workspace.resolution, Resolution::Full);
    assert_eq!(
        names_and_membership(&workspace),
        [("app", true), ("far", false), ("near", false)]
    );
    assert_eq!(package(&workspace, "near").directory, fixture.root.join("other/near"));
    assert_eq!(
        package(&workspace, "far").library().unwrap().root,
        fixture.root.join("far/src/lib.rs")
    );
    let near = package(&workspace, "near");
    assert!(matches!(dependency(near, "far").package, PackageRef::Examined(_)));
    let PackageRef::Opaque(id) = dependency(near, "archguard_no_such_crate").package else {
        panic!("not opaque")
    };
    assert_eq!(workspace.opaque_crate(id).reason, OpaqueReason::NotBuilt);
}

#[test]
fn what_cannot_be_fetched_is_opaque_and_the_rest_is_there() {
    let fixture = outside("archguard-no-such-crate = \"1.2\"");
    let workspace = fixture.load("w").unwrap();
    let Resolution::Partial { reason } = &workspace.resolution else {
        panic!("resolved")
    };
    assert!(
        reason.starts_with("no matching package named `archguard-no-such-crate` found"),
        "{reason}"
    );
    assert_eq!(
        names_and_membership(&workspace),
        [("app", true), ("far", false), ("near", false)]
    );
    assert!(matches!(
        dependency(package(&workspace, "near"), "far").package,
        PackageRef::Examined(_)
    ));
    let opaque: Vec<_> = workspace
        .opaque
        .iter()
        .map(|krate| (&*krate.name, &*krate.requirement, &krate.reason))
        .collect();
    let unresolved = &OpaqueReason::Unresolved;
    let name = "archguard-no-such-crate";
    assert_eq!(opaque, [(name, "^1", unresolved), (name, "^1.2", unresolved)]);
    let PackageRef::Opaque(id) = dependency(package(&workspace, "app"), "archguard_no_such_crate").package else {
        panic!("not opaque")
    };
    assert_eq!(workspace.opaque_crate(id).requirement, "^1.2");
}

#[test]
fn a_patch_by_path_is_examined() {
    let files = "//- src/lib.rs\n//- fork/src/lib.rs\n";
    let fixture = Fixture::new(&format!(
        "//- Cargo.toml\n{}//- fork/Cargo.toml\n{}{files}//- Cargo.lock\nversion = 4\n\n[[package]]\nname = \"archguard-forked\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"one\"\nversion = \"0.1.0\"\ndependencies = [\"archguard-forked\"]\n",
        manifest(
            "one",
            "[dependencies]\narchguard-forked = \"0.1\"\n[patch.crates-io]\narchguard-forked = { path = \"fork\" }"
        ),
        manifest("archguard-forked", "")
    ));
    for lock in [true, false] {
        if !lock {
            std::fs::remove_file(fixture.root.join("Cargo.lock")).unwrap();
        }
        let workspace = fixture.load("").unwrap();
        assert_eq!(workspace.resolution, Resolution::Full, "lock file: {lock}");
        let PackageRef::Examined(id) = dependency(package(&workspace, "one"), "archguard_forked").package else {
            panic!("not examined")
        };
        assert_eq!(workspace.package(id).directory, fixture.root.join("fork"));
    }
}

#[test]
fn loading_twice_gives_the_same() {
    let fixture = outside("archguard-no-such-crate = \"1.2\"");
    let once = format!("{:?}", fixture.load("w").unwrap());
    assert_eq!(once, format!("{:?}", fixture.load("w").unwrap()));
}
