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
        "archguard: wrote archguard.toml\narchguard: the code has 2 findings against it today; `cargo archguard` shows them\narchguard: `cargo archguard baseline` freezes them, so that only what is new fails\n"
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
fn a_baseline_beside_it_makes_the_first_check_green() {
    let shop = circle();
    let (exit_code, printed, told) = said(&shop, &["init", "--baseline"]);
    assert_eq!((exit_code, told), (0, String::new()));
    assert_eq!(
        printed,
        "archguard: wrote archguard.toml\narchguard: wrote archguard.baseline.toml: 2 findings of today; a check fails only for what is new\n"
    );
    assert_data_eq!(policy(&shop), file!["../snapshots/init-circle.toml"].raw());
    let (exit_code, printed, _) = said(&shop, &["check"]);
    assert_eq!(exit_code, 0, "{printed}");
    assert!(printed.contains("2 in the baseline"), "{printed}");
    // What `baseline` would have frozen.
    let frozen = fs::read_to_string(shop.path().join("archguard.baseline.toml")).unwrap();
    fs::remove_file(shop.path().join("archguard.baseline.toml")).unwrap();
    assert_eq!(said(&shop, &["baseline"]).0, 0);
    assert_eq!(
        fs::read_to_string(shop.path().join("archguard.baseline.toml")).unwrap(),
        frozen
    );
}

#[test]
fn where_nothing_is_to_be_frozen_no_baseline_is_written() {
    let shop = packages();
    let (exit_code, printed, _) = said(&shop, &["init", "--baseline"]);
    assert_eq!(exit_code, 0);
    assert!(
        printed.ends_with("archguard: the code keeps it today; `cargo archguard` checks\n"),
        "{printed}"
    );
    assert!(!shop.path().join("archguard.baseline.toml").exists());
}

#[test]
fn a_baseline_that_is_there_stays_and_keeps_the_draft_back() {
    let shop = circle();
    fs::write(shop.path().join("archguard.baseline.toml"), "mine").unwrap();
    let (exit_code, printed, told) = said(&shop, &["init", "--baseline"]);
    assert_eq!((exit_code, printed), (2, String::new()));
    assert!(
        told.contains("there is a baseline already: `archguard.baseline.toml`"),
        "{told}"
    );
    assert!(!shop.path().join("archguard.toml").exists());
    assert_eq!(
        fs::read_to_string(shop.path().join("archguard.baseline.toml")).unwrap(),
        "mine"
    );
}

#[test]
fn code_that_cannot_be_read_is_told_and_nothing_is_frozen() {
    let shop = circle();
    fs::write(shop.path().join("src/lonely.rs"), "fn broken(\n").unwrap();
    let (exit_code, printed, told) = said(&shop, &["init", "--baseline"]);
    assert_eq!((exit_code, printed.as_str()), (2, "archguard: wrote archguard.toml\n"));
    for expected in [
        "error[unexamined-code]: `src/lonely.rs` does not parse",
        "error[workspace]: no baseline can be made of a verdict that is not whole: mend what stands above, then `cargo archguard baseline`",
    ] {
        assert!(told.contains(expected), "{told}");
    }
    assert!(!shop.path().join("archguard.baseline.toml").exists());
    fs::remove_file(shop.path().join("archguard.toml")).unwrap();
    let (exit_code, printed, _) = said(&shop, &["init"]);
    assert_eq!(exit_code, 0);
    assert!(
        printed.ends_with("archguard: 1 problem keeps the verdict from being whole; `cargo archguard` shows it\n"),
        "{printed}"
    );
}

#[test]
fn what_makes_no_sense_together_is_refused() {
    let shop = circle();
    for arguments in [
        &["init", "--baseline", "--print"][..],
        &["init", "--baseline", "--ci"],
        &["init", "-p", "small-shop"],
    ] {
        let (exit_code, printed, told) = said(&shop, arguments);
        assert_eq!((exit_code, printed), (2, String::new()), "{arguments:?}");
        assert!(told.contains("cannot be used with"), "{arguments:?}: {told}");
        assert!(!shop.path().join("archguard.toml").exists());
    }
}

/// A shop with a driver and a client that nobody has fetched, and another workspace below it.
fn with_dependencies() -> TempDir {
    let manifest = format!("{MANIFEST}[dependencies]\nsqlx = \"0.8\"\nreqwest = \"0.12\"\n");
    workspace(&[
        ("Cargo.toml", &manifest),
        ("src/lib.rs", "pub mod http;\npub mod db;\n"),
        (
            "src/http.rs",
            "pub fn list() {\n    crate::db::load();\n    sqlx::query(\"a\");\n}\n",
        ),
        (
            "src/db.rs",
            "use sqlx::PgPool;\npub fn load() {\n    sqlx::query(\"b\");\n}\n",
        ),
        ("fuzz/Cargo.toml", "[package]\nname = \"fuzz\"\n[workspace]\n"),
    ])
}

#[test]
fn what_packs_know_and_other_workspaces_are_suggested() {
    let shop = with_dependencies();
    assert_eq!(said(&shop, &["init"]).0, 0);
    assert_data_eq!(policy(&shop), file!["../snapshots/init-packs.toml"].raw());
}

#[test]
fn a_suggestion_is_a_rule_once_its_marks_are_gone() {
    let shop = with_dependencies();
    fs::create_dir(shop.path().join("fuzz/src")).unwrap();
    fs::write(shop.path().join("fuzz/src/main.rs"), "fn main() {}\n").unwrap();
    assert_eq!(said(&shop, &["init"]).0, 0);
    let mut told = String::new();
    for line in policy(&shop).lines() {
        let is_rule = line.contains(" = ") || line.starts_with("# [");
        let unmarked = line
            .strip_prefix("# ")
            .filter(|_| is_rule && !line.contains("cargo archguard"));
        told.push_str(unmarked.unwrap_or(line));
        told.push('\n');
    }
    fs::write(shop.path().join("archguard.toml"), told).unwrap();
    let (exit_code, printed, _) = said(&shop, &["check"]);
    assert_eq!(exit_code, 1, "{printed}");
    assert!(
        printed.contains("error[sql-in-one-place/forbidden-use]: `small_shop::http::list` calls `sqlx::query`"),
        "{printed}"
    );
    assert!(printed.contains("bin:fuzz"), "{printed}");
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
