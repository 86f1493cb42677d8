//! `policy-weakened`: looks at what two policies find in the same code.

use archguard_invariants::changes::compare;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::verdict::{BaseFacts, Finding, describe};
use archguard_lints::{Against, judge, let_through, weakened_policy};

use crate::fixture::graph_for;

const BASE: &str = r#"version = 1
[components]
http = { paths = "shop::http", uses = [] }
db = { paths = "shop::db", uses = [] }
[[forbid]]
id = "raw-sql"
use = "sqlx"
except = "db"
"#;

const WORKSPACE: &str = "crate shop only-mods
    extern sqlx
    extern sqlx_core
    shop::http::list -> sqlx_core::query : call as=sqlx::query
    shop::http::show -> sqlx_core::query : call as=sqlx::query
    shop::http::list -> shop::db::load : call";

/// What is told of the base with some text replaced, with the lines of the places in the code.
fn told(old: &str, new: &str, accepted: bool) -> Vec<(Severity, String, Vec<u32>)> {
    assert!(BASE.contains(old));
    let read = |text: &str| Policy::read("archguard.toml", text).expect("the policy can be read");
    let (base, head) = (read(BASE), read(&BASE.replacen(old, new, 1)));
    let graph = graph_for(&[&base, &head], WORKSPACE);
    let (then, now) = (
        BoundPolicy::bind(&base, &graph).policy,
        BoundPolicy::bind(&head, &graph).policy,
    );
    let found = judge(&graph, &then).findings;
    let through: Vec<Finding> = let_through(&graph, found, &judge(&graph, &now).findings)
        .into_iter()
        .map(|finding| describe::finding(&graph, &|_| None, finding))
        .collect();
    let changes = compare(&graph, &then, &now);
    let against = Against {
        texts: &head.texts,
        changes: &changes,
        let_through: &through,
    };
    let mut facts = BaseFacts::of("main", "0123456789abcdef", None);
    facts.accepted = accepted;
    let findings = weakened_policy(against, &mut facts);
    assert_eq!(findings.len(), facts.weakened.len());
    let lines = |finding: &Finding| {
        let code = finding.sites.iter().filter(|site| site.kind.is_some());
        code.map(|site| site.line).collect()
    };
    findings
        .iter()
        .map(|finding| (finding.severity, finding.message.clone(), lines(finding)))
        .collect()
}

#[test]
fn a_policy_that_says_the_same_is_not_weaker() {
    assert_eq!(told("except = \"db\"", "except = \"shop::db\"", false), []);
    assert_eq!(told("use = \"sqlx\"", "use = [\"sqlx\"] # the driver", false), []);
}

#[test]
fn what_is_let_pass_is_told_with_its_places() {
    let expected = "`raw-sql` denies less than at main (0123456): it no longer speaks of `shop::http`, and 2 places that it denied are let pass";
    assert_eq!(
        told("except = \"db\"", "except = [\"db\", \"http\"]", false),
        [(Severity::Error, expected.to_owned(), vec![4, 5])]
    );
}

#[test]
fn what_nothing_uses_yet_is_told_too() {
    let expected = "`component.db.uses` denies less than at main (0123456): `db` -> `http` is allowed";
    assert_eq!(
        told(
            "db = { paths = \"shop::db\", uses = [] }",
            "db = { paths = \"shop::db\", uses = [\"http\"] }",
            false
        ),
        [(Severity::Error, expected.to_owned(), vec![])]
    );
}

#[test]
fn what_is_accepted_is_a_warning() {
    let (severity, message, lines) = told(
        "\n[[forbid]]\nid = \"raw-sql\"\nuse = \"sqlx\"\nexcept = \"db\"\n",
        "",
        true,
    )
    .remove(0);
    assert_eq!((severity, lines), (Severity::Warn, vec![4, 5]));
    assert!(message.contains("the rule is gone, and 2 places"), "{message}");
}

/// Another rule that denies the same place lets nothing pass.
#[test]
fn what_another_rule_denies_is_not_let_pass() {
    let other = "[[forbid]]\nid = \"no-sqlx-anywhere\"\nuse = \"sqlx\"\n";
    let renamed = format!("\n{other}");
    assert_eq!(
        told(
            "\n[[forbid]]\nid = \"raw-sql\"\nuse = \"sqlx\"\nexcept = \"db\"\n",
            &renamed,
            false
        ),
        []
    );
}
