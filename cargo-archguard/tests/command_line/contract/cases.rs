//! Every option of every command, with a run in which it makes a difference.

use super::case::Effect::{self, Document, Exits, Finds, Hides, Refused, Same, Sarif, Says, TellsCargo, Writes};
use super::case::{Case, case, typed};
use super::states::{
    CIRCLE, COMMITTED, COMMITTED_WITHOUT_EXCEPTIONS, ENFORCED, GONE, LAXER, NO_POLICY, NOT_COMPILING, STALE, WORSE,
    WRAPPED,
};

const ANSWER: Effect = Same("the answer is what was asked for");
const DEFAULT: Effect = Same("it is the default");
const NO_WORKSPACE: Effect = Same("no workspace is read");

/// All of them.
pub(super) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for name in ["", "check"] {
        let narrowed = || Exits(1, 0);
        cases.extend(reading(name, "", narrowed(), Exits(1, 0), Hides("archguard: findings")));
        cases.push(case(name, "--format human", "", DEFAULT));
        cases.push(case(name, "--format json", "", Document("verdict-1.json")));
        cases.push(case(name, "--format sarif", "", Sarif));
        cases.push(case(
            name,
            "--format github",
            "",
            Says("::error file=shop/src/http.rs,line=3"),
        ));
        cases.push(case(
            name,
            "--format rustc-json",
            "",
            Says("{\"reason\":\"build-finished\",\"success\":false}"),
        ));
        cases.extend(against(name));
    }
    cases.extend(with_cargo());
    cases.push(case(
        "",
        "--version",
        "",
        Says(concat!("cargo archguard ", env!("CARGO_PKG_VERSION"))),
    ));
    cases.extend(verify());
    cases.extend(differences());
    cases.extend(decisions());
    cases.extend(answers());
    cases.extend(proving());
    cases.extend(drawing());
    cases.extend(init());
    cases.extend(setup());
    cases.extend(without_workspace());
    cases
}

/// `check --with-cargo-check`.
fn with_cargo() -> Vec<Case> {
    let messages = "--format rustc-json";
    vec![
        case(
            "check",
            "--with-cargo-check",
            "",
            Refused("it needs `--format rustc-json`"),
        ),
        case(
            "check",
            "--with-cargo-check",
            "--format rustc-json -p shop",
            Refused("checks the whole workspace: `-p` cannot be used with it"),
        ),
        case(
            "check",
            "--with-cargo-check",
            messages,
            Says("\"reason\":\"compiler-artifact\""),
        ),
        typed(
            "check",
            "CARGO_OPTION",
            "-- --no-such-option",
            "--format rustc-json --with-cargo-check",
            Hides("\"reason\":\"compiler-artifact\""),
        ),
        typed(
            "check",
            "CARGO_OPTION",
            "-- --all-features",
            messages,
            Refused("--with-cargo-check"),
        ),
    ]
}

/// Options that all commands have, for one that reads the workspace: the rest of a line that says something, and what
/// narrowing it to a package, another policy and asking for less do.
fn reading(name: &'static str, rest: &str, narrowed: Effect, policy: Effect, quiet: Effect) -> Vec<Case> {
    let broken = format!("{rest} --policy other/broken.toml");
    let never = Case {
        variable: Some("CLICOLOR_FORCE"),
        ..case(name, "--color never", &broken, Hides("\u{1b}["))
    };
    vec![
        typed(
            name,
            "--manifest-path",
            "--manifest-path ../shop/Cargo.toml",
            rest,
            Finds,
        ),
        typed(name, "--package", "-p tools", rest, narrowed),
        typed(name, "--policy", "--policy other/lax.toml", rest, policy),
        case(name, "--color auto", &broken, DEFAULT),
        case(name, "--color always", &broken, Says("\u{1b}[")),
        never,
        case(name, "--quiet", rest, quiet),
        case(name, "--verbose", rest, Says(" ms loading the workspace\n")),
        case(name, "--timings", rest, Says(" ms loading the workspace\n")),
        case(
            name,
            "--ci",
            &format!("{rest} --policy other/lax.toml"),
            refused_with_ci(),
        ),
        case(name, "--offline", rest, TellsCargo),
        case(name, "--help", "", Says("Print help (see a summary with '-h')")),
    ]
}

/// What a commit has to say: its exception does not count when the base has none, unless it is accepted.
fn against(name: &'static str) -> Vec<Case> {
    let since = "--base HEAD";
    vec![
        typed(name, "--base", "--base HEAD", "", Says("1 exception does not count"))
            .before(COMMITTED_WITHOUT_EXCEPTIONS),
        typed(
            name,
            "--base",
            "--base HEAD",
            "--format json",
            Document("verdict-1.json"),
        )
        .before(COMMITTED_WITHOUT_EXCEPTIONS),
        case(
            name,
            "--allow-policy-change",
            since,
            Hides("1 exception does not count"),
        )
        .before(COMMITTED_WITHOUT_EXCEPTIONS),
        case(name, "--allow-policy-change", "--ci --base HEAD", refused_with_ci()).before(COMMITTED_WITHOUT_EXCEPTIONS),
    ]
}

fn refused_with_ci() -> Effect {
    Refused("cannot be used with '--")
}

/// `verify`.
fn verify() -> Vec<Case> {
    let mut cases = reading("verify", "", Exits(1, 0), Exits(1, 0), Hides("archguard: findings"));
    cases.extend([
        case("verify", "--format human", "--quiet", DEFAULT),
        case("verify", "--format json", "", Document("verdict-1.json")),
        case("verify", "--format sarif", "", Sarif),
        case(
            "verify",
            "--format github",
            "",
            Says("::error file=shop/src/http.rs,line=3"),
        ),
        case(
            "verify",
            "--format rustc-json",
            "",
            Says("{\"reason\":\"build-finished\",\"success\":false}"),
        ),
        typed("verify", "--features", "--features nonsense", "", Exits(1, 2)),
        typed("verify", "--feature-set", "--feature-set nonsense", "", Exits(1, 2)),
        case("verify", "--all-features", "", Says("all features: ")),
        case("verify", "--no-default-features", "", Says("no default features: ")),
        typed("verify", "--target", "--target no-such-platform", "", Exits(1, 2)),
        case(
            "verify",
            "--production",
            "",
            Says("default features, production targets: "),
        ),
        case("verify", "--bodies", "", Says("default features, bodies only: ")),
        case(
            "verify",
            "--everything",
            "",
            Says("default features, every interface: "),
        ),
        case("verify", "--keep-going", "", Hides("--keep-going")).before(NOT_COMPILING),
    ]);
    cases.extend(against("verify"));
    cases
}

/// `diff`.
fn differences() -> Vec<Case> {
    let whole = Refused("a difference is that of the whole workspace");
    let mut cases = reading("diff", "HEAD", whole, ANSWER, Hides("archguard: "));
    cases.retain(|case| !case.option.starts_with("--color") && case.option != "--policy");
    cases.extend([
        typed("diff", "REV", "HEAD", "", Exits(2, 0)),
        typed(
            "diff",
            "--policy",
            "--policy other/lax.toml",
            "HEAD",
            Same("both states are judged by it"),
        ),
        case("diff", "--color auto", "no-such-commit", DEFAULT),
        case("diff", "--color always", "no-such-commit", Says("\u{1b}[")),
        Case {
            variable: Some("CLICOLOR_FORCE"),
            ..case("diff", "--color never", "no-such-commit", Hides("\u{1b}["))
        },
        case("diff", "--format human", "HEAD", DEFAULT),
        case("diff", "--format json", "HEAD", Document("diff-1.json")),
        case("diff", "--format markdown", "HEAD", Says("### Architecture: ")),
        case("diff", "--allow-policy-change", "HEAD", Exits(1, 0)).before(LAXER),
    ]);
    for case in cases.iter_mut().filter(|case| case.option != "--allow-policy-change") {
        case.before = COMMITTED;
    }
    cases
}

/// `baseline` and `exceptions`.
fn decisions() -> Vec<Case> {
    let whole = Refused("a baseline is that of the whole workspace");
    let mut cases = reading("baseline", "", whole, Says("there is no"), Hides("archguard: "));
    cases.extend([
        case("baseline", "--check", "", Exits(0, 1)).before(GONE),
        case("baseline", "--accept-new", "", Exits(1, 0)).before(WORSE),
        case("baseline", "--format human", "", ANSWER),
        case("baseline", "--format json", "", Document("baseline-1.json")),
    ]);
    let whole = Refused("exceptions are those of the whole workspace");
    cases.extend(reading(
        "exceptions",
        "",
        whole,
        Says("0 exceptions"),
        Hides("archguard: "),
    ));
    cases.extend([
        case("exceptions", "--check", "", Exits(0, 1)).before(STALE),
        typed(
            "exceptions",
            "--base",
            "--base HEAD",
            "",
            Says("since HEAD, which had 0 exceptions: 1 added, 0 removed"),
        )
        .before(COMMITTED_WITHOUT_EXCEPTIONS),
        typed(
            "exceptions",
            "--base",
            "--base HEAD",
            "--format json",
            Document("exceptions-1.json"),
        )
        .before(COMMITTED_WITHOUT_EXCEPTIONS),
        typed("exceptions", "--base", "--base no-such-commit", "", Exits(0, 2)).before(COMMITTED_WITHOUT_EXCEPTIONS),
        case("exceptions", "--format human", "", DEFAULT),
        case("exceptions", "--format json", "", Document("exceptions-1.json")),
    ]);
    cases
}

/// `explain` and `guard`.
fn answers() -> Vec<Case> {
    let narrowed = || Refused("speaks of what it is asked about: `-p` cannot be used with it");
    let mut cases = reading("explain", "http", narrowed(), Exits(0, 2), ANSWER);
    cases.extend([
        typed("explain", "NAME", "http", "", Exits(2, 0)),
        case("explain", "--format human", "http", DEFAULT),
        case("explain", "--format json", "http", Document("explain-1.json")),
        case("explain", "--format json", "http db", Document("explain-1.json")),
        case(
            "explain",
            "--format json",
            "policy.unassigned",
            Document("explain-1.json"),
        ),
    ]);
    let file = "shop/src/http.rs";
    cases.extend(reading(
        "guard",
        file,
        narrowed(),
        Says("component `everything`"),
        ANSWER,
    ));
    cases.extend([
        typed("guard", "FILE", file, "", Exits(2, 0)),
        case("guard", "--format human", file, DEFAULT),
        case(
            "guard",
            "--format json",
            "shop/src/http.rs shop/src/db/new.rs",
            Document("guard-1.json"),
        ),
    ]);
    cases
}

/// `prove`.
fn proving() -> Vec<Case> {
    let whole = Refused("a proof is that of the whole policy");
    let mut cases = reading("prove", "", whole, Exits(0, 1), Hides("planted"));
    cases.extend([
        case("prove", "--format human", "", DEFAULT),
        case("prove", "--format json", "", Document("prove-1.json")),
    ]);
    cases
}

/// `graph`.
fn drawing() -> Vec<Case> {
    let mut cases = reading(
        "graph",
        "--by component",
        Hides("\"http\""),
        Says("\"everything\""),
        ANSWER,
    );
    cases.extend([
        case("graph", "--format dot", "", DEFAULT),
        case("graph", "--format mermaid", "", Says("flowchart")),
        case("graph", "--format json", "", Document("graph-1.json")),
        case("graph", "--by module", "", DEFAULT),
        case("graph", "--by component", "", Hides("\"shop::http\"")),
        case("graph", "--by crate", "", Hides("\"shop::http\"")),
        case("graph", "--by item", "", Says("\"shop::http::list\"")),
    ]);
    cases
}

/// `init`.
fn init() -> Vec<Case> {
    let whole = Refused("a draft is that of the whole workspace");
    let mut cases = reading("init", "--print", whole, ANSWER, ANSWER);
    cases.retain(|case| !matches!(case.option, "--policy" | "--quiet"));
    cases.extend([
        typed("init", "--policy", "--policy new.toml", "", Writes("new.toml")),
        case("init", "--quiet", "", Hides("archguard: wrote")).before(NO_POLICY),
        case("init", "--print", "", Exits(2, 0)),
        case("init", "--baseline", "", Writes("archguard.baseline.toml")).before(CIRCLE),
    ]);
    // Where a draft is only shown, nothing is wrong with a policy that is there.
    for case in cases.iter_mut().filter(|case| case.option.starts_with("--color")) {
        case.rest = String::new();
    }
    cases
}

/// `setup`.
fn setup() -> Vec<Case> {
    let whole = Refused("setup is that of the whole workspace");
    let agents = "--only agents";
    let mut cases = reading("setup", agents, whole, Says("`everything`"), ANSWER);
    cases.retain(|case| case.option != "--quiet");
    cases.extend([
        case("setup", "--quiet", "--only agents --yes", Hides("archguard: wrote")),
        case("setup", "--yes", agents, Writes("AGENTS.md")),
        case("setup", "--check", agents, Exits(0, 1)),
        case("setup", "--undo", "--only agents --yes", Hides("AGENTS.md")),
        case("setup", "--with macro", "--only build", Says("archguard::enforce!();")).before(WRAPPED),
        case(
            "setup",
            "--with wrapper",
            "--only build",
            Says("rustc-workspace-wrapper = \"cargo-archguard\""),
        )
        .before(ENFORCED),
        typed("setup", "--only build", "--only build", "", Hides("AGENTS.md")),
        typed("setup", "--only hook", "--only hook", "", Hides("AGENTS.md")),
        typed("setup", "--only ci", "--only ci", "", Hides("AGENTS.md")),
        typed("setup", "--only editor", "--only editor", "", Says("editor (create)")),
        typed(
            "setup",
            "--only pre-commit",
            "--only pre-commit",
            "",
            Says("repo: local"),
        ),
        typed("setup", "--only agents", agents, "", Hides("ci (create)")),
        case("setup", "--format human", agents, DEFAULT),
        case("setup", "--format json", agents, Document("setup-1.json")),
    ]);
    cases
}

/// `packs` and `schema`.
fn without_workspace() -> Vec<Case> {
    let mut cases = Vec::new();
    let refused = || Refused("reads no workspace");
    for name in ["packs", "schema"] {
        cases.extend([
            typed(name, "--manifest-path", "--manifest-path Cargo.toml", "", refused()),
            typed(name, "--package", "--package shop", "", refused()),
            typed(name, "--policy", "--policy other/lax.toml", "", refused()),
            case(name, "--color auto", "", NO_WORKSPACE),
            case(name, "--color always", "", Same("there is nothing to colour")),
            case(name, "--color never", "", Same("there is nothing to colour")),
            case(name, "--quiet", "", ANSWER),
            case(name, "--ci", "--policy other/lax.toml", refused_with_ci()),
            case(name, "--offline", "", NO_WORKSPACE),
            case(name, "--help", "", Says("Print help (see a summary with '-h')")),
        ]);
    }
    cases.extend([
        case("packs", "--timings", "", refused()),
        case("packs", "--verbose", "", Says("https://")),
        case("packs", "--format human", "", DEFAULT),
        case("packs", "--format json", "", Document("packs-1.json")),
        case("schema", "--timings", "", refused()),
        case("schema", "--verbose", "", ANSWER),
        typed("schema", "FILE policy", "policy", "", DEFAULT),
        typed(
            "schema",
            "FILE package",
            "package",
            "",
            Says("archguard.toml of a package"),
        ),
        typed(
            "schema",
            "FILE exceptions",
            "exceptions",
            "",
            Says("\"title\": \"archguard.exceptions.toml"),
        ),
        typed(
            "schema",
            "FILE baseline",
            "baseline",
            "",
            Says("\"title\": \"archguard.baseline.toml"),
        ),
    ]);
    cases
}
