//! The requirements of the first example's policy: clean as it stands, and each change that breaks one is said once.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::copies::copy_of;
use crate::examples::{document, document_of, length};

/// A copy of the first example with a change in one file.
fn changed(file: &str, change: impl Fn(&str) -> String) -> TempDir {
    let copy = copy_of("01_layered_shop");
    let path = copy.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed, "the change takes place");
    fs::write(path, changed).unwrap();
    copy
}

/// The findings of a changed example: rule, lint, item.
fn findings(copy: &TempDir) -> Vec<String> {
    let verdict = document_of(&copy.path().join("Cargo.toml"), &["check"], "verdict-1.json");
    assert_eq!(length(&verdict, "problems"), 0);
    let findings = verdict["findings"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    findings
        .map(|finding| {
            [&finding["rule"], &finding["lint"], &finding["from"]["item"]]
                .map(word)
                .join(" ")
        })
        .collect()
}

#[test]
fn a_handler_without_its_user_is_one_finding() {
    let signature = "list(user: CurrentUser, State(shop): State<Shop>)";
    let copy = changed("shop/src/http/orders.rs", |text| {
        text.replace(signature, "list(State(shop): State<Shop>)")
    });
    assert_eq!(
        findings(&copy),
        ["handlers-authenticate requirement-unmet shop::http::orders::list"]
    );
}

#[test]
fn a_row_outside_of_persistence_is_two_findings() {
    let copy = changed("shop/src/http/orders.rs", |text| {
        format!("{text}\n#[derive(sqlx::FromRow)]\nstruct Row {{\n    id: i64,\n}}\n")
    });
    assert_eq!(
        findings(&copy),
        [
            "raw-sql forbidden-use shop::http::orders::Row",
            "rows-live-in-persistence misplaced-item shop::http::orders::Row"
        ]
    );
}

#[test]
fn requirements_say_how_many_items_they_select() {
    let verdict = document("01_layered_shop", &["check"], "verdict-1.json");
    let rules = verdict["rules"].as_array().unwrap().iter();
    let required = rules.filter(|rule| rule["kind"] == "require");
    let matched: Vec<(&str, u64)> = required
        .map(|rule| (rule["id"].as_str().unwrap(), rule["matched"].as_u64().unwrap()))
        .collect();
    assert_eq!(matched.len(), 2, "{matched:?}");
    // Without the sources of the web framework the methods of what its functions give are not known.
    assert!(
        matched[0].0 == "handlers-authenticate" && (8..=13).contains(&matched[0].1),
        "{matched:?}"
    );
    assert_eq!(matched[1], ("rows-live-in-persistence", 4));
}
