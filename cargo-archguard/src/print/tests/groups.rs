//! What is read as one: never fewer findings than the verdict holds, and nothing together that is not one item's breach of
//! one rule.

use snapbox::{assert_data_eq, file};

use super::*;

/// A use of `sqlx` by another name at a place of the code, as the verdict would hold it.
fn using(name: &str, places: &[(u32, u32)]) -> Finding {
    let base = sites(places);
    let to = base.to.clone().map(|to| Target {
        item: format!("sqlx_core::{name}"),
        written: format!("sqlx::{name}"),
        ..to
    });
    Finding {
        to,
        message: format!("`shop::http::list` calls `sqlx::{name}`, which only `persistence` may use"),
        fingerprint: name.to_owned(),
        ..base
    }
}

fn shown(findings: Vec<Finding>, amount: Amount) -> String {
    printed(Inputs { findings, ..inputs() }, amount)
}

/// The heads of the diagnostics.
fn heads(findings: Vec<Finding>) -> Vec<String> {
    let text = shown(findings, Amount::Verbose);
    let heads = text.lines().filter(|line| {
        ["error[", "warning[", "note["]
            .iter()
            .any(|head| line.starts_with(head))
    });
    heads.map(str::to_owned).collect()
}

#[test]
fn findings_of_one_item_and_rule_are_one_diagnostic() {
    let findings = vec![
        using("query", &[(4, 16), (1, 11)]),
        using("bind", &[(5, 2)]),
        using("execute", &[(5, 14)]),
        using("Executor::execute", &[(5, 14)]),
    ];
    assert_data_eq!(
        shown(findings, Amount::Normal),
        file!["../../../tests/snapshots/group.txt"].raw()
    );
}

#[test]
fn findings_beyond_the_labels_are_counted_or_listed() {
    let many = || {
        (1..=11)
            .map(|column| using(&format!("f{column}"), &[(5, column)]))
            .collect()
    };
    let brief = shown(many(), Amount::Normal);
    assert!(brief.contains("(and 10 more findings here)"), "{brief}");
    assert!(
        brief.contains("= 11 sites in all, 3 not shown here (-v lists them)"),
        "{brief}"
    );
    assert!(brief.trim_end().ends_with("2 rules, 11 findings"), "{brief}");
    let full = shown(many(), Amount::Verbose);
    for column in 1..=11 {
        let line = format!("      shop/src/http.rs:5:{column} `sqlx_core::f{column}`");
        assert!(full.lines().any(|found| found == line), "{line}\n{full}");
    }
}

#[test]
fn a_place_without_code_is_named_with_its_definition() {
    let gone = Finding {
        sites: vec![site("shop/src/gone.rs", (3, 4), 5)],
        ..using("bind", &[])
    };
    let text = shown(vec![using("query", &[(4, 16)]), gone], Amount::Normal);
    assert!(text.contains("= at shop/src/gone.rs:3:4 `sqlx_core::bind`"), "{text}");
    assert!(text.contains("^^^^^ `sqlx_core::query`"), "{text}");
    assert!(!text.contains("not shown here"), "{text}");
}

#[test]
fn what_differs_in_rule_lint_item_severity_or_status_stands_apart() {
    let one = || using("query", &[(4, 16)]);
    let other = || using("bind", &[(5, 2)]);
    assert_eq!(heads(vec![one(), other()]).len(), 1);
    let apart: [fn(&mut Finding); 5] = [
        |finding| finding.rule = "layering".to_owned(),
        |finding| finding.lint = Lint::LeakedType,
        |finding| finding.from.item = "shop::http::show".to_owned(),
        |finding| finding.severity = Severity::Warn,
        |finding| finding.status = Status::Baseline,
    ];
    for (index, change) in apart.into_iter().enumerate() {
        let mut changed = other();
        change(&mut changed);
        assert_eq!(heads(vec![one(), changed]).len(), 2, "change {index}");
    }
}

#[test]
fn a_finding_with_a_way_of_its_own_stands_apart() {
    let hop = Hop {
        from: "shop::a".to_owned(),
        to: "shop::b".to_owned(),
        kind: ReferenceKind::Import,
        file: "shop/src/http.rs".to_owned(),
        line: 1,
        column: 5,
        end_line: 1,
        end_column: 9,
    };
    let chained = |name: &str, place| Finding {
        chain: vec![hop.clone()],
        ..using(name, &[place])
    };
    let findings = vec![
        chained("a", (4, 16)),
        using("b", &[(5, 2)]),
        chained("c", (5, 14)),
        using("d", &[(1, 5)]),
    ];
    let heads = heads(findings);
    let more: Vec<bool> = heads
        .iter()
        .map(|head| head.ends_with("(and 1 more finding here)"))
        .collect();
    assert_eq!(more, [true, false, false], "{heads:?}");
}
