//! Monday morning: code that nobody checked gets a policy and a baseline in one step, and from then on only gets better.

use std::fs;

use super::workspace::{TODAY, Workspace};

const FILE: &str = "archguard.baseline.toml";

const MANIFEST: &str = "[workspace]
members = [\"mail\"]

[package]
name = \"press\"
version = \"0.1.0\"
edition = \"2021\"

[dependencies]
mail.path = \"mail\"
";
const LOCK: &str = "version = 4

[[package]]
name = \"mail\"
version = \"0.1.0\"

[[package]]
name = \"press\"
version = \"0.1.0\"
dependencies = [
 \"mail\",
]
";
const ROUTES: &str = "pub fn list() {
    crate::db::load();
    crate::db::load();
    mail::send();
}
pub fn show() {
    crate::db::load();
    crate::db::load();
    crate::domain::check();
}
";
/// The store asks the handlers twice.
const DB: &str = "pub fn load() {
    crate::domain::check();
}
pub fn retry() {
    crate::routes::show();
    crate::routes::show();
}
";
const DOMAIN: &str = "pub fn check() {
    crate::telemetry::start();
    crate::telemetry::start();
    crate::telemetry::tell();
}
pub fn count() {}
pub fn name() {}
";
/// What only writes down asks the domain.
const TELEMETRY: &str = "pub fn start() {}
pub fn tell() {
    crate::domain::count();
    crate::domain::name();
}
";

/// Handlers and store in a circle, domain and telemetry in another: seven files, two packages.
fn press() -> Workspace {
    let press = Workspace::new("");
    for name in ["src/http.rs", "archguard.toml"] {
        fs::remove_file(press.path(name)).unwrap();
    }
    fs::create_dir_all(press.path("mail/src")).unwrap();
    for (name, text) in [
        ("Cargo.toml", MANIFEST),
        ("Cargo.lock", LOCK),
        (
            "mail/Cargo.toml",
            "[package]\nname = \"mail\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
        ),
        ("mail/src/lib.rs", "pub fn send() {}\n"),
        (
            "src/lib.rs",
            "pub mod db;\npub mod domain;\npub mod routes;\npub mod telemetry;\n",
        ),
        (
            "src/main.rs",
            "fn main() {\n    press::routes::list();\n    press::routes::show();\n}\n",
        ),
        ("src/routes.rs", ROUTES),
        ("src/db.rs", DB),
        ("src/domain.rs", DOMAIN),
        ("src/telemetry.rs", TELEMETRY),
    ] {
        press.write(name, text);
    }
    press
}

/// The same with a policy and a baseline, and the baseline's text.
fn adopted() -> (Workspace, String) {
    let press = press();
    let said = press.run("init --baseline");
    assert_eq!((said.exit, said.err.as_str()), (0, ""), "{}", said.out);
    let text = press.read(FILE).expect("there is something to freeze");
    (press, text)
}

/// The findings that are not in the baseline.
fn new(press: &Workspace) -> Vec<String> {
    let statuses = press.statuses().into_iter();
    statuses.filter(|status| !status.starts_with("baseline ")).collect()
}

fn entries(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains("rule = ")).collect()
}

#[test]
fn the_first_check_is_green_and_nothing_of_today_became_legal() {
    let (press, text) = adopted();
    for line in ["check", "check --ci"] {
        let said = press.run(line);
        assert_eq!((said.exit, said.err.as_str()), (0, ""), "{line}: {}", said.out);
        assert!(
            said.out.ends_with(", no findings, 5 in the baseline\n"),
            "{line}: {}",
            said.out
        );
    }
    assert_eq!(
        press.statuses(),
        [
            "baseline layering press::db::retry press::routes::show",
            "baseline no-cycles press::db::retry press::routes::show",
            "baseline layering press::telemetry::tell press::domain::count",
            "baseline no-cycles press::telemetry::tell press::domain::count",
            "baseline layering press::telemetry::tell press::domain::name",
        ]
    );
    // A circle is held by each reference that closes it.
    assert_eq!(entries(&text).len(), 6);
    fs::remove_file(press.path(FILE)).unwrap();
    assert_eq!(press.run("check").exit, 1, "the policy alone allows none of it");
}

#[test]
fn a_new_breach_is_red_and_the_frozen_ones_stay_frozen() {
    let (press, text) = adopted();
    press.write(
        "src/domain.rs",
        &format!("{DOMAIN}pub fn tell() {{\n    mail::send();\n}}\n"),
    );
    assert_eq!(
        new(&press),
        ["new component.domain.uses press::domain::tell mail::send"]
    );
    assert_eq!(press.run("check").exit, 1);
    press.write("src/domain.rs", DOMAIN);
    assert_eq!(press.run("check").exit, 0);

    press.write(
        "src/db.rs",
        &DB.replace("show();\n}", "show();\n    crate::routes::show();\n}"),
    );
    assert_eq!(
        new(&press),
        [
            "new layering press::db::retry press::routes::show",
            "new no-cycles press::db::retry press::routes::show"
        ],
        "one place more than was frozen"
    );
    assert_eq!(press.run("check").exit, 1);
    assert_eq!(press.read(FILE).unwrap(), text, "a red check rewrites nothing");
}

#[test]
fn a_breach_that_is_repaired_leaves_the_baseline_but_not_in_ci() {
    let (press, text) = adopted();
    let repaired = "pub fn start() {}\npub fn tell() {}\n";
    press.write("src/telemetry.rs", repaired);
    for (ci, line) in [(true, "check"), (false, "check --ci"), (true, "check --ci")] {
        let said = press.on(TODAY, ci, line);
        assert_eq!((said.exit, said.err.as_str()), (0, ""), "{line}");
        assert!(
            said.out.contains("note: 4 lines of the baseline gone\n"),
            "{}",
            said.out
        );
        assert_eq!(press.read(FILE).unwrap(), text, "{line}");
    }
    assert_eq!(press.run("baseline --check").exit, 1);

    let said = press.run("check");
    assert_eq!(said.exit, 0);
    assert!(
        said.err.contains("archguard.baseline.toml was rewritten"),
        "{}",
        said.err
    );
    let shrunk = press.read(FILE).unwrap();
    let left: Vec<&str> = text.lines().filter(|line| !line.contains("telemetry::tell")).collect();
    assert_eq!(shrunk.lines().collect::<Vec<_>>(), left);

    press.write("src/telemetry.rs", TELEMETRY);
    assert_eq!(
        new(&press),
        [
            "new layering press::telemetry::tell press::domain::count",
            "new no-cycles press::telemetry::tell press::domain::count",
            "new layering press::telemetry::tell press::domain::name"
        ],
        "what was repaired does not come back"
    );
}

/// Half of a circle is mended, and the smallest cut is another one then: still nothing new.
#[test]
fn a_circle_that_gets_smaller_is_no_new_one() {
    let (press, text) = adopted();
    press.write(
        "src/telemetry.rs",
        &TELEMETRY.replace("    crate::domain::count();\n", ""),
    );
    assert_eq!(new(&press), [] as [&str; 0]);
    press.write("src/telemetry.rs", TELEMETRY);
    press.write(
        "src/domain.rs",
        &DOMAIN.replace("    crate::telemetry::start();\n    crate::telemetry::start();\n", ""),
    );
    assert!(
        press
            .statuses()
            .contains(&"baseline no-cycles press::domain::check press::telemetry::tell".to_owned()),
        "the cut is the other way round: {:?}",
        press.statuses()
    );
    let said = press.run("check");
    assert_eq!((said.exit, said.err.as_str()), (0, ""), "{}", said.out);
    assert_eq!(press.read(FILE).unwrap(), text, "nothing of what was frozen is gone");

    // What is allowed may grow and change its names.
    press.write(
        "src/domain.rs",
        &DOMAIN.replace("check()", "check() {\n    check_all();\n}\npub fn check_all()"),
    );
    assert_eq!(press.run("check").exit, 0);
    press.write("src/domain.rs", DOMAIN);

    press.write(
        "src/telemetry.rs",
        &TELEMETRY.replace("    crate::domain::count();\n", ""),
    );
    assert_eq!(press.run("check").exit, 0);
    let shrunk = press.read(FILE).unwrap();
    assert_eq!(entries(&shrunk).len(), 4, "{shrunk}");
    press.write("src/telemetry.rs", TELEMETRY);
    assert_eq!(
        new(&press),
        [
            "new layering press::telemetry::tell press::domain::count",
            "new no-cycles press::telemetry::tell press::domain::count",
        ]
    );
    let said = press.run("check");
    assert!(
        said.out.contains("= the baseline holds 1 place of this, there are 2\n"),
        "{}",
        said.out
    );
}

#[test]
fn one_breach_for_another_is_red() {
    let (press, text) = adopted();
    let repaired = ("src/telemetry.rs", "pub fn start() {}\npub fn tell() {}\n".to_owned());
    let calls = "    crate::routes::show();\n    crate::routes::show();\n";
    let swaps = [
        (
            "another function is called from the same place",
            vec![(
                "src/db.rs",
                DB.replace("crate::routes::show()", "crate::routes::list()"),
            )],
        ),
        (
            "the same call moves to another function",
            vec![(
                "src/db.rs",
                DB.replace(calls, "")
                    .replace("load() {\n", &format!("load() {{\n{calls}")),
            )],
        ),
        (
            "one is repaired in one file, one is made in another",
            vec![
                repaired,
                (
                    "src/domain.rs",
                    DOMAIN.replace("count() {", "count() {\n    crate::db::load();"),
                ),
            ],
        ),
    ];
    for (what, files) in swaps {
        let before: Vec<_> = files
            .iter()
            .map(|(name, _)| (*name, press.read(name).unwrap()))
            .collect();
        for (name, content) in &files {
            press.write(name, content);
        }
        assert!(!new(&press).is_empty(), "{what}");
        let said = press.run("check");
        assert_eq!(said.exit, 1, "{what}: {}", said.out);
        assert_eq!(press.run("baseline").exit, 1, "{what}: nobody freezes it in passing");
        assert_eq!(press.read(FILE).unwrap(), text, "{what}");
        for (name, content) in &before {
            press.write(name, content);
        }
        assert_eq!(press.run("check").exit, 0, "{what}: back as it was");
    }
}

#[test]
fn code_that_moves_within_its_file_changes_nothing() {
    let (press, text) = adopted();
    press.write("src/db.rs", "//! The store.\n\nfn other() {}\n\npub fn retry() {\n    other();\n    if true {\n        crate::routes::show();\n    }\n\n    super::routes::show();\n}\n\npub fn load() {\n    crate::domain::check();\n}\n");
    press.write(
        "src/telemetry.rs",
        "pub fn tell() {\n    crate::domain::name();\n    crate::domain::count()\n}\n\n\npub fn start() {}\n",
    );
    press.write(
        "src/lib.rs",
        "//! The press.\n\npub mod telemetry;\npub mod routes;\npub mod domain;\npub mod db;\n",
    );
    let said = press.run("check");
    assert_eq!((said.exit, said.err.as_str()), (0, ""), "{}", said.out);
    assert_eq!(press.read(FILE).unwrap(), text);
    assert_eq!(press.run("baseline --check").exit, 0);
}
