//! What other programs read: annotations for GitHub, SARIF.

use std::fmt::Write;

use snapbox::{assert_data_eq, file};

use crate::decisions::workspace::{HTTP, POLICY, Workspace};

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
