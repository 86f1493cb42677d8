//! Bypass 40: editing the policy, the exceptions or the baseline in the change that breaks the rule.

use super::workspace::{Repository, found};

/// The change: a handler starts processes.
fn broken(repository: &Repository) {
    repository.write(
        "shop/src/http/orders.rs",
        "pub fn list() {\n    let _ = std::process::id();\n}\n",
    );
}

const EXCEPTION: &str = "[[except]]\nrule = \"no-processes\"\nfrom = \"shop::http::orders::list\"\nto = \"std::process::id\"\nreason = \"Later.\"\nowner = \"us\"\nuntil = \"2999-11-30\"\n";
const FORBIDDEN: &str = "forbidden-use no-processes";

#[test]
fn the_breach_itself_is_found_in_any_case() {
    let repository = Repository::new();
    broken(&repository);
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!((exit, found(&verdict)), (1, vec![FORBIDDEN.to_owned()]));
    assert!(verdict["policy"]["base"].is_object());
}

#[test]
fn a_policy_of_the_same_change_does_not_count() {
    let rule =
        "[[forbid]]\nid     = \"no-processes\"\nuse    = \"set:system\"\nexcept = [\"db\", \"tools\"]\ndev    = true\n";
    let ways: [&[(&str, &str)]; 3] = [
        &[(rule, "")],
        &[(
            "except = [\"db\", \"tools\"]",
            "except = [\"db\", \"tools\", \"shop::http::orders\"]",
        )],
        &[("dev    = true\n", "dev = true\nseverity = \"warn\"\n")],
    ];
    for edits in ways {
        let repository = Repository::new();
        broken(&repository);
        repository.edit("archguard.toml", edits);
        assert_eq!(
            repository.run("--ci").exit,
            0,
            "by its own policy the change is clean: {edits:?}"
        );
        let (exit, verdict) = repository.verdict("--ci --base main");
        assert_eq!(exit, 1, "{edits:?}");
        assert!(found(&verdict).contains(&"policy-weakened no-processes".to_owned()));
        let references = verdict["policy"]["base"]["weakened"][0]["references"]
            .as_array()
            .unwrap();
        assert_eq!(references[0]["to"], "std::process::id", "{edits:?}");
    }
}

#[test]
fn an_exception_of_the_same_change_does_not_count() {
    let repository = Repository::new();
    broken(&repository);
    repository.write("archguard.exceptions.toml", EXCEPTION);
    assert_eq!(
        repository.run("--ci").exit,
        0,
        "by its own exceptions the change is clean"
    );
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!((exit, found(&verdict)), (1, vec![FORBIDDEN.to_owned()]));
    assert_eq!(verdict["policy"]["base"]["uncounted"]["exceptions"], 1);
    let human = repository.run("--base main");
    assert!(human.out.contains("1 exception does not count"), "{}", human.out);
    assert_eq!(repository.run("--base main --allow-policy-change").exit, 0);
}

#[test]
fn an_exception_that_the_base_has_counts_until_the_day_that_it_has() {
    let before = EXCEPTION.replace("2999-11-30", "2999-01-31");
    let repository = Repository::with(|repository| {
        broken(repository);
        repository.write("archguard.exceptions.toml", &before);
    });
    assert_eq!(repository.run("--ci --base main").exit, 0);
    repository.write("archguard.exceptions.toml", EXCEPTION);
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!(
        (exit, &verdict["findings"][0]["exception"]["until"]),
        (0, &"2999-01-31".into())
    );
    assert_eq!(verdict["policy"]["base"]["uncounted"]["exceptions"], 1);
}

#[test]
fn a_baseline_of_the_same_change_does_not_count() {
    let repository = Repository::new();
    broken(&repository);
    assert_eq!(repository.run("baseline").exit, 0);
    assert_eq!(
        repository.run("--ci").exit,
        0,
        "by its own baseline the change is clean"
    );
    let before = repository.read("archguard.baseline.toml");
    let (exit, verdict) = repository.verdict("--base main");
    assert_eq!((exit, found(&verdict)), (1, vec![FORBIDDEN.to_owned()]));
    assert_eq!(verdict["policy"]["base"]["uncounted"]["baseline"], 1);
    assert_eq!(
        repository.read("archguard.baseline.toml"),
        before,
        "what does not count is not taken out"
    );
}

/// A place more than the base froze is new, however the baseline is written.
#[test]
fn more_places_in_the_baseline_do_not_count() {
    let repository = Repository::with(|repository| {
        broken(repository);
        assert_eq!(repository.run("baseline").exit, 0);
    });
    assert_eq!(repository.run("--ci --base main").exit, 0);
    repository.write(
        "shop/src/http/orders.rs",
        "pub fn list() {\n    let _ = std::process::id();\n    let _ = std::process::id();\n}\n",
    );
    assert_eq!(repository.run("baseline --accept-new").exit, 0);
    assert_eq!(repository.run("--ci").exit, 0);
    assert_eq!(repository.run("--ci --base main").exit, 1);
}

/// What was decided about code goes along when the code moves.
#[test]
fn an_exception_follows_its_code() {
    let repository = Repository::with(|repository| {
        broken(repository);
        repository.write("archguard.exceptions.toml", EXCEPTION);
    });
    repository.rename("shop/src/http/orders.rs", "shop/src/http/sales.rs");
    repository.edit("shop/src/http/mod.rs", &[("pub mod orders;", "pub mod sales;")]);
    repository.edit("archguard.exceptions.toml", &[("http::orders", "http::sales")]);
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!(
        (exit, found(&verdict)),
        (0, Vec::new()),
        "{:#}",
        verdict["policy"]["base"]
    );
}

/// A package's own file can be dropped as quietly as a rule.
#[test]
fn a_packages_own_file_that_is_gone_is_missed() {
    let repository = Repository::with(|repository| {
        repository.write(
            "tools/archguard.toml",
            "version = 1\n[[forbid]]\nid = \"tools-are-offline\"\nuse = \"std::net\"\n",
        );
    });
    std::fs::remove_file(repository.root().join("tools/archguard.toml")).unwrap();
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!(
        (exit, found(&verdict)),
        (1, vec!["policy-weakened tools-are-offline".to_owned()])
    );
}
