//! The verdict's own laws: nothing examined never passes, order and identity do not depend on the order of input.

use super::*;
use crate::finding::Lint;
use crate::verdict::model::{Source, Target};

fn examined() -> Examined {
    Examined {
        packages: 1,
        targets: 1,
        files: 1,
        lines: 10,
        modules: 1,
        references: 3,
        ..Examined::default()
    }
}

fn site(file: &str, line: u32) -> SiteEntry {
    SiteEntry {
        file: file.to_owned(),
        line,
        column: 1,
        end_line: line,
        end_column: 4,
        kind: None,
        evidence: Vec::new(),
        cfg_sets: Vec::new(),
        resolution: None,
        public: false,
        cfg: None,
        generated: false,
    }
}

fn finding(rule: &str, from: &str, to: Option<&str>, sites: Vec<SiteEntry>) -> Finding {
    let to = to.map(|item| Target {
        item: item.to_owned(),
        written: item.to_owned(),
        component: None,
        krate: crate_of(item).to_owned(),
    });
    Finding {
        rule: rule.to_owned(),
        lint: Lint::ForbiddenUse,
        severity: Severity::Error,
        status: Status::New,
        exception: None,
        frozen_sites: None,
        from: Source {
            item: from.to_owned(),
            module: from.to_owned(),
            component: None,
        },
        to,
        sites,
        chain: Vec::new(),
        cut: Vec::new(),
        because: None,
        instead: Vec::new(),
        message: "a message".to_owned(),
        fingerprint: format!("{rule} {from}"),
        knot: Vec::new(),
        policy_span: None,
    }
}

fn problem(message: &str) -> ProblemEntry {
    ProblemEntry {
        code: ProblemCode::UnexaminedCode,
        message: message.to_owned(),
        file: None,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        suggestion: None,
    }
}

fn inputs(findings: Vec<Finding>) -> Inputs {
    Inputs {
        policy: PolicyFacts::in_worktree("archguard.toml", Some("version = 1\n")),
        narrowed: Narrowed::default(),
        examined: Some(examined()),
        rules: Vec::new(),
        findings,
        elsewhere: Vec::new(),
        decisions: Decisions::default(),
        problems: Vec::new(),
    }
}

#[test]
fn nothing_wrong_is_clean() {
    let verdict = Verdict::conclude(inputs(Vec::new()));
    assert_eq!((verdict.outcome, verdict.exit_code()), (Outcome::Clean, 0));
}

#[test]
fn not_having_judged_is_an_error_even_if_nobody_says_why() {
    let verdict = Verdict::conclude(Inputs {
        examined: None,
        ..inputs(Vec::new())
    });
    assert_eq!((verdict.outcome, verdict.exit_code()), (Outcome::Error, 2));
    assert_eq!(verdict.problems.len(), 1);
    assert_eq!(verdict.problems[0].code, ProblemCode::NothingExamined);
}

#[test]
fn an_empty_workspace_is_an_error() {
    for empty in [
        Examined { files: 0, ..examined() },
        Examined {
            packages: 0,
            ..examined()
        },
        Examined::default(),
    ] {
        let verdict = Verdict::conclude(Inputs {
            examined: Some(empty),
            ..inputs(Vec::new())
        });
        assert_eq!((verdict.outcome, verdict.exit_code()), (Outcome::Error, 2));
        assert_eq!(verdict.problems[0].code, ProblemCode::NothingExamined);
    }
}

#[test]
fn a_reason_given_is_not_doubled() {
    let verdict = Verdict::conclude(Inputs {
        examined: None,
        problems: vec![problem("no")],
        ..inputs(Vec::new())
    });
    assert_eq!(verdict.problems, [problem("no")]);
}

#[test]
fn only_new_errors_fail() {
    let new = finding("r", "a::x", None, vec![site("a.rs", 1)]);
    let cases = [
        (Severity::Error, Status::New, Outcome::Findings),
        (Severity::Warn, Status::New, Outcome::Clean),
        (Severity::Error, Status::Baseline, Outcome::Clean),
        (Severity::Error, Status::Excepted, Outcome::Clean),
    ];
    for (severity, status, outcome) in cases {
        let verdict = Verdict::conclude(inputs(vec![Finding {
            severity,
            status,
            ..new.clone()
        }]));
        assert_eq!(verdict.outcome, outcome, "{severity:?} {status:?}");
    }
}

#[test]
fn problems_win_over_findings_which_stay() {
    let finding = finding("r", "a::x", None, vec![site("a.rs", 1)]);
    let verdict = Verdict::conclude(Inputs {
        problems: vec![problem("no")],
        ..inputs(vec![finding])
    });
    assert_eq!(
        (verdict.outcome, verdict.exit_code(), verdict.findings.len()),
        (Outcome::Incomplete, 2, 1)
    );
}

#[test]
fn the_order_of_input_changes_nothing() {
    let mut findings = vec![
        finding(
            "b",
            "a::x",
            Some("c::z"),
            vec![site("a.rs", 9), site("b.rs", 3), site("b.rs", 1)],
        ),
        finding("a", "a::y", Some("c::z"), vec![site("a.rs", 9)]),
        finding("a", "a::y", Some("c::z"), vec![site("a.rs", 2)]),
        finding("a", "a::y", None, vec![site("a.rs", 2)]),
    ];
    let forwards = Verdict::conclude(inputs(findings.clone()));
    findings.reverse();
    let backwards = Verdict::conclude(inputs(findings));
    assert_eq!(
        serde_json::to_string(&forwards).unwrap(),
        serde_json::to_string(&backwards).unwrap()
    );
    let order: Vec<_> = forwards
        .findings
        .iter()
        .map(|found| (found.rule.as_str(), found.sites[0].line))
        .collect();
    assert_eq!(order, [("a", 2), ("a", 2), ("a", 9), ("b", 9)]);
}

#[test]
fn the_site_to_show_stays_in_front_and_each_is_named_once() {
    let sites = vec![
        site("m.rs", 7),
        site("z.rs", 2),
        site("a.rs", 5),
        site("m.rs", 7),
        site("a.rs", 5),
    ];
    let verdict = Verdict::conclude(inputs(vec![finding("r", "a::x", None, sites)]));
    assert_eq!(
        verdict.findings[0].sites,
        [site("m.rs", 7), site("a.rs", 5), site("z.rs", 2)]
    );
}

#[test]
fn a_file_in_two_targets_breaks_a_rule_once() {
    let breach = |from: &str, to: &str| finding("r", from, Some(to), vec![site("src/db.rs", 4)]);
    let external = vec![
        breach("bin:shop::db::x", "sqlx::query"),
        breach("shop::db::x", "sqlx::query"),
    ];
    let verdict = Verdict::conclude(inputs(external));
    assert_eq!(
        verdict
            .findings
            .iter()
            .map(|found| found.from.item.as_str())
            .collect::<Vec<_>>(),
        ["shop::db::x"]
    );
    let internal = vec![
        breach("bin:shop::db::x", "bin:shop::http::y"),
        breach("shop::db::x", "shop::http::y"),
    ];
    assert_eq!(Verdict::conclude(inputs(internal)).findings.len(), 1);
}

#[test]
fn breaches_of_two_crates_at_two_places_stay_two() {
    let breach = |from: &str, line| finding("r", from, Some("sqlx::query"), vec![site("src/db.rs", line)]);
    let verdict = Verdict::conclude(inputs(vec![breach("shop::x", 4), breach("bin:shop::x", 5)]));
    assert_eq!(verdict.findings.len(), 2);
}

#[test]
fn two_breaches_on_one_line_stay_two() {
    let breach = |from: &str, to: &str| finding("r", from, Some(to), vec![site("src/db.rs", 4)]);
    let findings = vec![
        breach("shop::x", "sqlx::query"),
        breach("shop::y", "sqlx::query"),
        breach("shop::x", "sqlx::Row"),
    ];
    assert_eq!(Verdict::conclude(inputs(findings)).findings.len(), 3);
}

#[test]
fn rules_count_what_is_printed_and_reserved_ones_follow() {
    let declared = |id: &str| RuleEntry {
        id: id.to_owned(),
        kind: RuleKind::Forbid,
        matched: 12,
        dormant: Vec::new(),
        findings: 99,
    };
    let findings = vec![
        finding("raw-sql", "a::x", None, vec![site("a.rs", 1)]),
        finding("policy.unassigned", "a::x", None, vec![site("a.rs", 1)]),
        finding("component.http.uses", "a::x", None, vec![site("a.rs", 1)]),
        finding("component.http.uses", "a::x", None, vec![site("a.rs", 2)]),
    ];
    let rules = vec![declared("raw-sql"), declared("another")];
    let verdict = Verdict::conclude(Inputs {
        rules,
        ..inputs(findings)
    });
    let printed: Vec<_> = verdict
        .rules
        .iter()
        .map(|rule| (rule.id.as_str(), rule.kind, rule.matched, rule.findings))
        .collect();
    assert_eq!(
        printed,
        [
            ("raw-sql", RuleKind::Forbid, 12, 1),
            ("another", RuleKind::Forbid, 12, 0),
            ("component.http.uses", RuleKind::Component, 2, 2),
            ("policy.unassigned", RuleKind::Policy, 1, 1),
        ]
    );
}

#[test]
fn the_document_has_the_published_fields_in_their_order() {
    let finding = finding("r", "a::x", Some("b::y"), vec![site("a.rs", 1)]);
    let verdict = Verdict::conclude(Inputs {
        problems: vec![problem("no")],
        ..inputs(vec![finding])
    });
    let text = serde_json::to_string(&verdict).unwrap();
    let expected = concat!(
        r#"{"schema":1,"tool":{"name":"cargo-archguard","version":"VERSION"},"outcome":"incomplete","#,
        r#""policy":{"file":"archguard.toml","hash":"HASH","source":"worktree","base":null},"#,
        r#""examined":{"packages":1,"targets":1,"files":1,"lines":10,"modules":1,"references":3,"unresolved":0,"#,
        r#""unresolved_by_reason":{},"exempt_dev":0,"evidence":[],"rustc":null,"cfg_sets":[],"opaque":[],"pending":[],"#,
        r#""orphans":[],"unexamined":[],"excluded":[],"workspaces_not_examined":[],"agreement":null},"#,
        r#""rules":[{"id":"r","kind":"policy","matched":1,"dormant":[],"findings":1}],"#,
        r#""findings":[{"rule":"r","lint":"forbidden-use","severity":"error","status":"new","#,
        r#""from":{"item":"a::x","module":"a::x","component":null},"#,
        r#""to":{"item":"b::y","written":"b::y","component":null,"crate":"b"},"#,
        r#""sites":[{"file":"a.rs","line":1,"column":1,"end_line":1,"end_column":4,"kind":null,"evidence":[],"#,
        r#""cfg_sets":[],"resolution":null,"public":false,"cfg":null,"generated":false}],"chain":[],"cut":[],"because":null,"instead":[],"#,
        r#""message":"a message","fingerprint":"r a::x","exception":null,"frozen_sites":null}],"#,
        r#""problems":[{"code":"unexamined-code","message":"no","file":null,"line":null,"column":null,"#,
        r#""end_line":null,"end_column":null,"suggestion":null}],"#,
        r#""exceptions":{"used":0,"stale":0,"expired":0},"baseline":{"matched":0,"gone":0},"#,
        r#""narrowed":{"packages":[],"policy":null}}"#,
    );
    let hash = format!("blake3:{}", blake3::hash(b"version = 1\n").to_hex());
    assert_eq!(
        text,
        expected
            .replace("VERSION", env!("CARGO_PKG_VERSION"))
            .replace("HASH", &hash)
    );
}
