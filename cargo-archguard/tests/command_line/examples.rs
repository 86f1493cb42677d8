//! The documents printed for the examples, which hold far more kinds of entries than the small workspaces, keep to the
//! published schemas. What they must find is said by their READMEs and checked elsewhere; here nothing may depend on
//! whether their dependencies have been fetched.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::copies::copy_of;
use crate::documents::{errors, published};
use crate::process::{archguard, exit_of, text};

const EXAMPLES: [&str; 2] = ["01_layered_shop", "04_broken_shop"];

pub(crate) fn document(example: &str, arguments: &[&str], schema: &str) -> Value {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(example)
        .join("Cargo.toml");
    document_of(&manifest, arguments, schema)
}

pub(crate) fn document_of(manifest: &Path, arguments: &[&str], schema: &str) -> Value {
    let example = manifest.display();
    let output = archguard()
        .args(arguments)
        .args(["--format", "json", "--offline", "--manifest-path"])
        .arg(manifest)
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{example} {arguments:?}: {error}: {}", text(&output.stderr)));
    assert_eq!(
        errors(&published(schema), &document),
        [] as [String; 0],
        "{example} {arguments:?}"
    );
    document
}

pub(crate) fn length(document: &Value, list: &str) -> usize {
    document[list].as_array().map_or(0, Vec::len)
}

#[test]
fn the_verdicts_of_the_examples_keep_to_the_schema() {
    for example in EXAMPLES {
        let verdict = document(example, &["check"], "verdict-1.json");
        assert_eq!(verdict["examined"]["packages"], 4, "{example}");
        assert_eq!(length(&verdict, "problems"), 0, "{example}");
        assert!(length(&verdict, "rules") >= 5, "{example}");
    }
    let broken = document("04_broken_shop", &["check"], "verdict-1.json");
    assert!(length(&broken, "findings") > 40);
}

#[test]
fn the_graphs_of_the_examples_keep_to_the_schema() {
    for example in EXAMPLES {
        let graph = document(example, &["graph"], "graph-1.json");
        assert!(length(&graph, "modules") > 20, "{example}");
        assert!(length(&graph, "references") > 500, "{example}");
    }
}

/// Adds code at the end of a file.
fn plant(workspace: &Path, file: &str, code: &str) {
    let path = workspace.join(file);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{text}\n{code}\n")).unwrap();
}

#[test]
fn one_chain_planted_in_the_shop_is_one_finding() {
    let folder = copy_of("01_layered_shop");
    let root = folder.path();
    plant(
        root,
        "shop/src/app/pricing.rs",
        "pub fn keep_prices() { crate::db::repo::keep_prices(); }",
    );
    plant(
        root,
        "shop/src/db/repo/mod.rs",
        "pub fn keep_prices() { super::pool::write_down(\"prices\"); }",
    );
    plant(
        root,
        "shop/src/db/pool.rs",
        "pub fn write_down(text: &str) { let _ = std::fs::write(\"prices.txt\", text); }",
    );
    let found = document_of(&root.join("Cargo.toml"), &["check"], "verdict-1.json");
    let findings = found["findings"].as_array().unwrap();
    let [finding] = &findings[..] else {
        panic!("{findings:#?}");
    };
    assert_eq!(finding["lint"], "forbidden-reach");
    assert_eq!(
        finding["message"],
        "`shop::app::pricing::keep_prices` reaches `std::fs::write`, which `application` and `domain` must not use, \
         through `shop::db::repo::keep_prices` and `shop::db::pool::write_down`"
    );
    assert_eq!(length(finding, "chain"), 3);
}

/// The broken shop is broken by its code: its policy is that of the first example.
#[test]
fn both_shops_have_one_policy() {
    let policy = |example: &str| {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
        fs::read_to_string(examples.join(example).join("archguard.toml")).unwrap()
    };
    let [whole, broken] = EXAMPLES.map(policy);
    assert_eq!(whole, broken);
}

/// A copy of an example without dependencies, with lines put before the first line of one of its files.
fn changed(example: &str, file: &str, line: &str) -> TempDir {
    let copy = copy_of(example);
    let file = copy.path().join(file);
    let text = fs::read_to_string(&file).unwrap();
    // Behind the file's own documentation.
    fs::write(&file, text.replacen("\n\n", &format!("\n\n{line}\n"), 1)).unwrap();
    copy
}

fn rules_broken(directory: &Path) -> Vec<String> {
    let output = archguard()
        .args(["check", "--format", "json", "--offline", "--manifest-path"])
        .arg(directory.join("Cargo.toml"))
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let mut rules: Vec<String> = findings
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect();
    rules.dedup();
    assert_eq!(exit_of(&output), i32::from(!rules.is_empty()), "{document}");
    rules
}

/// What the READMEs of the examples without dependencies invite to try.
#[test]
fn the_small_examples_are_clean_until_someone_breaks_them() {
    let (hexagon, slices) = ("02_hexagonal", "03_feature_slices");
    let cases: [(&str, &str, &str, &[&str]); 8] = [
        (hexagon, "src/lib.rs", "", &[]),
        (
            hexagon,
            "src/inbound/command_line.rs",
            "use crate::outbound::memory_store::MemoryStore as _;",
            &["hexagon"],
        ),
        (
            hexagon,
            "src/domain/service.rs",
            "fn read() { let _ = std::fs::read(\"loans.txt\"); }",
            &["domain-reaches-no-system", "files-in-one-place"],
        ),
        (
            hexagon,
            "src/outbound/memory_store.rs",
            "use super::file_store::FileStore as _;",
            &["hexagon"],
        ),
        (slices, "src/lib.rs", "", &[]),
        (
            slices,
            "src/features/billing/app.rs",
            "use crate::features::tracking::app::Tracking as _;",
            &["slices"],
        ),
        (
            slices,
            "src/features/billing/domain.rs",
            "use super::api as _;",
            &["inside-a-slice", "no-cycles"],
        ),
        (
            slices,
            "src/features/billing/domain.rs",
            "use crate::kernel::events::Event as _;",
            &["rules-know-no-events"],
        ),
    ];
    for (example, file, line, expected) in cases {
        let copy = changed(example, file, line);
        assert_eq!(rules_broken(copy.path()), expected, "{example} {file}: {line}");
    }
}

#[test]
fn everything_in_the_policies_of_the_examples_can_fire() {
    for example in ["01_layered_shop", "02_hexagonal", "03_feature_slices", "04_broken_shop"] {
        let proof = document(example, &["prove"], "prove-1.json");
        assert_eq!(length(&proof, "problems"), 0, "{example}");
        assert_eq!(proof["counts"]["dead"], 0, "{example}: {proof}");
        assert!(length(&proof, "proofs") > 15, "{example}");
    }
}
