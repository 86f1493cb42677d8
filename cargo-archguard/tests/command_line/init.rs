//! `init`: what it drafts, that `check` takes it, and that nothing is ever written over.

use std::fs;
use std::path::Path;

use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

use crate::process::{exit_of, run, text};

fn workspace(files: &[(&str, &str)]) -> TempDir {
    let directory = TempDir::new().unwrap();
    for (path, content) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    directory
}

fn said(directory: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = run(directory.path(), arguments);
    (exit_of(&output), text(&output.stdout), text(&output.stderr))
}

fn policy(directory: &TempDir) -> String {
    fs::read_to_string(directory.path().join("archguard.toml")).unwrap()
}

const MANIFEST: &str = "[package]\nname = \"small-shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// One package with a library, a binary with a module of its own, and a circle in which one reference points upwards.
fn circle() -> TempDir {
    workspace(&[
        ("Cargo.toml", MANIFEST),
        (
            "src/lib.rs",
            "pub mod http;\npub mod app;\npub mod db;\npub mod r#type;\npub mod lonely;\n#[cfg(test)]\nmod tests;\n",
        ),
        (
            "src/main.rs",
            "mod cli;\nfn main() {\n    cli::run();\n    small_shop::http::list();\n}\n",
        ),
        ("src/cli.rs", "pub fn run() {}\n"),
        (
            "src/http.rs",
            "pub fn list() {\n    crate::app::list();\n    crate::app::list();\n}\n",
        ),
        (
            "src/app.rs",
            "pub fn list() -> crate::r#type::Id {\n    crate::db::load();\n    crate::db::load();\n    crate::r#type::Id\n}\n",
        ),
        ("src/db.rs", "pub fn load() {\n    crate::app::list();\n}\n"),
        ("src/type.rs", "pub struct Id;\n"),
        ("src/lonely.rs", "pub fn alone() {}\n"),
        ("src/tests.rs", "#[test]\nfn up() {\n    crate::lonely::alone();\n}\n"),
    ])
}

#[test]
fn a_circle_is_named_and_left_as_a_finding() {
    let shop = circle();
    let (exit_code, printed, told) = said(&shop, &["init"]);
    assert_eq!((exit_code, told), (0, String::new()));
    assert_eq!(
        printed,
        "archguard: wrote archguard.toml\narchguard: the code has 2 findings against it today; `cargo archguard` shows them\n"
    );
    assert_data_eq!(policy(&shop), file!["../snapshots/init-circle.toml"].raw());
    let (exit_code, printed, _) = said(&shop, &["check"]);
    assert_eq!(exit_code, 1, "{printed}");
    for expected in [
        "error[layering/layer-breach]: `small_shop::db::load` calls",
        "error[no-cycles/dependency-cycle]: ",
    ] {
        assert!(printed.contains(expected), "{printed}");
    }
}

/// Packages are components; the one that holds most of the modules is taken apart.
fn packages() -> TempDir {
    workspace(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"shop\", \"shop-core\", \"checks\"]\nresolver = \"2\"\n",
        ),
        (
            "shop/Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nshop-core.path = \"../shop-core\"\n",
        ),
        (
            "shop/src/lib.rs",
            "pub mod a;\npub mod b;\npub mod c;\npub mod shop_core;\n",
        ),
        ("shop/src/a.rs", "pub fn f() {\n    crate::b::f();\n}\n"),
        ("shop/src/b.rs", "pub fn f() {\n    crate::c::f();\n}\n"),
        ("shop/src/c.rs", "pub fn f() {\n    ::shop_core::f();\n}\n"),
        ("shop/src/shop_core.rs", "pub fn g() {}\n"),
        (
            "shop-core/Cargo.toml",
            "[package]\nname = \"shop-core\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
        ),
        ("shop-core/src/lib.rs", "pub fn f() {}\n"),
        (
            "checks/Cargo.toml",
            "[package]\nname = \"checks\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
        ),
        ("checks/tests/all.rs", "#[test]\nfn nothing() {}\n"),
    ])
}

#[test]
fn packages_are_components_and_the_largest_is_taken_apart() {
    let shop = packages();
    let (exit_code, printed, told) = said(&shop, &["init"]);
    assert_eq!((exit_code, told), (0, String::new()));
    assert!(
        printed.ends_with("archguard: the code keeps it today; `cargo archguard` checks\n"),
        "{printed}"
    );
    assert_data_eq!(policy(&shop), file!["../snapshots/init-packages.toml"].raw());
    assert_eq!(said(&shop, &["check", "-q"]), (0, String::new(), String::new()));
}

#[test]
fn nothing_is_written_over_and_a_draft_can_be_shown() {
    let shop = circle();
    let (exit_code, shown, _) = said(&shop, &["init", "--print"]);
    assert_eq!(exit_code, 0);
    assert!(!shop.path().join("archguard.toml").exists());
    assert_eq!(said(&shop, &["init", "--quiet"]), (0, String::new(), String::new()));
    assert_eq!(policy(&shop), shown, "the same from run to run");
    fs::write(shop.path().join("archguard.toml"), "mine").unwrap();
    let (exit_code, printed, told) = said(&shop, &["init"]);
    assert_eq!((exit_code, printed), (2, String::new()));
    assert!(told.contains("there is a policy already: `archguard.toml`"), "{told}");
    assert_eq!(policy(&shop), "mine");
    assert_eq!(said(&shop, &["init", "--print"]), (0, shown, String::new()));
}

#[test]
fn a_draft_may_go_elsewhere_or_nowhere() {
    let shop = circle();
    let elsewhere = shop.path().join("drafts.toml");
    let elsewhere = elsewhere.to_str().unwrap();
    assert_eq!(said(&shop, &["init", "--policy", elsewhere]).0, 0);
    assert_eq!(said(&shop, &["check", "-q", "--policy", elsewhere]).0, 1);
    let (exit_code, printed, told) = said(&shop, &["init", "--policy", "no/such/folder.toml"]);
    assert_eq!((exit_code, printed), (2, String::new()));
    assert!(told.contains("cannot be written"), "{told}");
}

#[test]
fn without_code_there_is_no_draft() {
    let none = workspace(&[("Cargo.toml", MANIFEST), ("tests/all.rs", "#[test]\nfn nothing() {}\n")]);
    let (exit_code, printed, told) = said(&none, &["init"]);
    assert_eq!((exit_code, printed), (2, String::new()));
    assert!(told.contains("there is no code"), "{told}");
    assert!(!none.path().join("archguard.toml").exists());
}

#[test]
fn drafts_of_the_examples_are_taken_by_check() {
    let directory = TempDir::new().unwrap();
    for example in ["01_layered_shop", "04_broken_shop"] {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../examples")
            .join(example)
            .join("Cargo.toml");
        let draft = directory.path().join(example);
        let options = [
            "--policy",
            draft.to_str().unwrap(),
            "--manifest-path",
            manifest.to_str().unwrap(),
        ];
        let drafted = run(directory.path(), &[&["init"], &options[..]].concat());
        assert_eq!(
            (exit_of(&drafted), text(&drafted.stderr)),
            (0, String::new()),
            "{example}"
        );
        let checked = run(directory.path(), &[&["check", "-q"], &options[..]].concat());
        assert!(
            matches!(exit_of(&checked), 0 | 1),
            "{example}: {}",
            text(&checked.stdout)
        );
        let number = text(&checked.stdout).matches("error[").count();
        let says_so = text(&drafted.stdout).contains(if number == 0 {
            "keeps it today"
        } else {
            "against it today"
        });
        assert!(says_so, "{example}: {number}, {}", text(&drafted.stdout));
    }
}
