//! The documents printed for the examples, which hold far more kinds of entries than the small workspaces, keep to the
//! published schemas. What they must find is said by their READMEs and checked elsewhere; here nothing may depend on
//! whether their dependencies have been fetched.

use std::path::Path;

use serde_json::Value;

use crate::documents::{errors, published};
use crate::process::{archguard, text};

const EXAMPLES: [&str; 2] = ["01_layered_shop", "04_broken_shop"];

fn document(example: &str, arguments: &[&str], schema: &str) -> Value {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(example)
        .join("Cargo.toml");
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

fn length(document: &Value, list: &str) -> usize {
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
