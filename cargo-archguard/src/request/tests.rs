//! What command lines mean, and which are refused with which words.

use super::*;
use archguard_check::{Accept, Extent};
use archguard_invariants::date::Day;

fn parse(line: &str) -> Result<Request, Refusal> {
    let surroundings = Surroundings {
        today: Day::of_unix_seconds(0),
        ci: false,
    };
    Request::parse(line.split_whitespace().map(OsString::from), surroundings)
}

fn action_of(line: &str) -> Action {
    parse(line).unwrap().action
}

fn refusal_of(line: &str) -> (u8, String) {
    let refusal = parse(line).unwrap_err();
    assert!(!refusal.asked_for, "{line}");
    (refusal.exit_code, refusal.text)
}

#[test]
fn check_is_the_default_however_the_program_is_called() {
    let check = || Action::Check {
        format: CheckFormat::Human,
        against: None,
    };
    for line in [
        "cargo-archguard",
        "cargo-archguard archguard",
        "cargo-archguard check",
        "cargo-archguard archguard check",
    ] {
        assert_eq!(action_of(line), check(), "{line}");
    }
}

#[test]
fn the_format_may_stand_before_or_after_check() {
    let json = || Action::Check {
        format: CheckFormat::Json,
        against: None,
    };
    for line in [
        "x --format json",
        "x check --format json",
        "x --format json check",
        "x --format human check --format json",
    ] {
        assert_eq!(action_of(line), json(), "{line}");
    }
}

#[test]
fn what_cargos_own_check_is_given_stands_last() {
    let line = "x check --format rustc-json --with-cargo-check -- --features more";
    let cargo_options = ["--features", "more"].map(OsString::from).to_vec();
    assert_eq!(
        action_of(line),
        Action::CheckWithCargo {
            cargo_options,
            against: None
        }
    );
}

#[test]
fn the_base_may_stand_before_or_after_check_and_verify() {
    let against = |accept| {
        Some(Against {
            rev: "main".to_owned(),
            accept,
            extent: Extent::Judges,
        })
    };
    let asked = |line: &str| match action_of(line) {
        Action::Check { against, .. } | Action::CheckWithCargo { against, .. } | Action::Verify { against, .. } => {
            against
        }
        other => panic!("{other:?}"),
    };
    for line in [
        "x --base main",
        "x check --base main",
        "x --base main check",
        "x verify --base main",
        "x --base main verify",
        "x --base main check --format rustc-json --with-cargo-check",
        "x check --format rustc-json --with-cargo-check --base main",
    ] {
        assert_eq!(asked(line), against(Accept::Nothing), "{line}");
    }
    assert_eq!(asked("x --base main --allow-policy-change"), against(Accept::Changes));
    assert_eq!(asked("x check"), None);
}

#[test]
fn graph_has_formats_of_its_own() {
    assert_eq!(
        action_of("x graph"),
        Action::Graph {
            format: GraphFormat::Dot,
            by: GraphNodes::Module
        }
    );
    assert_eq!(
        action_of("x graph --format mermaid --by component"),
        Action::Graph {
            format: GraphFormat::Mermaid,
            by: GraphNodes::Component
        }
    );
    assert_eq!(
        action_of("x graph --format json"),
        Action::Graph {
            format: GraphFormat::Json,
            by: GraphNodes::Module
        }
    );
}

#[test]
fn options_stand_before_and_after_the_command() {
    for line in [
        "x -p a --package b --offline -v check",
        "x check -p a -p b --offline --verbose",
    ] {
        let options = parse(line).unwrap().options;
        assert_eq!(
            (options.asked.packages, options.asked.offline, options.amount),
            (vec!["a".into(), "b".into()], true, Amount::Verbose)
        );
    }
}

#[test]
fn parts_of_setup_are_chosen_by_word() {
    use archguard_invariants::setup::Part;
    let expected = Action::Setup {
        asked: setup::Asked {
            task: setup::Task::Apply,
            only: vec![Part::Hook, Part::PreCommit, Part::Ci],
            with: Some(setup::Method::Macro),
            unasked: true,
        },
        format: AnswerFormat::Human,
    };
    assert_eq!(
        action_of("x setup --yes --with macro --only hook,pre-commit --only ci"),
        expected
    );
}

#[test]
fn what_is_refused_says_what_there_is() {
    let cases = [
        (
            "x --format xml",
            "[possible values: human, json, github, sarif, rustc-json]",
        ),
        ("x check --with-cargo-check", "it needs `--format rustc-json`"),
        (
            "x --format json check --with-cargo-check",
            "it needs `--format rustc-json`",
        ),
        (
            "x check --format rustc-json --with-cargo-check -p shop",
            "`--with-cargo-check` checks the whole workspace: `-p` cannot be used with it",
        ),
        ("x check -- --all-features", "--with-cargo-check"),
        ("x graph --format svg", "[possible values: json, dot, mermaid]"),
        ("x graph --by file", "[possible values: module, component, crate, item]"),
        ("x packs --format dot", "[possible values: human, json]"),
        ("x --format json packs", "`--format` before `packs` is that of `check`"),
        ("x --format json graph", "`--format` before `graph` is that of `check`"),
        ("x graph --format json --by crate", "`--by` is for dot and mermaid"),
        (
            "x --ci --policy other.toml",
            "'--ci' cannot be used with '--policy <FILE>'",
        ),
        ("x --ci -p shop", "'--ci' cannot be used with '--package <NAME>'"),
        ("x check --ci -p shop", "'--ci' cannot be used with '--package <NAME>'"),
        (
            "x --format json explain a",
            "`--format` before `explain` is that of `check`",
        ),
        (
            "x --format json guard a.rs",
            "`--format` before `guard` is that of `check`",
        ),
        ("x explain", "required arguments were not provided"),
        ("x explain a b c", "unexpected value 'c'"),
        ("x --format json init", "`--format` is for `check`"),
        ("x init here", "unexpected argument 'here'"),
        (
            "x setup -p shop",
            "setup is that of the whole workspace: `-p` cannot be used",
        ),
        ("x setup --yes --check", "'--yes' cannot be used with '--check'"),
        ("x setup --undo --with macro", "cannot be used with"),
        (
            "x setup --only hooks",
            "[possible values: build, hook, pre-commit, ci, editor, agents]",
        ),
        ("x guard", "required arguments were not provided"),
        (
            "x guard a.rs -p shop",
            "`guard` speaks of what it is asked about: `-p` cannot be used with it",
        ),
        (
            "x -p shop explain a",
            "`explain` speaks of what it is asked about: `-p` cannot be used with it",
        ),
        (
            "x init -p shop",
            "a draft is that of the whole workspace: `-p` cannot be used with it",
        ),
        (
            "x packs --policy a.toml",
            "`packs` reads no workspace: `--policy` cannot be used with it",
        ),
        (
            "x schema --manifest-path Cargo.toml",
            "`schema` reads no workspace: `--manifest-path` cannot be used with it",
        ),
        ("x guard a.rs --format svg", "[possible values: human, json]"),
        ("x -q -v", "cannot be used with"),
        ("x --allow-policy-change", "required arguments were not provided"),
        (
            "x --ci --base main --allow-policy-change",
            "'--ci' cannot be used with '--allow-policy-change'",
        ),
        (
            "x --base main graph",
            "`--base` before `graph` is that of `check` and `verify`",
        ),
        ("x chekc", "some similar subcommands exist: 'schema', 'check'"),
        ("x grpah", "a similar subcommand exists: 'graph'"),
        ("x --nonsense", "unexpected argument '--nonsense'"),
    ];
    for (line, expected) in cases {
        let (exit_code, text) = refusal_of(line);
        assert_eq!(exit_code, 2, "{line}");
        assert!(text.contains(expected), "{line}: {text}");
    }
}

#[test]
fn help_and_version_are_no_errors() {
    for line in [
        "x --help",
        "x -h",
        "x --version",
        "x graph --help",
        "cargo-archguard archguard --help",
    ] {
        let refusal = parse(line).unwrap_err();
        assert!(refusal.asked_for && refusal.exit_code == 0, "{line}: {}", refusal.text);
    }
}
