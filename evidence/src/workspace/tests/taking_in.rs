//! Other workspaces taken into the first one.

use std::path::Path;

use super::super::{Others, PackageRef, Resolution, take_in};
use super::*;

/// Loads the workspace in `w`, takes in what is wanted by its path relative to the fixture, and proves that nothing has
/// changed on disk.
fn taken(fixture: &Fixture, wanted: impl Fn(&str) -> bool) -> (Workspace, Others) {
    let mut workspace = fixture.load("w").unwrap();
    let before = contents(&fixture.root);
    let others = take_in(&mut workspace, |_, path| wanted(&below(fixture, path)), load, true);
    assert_eq!(before, contents(&fixture.root), "taking in changed the tree");
    (workspace, others)
}

fn below(fixture: &Fixture, path: &Path) -> String {
    path.strip_prefix(&fixture.root).unwrap().to_str().unwrap().to_owned()
}

fn directories(fixture: &Fixture, workspace: &Workspace) -> Vec<String> {
    let packages = workspace.packages.iter();
    packages.map(|package| below(fixture, &package.directory)).collect()
}

fn left(fixture: &Fixture, workspace: &Workspace) -> Vec<String> {
    let others = workspace.other_workspaces().iter();
    others.map(|path| below(fixture, path)).collect()
}

/// `one` uses `helper`, which is a member of `tools`; `tools` uses `one`; both use `shared`.
fn crossed() -> Fixture {
    let by_path = |names: &[&str]| {
        names.iter().fold("[dependencies]\n".to_owned(), |text, name| {
            let (name, path) = name.split_once('=').unwrap();
            text + &format!("{name} = {{ path = \"{path}\" }}\n")
        })
    };
    Fixture::new(
        &[
            "//- .git/config\n".to_owned(),
            format!(
                "//- w/Cargo.toml\n{}//- w/src/lib.rs\n",
                manifest("one", &by_path(&["helper=tools/helper", "shared=../shared"]))
            ),
            "//- w/tools/Cargo.toml\n[workspace]\nmembers = [\"a\", \"helper\"]\nexclude = [\"fuzz\"]\nresolver = \"2\"\n".to_owned(),
            format!(
                "//- w/tools/a/Cargo.toml\n{}//- w/tools/a/src/lib.rs\n",
                manifest("a", &by_path(&["one=../..", "helper=../helper", "shared=../../../shared"]))
            ),
            format!(
                "//- w/tools/helper/Cargo.toml\n{}[dev-dependencies]\ntested = {{ path = \"../../../tested\" }}\n//- w/tools/helper/src/lib.rs\n",
                manifest("helper", "")
            ),
            format!("//- tested/Cargo.toml\n{}//- tested/src/lib.rs\n", manifest("tested", "")),
            format!("//- w/tools/fuzz/Cargo.toml\n{}//- w/tools/fuzz/src/lib.rs\n", manifest("fuzz", "[workspace]")),
            format!("//- shared/Cargo.toml\n{}//- shared/src/lib.rs\n", manifest("shared", "")),
            "//- apart/Cargo.toml\n[workspace]\n".to_owned(),
        ]
        .concat(),
    )
}

#[test]
fn packages_of_both_are_listed_once_and_what_lies_behind_is_met() {
    let fixture = crossed();
    let (workspace, others) = taken(&fixture, |path| path == "w/tools");
    assert_eq!(
        directories(&fixture, &workspace),
        ["w/tools/a", "w/tools/helper", "w", "shared", "tested"]
    );
    assert_eq!(left(&fixture, &workspace), ["apart", "w/tools/fuzz"]);
    assert_eq!(others.met.len(), 4, "{:?}", others.met);
    assert!(others.failed.is_empty() && others.clashes.is_empty(), "{others:?}");
    assert_eq!(workspace.resolution, Resolution::Full);
    let members = workspace.packages.iter().filter(|package| package.is_member);
    let members: Vec<&str> = members.map(|package| package.name.as_str()).collect();
    assert_eq!(members, ["a", "helper", "one"]);
    for (user, name) in [
        ("a", "one"),
        ("a", "helper"),
        ("a", "shared"),
        ("one", "helper"),
        ("one", "shared"),
        ("helper", "tested"),
    ] {
        let PackageRef::Examined(id) = dependency(package(&workspace, user), name).package else {
            panic!("{user} -> {name}");
        };
        assert_eq!(workspace.package(id).name, name, "{user} -> {name}");
    }
    assert_eq!(workspace.opaque, [], "what one could not resolve, the other did");
    assert_eq!(workspace.taken_in.len(), 1);
    assert_eq!(workspace.taken_in[0].root, fixture.root.join("w/tools"));
}

#[test]
fn what_is_behind_one_that_is_taken_in_is_asked_for_in_its_turn() {
    let fixture = crossed();
    let (workspace, others) = taken(&fixture, |path| path.starts_with("w/tools"));
    assert!(directories(&fixture, &workspace).contains(&"w/tools/fuzz".to_owned()));
    assert_eq!(left(&fixture, &workspace), ["apart"]);
    assert_eq!(workspace.taken_in.len(), 2);
    assert!(others.failed.is_empty() && others.clashes.is_empty(), "{others:?}");
}

#[test]
fn one_that_is_not_wanted_stays_where_it_is() {
    let fixture = crossed();
    let (workspace, others) = taken(&fixture, |_| false);
    assert_eq!(
        left(&fixture, &workspace),
        ["apart", "tested", "w/tools", "w/tools/fuzz"]
    );
    assert_eq!(others.met, workspace.other_workspaces());
    assert_eq!(
        workspace.opaque.len(),
        1,
        "nobody has resolved the development dependency"
    );
}

#[test]
fn one_that_cannot_be_loaded_keeps_no_other_out() {
    let fixture = crossed();
    std::fs::create_dir(fixture.root.join("broken")).unwrap();
    std::fs::write(fixture.root.join("broken/Cargo.toml"), "[[[").unwrap();
    let (workspace, others) = taken(&fixture, |_| true);
    assert_eq!(left(&fixture, &workspace), ["apart", "broken"]);
    let failed: Vec<String> = others
        .failed
        .iter()
        .map(|(path, error)| format!("{}: {error}", below(&fixture, path)))
        .collect();
    assert_eq!(failed.len(), 2, "{failed:?}");
    assert!(failed[0].starts_with("apart: the workspace `"), "{failed:?}");
    assert!(
        failed[1].starts_with("broken: cargo cannot read the workspace"),
        "{failed:?}"
    );
    assert_eq!(workspace.packages.len(), 6);
}

#[test]
fn packages_that_paths_cannot_tell_apart_are_named() {
    let fixture = Fixture::new(&format!(
        "//- .git/config\n//- w/Cargo.toml\n{}//- w/src/lib.rs\n//- w/x/Cargo.toml\n{}//- w/x/src/lib.rs\n//- w/y/Cargo.toml\n{}//- w/y/src/lib.rs\n",
        manifest("my-one", "[workspace]"),
        manifest("my_one", "[workspace]"),
        manifest("two", "[workspace]\n[lib]\nname = \"my_one\""),
    ));
    let (workspace, others) = taken(&fixture, |_| true);
    assert_eq!(workspace.packages.len(), 3, "all are examined");
    let clashes: Vec<_> = others
        .clashes
        .iter()
        .map(|clash| {
            let places = [&clash.workspace, &clash.first, &clash.second].map(|path| below(&fixture, path));
            (places, clash.name.as_str())
        })
        .collect();
    let clash = |workspace: &str, first: &str, second: &str| [workspace, first, second].map(str::to_owned);
    assert_eq!(
        clashes,
        [
            (clash("w/x", "w", "w/x"), "my_one"),
            (clash("w/y", "w", "w/y"), "my_one"),
            (clash("w/y", "w/x", "w/y"), "my_one"),
        ]
    );
}
