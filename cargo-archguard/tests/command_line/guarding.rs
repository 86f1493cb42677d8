//! `guard` where no reference is read: what it names all the same, and what it does not complain of.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::documents::{errors, published};
use crate::process::{exit_of, run, text};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

const POLICY: &str = "version = 1
[components]
shop = \"shop\"
[[forbid]]
id = \"sql-text\"
use = \"literal:sql\"
[[forbid]]
id = \"never-files\"
use = \"std::fs\"
transitive = true
[[require]]
id = \"handlers\"
items = { kind = \"fn\", call = \"std::mem::swap\" }
must = { async = true }
because = \"No handler blocks.\"
";

fn workspace(policy: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::create_dir(directory.path().join("src")).unwrap();
    let library = "pub fn list() {\n    let (mut a, mut b) = (1, 2);\n    std::mem::swap(&mut a, &mut b);\n    let _ = \"SELECT a FROM b\";\n}\n";
    for (path, content) in [
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", library),
        ("archguard.toml", policy),
    ] {
        fs::write(directory.path().join(path), content).unwrap();
    }
    directory
}

fn guidance(directory: &TempDir) -> Value {
    let output = run(directory.path(), &["guard", "src/lib.rs", "--format", "json"]);
    assert_eq!((exit_of(&output), text(&output.stderr)), (0, String::new()));
    let document: Value = serde_json::from_str(&text(&output.stdout)).unwrap();
    assert_eq!(errors(&published("guard-1.json"), &document), [] as [String; 0]);
    document["files"][0]["guidance"].clone()
}

#[test]
fn requirements_are_named_in_the_words_of_the_policy() {
    let shop = workspace(POLICY);
    let required = &guidance(&shop)["requirements"];
    assert_eq!(
        *required,
        json!([{
            "rule": "handlers",
            "demand": "Every item with `{ kind = \"fn\", call = \"std::mem::swap\" }` must have `{ async = true }`.",
            "because": "No handler blocks."
        }])
    );
    let human = text(&run(shop.path(), &["guard", "src/lib.rs"]).stdout);
    assert!(human.contains("## Must, in new items\n\n- Every item with"), "{human}");
    let scoped = POLICY.replace(
        "id = \"handlers\"",
        "id = \"handlers\"\nexcept = \"shop\"\noptional = true",
    );
    assert_eq!(guidance(&workspace(&scoped))["requirements"], json!([]));
}

#[test]
fn what_must_not_be_reached_either_is_said() {
    let shop = workspace(POLICY);
    let prohibitions = &guidance(&shop)["prohibitions"];
    assert_eq!(prohibitions[0]["as"], json!([]));
    assert_eq!(
        (&prohibitions[1]["rule"], &prohibitions[1]["as"]),
        (&json!("never-files"), &json!(["transitive"]))
    );
    let human = text(&run(shop.path(), &["guard", "src/lib.rs"]).stdout);
    assert!(human.contains("`std::fs`, nor call what leads there."), "{human}");
}

/// Requirements that select nothing and literals that nobody holds are for the check to complain of: `guard` looks for
/// neither. What leads nowhere in the code it knows.
#[test]
fn guard_complains_of_what_it_has_looked_for_alone() {
    let idle = POLICY.replace("\"std::mem::swap\"", "\"std::mem::take\"");
    let shop = workspace(&idle);
    let check = run(shop.path(), &["check"]);
    assert!(
        text(&check.stderr).contains("`items` of `handlers` selects nothing")
            || text(&check.stdout).contains("`items` of `handlers` selects nothing")
    );
    assert_eq!(guidance(&shop)["prohibitions"][0]["use"], json!(["literal:sql"]));
    for (policy, complaint) in [
        (
            POLICY.replace("\"std::fs\"", "\"std::fsx\""),
            "`std::fsx` matches nothing",
        ),
        (
            POLICY.replace("std::mem::swap", "std::mem::swop"),
            "`std::mem::swop` matches nothing",
        ),
        (
            POLICY.replace("shop = \"shop\"", "shop = \"literal:sql\""),
            "literal:sql",
        ),
    ] {
        let output = run(workspace(&policy).path(), &["guard", "src/lib.rs"]);
        assert_eq!(exit_of(&output), 2, "{complaint}");
        assert!(text(&output.stderr).contains(complaint), "{}", text(&output.stderr));
    }
}

/// An author is told of a file while it is being written.
#[test]
fn a_body_that_is_not_finished_yet_is_no_obstacle() {
    let shop = workspace(POLICY);
    fs::write(
        shop.path().join("src/lib.rs"),
        "pub mod db;\npub fn list() { let x = ; }\n",
    )
    .unwrap();
    fs::write(shop.path().join("src/db.rs"), "").unwrap();
    assert_eq!(guidance(&shop)["place"], "shop");
}

#[test]
fn dependencies_for_tests_are_not_offered_to_production_code() {
    let shop = workspace(&POLICY.replace("[[forbid]]", "[[forbid]]\noptional = true"));
    let manifest = format!(
        "{MANIFEST}[dependencies]\nserde = \"1\"\nrenamed = {{ package = \"rand\", version = \"1\" }}\n[dev-dependencies]\nserde = \"1\"\nproptest = \"1\"\n[build-dependencies]\ncc = \"1\"\n"
    );
    fs::write(shop.path().join("Cargo.toml"), manifest).unwrap();
    fs::create_dir(shop.path().join("tests")).unwrap();
    for file in ["tests/it.rs", "build.rs"] {
        fs::write(shop.path().join(file), "fn main() {}").unwrap();
    }
    let crates = |file: &str| {
        let output = run(shop.path(), &["guard", file, "--offline", "--format", "json"]);
        let document: Value = serde_json::from_str(&text(&output.stdout)).unwrap();
        let crates = &document["files"][0]["guidance"]["crates"];
        (crates["may_use"].clone(), crates["dev_only"].clone())
    };
    assert_eq!(crates("src/lib.rs"), (json!(["rand", "serde"]), json!(["proptest"])));
    assert_eq!(crates("tests/it.rs"), (json!(["proptest", "rand", "serde"]), json!([])));
    assert_eq!(crates("build.rs"), (json!(["cc"]), json!([])));
    let human = text(&run(shop.path(), &["guard", "src/lib.rs", "--offline"]).stdout);
    assert!(human.contains("- in development code alone: `proptest`."), "{human}");
}
