//! The baseline: what was there before the rules stays, and only gets less.

use snapbox::{assert_data_eq, file};

use super::workspace::{HTTP, Said, TODAY, Workspace};
use crate::documents::{errors, published};

const FILE: &str = "archguard.baseline.toml";
const CONNECT: &str = "baseline component.http.uses shop::http::list shop::db::connect";
const CONNECT_NEW: &str = "new component.http.uses shop::http::list shop::db::connect";
const QUERY: &str = "baseline component.http.uses shop::http::list shop::db::query";
const QUERY_NEW: &str = "new component.http.uses shop::http::list shop::db::query";
const CONNECT_ONLY: &str = "pub fn list() {\n    crate::db::connect();\n}\n";

/// A shop whose findings are frozen.
fn frozen() -> (Workspace, String) {
    let shop = Workspace::new(HTTP);
    assert_eq!(shop.run("baseline").exit, 0);
    let text = shop.read(FILE).expect("there is a baseline now");
    (shop, text)
}

fn said(exit: u8, out: &str) -> Said {
    Said {
        exit,
        out: out.to_owned(),
        err: String::new(),
    }
}

#[test]
fn freezing_makes_the_findings_of_today_pass_and_no_others() {
    let shop = Workspace::new(HTTP);
    assert_eq!(shop.run("check").exit, 1);
    assert_data_eq!(
        shop.run("baseline").out,
        file!["../../snapshots/baseline-frozen.txt"].raw()
    );
    assert_data_eq!(shop.read(FILE).unwrap(), file!["../../snapshots/baseline.toml"].raw());
    assert_eq!(shop.statuses(), [CONNECT, QUERY]);
    assert_eq!(
        shop.verdict_on(TODAY)["baseline"],
        serde_json::json!({"matched": 2, "gone": 0})
    );
    let clean = shop.run("check");
    assert_eq!((clean.exit, clean.err.as_str()), (0, ""));
    assert!(
        clean.out.ends_with("0 rules, no findings, 2 in the baseline\n"),
        "{}",
        clean.out
    );

    shop.write(
        "src/http.rs",
        &format!("{HTTP}pub fn show() {{\n    crate::db::query();\n}}\n"),
    );
    assert_eq!(
        shop.statuses(),
        [
            CONNECT,
            QUERY,
            "new component.http.uses shop::http::show shop::db::query"
        ]
    );
    assert_eq!(shop.run("check").exit, 1);
}

#[test]
fn moving_code_within_a_file_changes_nothing() {
    let (shop, text) = frozen();
    shop.write("src/http.rs", "//! Words.\n\nfn other() {}\n\npub fn list() {\n    crate::db::query();\n    crate::db::query();\n    other();\n    crate::db::connect();\n}\n");
    assert_eq!(shop.statuses(), [QUERY, CONNECT]);
    assert_eq!(shop.run("check").exit, 0);
    shop.write("archguard.toml", &format!("{}\n# Words.\n", super::workspace::POLICY));
    assert_eq!(shop.run("check").exit, 0);
    assert_eq!(shop.read(FILE).unwrap(), text);
    assert_eq!(
        shop.run("baseline"),
        said(
            0,
            "archguard: archguard.baseline.toml is as small as it can be: 2 lines\n"
        )
    );
}

#[test]
fn more_places_than_frozen_are_new() {
    let (shop, text) = frozen();
    shop.write(
        "src/http.rs",
        &HTTP.replace("connect();", "connect();\n    crate::db::connect();"),
    );
    assert_eq!(shop.statuses(), [CONNECT_NEW, QUERY]);
    let said = shop.run("check");
    assert_eq!(said.exit, 1);
    assert!(
        said.out.contains("= the baseline holds 1 place of this, there are 2\n"),
        "{}",
        said.out
    );
    assert_eq!(shop.read(FILE).unwrap(), text, "a red check rewrites nothing");
}

#[test]
fn one_breach_cannot_be_swapped_for_another() {
    let (shop, text) = frozen();
    shop.write("src/http.rs", &HTTP.replace("fn list", "fn show"));
    assert_eq!(shop.run("check").exit, 1);
    assert_eq!(
        shop.verdict_on(TODAY)["baseline"],
        serde_json::json!({"matched": 0, "gone": 2})
    );
    assert_eq!(shop.read(FILE).unwrap(), text);
}

#[test]
fn it_shrinks_by_itself_when_findings_go_but_never_in_ci() {
    let (shop, text) = frozen();
    shop.write("src/http.rs", CONNECT_ONLY);
    for (ci, line) in [
        (true, "check"),
        (false, "check --ci"),
        (true, "check --format json"),
        (false, "check -p shop"),
    ] {
        let said = shop.on(TODAY, ci, line);
        assert_eq!((said.exit, said.err.as_str()), (0, ""), "{line}");
        assert_eq!(shop.read(FILE).unwrap(), text, "{line}");
    }
    let told = shop.on(TODAY, true, "check");
    assert!(told.out.contains("note: 1 line of the baseline gone\n"), "{}", told.out);
    assert_eq!(
        shop.verdict_on(TODAY)["baseline"],
        serde_json::json!({"matched": 1, "gone": 1})
    );

    let said = shop.run("check");
    assert_eq!(
        (said.exit, said.err.as_str()),
        (
            0,
            "archguard: archguard.baseline.toml was rewritten: it holds less than before\n"
        )
    );
    let shrunk = shop.read(FILE).unwrap();
    let left: Vec<&str> = text.lines().filter(|line| !line.contains("::query")).collect();
    assert_eq!(
        shrunk.lines().collect::<Vec<_>>(),
        left,
        "one line less and nothing else"
    );
    assert_eq!(shop.run("check").err, "");

    shop.write("src/http.rs", HTTP);
    assert_eq!(shop.statuses(), [CONNECT, QUERY_NEW], "what went does not come back");
    assert_eq!(
        shop.names(),
        ["Cargo.lock", "Cargo.toml", FILE, "archguard.toml", "src"]
    );
}

#[test]
fn a_place_less_is_less_too() {
    let (shop, _) = frozen();
    shop.write(
        "src/http.rs",
        "pub fn list() {\n    crate::db::connect();\n    crate::db::query();\n}\n",
    );
    assert_eq!(shop.run("baseline --check").exit, 1);
    assert_eq!(shop.run("check").exit, 0);
    assert_eq!(shop.run("baseline --check").exit, 0);
    shop.write("src/http.rs", HTTP);
    assert_eq!(shop.statuses(), [CONNECT, QUERY_NEW]);
}

#[test]
fn it_grows_only_when_told_to_and_says_by_what() {
    let (shop, text) = frozen();
    shop.write(
        "src/http.rs",
        &format!("{HTTP}pub fn show() {{\n    crate::db::query();\n}}\n"),
    );
    let refused = shop.run("baseline");
    assert_eq!(refused.exit, 1);
    assert_data_eq!(refused.out, file!["../../snapshots/baseline-refused.txt"].raw());
    assert_eq!(shop.read(FILE).unwrap(), text);
    for line in [
        "baseline --accept-new --ci",
        "baseline --accept-new --check",
        "baseline -p shop",
    ] {
        let said = shop.run(line);
        assert_eq!((said.exit, said.out.as_str()), (2, ""), "{line}: {}", said.err);
    }
    assert_eq!(shop.read(FILE).unwrap(), text);
    let grown = shop.run("baseline --accept-new");
    assert_eq!(grown.exit, 0);
    assert_data_eq!(grown.out, file!["../../snapshots/baseline-grown.txt"].raw());
    assert_eq!(shop.run("check").exit, 0);
    let added: Vec<String> = shop
        .read(FILE)
        .unwrap()
        .lines()
        .filter(|line| !text.contains(line))
        .map(str::to_owned)
        .collect();
    assert!(
        added.len() == 1 && added[0].contains("from = \"shop::http::show\""),
        "{added:?}"
    );
}

/// A first baseline lets everything of today pass: that is for a person to do, not for a server.
#[test]
fn under_ci_nothing_is_frozen() {
    let shop = Workspace::new(HTTP);
    let refused = shop.run("baseline --ci");
    assert_eq!((refused.exit, shop.read(FILE)), (1, None), "{}", refused.out);
    let (shop, _) = frozen();
    shop.write("src/http.rs", CONNECT_ONLY);
    assert_eq!(
        shop.run("baseline --ci").exit,
        0,
        "shrinking is no loosening, and it was asked for"
    );
    assert_eq!(shop.run("baseline --check").exit, 0);
}

#[test]
fn the_check_of_the_baseline_names_what_is_gone() {
    let (shop, text) = frozen();
    assert_eq!(
        shop.run("baseline --check"),
        said(
            0,
            "archguard: archguard.baseline.toml is as small as it can be: 2 lines\n"
        )
    );
    shop.write("src/http.rs", CONNECT_ONLY);
    let gone = shop.run("baseline --check");
    assert_eq!(gone.exit, 1);
    assert_data_eq!(gone.out, file!["../../snapshots/baseline-check.txt"].raw());
    assert_eq!(shop.read(FILE).unwrap(), text, "a check writes nothing");
    let shrunk = shop.run("baseline");
    assert_eq!(shrunk.exit, 0);
    assert_data_eq!(shrunk.out, file!["../../snapshots/baseline-shrunk.txt"].raw());
    assert_eq!(
        Workspace::new(HTTP).run("baseline --check"),
        said(0, "archguard: there is no archguard.baseline.toml\n")
    );
}

/// Exit code, outcome, how many entries and the changes of the document that a line prints.
fn document(shop: &Workspace, line: &str) -> (u8, String, usize, Vec<String>) {
    let said = shop.run(&format!("{line} --format json"));
    assert_eq!(said.err, "", "{line}");
    let document: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(errors(&published("baseline-1.json"), &document), [] as [String; 0]);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let changes = document["changes"].as_array().unwrap().iter();
    let changes = changes.map(|change| format!("{} {}->{}", text(&change["to"]), change["before"], change["after"]));
    let entries = document["entries"].as_array().unwrap();
    (said.exit, text(&document["outcome"]), entries.len(), changes.collect())
}

#[test]
fn each_outcome_has_its_document() {
    let shop = Workspace::new(HTTP);
    let of = |exit, outcome: &str, entries, changes: &[&str]| {
        let changes = changes.iter().map(|&change| change.to_owned()).collect();
        (exit, outcome.to_owned(), entries, changes)
    };
    let all = &["shop::db::connect 0->1", "shop::db::query 0->2"][..];
    assert_eq!(document(&shop, "baseline --check"), of(0, "absent", 0, &[]));
    assert_eq!(document(&shop, "baseline --ci"), of(1, "refused", 0, all));
    assert_eq!(shop.read(FILE), None);
    assert_eq!(document(&shop, "baseline"), of(0, "written", 2, all));
    assert_eq!(document(&shop, "baseline"), of(0, "kept", 2, &[]));
    shop.write("src/http.rs", CONNECT_ONLY);
    let gone = &["shop::db::query 2->0"][..];
    assert_eq!(document(&shop, "baseline --check"), of(1, "can-shrink", 2, gone));
    assert_eq!(document(&shop, "baseline --quiet"), of(0, "written", 1, gone));
    shop.write("src/db.rs", "pub fn connect( {}\n");
    assert_eq!(document(&shop, "baseline"), of(2, "error", 0, &[]));
}

#[test]
fn problems_keep_it_from_being_written() {
    let (shop, text) = frozen();
    shop.write("src/db.rs", "pub fn connect() {}\npub fn query( {}\n");
    for line in ["baseline", "baseline --check", "baseline --accept-new", "check"] {
        assert_eq!(shop.run(line).exit, 2, "{line}");
        assert_eq!(shop.read(FILE).unwrap(), text, "{line}");
    }
    let shop = Workspace::new(HTTP);
    shop.write("archguard.toml", "version = 1\n[component]\n");
    let said = shop.run("baseline");
    assert_eq!((said.exit, shop.read(FILE)), (2, None));
    assert!(said.out.starts_with("error[unknown-key]: "), "{}", said.out);
}

#[test]
fn a_baseline_that_was_edited_is_a_problem() {
    let (shop, text) = frozen();
    let faults = [
        (
            text.replace(
                "from = \"shop::http::list\", to = \"shop::db::query\"",
                "from = \"shop::http::show\", to = \"shop::db::query\"",
            ),
            "policy-conflict",
        ),
        (text.replace("sites = 2", "sites = -1"), "policy-syntax"),
        (text.replace("sites = 2, ", ""), "policy-syntax"),
        (text.replace("sites = 2", "sites = 2, until = \"never\""), "unknown-key"),
        (text.replace("version = 1", "version = 2"), "policy-syntax"),
        ("version = 1\n".to_owned(), "policy-syntax"),
        ("<<<<<<< HEAD\n".to_owned() + &text, "policy-syntax"),
    ];
    for (edited, code) in faults {
        assert_ne!(edited, text);
        shop.write(FILE, &edited);
        let problems = shop.problems();
        assert!(
            problems.iter().any(|problem| problem.contains(code)),
            "{code}: {problems:?}"
        );
        assert_eq!(shop.run("check").exit, 2);
        assert_eq!(shop.run("baseline").exit, 2);
        assert_eq!(shop.read(FILE).unwrap(), edited);
    }
}

/// Both sides of a merge, one after the other, are a baseline; of two for one finding the smaller counts.
#[test]
fn two_branches_can_be_put_together() {
    let (shop, text) = frozen();
    let line = text.lines().find(|line| line.contains("::query")).unwrap();
    let doubled = text.replace(line, &format!("{line}\n{}", line.replace("sites = 2", "sites = 1")));
    shop.write(FILE, &doubled);
    assert_eq!(shop.statuses(), [CONNECT, QUERY_NEW]);
    shop.write(FILE, &text.replace('\n', "\r\n"));
    assert_eq!(shop.statuses(), [CONNECT, QUERY]);
    assert_eq!(shop.run("check").err, "", "other line ends are no reason to rewrite");
}

/// Whoever was asked to answer for a finding still is, when the time is over.
#[test]
fn the_baseline_does_not_take_over_from_an_exception() {
    let (shop, _) = frozen();
    shop.write("archguard.exceptions.toml", "[[except]]\nrule = \"component.http.uses\"\nfrom = \"shop::http::list\"\nto = \"shop::db::query\"\nreason = \"r\"\nowner = \"o\"\nuntil = \"2026-11-30\"\n[[except]]\nrule = \"layering\"\nfrom = \"a\"\nreason = \"r\"\nowner = \"o\"\nuntil = \"2026-11-30\"\n");
    let excepted = "excepted component.http.uses shop::http::list shop::db::query";
    let stale = "new policy.exceptions a -";
    assert_eq!(shop.statuses(), [stale, CONNECT, excepted]);
    assert_eq!(shop.statuses_on("2026-12-01"), [stale, CONNECT, QUERY_NEW]);
    assert_eq!(shop.run("baseline --accept-new").exit, 0);
    assert_eq!(
        shop.statuses(),
        [stale, CONNECT, excepted],
        "what is stale cannot be frozen"
    );
    assert!(
        !shop.read(FILE).unwrap().contains("::query"),
        "what is excepted needs no baseline"
    );
}

#[test]
fn the_same_findings_are_the_same_bytes() {
    let (_, first) = frozen();
    let (_, second) = frozen();
    assert_eq!(first, second);
}
