//! Exceptions: one finding each, with reason, owner and end.

use snapbox::{assert_data_eq, file};

use crate::documents::{errors, published};

use super::workspace::{HTTP, POLICY, TODAY, Workspace};

const FILE: &str = "archguard.exceptions.toml";
const CONNECT: &str = "excepted component.http.uses shop::http::list shop::db::connect";
const CONNECT_NEW: &str = "new component.http.uses shop::http::list shop::db::connect";
const QUERY: &str = "excepted component.http.uses shop::http::list shop::db::query";
const QUERY_NEW: &str = "new component.http.uses shop::http::list shop::db::query";

fn entry(to: &str, until: &str) -> String {
    format!(
        "[[except]]\nrule   = \"component.http.uses\"\nfrom   = \"shop::http::list\"\nto     = \"{to}\"\nreason = \"Until the service layer is there.\"\nowner  = \"team-orders\"\nuntil  = \"{until}\"\n"
    )
}

fn both(until: &str) -> String {
    entry("shop::db::connect", until) + &entry("shop::db::query", until)
}

#[test]
fn an_exception_accepts_its_finding_until_its_last_day() {
    let shop = Workspace::new(HTTP);
    assert_eq!(shop.statuses(), [CONNECT_NEW, QUERY_NEW]);
    shop.write(FILE, &both("2026-11-30"));
    for today in [TODAY, "2026-11-30"] {
        assert_eq!(shop.statuses_on(today), [CONNECT, QUERY], "{today}");
        assert_eq!(
            shop.verdict_on(today)["exceptions"],
            serde_json::json!({"used": 2, "stale": 0, "expired": 0})
        );
    }
    assert_eq!(shop.statuses_on("2026-12-01"), [CONNECT_NEW, QUERY_NEW]);
    let after = shop.verdict_on("2026-12-01");
    assert_eq!(
        after["exceptions"],
        serde_json::json!({"used": 0, "stale": 0, "expired": 2})
    );
    assert_eq!(after["findings"][0]["exception"]["expired"], true);
}

#[test]
fn what_is_accepted_is_counted_and_shown_when_asked_for() {
    let shop = Workspace::new(HTTP);
    shop.write(FILE, &both("2026-11-30"));
    let said = shop.run("check");
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    assert!(
        said.out.ends_with("0 rules, no findings, 2 excepted\n") && !said.out.contains("component.http.uses"),
        "{}",
        said.out
    );
    assert_data_eq!(
        shop.run("check -v").out,
        file!["../../snapshots/excepted-verbose.txt"].raw()
    );
}

#[test]
fn what_is_stale_and_what_is_over_is_told_at_once() {
    let shop = Workspace::new(HTTP);
    let gone = entry("shop::db::gone", "2026-11-30");
    let never = entry("shop::db::never", "2026-01-01");
    shop.write(
        FILE,
        &[
            &entry("shop::db::connect", "2026-11-19"),
            &*gone,
            &entry("shop::db::query", "30.11.2026"),
            &*never,
        ]
        .concat(),
    );
    let said = shop.run("check");
    assert_eq!(said.exit, 1);
    assert_data_eq!(said.out, file!["../../snapshots/exceptions-stale.txt"].raw());
    assert_eq!(
        shop.verdict_on(TODAY)["exceptions"],
        serde_json::json!({"used": 0, "stale": 2, "expired": 2})
    );
}

/// Whoever comes back to do the same thing again finds no exception waiting.
#[test]
fn a_stale_exception_is_red_before_it_can_hide_anything() {
    let shop = Workspace::new("pub fn list() {}\n");
    assert_eq!(shop.statuses(), [] as [String; 0]);
    shop.write(FILE, &entry("shop::db::query", "2026-11-30"));
    assert_eq!(
        shop.statuses(),
        ["new policy.exceptions shop::http::list shop::db::query"]
    );
    assert_eq!(shop.run("check").exit, 1);
}

/// Neither place, text nor count is an identity; another breach is another breach.
#[test]
fn one_breach_cannot_be_swapped_for_another() {
    let shop = Workspace::new(HTTP);
    shop.write(FILE, &both("2026-11-30"));
    let moved = "// A line more.\n\nfn other() {}\n\npub fn list() {\n    crate::db::query();\n    other();\n    crate::db::connect();\n}\n";
    shop.write("src/http.rs", moved);
    assert_eq!(shop.statuses(), [QUERY, CONNECT]);
    shop.write(
        FILE,
        &both("2026-11-30").replace("Until the service layer is there.", "Other words."),
    );
    assert_eq!(shop.statuses(), [QUERY, CONNECT]);
    shop.write("src/http.rs", &HTTP.replace("fn list", "fn show"));
    let found = shop.statuses();
    assert_eq!(
        found
            .iter()
            .filter(|found| found.starts_with("new component.http.uses shop::http::show"))
            .count(),
        2
    );
    assert_eq!(
        found
            .iter()
            .filter(|found| found.starts_with("new policy.exceptions shop::http::list"))
            .count(),
        2
    );
}

#[test]
fn an_exception_covers_no_more_than_one_finding() {
    let shop = Workspace::new(HTTP);
    for (path, exact) in [
        ("shop::db::*", false),
        ("shop::db::{query,connect}", false),
        ("shop::**", false),
        ("!shop::db", false),
        ("set:drivers", false),
        ("shop::db", true),
        ("shop::db::quer", true),
        ("query", true),
    ] {
        shop.write(FILE, &entry(path, "2026-11-30"));
        let found = shop.statuses();
        assert!(
            found.contains(&CONNECT_NEW.to_owned()) && found.contains(&QUERY_NEW.to_owned()),
            "{path}: {found:?}"
        );
        assert_eq!(shop.problems().is_empty(), exact, "{path}");
    }
    let without_to = entry("x", "2026-11-30").replace("to     = \"x\"\n", "");
    shop.write(FILE, &without_to);
    assert_eq!(
        shop.statuses(),
        ["new policy.exceptions shop::http::list -", CONNECT_NEW, QUERY_NEW]
    );
}

#[test]
fn reason_owner_and_end_are_compulsory_and_every_fault_is_told() {
    let shop = Workspace::new(HTTP);
    let text = "[[except]]\nrule = \"component.http.uses\"\nfrom = \"shop::http::list\"\nto = \"shop::db::query\"\n\n[[except]]\nrule = \"r\"\nfrom = \"a\"\nreason = \" \"\nowner = 1\nuntil = 2026\nbecause = \"x\"\n\n[[excepted]]\n";
    shop.write(FILE, text);
    let expected = [
        "archguard.exceptions.toml:1 policy-syntax: [[except]] needs `owner`",
        "archguard.exceptions.toml:1 policy-syntax: [[except]] needs `reason`",
        "archguard.exceptions.toml:1 policy-syntax: [[except]] needs `until`",
        "archguard.exceptions.toml:9 policy-syntax: `reason` of [[except]] is empty",
        "archguard.exceptions.toml:10 policy-syntax: `owner` of [[except]] must be a string, this is an integer",
        "archguard.exceptions.toml:11 policy-syntax: `until` of [[except]] must be a date, written \"2027-01-31\", this is an integer",
        "archguard.exceptions.toml:12 unknown-key: [[except]] has no key `because`; it has `rule`, `from`, `to`, `reason`, `owner` and `until`",
        "archguard.exceptions.toml:14 unknown-key: archguard.exceptions.toml has no key `excepted`; it has `except`",
    ];
    assert_eq!(shop.problems(), expected);
    assert_eq!(
        shop.statuses(),
        [CONNECT_NEW, QUERY_NEW],
        "an entry with a hole accepts nothing"
    );
}

#[test]
fn files_that_cannot_be_read_are_problems() {
    let shop = Workspace::new(HTTP);
    shop.write(FILE, "[[except]\n");
    assert_eq!(shop.problems().len(), 1, "{:?}", shop.problems());
    shop.write(
        FILE,
        &[
            &entry("shop::db::query", "2026-11-30"),
            &*entry("shop::db::query", "2026-12-30"),
        ]
        .concat(),
    );
    assert_eq!(
        shop.problems(),
        [
            "archguard.exceptions.toml:8 policy-conflict: this finding has an exception already: `component.http.uses` from `shop::http::list`"
        ]
    );
    shop.write(FILE, "");
    assert_eq!(shop.problems(), [] as [String; 0]);
    std::fs::remove_file(shop.path(FILE)).unwrap();
    std::fs::create_dir(shop.path(FILE)).unwrap();
    assert_eq!(shop.problems().len(), 1, "{:?}", shop.problems());
}

#[test]
fn dates_may_be_those_of_toml_and_ends_have_a_limit() {
    let shop = Workspace::new(HTTP);
    shop.write(FILE, &both("2026-11-30").replace("\"2026-11-30\"", "2026-11-30"));
    assert_eq!(shop.statuses(), [CONNECT, QUERY]);
    shop.write(
        FILE,
        &both("2026-11-30").replace("\"2026-11-30\"", "2026-11-30T12:00:00"),
    );
    assert_eq!(shop.statuses(), [CONNECT_NEW, QUERY_NEW], "a time is no day");

    shop.write(FILE, &both("2027-11-21"));
    assert_eq!(shop.statuses(), [CONNECT, QUERY], "366 days ahead");
    shop.write(FILE, &both("2099-12-31"));
    assert_eq!(shop.statuses(), [CONNECT_NEW, QUERY_NEW]);
    assert_eq!(shop.problems().len(), 2);

    shop.write(
        "archguard.toml",
        &POLICY.replace(
            "\n[components]",
            "[policy]\nexceptions = { max_days = 10 }\n[components]",
        ),
    );
    shop.write(FILE, &both("2026-11-30"));
    assert_eq!(shop.statuses(), [CONNECT, QUERY], "10 days ahead");
    shop.write(FILE, &both("2026-12-01"));
    let problem = "archguard.exceptions.toml:7 policy-conflict: `until` of [[except]] lies further ahead than the 10 days that the policy allows (`[policy] exceptions = { max_days = .. }`)";
    assert_eq!(shop.problems(), [problem, &problem.replace(":7", ":14")]);
}

/// What cannot be seen cannot be missed: only a whole verdict says that an exception is stale.
#[test]
fn nothing_is_called_stale_where_code_could_not_be_read() {
    let shop = Workspace::new("pub fn list() {}\n");
    shop.write(FILE, &entry("shop::db::query", "2026-11-30"));
    assert_eq!(shop.statuses().len(), 1);
    shop.write("src/http.rs", "pub fn list( {}\n");
    assert_eq!(shop.statuses(), [] as [String; 0]);
    assert_eq!(shop.run("check").exit, 2);
    shop.write("src/http.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/list.rs\"));\n");
    shop.write("build.rs", "fn main() {}\n");
    shop.write(
        "archguard.toml",
        &POLICY.replace("[components]", "[components]\nbuild = \"build:shop\""),
    );
    assert_eq!((shop.statuses(), shop.problems()), (vec![], vec![]), "pending");
}

/// `-p` narrows what is told, not what was decided about the rest.
#[test]
fn an_exception_for_another_package_is_not_stale() {
    let shop = Workspace::new(HTTP);
    shop.write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\nmembers = [\"tool\"]\n",
    );
    shop.write("Cargo.lock", "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"tool\"\nversion = \"0.1.0\"\n");
    std::fs::create_dir_all(shop.path("tool/src")).unwrap();
    shop.write(
        "tool/Cargo.toml",
        "[package]\nname = \"tool\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    );
    shop.write("tool/src/main.rs", "fn main() {}\n");
    shop.write(
        "archguard.toml",
        &POLICY.replace("[components]", "[components]\ntool = \"tool\""),
    );
    shop.write(FILE, &both("2026-11-30"));
    let said = shop.run("check -p tool");
    assert_eq!(said.exit, 0, "{}", said.out);
    assert_eq!(shop.run("check").exit, 0);
}

/// What is wrong with exceptions is not for exceptions to accept.
#[test]
fn a_stale_exception_cannot_be_excepted() {
    let shop = Workspace::new("pub fn list() {}\n");
    let itself = entry("shop::db::query", "2026-11-30").replace("component.http.uses", "policy.exceptions");
    shop.write(FILE, &(entry("shop::db::query", "2026-11-30") + &itself));
    let stale = "new policy.exceptions shop::http::list shop::db::query";
    assert_eq!(shop.statuses(), [stale, stale]);
}

#[test]
fn the_list_says_the_state_of_each() {
    let shop = Workspace::new(HTTP);
    assert_eq!(
        shop.run("exceptions --check").out,
        "archguard: 0 exceptions: 0 in force, 0 stale, 0 expired\n"
    );
    shop.write(FILE, &both("2026-11-21"));
    assert_eq!(shop.run("exceptions --check").exit, 0);
    let mixed = [
        entry("shop::db::connect", "2026-11-21"),
        entry("shop::db::query", "2026-11-19"),
        entry("shop::db::gone", "2026-12-31"),
    ]
    .concat();
    shop.write(FILE, &mixed);
    let list = shop.run("exceptions");
    assert_eq!(list.exit, 0);
    assert_data_eq!(list.out, file!["../../snapshots/exceptions-list.txt"].raw());
    let strict = shop.run("exceptions --check --quiet");
    assert_eq!(strict.exit, 1);
    assert!(
        !strict.out.contains("::connect") && strict.out.contains("::query") && strict.out.contains("::gone"),
        "{}",
        strict.out
    );
    shop.write(FILE, &entry("shop::db::connect", "31.12.2026"));
    assert_eq!(shop.run("exceptions --check").exit, 1);
    assert!(shop.run("exceptions").out.contains("expired: `31.12.2026` is no date"));
}

#[test]
fn the_list_as_a_document_keeps_to_its_schema() {
    let shop = Workspace::new(HTTP);
    let mixed = [
        entry("shop::db::connect", "2026-11-21"),
        entry("shop::db::query", "2026-11-19"),
        entry("shop::db::gone", "never"),
    ]
    .concat();
    shop.write(FILE, &mixed);
    let document = |line: &str| {
        let said = shop.run(line);
        let document: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(errors(&published("exceptions-1.json"), &document), [] as [String; 0]);
        (said.exit, document)
    };
    let (exit, list) = document("exceptions --format json");
    assert_eq!(
        (exit, &list["counts"]),
        (0, &serde_json::json!({"used": 1, "stale": 1, "expired": 1}))
    );
    let states: Vec<_> = list["exceptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["state"].as_str().unwrap(),
                entry["days_left"].as_i64(),
                entry["line"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            ("used", Some(1), Some(1)),
            ("expired", Some(-1), Some(8)),
            ("stale", None, Some(15))
        ]
    );
    assert_eq!(document("exceptions --format json --check").0, 1);
    shop.write("src/http.rs", "pub fn list( {}\n");
    let (exit, list) = document("exceptions --format json");
    assert_eq!((exit, list["exceptions"][0]["state"].as_str()), (2, Some("unknown")));
    shop.write("archguard.toml", "version = 2\n");
    assert_eq!(document("exceptions --format json").0, 2);
}
