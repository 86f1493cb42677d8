//! `stale-exception`: looks at what the others found.

use archguard_invariants::date::Day;
use archguard_invariants::decisions::{Decisions, Exceptions, Sight, Terms};
use archguard_invariants::verdict::{Finding, describe};
use archguard_lints::stale_exceptions;

use crate::fixture::judged;

const POLICY: &str = r#"
[components]
http = { paths = "shop::http", uses = [] }
db = { paths = "shop::db", uses = [] }
[[forbid]]
id = "raw-sql"
use = "sqlx"
"#;

const WORKSPACE: &str = "crate shop only-mods
    extern sqlx
    extern sqlx_core
    shop::http::list -> sqlx_core::query : call as=sqlx::query
    shop::db::load -> sqlx_core::query : call as=sqlx::query
    shop::http::list -> shop::db::load : call
    mod shop::stray";

/// The messages about exceptions, each `rule from to`, with their lines.
fn said(entries: &[&str], sight: Sight) -> Vec<(u32, String)> {
    let (judgement, graph) = judged(POLICY, WORKSPACE);
    let found: Vec<Finding> = judgement
        .findings
        .into_iter()
        .map(|raw| describe::finding(&graph, &|_| None, raw))
        .collect();
    assert_eq!(found.len(), 4, "{found:#?}");
    let mut text = String::new();
    for entry in entries {
        let words: Vec<&str> = entry.split(' ').collect();
        let to = words.get(2).map(|to| format!("to = '{to}'\n")).unwrap_or_default();
        let (rule, from) = (words[0], words[1]);
        let entry = format!(
            "[[except]]\nrule = '{rule}'\nfrom = '{from}'\n{to}reason = 'r'\nowner = 'o'\nuntil = '2026-12-31'\n"
        );
        text.push_str(&entry);
    }
    let today = Day::parse("2026-11-20").expect("a date");
    let (exceptions, problems) = Exceptions::read("archguard.exceptions.toml", &text, Terms { today, max_days: 366 });
    assert_eq!(problems, []);
    let decisions = Decisions {
        exceptions,
        baseline: None,
        sight,
    };
    let found: Vec<&Finding> = found.iter().collect();
    let stale = stale_exceptions(&decisions, &found);
    stale
        .into_iter()
        .map(|finding| (finding.sites[0].line, finding.message))
        .collect()
}

#[test]
fn what_accepts_a_finding_is_not_stale() {
    let entries = [
        "raw-sql shop::http::list sqlx_core::query",
        "raw-sql shop::db::load sqlx_core::query",
        "component.http.uses shop::http::list shop::db::load",
        "policy.unassigned shop::stray",
    ];
    assert_eq!(said(&entries, Sight::default()), []);
}

#[test]
fn what_accepts_nothing_is_named_with_what_was_meant() {
    let entries = [
        "raw-sql shop::http::list sqlx::query",
        "raw-sql shop::http::show sqlx_core::query",
        "raw-sq shop::http::show sqlx_core::pool",
        "layering shop::db::load shop::http::list",
        "policy.unassigned shop::stray shop::stray",
        "raw-sql shop::http::list",
    ];
    let expected = [
        (
            1,
            "the exception for `raw-sql` from `shop::http::list` to `sqlx::query` accepts nothing: there is no such finding; the finding from there has `to = \"sqlx_core::query\"`",
        ),
        (
            8,
            "the exception for `raw-sql` from `shop::http::show` to `sqlx_core::query` accepts nothing: there is no such finding; there is one with `from = \"shop::http::list\"`",
        ),
        (
            15,
            "the exception for `raw-sq` from `shop::http::show` to `sqlx_core::pool` accepts nothing: there is no such finding; did you mean the rule `raw-sql`?",
        ),
        (
            22,
            "the exception for `layering` from `shop::db::load` to `shop::http::list` accepts nothing: there is no such finding",
        ),
        (
            29,
            "the exception for `policy.unassigned` from `shop::stray` to `shop::stray` accepts nothing: there is no such finding; the finding from there has no `to`",
        ),
        (
            36,
            "the exception for `raw-sql` from `shop::http::list` accepts nothing: there is no such finding; the finding from there has `to = \"sqlx_core::query\"`",
        ),
    ];
    let found = said(&entries, Sight::default());
    let found: Vec<(u32, &str)> = found.iter().map(|(line, message)| (*line, message.as_str())).collect();
    assert_eq!(found, expected);
}

/// What was not seen cannot be missed.
#[test]
fn nothing_is_said_where_code_was_not_seen() {
    let stale = [
        "raw-sql shop::http::show sqlx_core::query",
        "raw-sql bin:shop::main sqlx_core::query",
    ];
    assert_eq!(said(&stale, Sight::default()).len(), 2);
    let impaired = Sight {
        impaired: true,
        ..Sight::default()
    };
    assert_eq!(said(&stale, impaired), []);
    let pending = Sight {
        impaired: false,
        pending: ["shop".to_owned()].into(),
    };
    assert_eq!(said(&stale, pending).len(), 1, "of the binary everything was seen");
}
