//! `explain` and `guard`: golden transcripts over one small workspace, documents that keep to their schemas, and the exit
//! codes with what is said of names that stand for nothing.

use std::fs;

use serde_json::Value;
use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

use crate::documents::{errors, published};
use crate::process::{exit_of, run, text};

const FILES: [(&str, &str); 9] = [
    (
        "Cargo.toml",
        "[package]\nname = \"small-shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    (
        "src/lib.rs",
        "pub mod auth;\npub mod db;\npub mod features;\npub mod http;\n",
    ),
    ("src/http/mod.rs", "pub mod orders;\n"),
    (
        "src/http/orders.rs",
        "pub fn list() {\n    crate::features::cart::add();\n}\n",
    ),
    ("src/features/mod.rs", "pub mod cart;\npub mod wishes;\n"),
    (
        "src/features/cart.rs",
        "pub fn add() {\n    crate::db::repo::save();\n}\n",
    ),
    (
        "src/features/wishes.rs",
        "pub fn add() {\n    super::cart::add();\n    std::fs::remove_file(\"x\").ok();\n}\n",
    ),
    ("src/auth.rs", "pub fn sign_in() {}\n"),
    (
        "src/db.rs",
        "pub mod repo {\n    pub fn save() {\n        std::fs::write(\"x\", \"y\").ok();\n    }\n}\nmod pool {}\n",
    ),
];

const POLICY: &str = "version = 1

[components]
root     = \"small_shop::self\"
http     = { paths = \"small_shop::http\", uses = [\"auth\", \"features\"] }
features = { each = \"small_shop::features::*\" }
auth     = \"small_shop::auth\"
db       = { paths = \"small_shop::db\", public = \"small_shop::db::repo\", crates = [] }

[[layers]]
id      = \"layering\"
order   = [\"http\", \"features\", \"db\"]
because = \"A layer uses only those below it.\"

# Files are the database here.
[[forbid]]
id      = \"files\"
use     = [\"std::fs\", \"!std::fs::File\"]
except  = \"db\"
instead = \"small_shop::db::repo\"
because = \"One place for files.\"

[[mandate]]
id         = \"shared-auth\"
use        = \"auth\"
instead_of = \"std::env\"

[[acyclic]]
id    = \"no-cycles\"
among = \"components\"
";

fn workspace() -> TempDir {
    let directory = TempDir::new().unwrap();
    for (path, content) in FILES.into_iter().chain([("archguard.toml", POLICY)]) {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    directory
}

/// Standard output of an answer without complaint.
fn answer(directory: &TempDir, arguments: &[&str]) -> String {
    let output = run(directory.path(), arguments);
    assert_eq!(
        (exit_of(&output), text(&output.stderr)),
        (0, String::new()),
        "{arguments:?}"
    );
    text(&output.stdout)
}

/// Exit code 2, nothing on standard output, and this on standard error.
#[track_caller]
fn refused(directory: &TempDir, arguments: &[&str], expected: &str) {
    let output = run(directory.path(), arguments);
    assert_eq!(
        (exit_of(&output), text(&output.stdout)),
        (2, String::new()),
        "{arguments:?}"
    );
    let told = text(&output.stderr);
    assert!(told.contains(expected), "{arguments:?}: {told}");
}

fn document(directory: &TempDir, arguments: &[&str], schema: &str) -> Value {
    let printed = answer(directory, &[arguments, &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        errors(&published(schema), &document),
        [] as [String; 0],
        "{arguments:?}"
    );
    document
}

#[test]
fn places_rules_and_pairs_are_explained() {
    let shop = workspace();
    let say = |names: &[&str]| answer(&shop, &[&["explain"], names].concat());
    assert_data_eq!(
        say(&["features.wishes"]),
        file!["../snapshots/explain-component.txt"].raw()
    );
    assert_data_eq!(say(&["src/db.rs"]), file!["../snapshots/explain-file.txt"].raw());
    assert_data_eq!(
        say(&["small_shop::http::orders::list"]),
        file!["../snapshots/explain-item.txt"].raw()
    );
    assert_data_eq!(say(&["std::fs"]), file!["../snapshots/explain-external.txt"].raw());
    assert_data_eq!(say(&["files"]), file!["../snapshots/explain-forbid.txt"].raw());
    assert_data_eq!(say(&["layering"]), file!["../snapshots/explain-layers.txt"].raw());
    assert_data_eq!(
        say(&["http", "small_shop::db"]),
        file!["../snapshots/explain-pair.txt"].raw()
    );
    assert_data_eq!(say(&["auth", "db"]), file!["../snapshots/explain-apart.txt"].raw());
}

#[test]
fn every_kind_of_rule_says_what_it_is() {
    let shop = workspace();
    let says = |rule: &str| {
        let document = document(&shop, &["explain", rule], "explain-1.json");
        document["rule"]["says"].as_str().unwrap().to_owned()
    };
    let expected = [
        (
            "shared-auth",
            "`auth` alone may name `std::env`; all other code uses `auth`.",
        ),
        ("no-cycles", "There is no cycle of references among components."),
        (
            "component.http.uses",
            "Of other components `http` may use `auth`, `features` and nothing else.",
        ),
        (
            "component.db.public",
            "Of `db` others may write `small_shop::db::repo` and nothing else.",
        ),
        (
            "component.db.crates",
            "Of external crates `db` may use nothing and nothing else, the standard library apart.",
        ),
        ("policy.unassigned", "Every module with code belongs to a component."),
        (
            "policy.undeclared",
            "A component uses another only where its `uses` or a layering that holds both says so.",
        ),
    ];
    for (rule, sentence) in expected {
        assert_eq!(says(rule), sentence, "{rule}");
    }
}

#[test]
fn guidance_for_files_that_are_there_and_that_are_not() {
    let shop = workspace();
    let files = [
        "src/features/cart.rs",
        "src/http/new.rs",
        "src/features/returns/mod.rs",
        "src/bin/sweep.rs",
        "tests/api.rs",
    ];
    let told = answer(&shop, &[&["guard"], &files[..]].concat());
    assert_data_eq!(told, file!["../snapshots/guard.txt"].raw());
    let document = document(&shop, &[&["guard"], &files[..]].concat(), "guard-1.json");
    let places: Vec<(&str, Option<&str>)> = document["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| {
            (
                file["guidance"]["place"].as_str().unwrap(),
                file["guidance"]["component"].as_str(),
            )
        })
        .collect();
    let expected = [
        ("small_shop::features::cart", Some("features.cart")),
        ("small_shop::http::new", Some("http")),
        ("small_shop::features::returns", Some("features.returns")),
        ("bin:sweep", Some("root")), // a package's name covers its binaries
        ("test:api", None),
    ];
    assert_eq!(places, expected);
}

#[test]
fn an_author_stands_where_the_directory_says() {
    let shop = workspace();
    let place = |file: &str| {
        let document = document(&shop, &["guard", file], "guard-1.json");
        let guidance = &document["files"][0]["guidance"];
        let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
        (
            text(&guidance["place"]),
            text(&guidance["component"]),
            text(&document["files"][0]["declare_in"]),
        )
    };
    let expected = [
        // A child of the root is not in `small_shop::self`.
        ("src/billing.rs", ("small_shop::billing", "none", "src/lib.rs")),
        ("src/http/a/b.rs", ("small_shop::http::a::b", "http", "none")),
        ("src/db/pool.rs", ("small_shop::db::pool", "db", "src/db.rs")),
        ("src/db/repo/rows.rs", ("small_shop::db::repo::rows", "db", "src/db.rs")),
        (
            "src/http/../auth/keys.rs",
            ("small_shop::auth::keys", "auth", "src/auth.rs"),
        ),
    ];
    for (file, (path, component, declare)) in expected {
        assert_eq!(
            place(file),
            (path.to_owned(), component.to_owned(), declare.to_owned()),
            "{file}"
        );
    }
}

#[test]
fn documents_keep_to_their_schemas() {
    let shop = workspace();
    for names in [
        &["db"][..],
        &["files"],
        &["http", "db"],
        &["std::fs"],
        &["src/http/new.rs"],
    ] {
        let answered = document(&shop, &[&["explain"], names].concat(), "explain-1.json");
        let there = ["place", "rule", "pair"]
            .iter()
            .filter(|kind| !answered[**kind].is_null());
        assert_eq!(there.count(), 1, "{names:?}");
    }
    let pair = document(&shop, &["explain", "http", "db"], "explain-1.json");
    assert_eq!(pair["pair"]["allowed"], false);
    assert_eq!(pair["pair"]["chain"].as_array().unwrap().len(), 2);
}

#[test]
fn unknown_names_end_in_2_with_the_nearest() {
    let shop = workspace();
    refused(&shop, &["explain", "htpp"], "did you mean `http`?");
    refused(
        &shop,
        &["explain", "component.auth.uses"],
        "`component.auth.uses` is the id of a rule that this policy does not have",
    );
    refused(&shop, &["explain", "\u{1b}[31mred"], "`\\u{1b}[31mred` is no path");
    refused(&shop, &["explain", "file"], "did you mean `files`?");
    refused(
        &shop,
        &["explain", "small_shop::http::ordres"],
        "did you mean `small_shop::http::orders`?",
    );
    refused(&shop, &["explain", "component:files"], "`component:files` is no rule");
    refused(&shop, &["explain", "a b"], "`a b` is no path: ");
    refused(&shop, &["explain", "files", "http"], "a pair is two places in the code");
    refused(&shop, &["explain", "src"], "`src` is no rule");
    refused(
        &shop,
        &["explain", "../x.rs"],
        "`../x.rs` lies in no package of the workspace",
    );
    refused(
        &shop,
        &["guard", "../x.rs"],
        "`../x.rs` lies in no package of the workspace",
    );
    refused(&shop, &["guard", "src/notes.md"], "`src/notes.md` is no Rust file");
    refused(
        &shop,
        &["guard", "scripts/x.rs"],
        "`scripts/x.rs` lies below no module's directory",
    );
    refused(&shop, &["guard", "src/new-one.rs"], "`new-one` is no name in Rust");
    refused(&shop, &["guard", ""], "is a directory that belongs to no module");
    refused(&shop, &["guard", "tests"], "`tests` is no Rust file");
}

#[test]
fn without_a_policy_there_is_no_answer() {
    let shop = workspace();
    fs::remove_file(shop.path().join("archguard.toml")).unwrap();
    refused(&shop, &["explain", "http"], "there is no policy");
    refused(&shop, &["guard", "src/db.rs"], "there is no policy");
}

#[test]
fn problems_stand_beside_the_answer() {
    let shop = workspace();
    let policy = POLICY.replace("[components]", "[components]\ngone = \"small_shop::gone\"");
    fs::write(shop.path().join("archguard.toml"), policy).unwrap();
    for arguments in [["explain", "http"], ["guard", "src/http/new.rs"]] {
        let output = run(shop.path(), &arguments);
        assert_eq!(exit_of(&output), 2, "{arguments:?}");
        assert!(
            text(&output.stderr).contains("`small_shop::gone` matches nothing"),
            "{arguments:?}"
        );
        assert!(text(&output.stdout).contains("## May use"), "{arguments:?}");
    }
}
