//! What other programs read: annotations for GitHub, SARIF.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use snapbox::{assert_data_eq, file};

use crate::decisions::workspace::{HTTP, POLICY, Workspace};
use crate::documents::errors;

/// A shop with findings of both severities, one excepted, one frozen and one problem-free policy.
fn mixed() -> Workspace {
    let shop = Workspace::new(HTTP);
    let policy = format!(
        "{POLICY}\n[[forbid]]\nid = \"no-loops\"\nin = \"db\"\nuse = \"std::process::exit\"\nseverity = \"warn\"\nbecause = \"100%: sure, really\"\ninstead = \"shop::db::connect\"\n"
    );
    shop.write("archguard.toml", &policy);
    shop.write(
        "src/db.rs",
        "pub fn connect() {\n    std::process::exit(1);\n}\npub fn query() {\n    std::process::exit(1);\n    std::process::exit(2);\n}\n",
    );
    shop
}

#[test]
fn findings_are_annotations_errors_first() {
    let said = mixed().run("check --format github");
    assert_eq!((said.exit, said.err.as_str()), (1, ""));
    assert_data_eq!(said.out, file!["../snapshots/github.txt"].raw());
    let quiet = mixed().run("check --format github --quiet");
    assert!(
        quiet.exit == 1 && !quiet.out.contains("archguard: findings"),
        "{}",
        quiet.out
    );
}

/// What the platform would not show is still in the log, and its number is said.
#[test]
fn more_than_ten_annotations_of_a_kind_are_told_in_lines() {
    let mut http = String::new();
    for number in 0..13 {
        writeln!(http, "pub fn f{number:02}() {{ crate::db::query(); }}").unwrap();
    }
    let shop = Workspace::new(&http);
    let said = shop.run("check --format github");
    assert_eq!(said.exit, 1);
    let starts = |start: &str| said.out.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(
        (starts("::error "), starts("::"), starts("- src/http.rs:")),
        (10, 10, 3),
        "{}",
        said.out
    );
    assert!(
        said.out
            .contains("\n3 errors more than the 10 that are annotated:\n- src/http.rs:11:"),
        "{}",
        said.out
    );
    assert!(said.out.ends_with("0 rules, 13 findings\n"), "{}", said.out);
}

#[test]
fn problems_are_annotations_before_the_findings() {
    let shop = mixed();
    shop.write("src/lib.rs", "pub mod db;\npub mod http;\npub mod gone;\n");
    let said = shop.run("check --format github");
    assert_eq!(said.exit, 2);
    let first = said.out.lines().next().unwrap();
    assert!(
        first.starts_with("::error file=src/lib.rs,line=3,") && first.contains("title=archguard%3A unexamined-code::"),
        "{first}"
    );
    let none = Workspace::new(HTTP);
    std::fs::remove_file(none.path("archguard.toml")).unwrap();
    let said = none.run("check --format github");
    assert_eq!(said.exit, 2);
    assert!(
        said.out
            .starts_with("::error title=archguard%3A no-policy::there is no policy"),
        "{}",
        said.out
    );
}

/// The platform knows files from the root of the repository.
#[test]
fn a_workspace_below_the_root_of_a_repository_says_so() {
    let shop = mixed();
    let repository = tempfile::TempDir::new().unwrap();
    std::fs::create_dir(repository.path().join(".git")).unwrap();
    let below = shop.moved_to(&repository.path().join("services/shop"));
    let said = below.run("check --format github");
    assert!(
        said.out.starts_with("::error file=services/shop/src/http.rs,line=2,"),
        "{}",
        said.out
    );
}

#[test]
fn what_is_accepted_is_not_annotated() {
    let shop = Workspace::new(HTTP);
    shop.run("baseline");
    let said = shop.run("check --format github");
    assert_eq!((said.exit, said.out.matches("::").count()), (0, 0), "{}", said.out);
}

/// The official schema, as the crate of SARIF's types carries it.
pub(crate) fn sarif_schema() -> jsonschema::Validator {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--manifest-path"])
        .arg(manifest)
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo knows this workspace");
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package["name"] == "serde-sarif")
        .expect("a dependency of these tests");
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    let text =
        std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("it carries the schema");
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // The published schema has a bracket too many in one pattern, of a property that is never printed here.
    for of in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{of}/properties/language"));
        let pattern = language.unwrap().as_object_mut().unwrap().remove("pattern").unwrap();
        assert!(pattern.as_str().unwrap().ends_with("{2}]?$"), "{pattern}");
    }
    assert!(
        schema["description"].as_str().unwrap().contains("SARIF"),
        "it is that schema"
    );
    jsonschema::validator_for(&schema).expect("the schema is one")
}

/// The document of a run, which keeps to the schema and is read back by types made from it.
fn sarif(shop: &Workspace, schema: &jsonschema::Validator) -> (u8, Value) {
    let said = shop.run("check --format sarif");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(errors(schema, &document), [] as [String; 0]);
    let typed: serde_sarif::sarif::Sarif = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(typed.runs.len(), 1);
    (said.exit, document)
}

#[test]
fn sarif_keeps_to_the_official_schema() {
    let schema = sarif_schema();
    let shop = mixed();
    let (exit, document) = sarif(&shop, &schema);
    assert_eq!(exit, 1);
    let mut shown = document.clone();
    for rule in shown["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        rule["help"] = "the page".into();
    }
    assert_data_eq!(
        serde_json::to_string_pretty(&shown).unwrap() + "\n",
        file!["../snapshots/sarif.json"].raw()
    );
    let help = &document["runs"][0]["tool"]["driver"]["rules"][0]["help"]["markdown"];
    assert!(
        help.as_str().unwrap().starts_with("# undeclared-dependency\n"),
        "{help}"
    );
    let mut broken = document;
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert_ne!(errors(&schema, &broken), [] as [String; 0], "the schema is not asleep");
}

#[test]
fn sarif_suppresses_what_is_let_pass_and_says_where_cycles_go() {
    let schema = sarif_schema();
    let shop = mixed();
    shop.write("archguard.exceptions.toml", "[[except]]\nrule = \"component.http.uses\"\nfrom = \"shop::http::list\"\nto = \"shop::db::query\"\nreason = \"Later.\"\nowner = \"us\"\nuntil = \"2026-11-30\"\n");
    assert_eq!(shop.run("baseline").exit, 0);
    let states = |document: &Value| -> Vec<(String, usize)> {
        let results = document["runs"][0]["results"].as_array().unwrap();
        let of = |result: &Value| {
            (
                result["baselineState"].as_str().unwrap().to_owned(),
                result["suppressions"].as_array().unwrap().len(),
            )
        };
        results.iter().map(of).collect()
    };
    let (exit, document) = sarif(&shop, &schema);
    assert_eq!(exit, 0);
    let expected = [("unchanged", 1), ("unchanged", 1), ("unchanged", 1), ("new", 1)]
        .map(|(state, number)| (state.to_owned(), number));
    assert_eq!(states(&document), expected);
    let reason = &document["runs"][0]["results"][3]["suppressions"][0]["justification"];
    assert_eq!(reason, "accepted until 2026-11-30 by us: Later.");
    shop.write(
        "src/http.rs",
        &HTTP.replace(
            "crate::db::connect();",
            "crate::db::connect();\n    crate::db::connect();",
        ),
    );
    let (exit, document) = sarif(&shop, &schema);
    assert_eq!(exit, 1);
    assert!(states(&document).contains(&("updated".to_owned(), 0)));

    let cycle = Workspace::new(HTTP);
    cycle.write(
        "src/db.rs",
        "pub fn connect() {\n    crate::http::list();\n}\npub fn query() {}\n",
    );
    cycle.write(
        "archguard.toml",
        "version = 1\n[policy]\nunassigned = \"allow\"\n[[acyclic]]\nid = \"no-cycles\"\namong = \"modules\"\n",
    );
    let (exit, document) = sarif(&cycle, &schema);
    assert_eq!(exit, 1);
    let related = document["runs"][0]["results"][0]["relatedLocations"]
        .as_array()
        .unwrap();
    let texts: Vec<&str> = related
        .iter()
        .map(|place| place["message"]["text"].as_str().unwrap())
        .collect();
    assert!(
        texts.contains(&"declared here") && texts.iter().any(|text| text.contains("` -> `")),
        "{texts:?}"
    );
}

#[test]
fn sarif_says_what_keeps_the_verdict_from_being_whole() {
    let schema = sarif_schema();
    let shop = mixed();
    shop.write("src/lib.rs", "pub mod db;\npub mod http;\npub mod gone;\n");
    let (exit, document) = sarif(&shop, &schema);
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!(
        (exit, &invocation["executionSuccessful"], &invocation["exitCode"]),
        (2, &Value::from(false), &Value::from(2))
    );
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["descriptor"]["id"], "unexamined-code");
    assert_eq!(
        notification["locations"][0]["physicalLocation"]["region"]["startLine"],
        3
    );
    std::fs::remove_file(shop.path("archguard.toml")).unwrap();
    assert_eq!(sarif(&shop, &schema).0, 2);
}
