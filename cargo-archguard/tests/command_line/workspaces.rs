//! The whole way on small workspaces: from files on disk to text, document and exit code.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

use crate::documents::{errors, published};
use crate::process::{archguard, exit_of, text};

const MANIFEST: &str = "[package]\nname = \"small-shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
const LIBRARY: &str = "pub mod http;\npub mod db;\n";
const HTTP: &str = "pub fn list() {\n    crate::db::connect();\n}\n";
const DB: &str = "pub fn connect() {}\n";
const DB_UPWARDS: &str = "pub fn connect() {\n    crate::http::list();\n}\n";
const POLICY: &str = "version = 1

[components]
http = \"small_shop::http\"
db   = \"small_shop::db\"

[[layers]]
id      = \"layering\"
order   = [\"http\", \"db\"]
because = \"A layer uses only those below it.\"
";

/// A workspace of one package, with the policy and `db` as given.
fn workspace(policy: Option<&str>, db: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    fs::create_dir(directory.path().join("src")).unwrap();
    write("Cargo.toml", MANIFEST);
    write("src/lib.rs", LIBRARY);
    write("src/http.rs", HTTP);
    write("src/db.rs", db);
    if let Some(policy) = policy {
        write("archguard.toml", policy);
    }
    directory
}

fn run(directory: &Path, arguments: &[&str]) -> Output {
    archguard()
        .current_dir(directory)
        .arg("--offline")
        .args(arguments)
        .output()
        .unwrap()
}

/// Exit code and standard output; nothing may stand on standard error.
fn said(directory: &TempDir, arguments: &[&str]) -> (i32, String) {
    let output = run(directory.path(), arguments);
    assert_eq!(text(&output.stderr), "", "{arguments:?}");
    (exit_of(&output), text(&output.stdout))
}

fn document(directory: &TempDir, arguments: &[&str], schema: &str) -> (i32, Value) {
    let (exit_code, printed) = said(directory, arguments);
    let document: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(errors(&published(schema), &document), [] as [String; 0]);
    (exit_code, document)
}

fn verdict(directory: &TempDir, arguments: &[&str]) -> (i32, Value) {
    document(
        directory,
        &[arguments, &["--format", "json"]].concat(),
        "verdict-1.json",
    )
}

#[test]
fn a_workspace_that_keeps_its_architecture_is_clean() {
    let clean = workspace(Some(POLICY), DB);
    let (exit_code, printed) = said(&clean, &[]);
    assert_data_eq!(printed, file!["../snapshots/workspace-clean.txt"].raw());
    assert_eq!(exit_code, 0);
    assert_eq!(said(&clean, &["--quiet"]), (0, String::new()));
    let (exit_code, verdict) = verdict(&clean, &[]);
    assert_eq!((exit_code, &verdict["outcome"]), (0, &Value::from("clean")));
}

#[test]
fn a_breach_is_found_shown_and_ends_in_1() {
    let broken = workspace(Some(POLICY), DB_UPWARDS);
    let (exit_code, printed) = said(&broken, &["check"]);
    assert_data_eq!(printed, file!["../snapshots/workspace-findings.txt"].raw());
    assert_eq!(exit_code, 1);
    let (exit_code, verdict) = verdict(&broken, &[]);
    assert_eq!((exit_code, &verdict["outcome"]), (1, &Value::from("findings")));
    assert_eq!(verdict["findings"][0]["sites"][0]["line"], 2);
    let (exit_code, quiet) = said(&broken, &["--quiet"]);
    assert_eq!(exit_code, 1);
    assert!(
        quiet.starts_with("error[layering/layer-breach]: ") && !quiet.contains("archguard: "),
        "{quiet}"
    );
}

#[test]
fn a_warning_alone_is_clean() {
    let policy = POLICY.replace("because", "severity = \"warn\"\nbecause");
    let (exit_code, printed) = said(&workspace(Some(&policy), DB_UPWARDS), &[]);
    assert_eq!(exit_code, 0);
    assert!(printed.starts_with("warning[layering/layer-breach]: "), "{printed}");
    assert!(printed.trim_end().ends_with("1 rule, 1 warning"), "{printed}");
}

#[test]
fn problems_end_in_2_and_findings_are_still_told() {
    let broken = workspace(Some(POLICY), DB_UPWARDS);
    fs::write(broken.path().join("src/lib.rs"), format!("{LIBRARY}pub mod missing;\n")).unwrap();
    let (exit_code, verdict) = verdict(&broken, &[]);
    assert_eq!((exit_code, &verdict["outcome"]), (2, &Value::from("incomplete")));
    assert_eq!(verdict["findings"][0]["rule"], "layering");
    assert_eq!(verdict["problems"][0]["code"], "unexamined-code");
}

#[test]
fn without_a_policy_nothing_passes() {
    let none = workspace(None, DB);
    let (exit_code, printed) = said(&none, &[]);
    assert_data_eq!(printed, file!["../snapshots/no-policy.txt"].raw());
    assert_eq!(exit_code, 2);
    let (exit_code, verdict) = verdict(&none, &[]);
    assert_eq!((exit_code, &verdict["outcome"]), (2, &Value::from("error")));
    assert_eq!(
        (&verdict["problems"][0]["code"], &verdict["policy"]["hash"]),
        (&Value::from("no-policy"), &Value::Null)
    );
}

#[test]
fn a_broken_policy_shows_the_line() {
    let policy = POLICY.replace("[components]", "[component]");
    let (exit_code, printed) = said(&workspace(Some(&policy), DB), &[]);
    assert_data_eq!(printed, file!["../snapshots/workspace-bad-policy.txt"].raw());
    assert_eq!(exit_code, 2);
}

#[test]
fn a_policy_that_is_not_text_is_a_problem() {
    let directory = workspace(None, DB);
    fs::write(directory.path().join("archguard.toml"), b"version = 1\n# \xff\n").unwrap();
    let (exit_code, verdict) = verdict(&directory, &[]);
    let problem = &verdict["problems"][0];
    assert_eq!((exit_code, problem["code"].as_str()), (2, Some("policy-syntax")));
    assert_eq!(
        (problem["line"].as_u64(), problem["column"].as_u64()),
        (Some(2), Some(3))
    );
}

#[test]
fn another_policy_may_be_given_from_where_one_stands() {
    let directory = workspace(Some("not a policy"), DB_UPWARDS);
    fs::write(directory.path().join("src/other.toml"), POLICY).unwrap();
    let output = run(
        &directory.path().join("src"),
        &["--policy", "other.toml", "--format", "json"],
    );
    let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (exit_of(&output), verdict["policy"]["file"].as_str()),
        (1, Some("src/other.toml"))
    );
    assert_eq!(verdict["narrowed"]["policy"], "src/other.toml");
    let (exit_code, printed) = said(&directory, &["--policy", "none.toml"]);
    assert_eq!(exit_code, 2);
    assert!(
        printed.starts_with("error[no-policy]: there is no policy: `none.toml` does not exist"),
        "{printed}"
    );
}

/// The same name beside another workspace is not this workspace's policy, and does not read like it.
#[test]
fn a_policy_from_elsewhere_is_named_in_the_verdict() {
    let (here, elsewhere) = (workspace(Some("not a policy"), DB_UPWARDS), workspace(Some(POLICY), DB));
    let manifest = here.path().join("Cargo.toml");
    let output = run(
        elsewhere.path(),
        &[
            "--manifest-path",
            manifest.to_str().unwrap(),
            "--policy",
            "archguard.toml",
        ],
    );
    let other = elsewhere.path().canonicalize().unwrap().join("archguard.toml");
    let line = format!("archguard: findings (--policy {}): ", other.display());
    assert!(text(&output.stdout).contains(&line), "{}", text(&output.stdout));
    let own = verdict(&elsewhere, &["--policy", "archguard.toml"]).1;
    assert_eq!(own["narrowed"], serde_json::json!({ "packages": [], "policy": null }));
}

#[test]
fn packages_that_are_left_out_are_named_in_the_verdict() {
    let directory = workspace(Some(POLICY), DB);
    let (exit_code, verdict) = verdict(&directory, &["-p", "small-shop"]);
    assert_eq!(
        (exit_code, &verdict["narrowed"]["packages"]),
        (0, &serde_json::json!(["small-shop"]))
    );
    let (_, printed) = said(&directory, &["-p", "small-shop"]);
    assert!(printed.contains("archguard: clean (only -p small-shop): "), "{printed}");
}

#[test]
fn packages_that_do_not_exist_narrow_nothing() {
    let broken = workspace(Some(POLICY), DB_UPWARDS);
    assert_eq!(verdict(&broken, &["-p", "small-shop"]).0, 1);
    let (exit_code, verdict) = verdict(&broken, &["-p", "smal-shop"]);
    assert_eq!((exit_code, &verdict["outcome"]), (2, &Value::from("error")));
    assert_eq!(verdict["problems"][0]["suggestion"], "small-shop");
}

#[test]
fn the_same_workspace_says_the_same() {
    let broken = workspace(Some(POLICY), DB_UPWARDS);
    for arguments in [
        &["--format", "json"][..],
        &["check"],
        &["graph"],
        &["graph", "--format", "json"],
    ] {
        let first = run(broken.path(), arguments);
        let second = run(broken.path(), arguments);
        assert_ne!(first.stdout.len(), 0, "{arguments:?}");
        assert_eq!(first.stdout, second.stdout, "{arguments:?}");
    }
}

#[test]
fn times_go_to_standard_error() {
    let output = run(workspace(Some(POLICY), DB).path(), &["-v"]);
    let told = text(&output.stderr);
    let stages = |told: &str| -> Vec<String> {
        let stages = told.lines().map(|line| line.split(" ms ").nth(1).unwrap().to_owned());
        stages.collect()
    };
    let whole = [
        "loading the workspace",
        "reading the policy",
        "looking for changes",
        "reading the code",
        "judging",
    ];
    assert_eq!(stages(&told), whole);
    assert!(!text(&output.stdout).contains("judging"));

    let output = run(workspace(Some(POLICY), DB).path(), &["--timings"]);
    let told = stages(&text(&output.stderr));
    let parts: Vec<&String> = told.iter().filter(|stage| stage.starts_with("  ")).collect();
    assert_eq!(told.len(), whole.len() + parts.len());
    for part in ["  cargo metadata", "  references", "  lint layer-breach"] {
        assert!(parts.iter().any(|known| *known == part), "{part}: {told:?}");
    }
    assert!(!text(&output.stdout).contains("references\n"));
}

#[test]
fn the_graph_is_drawn_by_module_and_component() {
    let directory = workspace(Some(POLICY), DB_UPWARDS);
    let (exit_code, dot) = said(&directory, &["graph"]);
    assert_eq!(exit_code, 0);
    assert!(
        dot.contains("\"small_shop::db\" -> \"small_shop::http\" [label = \"1\"];"),
        "{dot}"
    );
    let (exit_code, mermaid) = said(&directory, &["graph", "--format", "mermaid", "--by", "component"]);
    assert_eq!(exit_code, 0);
    assert!(
        mermaid.starts_with("flowchart LR\n    n0[\"(no component)\"]:::outside\n    n1[\"db\"]\n"),
        "{mermaid}"
    );
}

#[test]
fn the_graph_document_names_components_and_files() {
    let directory = workspace(Some(POLICY), DB_UPWARDS);
    let (exit_code, graph) = document(&directory, &["graph", "--format", "json"], "graph-1.json");
    assert_eq!(exit_code, 0);
    let modules = graph["modules"].as_array().unwrap();
    let facts = |module: &Value| {
        ["path", "file", "component"]
            .map(|key| module[key].as_str().unwrap_or("-").to_owned())
            .join(" ")
    };
    let expected = [
        "small_shop src/lib.rs -",
        "small_shop::db src/db.rs db",
        "small_shop::http src/http.rs http",
    ];
    assert_eq!(modules.iter().map(facts).collect::<Vec<_>>(), expected);
    let calls = graph["references"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|reference| reference["kind"] == "call");
    let ends: Vec<_> = calls
        .map(|call| (call["from"].as_str().unwrap(), call["to_module"].as_str().unwrap()))
        .collect();
    assert_eq!(
        ends,
        [
            ("small_shop::db::connect", "small_shop::http"),
            ("small_shop::http::list", "small_shop::db")
        ]
    );
}

#[test]
fn a_graph_needs_no_policy_unless_it_draws_components() {
    let none = workspace(None, DB);
    assert_eq!(said(&none, &["graph"]).0, 0);
    let output = run(none.path(), &["graph", "--by", "component"]);
    assert_eq!((exit_of(&output), text(&output.stdout)), (2, String::new()));
    assert!(text(&output.stderr).starts_with("error[no-policy]: "));
    let bad = workspace(Some("version = 1\n[component]\n"), DB);
    let output = run(bad.path(), &["graph"]);
    assert_eq!(exit_of(&output), 2);
    assert!(text(&output.stdout).starts_with("digraph ") && text(&output.stderr).starts_with("error[unknown-key]: "));
}

#[test]
fn nothing_is_written_into_the_workspace() {
    let directory = workspace(Some(POLICY), DB);
    let _ = said(&directory, &[]);
    let mut names: Vec<_> = fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["Cargo.toml", "archguard.toml", "src"]);
}

#[test]
fn the_graph_says_which_entries_of_the_policy_mean_no_file() {
    let settings = "\n[policy]\ngenerated = [\"src/db.rs\", \"src/gone.rs\"]\n";
    let shop = workspace(Some(&format!("{POLICY}{settings}")), DB);
    let output = run(shop.path(), &["graph"]);
    assert_eq!(exit_of(&output), 2);
    assert!(
        text(&output.stdout).starts_with("digraph"),
        "the graph is printed all the same"
    );
    let told = text(&output.stderr);
    assert!(
        told.contains("error[nothing-matched]: `src/gone.rs` in `generated` means no examined file"),
        "{told}"
    );
    assert!(!told.contains("`src/db.rs`"), "{told}");
}
