//! The policy that the README shows works on the workspace that it speaks of.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::process::{archguard, exit_of, text};

#[test]
fn the_policy_of_the_readme_is_clean_and_finds_what_it_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap();
    let (_, policy) = page.split_once("```toml\n").expect("the README shows a policy");
    let (policy, _) = policy.split_once("```").expect("the block ends");
    let lines = policy.lines().filter(|line| !line.trim().is_empty()).count();
    assert_eq!(lines, 15, "a policy of fifteen lines");

    let directory = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    fs::create_dir_all(directory.path().join("src/db")).unwrap();
    fs::create_dir_all(directory.path().join("sqlx/src")).unwrap();
    write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\nmembers = [\"sqlx\"]\n[dependencies]\nsqlx.path = \"sqlx\"\n",
    );
    write(
        "sqlx/Cargo.toml",
        "[package]\nname = \"sqlx\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    write("sqlx/src/lib.rs", "pub fn query() {}\n");
    write(
        "src/lib.rs",
        "pub mod app;\npub mod db;\npub mod domain;\npub mod http;\n",
    );
    write("src/domain.rs", "pub struct Order;\n");
    write("src/db/mod.rs", "pub mod repo;\n");
    write(
        "src/db/repo.rs",
        "pub fn orders() -> crate::domain::Order {\n    sqlx::query();\n    crate::domain::Order\n}\n",
    );
    write("src/app.rs", "pub fn list() {\n    crate::db::repo::orders();\n}\n");
    write("src/http.rs", "pub fn list() {\n    crate::app::list();\n}\n");
    // A crate of that name is only at hand as a member, which needs a component and a layer.
    let policy = policy
        .replace("[components]", "[components]\ndriver = \"sqlx\"")
        .replace("\"domain\"]", "\"domain\", \"driver\"]");
    write("archguard.toml", &policy);
    let run = || {
        archguard()
            .current_dir(directory.path())
            .arg("--offline")
            .output()
            .unwrap()
    };
    let clean = run();
    assert_eq!(exit_of(&clean), 0, "{}", text(&clean.stdout));
    write(
        "src/domain.rs",
        "pub struct Order;\nfn up() {\n    crate::http::list();\n    sqlx::query();\n}\n",
    );
    let broken = run();
    let printed = text(&broken.stdout);
    assert_eq!(exit_of(&broken), 1, "{printed}");
    for expected in ["error[layering/layer-breach]: ", "error[raw-sql/forbidden-use]: "] {
        assert!(printed.contains(expected), "{printed}");
    }
}
