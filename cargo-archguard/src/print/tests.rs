//! What people see, from verdicts made by hand. The expected texts lie under `tests/snapshots`; `SNAPSHOTS=overwrite`
//! writes them anew.

use std::path::Path;

use archguard_check::SourceFiles;
use archguard_invariants::decisions::Decisions;
use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{ReferenceKind, Resolution, UnresolvedReason};
use archguard_invariants::place::TextSpan;
use archguard_invariants::policy::PolicyTexts;
use archguard_invariants::policy::model::Severity;
use archguard_invariants::problem::ProblemCode;
use archguard_invariants::verdict::{
    EvidenceWord, Examined, Finding, Hop, Inputs, Narrowed, PolicyFacts, ProblemEntry, RuleEntry, RuleKind, SiteEntry,
    Source, Status, Target, UnresolvedPath, Verdict,
};
use snapbox::{assert_data_eq, file};

use super::Sources;
use crate::request::Amount;

mod groups;

const POLICY: &str = "version = 1\n\n[[forbid]]\nid  = \"raw-sql\"\nuse = \"set:drivers\"\n";
const CODE: &str =
    "use sqlx::query;\r\n\r\nfn list() {\r\n\tlet überall = query(\"日本\");\r\n\tquery(\"a\"); query(\"b\");\r\n}\r\n";

fn examined() -> Examined {
    Examined {
        packages: 4,
        targets: 7,
        files: 41,
        lines: 5200,
        modules: 43,
        references: 2911,
        exempt_dev: 210,
        evidence: vec![EvidenceWord::Source],
        ..Examined::default()
    }
}

fn rules() -> Vec<RuleEntry> {
    let rule = |id: &str, dormant: &[&str]| RuleEntry {
        id: id.to_owned(),
        kind: RuleKind::Forbid,
        matched: 12,
        dormant: dormant.iter().map(ToString::to_string).collect(),
        findings: 0,
    };
    vec![rule("raw-sql", &["diesel", "rusqlite"]), rule("layering", &[])]
}

fn inputs() -> Inputs {
    Inputs {
        policy: PolicyFacts::in_worktree("archguard.toml", Some(POLICY)),
        narrowed: Narrowed::default(),
        examined: Some(examined()),
        rules: rules(),
        findings: Vec::new(),
        elsewhere: Vec::new(),
        decisions: Decisions::default(),
        problems: Vec::new(),
    }
}

fn site(file: &str, (line, column): (u32, u32), width: u32) -> SiteEntry {
    SiteEntry {
        file: file.to_owned(),
        line,
        column,
        end_line: line,
        end_column: column + width,
        kind: Some(ReferenceKind::Call),
        evidence: vec![EvidenceWord::Source],
        cfg_sets: Vec::new(),
        resolution: Some(Resolution::Resolved),
        public: false,
        cfg: None,
        generated: false,
    }
}

fn finding(sites: Vec<SiteEntry>) -> Finding {
    let use_span = POLICY.find("\"set:drivers\"").unwrap();
    Finding {
        rule: "raw-sql".to_owned(),
        lint: Lint::ForbiddenUse,
        severity: Severity::Error,
        status: Status::New,
        exception: None,
        frozen_sites: None,
        from: Source {
            item: "shop::http::list".to_owned(),
            module: "shop::http".to_owned(),
            component: Some("http".to_owned()),
        },
        to: Some(Target {
            item: "sqlx_core::query::query".to_owned(),
            written: "sqlx::query".to_owned(),
            component: None,
            krate: "sqlx_core".to_owned(),
        }),
        sites,
        chain: Vec::new(),
        cut: Vec::new(),
        because: Some("One place for SQL (ADR-12).".to_owned()),
        instead: vec!["shop::db::repo".to_owned(), "shop::db::Db".to_owned()],
        message: "`shop::http::list` calls `sqlx::query`, which only `persistence` may use".to_owned(),
        fingerprint: "0".to_owned(),
        knot: Vec::new(),
        policy_span: Some(TextSpan {
            start: use_span,
            end: use_span + "\"set:drivers\"".len(),
        }),
    }
}

fn problem(code: ProblemCode, message: &str) -> ProblemEntry {
    ProblemEntry {
        code,
        message: message.to_owned(),
        file: None,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        suggestion: None,
    }
}

fn printed(inputs: Inputs, amount: Amount) -> String {
    printed_with(inputs, amount, false)
}

fn printed_with(inputs: Inputs, amount: Amount, color: bool) -> String {
    let mut sources = SourceFiles::below(Path::new("no such directory"));
    sources.add_policy(&PolicyTexts::new("archguard.toml", POLICY));
    sources.add_text("shop/src/http.rs", CODE);
    let mut sources = Sources::of(sources);
    let mut out = Vec::new();
    super::verdict(&Verdict::conclude(inputs), &mut sources, color, amount, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn five_sites() -> Finding {
    sites(&[(4, 16), (5, 2), (5, 14), (1, 11), (1, 5)])
}

fn sites(places: &[(u32, u32)]) -> Finding {
    finding(places.iter().map(|&place| site("shop/src/http.rs", place, 5)).collect())
}

#[test]
fn a_finding_shows_code_policy_and_advice() {
    let inputs = Inputs {
        findings: vec![finding(vec![site("shop/src/http.rs", (4, 16), 5)])],
        ..inputs()
    };
    assert_data_eq!(
        printed(inputs, Amount::Normal),
        file!["../../tests/snapshots/finding.txt"].raw()
    );
}

#[test]
fn sites_beyond_the_first_few_are_counted_or_listed() {
    let many = || Inputs {
        findings: vec![sites(&[
            (4, 16),
            (5, 2),
            (5, 14),
            (1, 11),
            (1, 5),
            (1, 1),
            (3, 1),
            (3, 4),
            (4, 2),
            (4, 6),
        ])],
        ..inputs()
    };
    assert_data_eq!(
        printed(many(), Amount::Normal),
        file!["../../tests/snapshots/sites.txt"].raw()
    );
    assert_data_eq!(
        printed(many(), Amount::Verbose),
        file!["../../tests/snapshots/sites-verbose.txt"].raw()
    );
}

#[test]
fn a_file_that_vanished_still_has_its_finding() {
    let gone = finding(vec![
        site("shop/src/gone.rs", (3, 4), 5),
        site("shop/src/http.rs", (1, 5), 4),
    ]);
    let inputs = Inputs {
        findings: vec![gone],
        ..inputs()
    };
    assert_data_eq!(
        printed(inputs, Amount::Normal),
        file!["../../tests/snapshots/vanished.txt"].raw()
    );
}

fn hop(from: &str, to: &str, line: u32) -> Hop {
    Hop {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: ReferenceKind::Import,
        file: "shop/src/http.rs".to_owned(),
        line,
        column: 5,
        end_line: line,
        end_column: 9,
    }
}

#[test]
fn a_chain_shows_where_it_begins_and_its_hops_and_a_direct_use_only_its_place() {
    let chain = |chain: Vec<Hop>| Finding {
        lint: Lint::ForbiddenReach,
        chain,
        ..finding(vec![site("shop/src/http.rs", (4, 16), 11)])
    };
    let text = |chain| {
        let findings = vec![chain];
        printed(Inputs { findings, ..inputs() }, Amount::Normal)
    };
    let way = text(chain(vec![
        hop("shop::a", "shop::b", 4),
        hop("shop::b", "sqlx_core::query", 9),
    ]));
    for line in [
        "= the chain:",
        "`shop::a` -> `shop::b` (import, shop/src/http.rs:4:5)",
        "`shop::b` -> `sqlx_core::query` (import, shop/src/http.rs:9:5)",
        "^^ the chain begins here",
    ] {
        assert_eq!(
            way.lines().filter(|printed| printed.ends_with(line)).count(),
            1,
            "{line}\n{way}"
        );
    }
    let direct = text(chain(vec![hop("shop::a", "sqlx_core::query", 4)]));
    assert!(
        !direct.contains("chain") && direct.contains("this is `sqlx_core::query::query`"),
        "{direct}"
    );
}

#[test]
fn generated_code_is_said_to_be() {
    let shown = |generated| {
        let site = SiteEntry {
            generated,
            ..site("shop/src/http.rs", (4, 16), 11)
        };
        let findings = vec![finding(vec![site])];
        printed(Inputs { findings, ..inputs() }, Amount::Normal)
    };
    let note = "= this code is generated: what generates it has to change";
    assert!(
        shown(true).contains(note) && !shown(false).contains(note),
        "{}",
        shown(true)
    );
}

#[test]
fn a_cycle_shows_its_hops_and_the_cut() {
    let cycle = Finding {
        rule: "no-cycles".to_owned(),
        lint: Lint::DependencyCycle,
        severity: Severity::Warn,
        to: None,
        chain: vec![hop("shop::a::x", "shop::b::Y", 1), hop("shop::b", "shop::a", 3)],
        cut: vec![hop("shop::b", "shop::a", 3)],
        because: None,
        instead: Vec::new(),
        message: "`shop::a` and `shop::b` use each other".to_owned(),
        policy_span: None,
        ..finding(vec![site("shop/src/http.rs", (1, 5), 4)])
    };
    let inputs = Inputs {
        findings: vec![cycle],
        ..inputs()
    };
    assert_data_eq!(
        printed(inputs, Amount::Normal),
        file!["../../tests/snapshots/cycle.txt"].raw()
    );
}

#[test]
fn problems_show_their_place_and_the_nearest_name() {
    let unknown = ProblemEntry {
        file: Some("archguard.toml".to_owned()),
        line: Some(5),
        column: Some(7),
        end_line: Some(5),
        end_column: Some(20),
        suggestion: Some("set:driver".to_owned()),
        ..problem(ProblemCode::UnknownName, "there is no set `drivers`")
    };
    let unparsed = ProblemEntry {
        file: Some("shop/src/http.rs".to_owned()),
        line: Some(3),
        column: Some(11),
        end_line: Some(3),
        end_column: Some(11),
        ..problem(
            ProblemCode::UnexaminedCode,
            "`shop/src/http.rs` does not parse: expected `}`",
        )
    };
    let missing = ProblemEntry {
        file: Some("shop/src/x.rs".to_owned()),
        ..problem(ProblemCode::UnexaminedCode, "`shop/src/x.rs` is not UTF-8")
    };
    let findings = vec![finding(vec![site("shop/src/http.rs", (4, 16), 5)])];
    let inputs = Inputs {
        findings,
        problems: vec![unknown, unparsed, missing],
        ..inputs()
    };
    assert_data_eq!(
        printed(inputs, Amount::Normal),
        file!["../../tests/snapshots/problems.txt"].raw()
    );
}

#[test]
fn without_a_policy_it_says_how_to_write_one() {
    let none = problem(
        ProblemCode::NoPolicy,
        "there is no policy: the workspace root holds no archguard.toml",
    );
    let inputs = Inputs {
        examined: None,
        rules: Vec::new(),
        problems: vec![none],
        ..inputs()
    };
    assert_data_eq!(
        printed(inputs, Amount::Normal),
        file!["../../tests/snapshots/no-policy.txt"].raw()
    );
}

fn much_left_out() -> Inputs {
    let names = |stem: &str, number: usize| (1..=number).map(|index| format!("{stem}{index}")).collect::<Vec<_>>();
    let path = |reason, line, written: &str| UnresolvedPath {
        reason,
        file: "shop/src/http.rs".to_owned(),
        line,
        column: 3,
        written: written.to_owned(),
    };
    let examined = Examined {
        orphans: names("shop/src/orphan", 5),
        opaque: names("opaque", 1),
        pending: names("out:shop/generated", 2),
        workspaces_not_examined: names("fuzz", 3),
        unresolved: 3,
        unresolved_by_reason: [("macro-made".to_owned(), 1), ("unknown-name".to_owned(), 2)].into(),
        unresolved_paths: vec![
            path(UnresolvedReason::UnknownName, 2, "foo::bar"),
            path(UnresolvedReason::UnknownName, 9, "foo::baz"),
            path(UnresolvedReason::MacroMade, 4, "made::by_macro"),
        ],
        untyped_method_calls: 17,
        ..examined()
    };
    Inputs {
        examined: Some(examined),
        ..inputs()
    }
}

#[test]
fn what_was_left_out_is_said_briefly_or_in_full() {
    assert_data_eq!(
        printed(much_left_out(), Amount::Normal),
        file!["../../tests/snapshots/notes.txt"].raw()
    );
    assert_data_eq!(
        printed(much_left_out(), Amount::Verbose),
        file!["../../tests/snapshots/notes-verbose.txt"].raw()
    );
}

#[test]
fn quiet_prints_what_is_wrong_and_nothing_else() {
    assert_eq!(printed(much_left_out(), Amount::Quiet), "");
    let wrong = Inputs {
        findings: vec![five_sites()],
        ..much_left_out()
    };
    let text = printed(wrong, Amount::Quiet);
    assert!(text.starts_with("error[raw-sql/forbidden-use]: "), "{text}");
    assert!(
        !text.contains("note: ") && !text.contains("archguard: findings"),
        "{text}"
    );
}

#[test]
fn the_verdict_line_says_what_was_narrowed() {
    let line = |packages: &[&str], policy: Option<&str>| {
        let narrowed = Narrowed {
            packages: packages.iter().map(ToString::to_string).collect(),
            policy: policy.map(str::to_owned),
        };
        let printed = printed(Inputs { narrowed, ..inputs() }, Amount::Normal);
        let line = printed.lines().last().unwrap().to_owned();
        line.split_once(": 4 packages")
            .expect("what was examined follows")
            .0
            .to_owned()
    };
    assert_eq!(line(&[], None), "archguard: clean");
    assert_eq!(line(&["shop"], None), "archguard: clean (only -p shop)");
    assert_eq!(
        line(&["a", "b"], Some("ci/lax.toml")),
        "archguard: clean (only -p a -p b, --policy ci/lax.toml)"
    );
}

/// Severity and status of each finding.
type Found<'a> = &'a [(Severity, Status)];

#[test]
fn the_verdict_line_counts_by_what_matters() {
    use Severity::{Error, Warn};
    use Status::{Baseline, Excepted, New};
    let line = |inputs| printed(inputs, Amount::Normal).lines().last().unwrap().to_owned();
    let examined = "4 packages, 7 targets, 41 files, 5200 lines, 43 modules, 2911 references examined \
                    (0 unresolved, 210 in development code exempt); 2 rules, ";
    let with = |changes: Found<'_>| {
        let findings = changes.iter().enumerate().map(|(index, &(severity, status))| Finding {
            severity,
            status,
            ..finding(vec![site("shop/src/http.rs", (1, 1 + index as u32), 1)])
        });
        Inputs {
            findings: findings.collect(),
            ..inputs()
        }
    };
    let cases: [(Found<'_>, &str, &str); 5] = [
        (&[], "clean", "no findings"),
        (&[(Warn, New)], "clean", "1 warning"),
        (&[(Error, New)], "findings", "1 finding"),
        (
            &[(Error, New), (Error, New), (Warn, New)],
            "findings",
            "2 findings, 1 warning",
        ),
        (
            &[(Error, Excepted), (Error, Baseline)],
            "clean",
            "no findings, 1 excepted, 1 in the baseline",
        ),
    ];
    for (findings, word, found) in cases {
        assert_eq!(line(with(findings)), format!("archguard: {word}: {examined}{found}"));
    }
    let unparsed = vec![
        problem(ProblemCode::UnexaminedCode, "x"),
        problem(ProblemCode::UnexaminedCode, "y"),
    ];
    let incomplete = Inputs {
        problems: unparsed,
        ..with(&[(Error, New)])
    };
    assert_eq!(
        line(incomplete),
        format!("archguard: incomplete: {examined}1 finding, 2 problems")
    );
    let nothing = Inputs {
        examined: None,
        ..with(&[])
    };
    assert_eq!(line(nothing), "archguard: error: nothing could be judged, 1 problem");
}

#[test]
fn colours_are_escapes_and_nothing_more() {
    let with = || Inputs {
        findings: vec![five_sites()],
        ..much_left_out()
    };
    let plain = printed(with(), Amount::Normal);
    let colored = printed_with(with(), Amount::Normal, true);
    assert!(!plain.contains('\u{1b}') && colored.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}
